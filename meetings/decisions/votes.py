"""The arithmetic of one decision: what its numbers amount to, and what in them cannot be."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.decisions.kinds import BUSINESS_KINDS, Business, BusinessKind, Share


class Outcome(TextChoices):
    PASSED = "passed", gettext_lazy("Passed")
    REJECTED = "rejected", gettext_lazy("Not passed")
    ELECTED = "elected", gettext_lazy("Elected")
    NOT_ELECTED = "not_elected", gettext_lazy("Not elected")
    REBALLOT = "reballot", gettext_lazy("Equal votes, to be voted on again")
    NO_QUORUM = "no_quorum", gettext_lazy("No decision: too few were there")
    NOTED = "noted", gettext_lazy("Opinion stated, no vote")
    OPEN = "open", gettext_lazy("Numbers incomplete")


VOTED = (Outcome.PASSED, Outcome.REJECTED)
ELECTED = (Outcome.ELECTED, Outcome.NOT_ELECTED, Outcome.REBALLOT)
TONES = {
    Outcome.PASSED: "done", Outcome.ELECTED: "done", Outcome.NOTED: "done", Outcome.NO_QUORUM: "alarm",
    Outcome.REBALLOT: "waiting", Outcome.OPEN: "waiting",
}  # fmt: skip


@dataclass(frozen=True)
class Vote:
    """One vote in persons: those due with the right to vote (D), present (P), yes (Y), no, abstentions, and the yes
    handed in writing before the meeting (W). None for a number not typed yet."""

    business: str
    due: int
    present: int
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    written_yes: int = 0
    announced: str = ""

    @property
    def kind(self) -> BusinessKind:
        return BUSINESS_KINDS[self.business]

    @property
    def has_quorum(self) -> bool:
        return self.kind.quorum.holds(self.present, self.due)

    @property
    def lacking(self) -> int:
        """How many more with the right to vote must be there before this may be voted on."""
        return lacking(self.kind, self.due, self.present)

    @property
    def is_counted(self) -> bool:
        """True once every number is typed."""
        return None not in (self.yes, self.no, self.abstain)

    @property
    def agreeing(self) -> int:
        """Who agrees: here, and in writing where that counts."""
        return (self.yes or 0) + (self.written_yes if self.kind.counts_written else 0)

    @property
    def base(self) -> int:
        """Of how many more than half must agree."""
        return self.present if self.kind.of_present else self.due

    @property
    def is_carried(self) -> bool:
        """True if enough agree, whatever was announced."""
        return bool(self.kind.passes and self.kind.passes.holds(self.agreeing, self.base))

    @property
    def outcome(self) -> Outcome:
        """What was decided: computed, or announced where that is what is recorded; never against the numbers."""
        if not self.kind.is_vote:
            return Outcome.NOTED
        if not self.has_quorum:
            return Outcome.NO_QUORUM
        if not self.is_counted:
            return Outcome.OPEN
        if not self.kind.announced:
            return Outcome.PASSED if self.is_carried else Outcome.REJECTED
        return Outcome(self.announced) if self.announced in self.possible else Outcome.OPEN

    @property
    def possible(self) -> tuple[Outcome, ...]:
        """What may be announced with these numbers. Votes enough do not elect everybody: others may have more."""
        if self.business == Business.ELECTION:
            return ELECTED if self.is_carried else (Outcome.NOT_ELECTED,)
        return VOTED[:1] if self.is_carried else VOTED[1:]


def lacking(kind: BusinessKind, due: int, present: int) -> int:
    """How many more of those due must be there for this kind of business; 0 where nobody has the right to vote."""
    return max(0, kind.quorum.least(due) - present) if due else 0


def faults(vote: Vote, voters: int) -> Iterator[str]:
    """R03: what in a vote cannot be, each with its arithmetic; `voters` came with the right to vote."""
    if not vote.kind.is_vote:
        if (vote.yes, vote.no, vote.abstain, vote.written_yes) != (None, None, None, 0):
            yield _("This is stated and not voted on: please leave the numbers empty.")
        return
    told = {"present": vote.present, "voters": voters, "due": vote.due}
    if vote.present > vote.due:
        yield _("%(present)d took part in the vote, but only %(due)d with the right to vote were due.") % told
    elif vote.present > voters:
        yield _("%(present)d took part in the vote, but only %(voters)d who may vote are ticked as present.") % told
    if not vote.is_counted:
        yield _("Please fill in yes, no and abstentions; where there were none, 0.")
    else:
        yield from _sum(vote)
    yield from _written(vote)
    if vote.kind.announced and vote.is_counted and vote.has_quorum:
        yield from _announced(vote)


def _sum(vote: Vote) -> Iterator[str]:
    yes, no, abstain = vote.yes or 0, vote.no or 0, vote.abstain or 0
    if yes + no + abstain != vote.present:
        told = {"yes": yes, "no": no, "abstain": abstain, "sum": yes + no + abstain, "present": vote.present}
        yield _("Yes %(yes)d + no %(no)d + abstentions %(abstain)d = %(sum)d, but %(present)d with the right to vote "
                "took part: please check.") % told  # fmt: skip


def _written(vote: Vote) -> Iterator[str]:
    if vote.written_yes and not vote.kind.counts_written:
        yield _("Opinions in writing count only for an admission or a confirmation: please take the number out.")
    elif vote.written_yes and vote.present + vote.written_yes > vote.due:
        told = {"present": vote.present, "written": vote.written_yes, "due": vote.due}
        yield _("Present %(present)d + in writing %(written)d = more than the %(due)d due: whoever is there votes "
                "there.") % told  # fmt: skip


def _announced(vote: Vote) -> Iterator[str]:
    if not vote.announced:
        yield _("Please choose the result as it was announced.")
    elif vote.announced not in vote.possible:
        told = {"announced": _label(vote.announced), "arithmetic": passing(vote)}
        yield _("Announced was “%(announced)s”, but %(arithmetic)s: please check the numbers and the result.") % told


def _label(outcome: str) -> str:
    return str(Outcome(outcome).label) if outcome in Outcome.values else outcome


def passing(vote: Vote) -> str:
    """Whether enough agree, as arithmetic: 2×20>27."""
    return comparison(vote.kind.passes, vote.agreeing, vote.base) if vote.kind.passes else ""


def comparison(share: Share, number: int, base: int) -> str:
    """The comparison as it comes out: 2×20>27, 5×21<4×27; equal counts as the share has it."""
    left, right = share.times * number, share.of * base
    sign = ">" if left > right else "=" if left == right else "<"
    return f"{share.times}×{number}{sign}{f'{share.of}×{base}' if share.of > 1 else base}"


def told(vote: Vote) -> str:
    """The whole arithmetic of a decision in one line, as the record prints it."""
    if not vote.kind.is_vote:
        return ""
    words = {
        "due": vote.due, "present": vote.present, "yes": vote.yes, "no": vote.no, "abstain": vote.abstain,
        "quorum": comparison(vote.kind.quorum, vote.present, vote.due), "passing": passing(vote),
        "written": vote.written_yes,
    }  # fmt: skip
    line = _("due with the right to vote %(due)d, took part %(present)d (%(quorum)s)") % words
    if vote.is_counted:
        line += _("; yes %(yes)d, no %(no)d, abstentions %(abstain)d") % words
        line += _(", yes in writing %(written)d") % words if vote.written_yes and vote.kind.counts_written else ""
        line += _(": %(passing)s") % words if vote.has_quorum else ""
    return line
