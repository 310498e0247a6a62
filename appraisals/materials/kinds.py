"""Which kinds of material there are, who owes which, and who reads them: all of it data (F3)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MaterialKind(TextChoices):
    COMMITTEE_ANALYSIS = "committee_analysis", _("Committee's self-analysis")
    SECRETARY_REPORT = "secretary_report", _("Secretary's report on his work")
    COMMITTEE_MEMBER_ANALYSIS = "committee_member_analysis", _("Committee member's self-analysis")
    SELF_ANALYSIS = "self_analysis", _("Member's self-analysis")
    SPEECH_OUTLINE = "speech_outline", _("Speech outline")
    ORAL_STATEMENT = "oral_statement", _("Spoken statement")


class Form(TextChoices):
    """How much is asked of the author."""

    WRITTEN = "written", _("Written")
    OUTLINE = "outline", _("Outline")
    ORAL = "oral", _("Spoken")


@dataclass(frozen=True, slots=True)
class Kind:
    """form: how it is given."""

    form: Form

    @property
    def may_be_spoken(self) -> bool:
        """True if the branch may note in one line what its author said."""
        return self.form != Form.WRITTEN


KINDS = {
    MaterialKind.COMMITTEE_ANALYSIS: Kind(Form.WRITTEN),
    MaterialKind.SECRETARY_REPORT: Kind(Form.WRITTEN),
    MaterialKind.COMMITTEE_MEMBER_ANALYSIS: Kind(Form.WRITTEN),
    MaterialKind.SELF_ANALYSIS: Kind(Form.WRITTEN),
    MaterialKind.SPEECH_OUTLINE: Kind(Form.OUTLINE),
    MaterialKind.ORAL_STATEMENT: Kind(Form.ORAL),
}


class Whom(TextChoices):
    """Who is obliged. A person is of the first class that fits, down this list; the committee and the report of its
    secretary stand beside them."""

    COMMITTEE = "committee", _("Branch committee, together")
    REPORT = "report", _("Secretary, as a report on his work")
    SECRETARY = "secretary", _("Branch secretary")
    COMMITTEE_MEMBER = "committee_member", _("Committee members")
    EXEMPT = "exempt", _("Members exempt from organisational life")
    AWAY = "away", _("Members away from home")
    AGED = "aged", _("Members of great age")
    PROBATIONARY = "probationary", _("Probationary members")
    MEMBER = "member", _("All other members")


NOTHING = ""
_WRITTEN = (MaterialKind.SELF_ANALYSIS, MaterialKind.SPEECH_OUTLINE, MaterialKind.ORAL_STATEMENT)
OFFERED: dict[Whom, tuple[MaterialKind, ...]] = {
    Whom.COMMITTEE: (MaterialKind.COMMITTEE_ANALYSIS,),
    Whom.REPORT: (MaterialKind.SECRETARY_REPORT,),
    Whom.SECRETARY: (MaterialKind.COMMITTEE_MEMBER_ANALYSIS, *_WRITTEN),
    Whom.COMMITTEE_MEMBER: (MaterialKind.COMMITTEE_MEMBER_ANALYSIS, *_WRITTEN),
    **dict.fromkeys((Whom.EXEMPT, Whom.AWAY, Whom.AGED, Whom.PROBATIONARY, Whom.MEMBER), _WRITTEN),
}
# F3: written by committee and committee members; an outline or a few words are enough for the others.
SHIPPED: dict[str, str] = {
    Whom.COMMITTEE: MaterialKind.COMMITTEE_ANALYSIS,
    Whom.REPORT: NOTHING,
    Whom.SECRETARY: MaterialKind.COMMITTEE_MEMBER_ANALYSIS,
    Whom.COMMITTEE_MEMBER: MaterialKind.COMMITTEE_MEMBER_ANALYSIS,
    Whom.EXEMPT: MaterialKind.ORAL_STATEMENT,
    Whom.AWAY: MaterialKind.SPEECH_OUTLINE,
    Whom.AGED: MaterialKind.ORAL_STATEMENT,
    Whom.PROBATIONARY: MaterialKind.SPEECH_OUTLINE,
    Whom.MEMBER: MaterialKind.SPEECH_OUTLINE,
}
GREAT_AGE = 75


class Reviewer(TextChoices):
    """Who reads a material now (F3): the branch secretary; for the secretary's own and the committee's the superior; in
    a chain one after the other."""

    BRANCH = "branch", _("Branch secretary")
    COMMITTEE = "committee", _("Committee secretary")
    SUPERVISION = "supervision", _("Supervision group")
    ABOVE = "above", _("Superior organisation")


class Chain(TextChoices):
    """Through whose hands a material goes before it is passed (F29)."""

    ONE = "one", _("One reader: the branch secretary")
    TWO = "two", _("Two readers: branch secretary, then committee secretary")
    THREE = "three", _("Three readers: branch secretary, committee secretary, supervision group")


STEPS: dict[str, tuple[Reviewer, ...]] = {
    Chain.ONE: (Reviewer.BRANCH,),
    Chain.TWO: (Reviewer.BRANCH, Reviewer.COMMITTEE),
    Chain.THREE: (Reviewer.BRANCH, Reviewer.COMMITTEE, Reviewer.SUPERVISION),
}


def readers(chain: str, *, is_above: bool) -> tuple[Reviewer, ...]:
    """The readers of one material in turn: never the branch secretary for what is reviewed above."""
    steps = STEPS[chain]
    return (steps[1:] or (Reviewer.ABOVE,)) if is_above else steps
