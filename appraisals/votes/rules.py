"""What superiors lay down about ballots; each rule with the clause it comes from."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Vote
from branches.models import Organisation
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
TOGETHER = register(
    Rule(
        "F4-1",
        gettext_lazy("Branches vote together"),
        gettext_lazy(
            "Good advice: where few vote, everybody guesses who marked what. Branches of the same superior may then "
            "vote with one ballot into one box, once a superior applies this rule."
        ),
        Level.ADVICE,
        Severity.OFF,
    )
)
OWN_COUNTS = register(
    Rule(
        "F2-1",
        gettext_lazy("Members read the totals about themselves"),
        gettext_lazy(
            "Yearly notices: the totals about persons are held by the committee. Where a superior applies this rule, "
            "each member reads those about himself once they are confirmed, never those about others."
        ),
        Level.LOCAL,
        Severity.OFF,
    )
)
FULL_ONLY = register(
    Rule(
        "F24-1",
        gettext_lazy("Only members with the right to vote fill the ballot"),
        gettext_lazy(
            "Local practice: all members who came fill the ballot, probationary ones too. Where a superior applies "
            "this rule only those with the right to vote are counted as voters."
        ),
        Level.LOCAL,
        Severity.OFF,
    )
)


def _applies(rule: Rule, organisation: Organisation, year: int) -> bool:
    return RuleSet(organisation.path, year).of(rule.code).severity != Severity.OFF


def may_vote_together(organisation: Organisation, day: date) -> bool:
    """Whether a superior lets branches vote into one box there."""
    return _applies(TOGETHER, organisation, day.year)


def counts_full_only(organisation: Organisation, day: date) -> bool:
    """Whether only members with the right to vote fill a ballot."""
    return _applies(FULL_ONLY, organisation, day.year)


def shows_own_counts(vote: Vote) -> bool:
    """Whether members read the totals about themselves."""
    return _applies(OWN_COUNTS, vote.organisation, vote.held_on.year)


def of_the_way(vote: Vote) -> Remark | None:
    """What a superior has laid down against slips where this vote is held, in the year of its day; None for nothing."""
    rules = RuleSet(vote.organisation.path, vote.held_on.year)
    return rules.remark(PAPER_ONLY.code, _("Here a superior wants ballots on paper."))


def require_way(vote: Vote) -> None:
    """Raises ValidationError where slips are wanted and a superior has forbidden them."""
    remark = of_the_way(vote) if vote.is_electronic else None
    if remark and remark.blocks:
        raise ValidationError(remark.refusal)
