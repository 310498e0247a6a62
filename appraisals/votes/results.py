"""Who may read which totals (F2, F4): the only place that reads them.

While two people count they and whoever may confirm see all; once confirmed, what is about the committee or an item is
read by all who see the vote, what is about a person by the committee and the superior. Under the fewest ballots the
superior alone reads anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from appraisals.models import Vote
from appraisals.votes.states import CONFIRMERS, TELLERS, VoteState
from ballots.marks import Asked, lines_of
from ballots.models import Count, Sheet, Tally
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

    @property
    def has_own_options(self) -> bool:
        """Whether each line has options of its own, so that a table has no common head."""
        return any(row.line.options != tuple(self.options) for row in self.rows)


def results_of(vote: Vote, user: Any) -> list[Result]:
    """What this person may read of the totals, sheet by sheet; empty before they are counted. Four queries."""
    if vote.state not in (VoteState.COUNTED, VoteState.CONFIRMED):
        return []
    lines = lines_of(vote.poll)
    counts = {count.sheet_id: count for count in Count.objects.filter(sheet__poll=vote.poll_id)}
    marks = {(row.line_id, row.option): row.n for row in Tally.objects.filter(line__sheet__poll=vote.poll_id)}
    return [_result(vote, sheet, counts.get(sheet.pk), lines, marks, user) for sheet in vote.poll.sheets.all()]


def _result(
    vote: Vote, sheet: Sheet, count: Count | None, lines: Sequence[Asked], marks: dict[tuple[int, int], int], user: Any
) -> Result:
    if count is None:
        return Result(sheet, withheld=_("Not counted."))
    if reason := withheld(vote, sheet, count.valid, user):
        return Result(sheet, withheld=reason)
    rows, heading = [], ""
    for line in (line for line in lines if line.sheet_key == sheet.pk):
        numbers = [marks.get((line.key, option), 0) for option in [*range(1, len(line.options) + 1), 0]]
        rows.append(Row(line, line.heading if line.heading != heading else "", numbers))
        heading = line.heading
    return Result(sheet, count, sheet.scale, rows)


def withheld(vote: Vote, sheet: Sheet, valid: int, user: Any) -> str:
    """Why this person does not read the totals of this sheet; empty where he does."""
    if vote.state == VoteState.COUNTED:
        counts = any(user.may(right, vote) for right in (*TELLERS, *CONFIRMERS, Right.ENTER_FOR))
        return "" if counts else _("Totals are read once they are confirmed.")
    above = user.may(Right.ACCEPT, vote)
    if valid < vote.poll.min_show and not above:
        return _("Fewer than %(number)d valid ballots: totals are read by the superior organisation only.") % {
            "number": vote.poll.min_show
        }
    if sheet.about_people and not above and not user.may(Right.WRITE_FOR_COMMITTEE, vote):
        return _("What is about persons is read by the committee and the superior organisation only.")
    return ""
