"""The kinds of business a meeting decides, as data: how many must be there, how many must agree, by which clause (A3).

Every comparison is one of whole numbers: `times` × a number against `of` × a base, never a percentage.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from branches.rules.table import Level
from meetings.kinds import Form


class Business(TextChoices):
    ORDINARY = "ordinary", _("Ordinary decision")
    ADMISSION = "admission", _("Admission of a probationary member")
    CONFIRMATION = "confirmation", _("Confirmation as a full member")
    DISPOSAL = "disposal", _("Disposal of an unqualified member")
    DISCIPLINE = "discipline", _("Disciplinary measure")
    ELECTION = "election", _("Election")
    COMMITTEE = "committee", _("Decision of the committee")
    OPINION = "opinion", _("Opinion of the appraisal")
    OPINION_VOTE = "opinion_vote", _("Vote on the opinion of the appraisal")


class Method(TextChoices):
    """How was voted."""

    HANDS = "hands", _("Show of hands")
    BALLOT = "ballot", _("Secret ballot")
    ORAL = "oral", _("Orally")


class Ground(TextChoices):
    """Why a member may be left out of those due at an election or a disposal, after the superior's consent (A3)."""

    WILL = "will", _("Cannot express his will because of illness")
    ABROAD = "abroad", _("Abroad at his own expense for half a year or longer")
    SENTENCED = "sentenced", _("Serving a sentence, not under probation within the party or more")
    BEDRIDDEN = "bedridden", _("Old or ill, for long unable to care for himself")
    ELSEWHERE = "elsewhere", _("Relation should have been transferred and was not")


GROUNDS_CLAUSE = _(
    "Regulation on elections of primary organisations: with the consent of the superior and by a resolution of the "
    "meeting. Those freed from coming to meetings are another thing and stay in the base."
)


@dataclass(frozen=True)
class Share:
    """`times` × a number must exceed `of` × the base; `or_equal` where being equal is enough."""

    times: int
    of: int
    or_equal: bool = False

    def holds(self, number: int, base: int) -> bool:
        """True if that number of persons is share enough of the base; of a base of nobody nothing is."""
        have, need = self.times * number, self.of * base
        return base > 0 and (have >= need if self.or_equal else have > need)

    def least(self, base: int) -> int:
        """The smallest number of persons that holds."""
        return -(-self.of * base // self.times) if self.or_equal else self.of * base // self.times + 1


HALF, MORE_THAN_HALF, FOUR_FIFTHS = Share(2, 1, or_equal=True), Share(2, 1), Share(5, 4, or_equal=True)


@dataclass(frozen=True)
class BusinessKind:
    """What one kind of business asks for.

    quorum: of those due with the right to vote, who must be there; passes: who must agree, of those due, or of those
    present where `of_present`. counts_written: opinions of absent members handed in before the meeting agree with the
    others. excludes: the five grounds reduce those due. announced: the result is recorded as it was announced, and may
    not contradict the numbers. Without `passes` it is no vote.
    """

    clause: str | Promise
    level: Level
    forms: tuple[str, ...]
    quorum: Share = HALF
    passes: Share | None = MORE_THAN_HALF
    of_present: bool = False
    counts_written: bool = False
    excludes: bool = False
    announced: bool = False

    @property
    def is_vote(self) -> bool:
        return self.passes is not None


_ASSEMBLY: tuple[str, ...] = (Form.GENERAL_MEETING, Form.ORG_LIFE_MEETING)
_COMMITTEE: tuple[str, ...] = (Form.COMMITTEE_MEETING,)
_DEVELOPMENT: dict[str, Any] = {"quorum": MORE_THAN_HALF, "counts_written": True, "announced": True}

BUSINESS_KINDS: dict[str, BusinessKind] = {
    Business.ORDINARY: BusinessKind(
        _("Regulation on branches, article 11: half of those with the right to vote are there, half included; more "
          "than half of those due agree."),
        Level.NATIONAL,
        _ASSEMBLY,
    ),
    Business.ADMISSION: BusinessKind(
        _("Rules on admitting members: more than half of those with the right to vote are there; more than half of the "
          "full members due agree, opinions handed in writing before the meeting included."),
        Level.NATIONAL,
        _ASSEMBLY,
        **_DEVELOPMENT,
    ),
    Business.CONFIRMATION: BusinessKind(
        _("Rules on admitting members: a confirmation is voted on like an admission, opinions handed in writing before "
          "the meeting included."),
        Level.NATIONAL,
        _ASSEMBLY,
        **_DEVELOPMENT,
    ),
    Business.DISPOSAL: BusinessKind(
        _("Rules on the disposal of unqualified members: more than half of those with the right to vote are there; "
          "more than half of the full members due agree."),
        Level.NATIONAL,
        _ASSEMBLY,
        quorum=MORE_THAN_HALF,
        excludes=True,
        announced=True,
    ),
    Business.DISCIPLINE: BusinessKind(
        _("Constitution of the party, chapter on discipline: a measure is discussed and decided by the assembly; more "
          "than half of those with the right to vote are there, more than half of those due agree."),
        Level.NATIONAL,
        _ASSEMBLY,
        quorum=MORE_THAN_HALF,
        announced=True,
    ),
    Business.ELECTION: BusinessKind(
        _("Regulation on elections of primary organisations: four fifths of those with the right to vote are there, "
          "four fifths included; elected is who has the votes of more than half of those present. Equal votes: "
          "the ballot is held again."),
        Level.NATIONAL,
        _ASSEMBLY + _COMMITTEE,
        quorum=FOUR_FIFTHS,
        of_present=True,
        excludes=True,
        announced=True,
    ),
    Business.COMMITTEE: BusinessKind(
        _("Regulation on branches, article 12: half of the committee members are there. It names no share of votes: "
          "more than half of the whole committee is good practice."),
        Level.ADVICE,
        _COMMITTEE,
    ),
    Business.OPINION: BusinessKind(
        _("Regulation on branches, article 18: the committee or the assembly states the opinion; it is no vote."),
        Level.NATIONAL,
        _ASSEMBLY + _COMMITTEE,
        passes=None,
    ),
    Business.OPINION_VOTE: BusinessKind(
        _("Local practice: the assembly votes on the grades before the superior approves them. Counted like an "
          "ordinary decision."),
        Level.LOCAL,
        _ASSEMBLY,
    ),
}  # fmt: skip
EXCLUDING = tuple(business for business, kind in BUSINESS_KINDS.items() if kind.excludes)
