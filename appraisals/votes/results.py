"""Who may read which totals (F2, F4): the only place that reads them.

While two people count they and whoever may confirm see all; once confirmed, what is about the committee or an item is
read by all who see the vote, what is about a person by the committee of his branch and the superior. What is about
himself nobody reads, the secretary included, unless a superior has applied rule F2-1. Under the fewest ballots the
superior alone reads anything, at the count too: only what was counted on paper is known to whoever counted it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from appraisals.models import Subject, Vote
from appraisals.votes.names import OF_COMMITTEE
from appraisals.votes.rules import shows_own_counts
from appraisals.votes.sheets import Scale
from appraisals.votes.states import CONFIRMERS, TELLERS, VoteState
from ballots.marks import Asked, lines_of_all
from ballots.models import ABSTAIN, Count, Line, Sheet, Tally
from branches.models import Organisation
from branches.rights import Right


@dataclass
class Row:
    """One line with its numbers: those of its options in order, then abstentions."""

    line: Asked
    heading: str
    numbers: list[int]


@dataclass
class Result:
    """One sheet; without rows it is withheld, and `withheld` says why."""

    sheet: Sheet
    count: Count | None = None
    options: Sequence[str] = ()
    rows: list[Row] = field(default_factory=list)
    withheld: str = ""
    partly: str = ""  # whose rows these are, where others are left out

    @property
    def has_own_options(self) -> bool:
        """Whether each line has options of its own, so that a table has no common head."""
        return any(row.line.options != tuple(self.options) for row in self.rows)


@dataclass(frozen=True)
class Reader:
    """What one person may read of one vote."""

    vote: Vote
    counts: bool  # is of those who count it or confirm
    above: frozenset[int]  # branches of the vote of which he is a superior who decides
    served: frozenset[int]  # branches of whose committee he is
    own: int | None  # himself

    @classmethod
    def of(cls, vote: Vote, user: Any) -> "Reader":
        """One query, who votes along, unless that was fetched before."""
        places: list[Organisation] = [vote.organisation, *(one.organisation for one in vote.partners.all())]
        above, served = (
            frozenset(place.pk for place in places if user.may(right, place))
            for right in (Right.ACCEPT, Right.WRITE_FOR_COMMITTEE)
        )
        counts = any(user.may(right, vote) for right in (*TELLERS, *CONFIRMERS, Right.ENTER_FOR))
        return cls(vote, counts, above, served, user.reach.member_key)

    @property
    def is_at_the_count(self) -> bool:
        return self.vote.state == VoteState.COUNTED

    def withheld(self, valid: int) -> str:
        """Why he reads nothing of a sheet with so many valid ballots; empty where he reads something."""
        if self.is_at_the_count and not self.counts:
            return _("Totals are read once they are confirmed.")
        if self.is_at_the_count and self.vote.is_paper:
            return ""  # whoever counts paper has it in his hands
        if valid < self.vote.poll.min_show and not self.above:
            return _("Fewer than %(number)d valid ballots: totals are read by the superior organisation only.") % {
                "number": self.vote.poll.min_show
            }
        return ""

    def reads(self, subject: Subject | None, valid: int) -> bool:
        """Whether he reads the line about this person; None stands for one nobody knows whom it is about."""
        branch = subject.branch_id if subject else self.vote.organisation_id
        if self.is_at_the_count:
            return True
        if self.is_own(subject):
            return valid >= self.vote.poll.min_show and self.reads_own
        return branch in self.above or (valid >= self.vote.poll.min_show and branch in self.served)

    @cached_property
    def reads_own(self) -> bool:
        """Whether members read the totals about themselves: asked where one of them is the reader. One query."""
        return shows_own_counts(self.vote)

    def is_own(self, subject: Subject | None) -> bool:
        """Whether the line is about himself."""
        return subject is not None and self.own is not None and subject.member_id == self.own


def results_of(vote: Vote, user: Any) -> list[Result]:
    """What this person may read of the totals, sheet by sheet; empty before they are counted. Queries as
    `results_of_all`."""
    return results_of_all([vote], user).get(vote.pk, [])


def results_of_all(votes: Sequence[Vote], user: Any) -> dict[int, list[Result]]:
    """By the key of each vote that was counted, what `results_of` finds. Eight queries, and one more for each vote in
    which the reader himself is rated."""
    counted = [vote for vote in votes if vote.state in (VoteState.COUNTED, VoteState.CONFIRMED)]
    if not counted:
        return {}
    prefetch_related_objects(counted, "subjects", "partners__organisation")
    polls = [vote.poll_id for vote in counted]
    lines: dict[int, list[Asked]] = defaultdict(list)
    for line in chain.from_iterable(lines_of_all(polls).values()):
        lines[line.sheet_key].append(line)
    counts = {count.sheet_id: count for count in Count.objects.filter(sheet__poll__in=polls)}
    marks = {(row.line_id, row.option): row.n for row in Tally.objects.filter(line__sheet__poll__in=polls)}
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in Sheet.objects.filter(poll__in=polls):
        sheets[sheet.poll_id].append(sheet)
    found = {}
    for vote in counted:
        subjects, reader = {one.line_id: one for one in vote.subjects.all()}, Reader.of(vote, user)
        found[vote.pk] = [
            _result(sheet, counts.get(sheet.pk), lines[sheet.pk], marks, subjects, reader)
            for sheet in sheets[vote.poll_id]
        ]
    return found


def _result(
    sheet: Sheet, count: Count | None, lines: Sequence[Asked], marks: Mapping[tuple[int, int], int],
    subjects: Mapping[int, Subject], reader: Reader,
) -> Result:  # fmt: skip
    if count is None:
        return Result(sheet, withheld=_("Not counted."))
    if reason := reader.withheld(count.valid):
        return Result(sheet, withheld=reason)
    told = [line for line in lines if not sheet.about_people or reader.reads(subjects.get(line.key), count.valid)]
    if not told:
        return Result(
            sheet, withheld=_("What is about persons is read by the committee and the superior organisation only.")
        )
    rows, heading = [], ""
    for line in told:
        numbers = [marks[line.key, option] for option in [*range(1, len(line.options) + 1), 0]]
        rows.append(Row(line, line.heading if line.heading != heading else "", numbers))
        heading = line.heading
    return Result(sheet, count, sheet.scale, rows, partly=_partly(told, lines, subjects, reader))


def _partly(told: Sequence[Asked], lines: Sequence[Asked], subjects: Mapping[int, Subject], reader: Reader) -> str:
    if len(told) == len(lines):
        return ""
    if all(reader.is_own(subjects.get(line.key)) for line in told):
        return _("Only what is about yourself is shown here.")
    shown = {line.key for line in told}
    if all(reader.is_own(subjects.get(line.key)) for line in lines if line.key not in shown):
        return _("What is about yourself is left out here.")
    return _("Only members of your own branch are shown here.")


def is_whole(results: Sequence[Result]) -> bool:
    """Whether nothing is left out for this reader."""
    return not any(result.withheld or result.partly for result in results)


@dataclass(frozen=True)
class Rated:
    """A committee as one vote rates it; without numbers where these are withheld, for too few ballots."""

    vote: Vote
    name: str
    count: Count | None = None
    numbers: tuple[int, ...] = ()  # of the options in order, then abstentions

    @property
    def is_withheld(self) -> bool:
        return self.count is None


def committees_rated(votes: Sequence[Vote]) -> list[Rated]:
    """The committees rated by these confirmed votes, which their reader sees, in their order. Two queries.

    What stays withheld under the fewest ballots is told to nobody here, for it would enter a total (F4).
    """
    polls = [vote.poll_id for vote in votes]
    rows = Line.objects.filter(sheet__poll__in=polls, sheet__title=OF_COMMITTEE).order_by("sheet", "position")
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in rows.select_related("sheet__ballot_numbers").prefetch_related("tallies"):
        lines[line.sheet.poll_id].append(line)
    return [_rated(vote, line, len(lines[vote.poll_id])) for vote in votes for line in lines[vote.poll_id]]


def _rated(vote: Vote, line: Line, together: int) -> Rated:
    count: Count = line.sheet.ballot_numbers
    name = vote.organisation.label if together == 1 else line.label
    if count.valid < vote.poll.min_show:
        return Rated(vote, name)
    marks = {row.option: row.n for row in line.tallies.all()}
    options = [*range(1, len(Scale.BODY.words) + 1), ABSTAIN]
    return Rated(vote, name, count, tuple(marks[option] for option in options))
