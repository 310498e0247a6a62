"""The decisions on the writing page of a record: rows of matters, rows of members left out, and who must be there."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.http import QueryDict

from branches.rules.sets import RuleSet
from meetings.decisions.entries import LeftOut, Motion, Voters
from meetings.decisions.forms import LEFT_OUT_ROWS, MOTION_ROWS
from meetings.decisions.kinds import BUSINESS_KINDS, GROUNDS_CLAUSE, Business, BusinessKind
from meetings.decisions.rows import decisions_of, left_out_of
from meetings.decisions.rules import offered
from meetings.decisions.votes import lacking
from meetings.due import Due
from meetings.kinds import combinable

MOTIONS, LEFT_OUT = "motions", "left_out"  # the prefixes of their fields
MORE = "more"  # what the button for further rows posts as `save`


@dataclass(frozen=True)
class Board:
    """Whether one kind of business may be voted on: who is due with the right to vote, who is there, who is wanting."""

    business: str
    due: int
    present: int

    @property
    def kind(self) -> BusinessKind:
        return BUSINESS_KINDS[self.business]

    @property
    def label(self) -> str:
        return str(Business(self.business).label)

    @property
    def least(self) -> int:
        """How many must be there."""
        return self.kind.quorum.least(self.due) if self.due else 0

    @property
    def lacking(self) -> int:
        """How many more must be there; 0 where nobody has the right to vote."""
        return lacking(self.kind, self.due, self.present)

    @property
    def may_vote(self) -> bool:
        return self.kind.quorum.holds(self.present, self.due)


class Matters:
    """Both kinds of rows of one sitting. What a page without them posts leaves those that are saved."""

    def __init__(self, meeting: Any, data: QueryDict | None, members: Sequence[Due]) -> None:
        forms = {*meeting.forms, *combinable(meeting.form)}
        self.business = offered(meeting, RuleSet(meeting.organisation.path, meeting.held_on.year), forms)
        kept = decisions_of(meeting) if meeting.pk else []
        self._motions = [saved_motion(row, meeting.voting_present) for row in kept]
        self._left_out = [saved_left_out(row) for row in (left_out_of(meeting) if meeting.pk else [])]
        choices = [
            (str(b), str(b.label)) for b in dict.fromkeys([*self.business, *(Business(r.business) for r in kept)])
        ]
        people = [(due.member_id, due.name) for due in members if due.may_vote]
        posted = data if data and f"{MOTIONS}-TOTAL_FORMS" in data else None
        if posted and posted.get("save") == MORE:
            posted = _with_more(posted)
        self.rows = MOTION_ROWS(
            posted,
            prefix=MOTIONS,
            initial=[_begun(motion) for motion in self._motions],
            form_kwargs={"business": choices},
        )
        self.out = LEFT_OUT_ROWS(
            posted if self.leaves_out else None,
            prefix=LEFT_OUT,
            initial=[{**asdict(one), "member": one.member_id} for one in self._left_out],
            form_kwargs={"members": people},
        )

    @property
    def is_offered(self) -> bool:
        """True where this sitting may decide something."""
        return bool(self.business)

    @property
    def leaves_out(self) -> bool:
        """True where an election or a disposal may be on the agenda."""
        return any(BUSINESS_KINDS[business].excludes for business in self.business)

    @property
    def left_out_shown(self) -> bool:
        """True where the rows of members left out hold something or a fault."""
        return bool(self._left_out) or (self.out.is_bound and (not self.out.is_valid() or bool(self.left_out)))

    @property
    def grounds_clause(self) -> str:
        return str(GROUNDS_CLAUSE)

    def is_valid(self) -> bool:
        """Both are read, so that every fault is shown at once."""
        valid = [rows.is_valid() for rows in (self.rows, self.out) if rows.is_bound]
        return all(valid)

    @property
    def motions(self) -> list[Motion]:
        """As typed and valid."""
        return [form.motion for form in self.rows if form.motion] if self.rows.is_bound else self._motions

    @property
    def left_out(self) -> list[LeftOut]:
        """As typed and valid."""
        return [form.one for form in self.out if form.one] if self.out.is_bound else self._left_out

    def boards(self, voters: Voters) -> list[Board]:
        """One for each kind of business, with the rows as they stand on the page."""
        asked = (form["member"].value() for form in self.out)
        out = [int(key) for key in asked if str(key or "").isdecimal()]
        return [board(business, voters, out) for business in self.business]


def board(business: str, voters: Voters, left_out: Collection[int]) -> Board:
    """Whether that business may be voted on by these voters."""
    return Board(business, voters.due_for(business, left_out), len(voters.present))


def saved_motion(row: Any, came: int) -> Motion:
    """A decision as it was typed: who took part stays open where everybody who came did."""
    columns = {name: getattr(row, name) for name in Motion.__dataclass_fields__}
    return Motion(**{**columns, "present": None if row.present == came else row.present})


def _begun(motion: Motion) -> dict[str, Any]:
    """What the row of a saved decision begins with; nobody in writing is left empty."""
    return asdict(motion) | {"written_yes": motion.written_yes or None}


def saved_left_out(row: Any) -> LeftOut:
    """A member left out, as typed."""
    return LeftOut(**{name: getattr(row, name) for name in LeftOut.__dataclass_fields__})


def _with_more(data: QueryDict) -> QueryDict:
    """The same page with one row more of each kind."""
    more = data.copy()
    for prefix in (MOTIONS, LEFT_OUT):
        name = f"{prefix}-TOTAL_FORMS"
        if str(more.get(name, "")).isdecimal():
            more[name] = str(int(str(more[name])) + 1)
    return more
