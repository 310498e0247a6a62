"""The three chains a grade goes through, as data (users.md F5); which one holds where is a rule of the year."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """等次, the best first."""

    EXCELLENT = "excellent", _("Excellent")
    QUALIFIED = "qualified", _("Qualified")
    BASICALLY_QUALIFIED = "basically_qualified", _("Basically qualified")
    UNQUALIFIED = "unqualified", _("Unqualified")


LOW = (Level.BASICALLY_QUALIFIED, Level.UNQUALIFIED)  # these want a reason and a help measure (R14)


class Chain(TextChoices):
    SIMPLE = "simple", _("Simple: graded, fed back, reported")
    MEETING = "meeting", _("With a meeting: first opinion, met, changed, read by the superior, fed back")
    VOTED = "voted", _("With a vote: first opinion, met, voted on by the assembly, approved, fed back")


class Approval(TextChoices):
    RECORD = "record", _("Reported for the record")
    EXTREMES = "extremes", _("Excellent and unqualified ones need approval")
    ALL = "all", _("All need approval")


class Body(TextChoices):
    """Who takes the steps of the committee for one member."""

    COMMITTEE = "committee", pgettext_lazy("grades", "Committee of the branch")
    ASSEMBLY = "assembly", pgettext_lazy("grades", "General meeting")
    SUPERIOR = "superior", pgettext_lazy("grades", "Superior organisation")


@dataclass(frozen=True, slots=True)
class Steps:
    """What a chain asks between the first opinion and the feedback."""

    meets: bool = False  # the person is met with the first opinion
    votes: bool = False  # the assembly votes on it
    asks_above: bool = False  # the superior reads or approves every grade, whatever the rule on approval says


CHAINS = {
    Chain.SIMPLE: Steps(),
    Chain.MEETING: Steps(meets=True, asks_above=True),
    Chain.VOTED: Steps(meets=True, votes=True, asks_above=True),
}
APPROVED = {
    Approval.RECORD: (),
    Approval.EXTREMES: (Level.EXCELLENT, Level.UNQUALIFIED),
    Approval.ALL: tuple(Level),
}


def wants_approval(chain: str, approval: str, body: str, level: str) -> bool:
    """Whether such a grade waits for the superior before it is fed back; what he has decided himself does not."""
    if body == Body.SUPERIOR:
        return False
    return CHAINS[Chain(chain)].asks_above or level in APPROVED[Approval(approval)]
