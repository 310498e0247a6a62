"""What superiors lay down about ballots; each rule with the clause it comes from."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Vote
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Level, Rule, Severity, register

PAPER_ONLY = register(
    Rule(
        "F10-1",
        gettext_lazy("Ballots on paper only"),
        gettext_lazy(
            "Local practice: ballots carry neither number nor mark, and a code on a slip looks like one to many. Both "
            "ways are offered unless a superior sets this rule to “block”."
        ),
        Level.LOCAL,
        Severity.OFF,
    )
)


def of_the_way(vote: Vote) -> Remark | None:
    """What a superior has laid down against slips where this vote is held, in the year of its day; None for nothing."""
    rules = RuleSet(vote.organisation.path, vote.held_on.year)
    return rules.remark(PAPER_ONLY.code, _("Here a superior wants ballots on paper."))


def require_way(vote: Vote) -> None:
    """Raises ValidationError where slips are wanted and a superior has forbidden them."""
    remark = of_the_way(vote) if vote.is_electronic else None
    if remark and remark.blocks:
        raise ValidationError(remark.refusal)
