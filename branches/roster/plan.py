"""What an import would do: whom it would enter, whose facts it would change, who is missing, whom to ask about.

Who is who: by identity number where both sides have one; else by name, day of birth and day of joining, all three told
and equal. A name alone proves nothing: such a pair is asked about and never merged (F31). Nobody is ever removed.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from branches.models import Organisation
from branches.models.members import Category
from branches.roster.columns import BY_KEY
from branches.roster.dates import contradicts
from branches.roster.reading import Faults, Line
from branches.roster.register import TOLD, Known

NEW, OUT, SAME = "new", "out", "same:"
NEAR, NEAR_ASKED = 3, 50  # names offered for an unknown branch; beyond so many unknown ones none are looked for
PARTIAL: Final = ("born", "joined", "confirmed")


@dataclass(slots=True)
class Change:
    """What a line would change of a member: field → (as it is, as it would be)."""

    line: Line
    known: Known
    fields: dict[str, tuple[str, str]]


@dataclass(slots=True)
class Question:
    """A namesake to decide about: a row, and what may be answered, as (answer, words)."""

    row: int
    name: str
    branch: str
    answers: list[tuple[str, str]]


@dataclass
class Plan:
    """`new` are (line, branch); `moved` are (relation, place) where only the order differs."""

    new: list[tuple[Line, int]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    same: int = 0
    missing: list[Known] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    moved: list[tuple[int, int]] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    branches: dict[int, Organisation] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each, as the page says it."""
        return {
            "new": len(self.new), "changed": len(self.changed), "same": self.same, "missing": len(self.missing),
            "questions": len(self.questions), "errors": self.faults.errors, "notes": self.faults.notes,
        }  # fmt: skip

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would write the same, row by row."""
        told = hashlib.sha256()
        tell = told.update
        for line, at in self.new:
            tell(f"{line.row} {at} {line.name} {line.born} {line.joined} {line.digest}\n".encode())
        for change in self.changed:
            tell(f"{change.line.row} {change.known.member} {sorted(change.fields.items())}\n".encode())
        return told.hexdigest()


class Planner:
    """Matches the lines of one roster with the register."""

    def __init__(
        self, branches: Sequence[Organisation], known: Sequence[Known], registered: set[str],
        answers: Mapping[str, str], faults: Faults, *, titles: Mapping[str, str],
        staff: Mapping[str, int] | None = None,
    ) -> None:  # fmt: skip
        self.plan = Plan(faults=faults, branches={branch.pk: branch for branch in branches})
        self._branches, self._by_name = branches, _by_name(branches)
        self._only = branches[0].pk if len(branches) == 1 else None
        self._known, self._registered, self._answers, self._titles = known, registered, answers, titles
        self._by_digest = {one.digest: one for one in known if one.digest}
        self._by_key = _grouped(known, lambda one: (one.name, one.told.get("born"), one.told.get("joined")))
        self._namesakes = _grouped(known, lambda one: (one.branch, one.name))
        self._taken: dict[int, int] = {}  # member → row
        self._asked_about: set[int] = set()
        # New ones by branch and name: tuples, since nearly every name of 50,000 stands alone.
        self._rows: dict[int, dict[str, tuple[Line, ...]]] = {}
        self._digests: dict[str, int] = {}  # of lines → row
        self._staff = staff or {}  # staff number in small letters → member
        self._staff_rows: dict[str, int] = {}  # the same of lines → row
        self._unknown: dict[str, str] = {}
        self._spoken_of: set[int] = set()

    def make(self, lines: Sequence[Line]) -> Plan:
        """The plan for these lines."""
        for place, line in enumerate(lines, 1):
            branch = self._branch_of(line)
            if branch is not None and line.name and line.category:
                self._spoken_of.add(branch)
                line.number = line.number or place
                self._place(line, branch)
        gone = (one for one in self._known if one.branch in self._spoken_of)
        self.plan.missing = [
            one for one in gone if one.member not in self._taken and one.member not in self._asked_about
        ]
        return self.plan

    # --- where ------------------------------------------------------------------------------------------------------
    def _branch_of(self, line: Line) -> int | None:
        if not line.branch:
            if self._only is None:
                self._fault(line, "branch", "", _("Please write the branch of this member."))
            return self._only
        branch = self._by_name.get(_plain(line.branch))
        if branch is None:
            self._fault(line, "branch", line.branch, self._no_such(line.branch))
        return branch

    def _no_such(self, name: str) -> str:
        """Words for a branch that is not there, with those it may be meant for."""
        if name not in self._unknown:
            near: list[str] = []
            if len(self._unknown) < NEAR_ASKED:
                near = get_close_matches(_plain(name), list(self._by_name), NEAR, 0.5)
            names = dict.fromkeys(self.plan.branches[self._by_name[one]].name for one in near)
            words = _("You keep the register of no branch of this name.")
            if names:
                words += " " + _("Meant may be: %(names)s.") % {"names": "、".join(names)}
            self._unknown[name] = words
        return self._unknown[name]

    # --- who --------------------------------------------------------------------------------------------------------
    def _place(self, line: Line, branch: int) -> None:
        if line.digest:
            if line.digest in self._digests:
                return self._fault(line, "identity", "", _again(self._digests[line.digest]))
            self._digests[line.digest] = line.row
            if known := self._by_digest.get(line.digest):
                return self._match(line, branch, known)
            if line.digest in self._registered:
                words = _("This person is in the register already, elsewhere. Please use the transfer of relations.")
                return self._fault(line, "identity", "", words)
        if line.born and line.joined:
            same = [one for one in self._by_key.get((line.name, line.born, line.joined), ()) if _may_be(one, line)]
            if len(same) == 1:
                return self._match(line, branch, same[0])
        namesakes = [one for one in self._namesakes.get((branch, line.name), ()) if _may_be(one, line)]
        return self._ask(line, branch, namesakes) if namesakes else self._enter(line, branch)

    def _ask(self, line: Line, branch: int, namesakes: list[Known]) -> None:
        """Take the answer that was given for this row, or ask."""
        answer = self._answers.get(str(line.row), "")
        chosen = next((one for one in namesakes if answer == f"{SAME}{one.member}"), None)
        if chosen:
            return self._match(line, branch, chosen)
        if answer == NEW:
            return self._enter(line, branch)
        self._asked_about |= {one.member for one in namesakes}
        offered = [(f"{SAME}{one.member}", _("the same: %(who)s") % {"who": _told(one.told)}) for one in namesakes]
        return self._question(line, branch, [*offered, (NEW, _("somebody else: enter as a new member"))])

    def _match(self, line: Line, branch: int, known: Known) -> None:
        if known.member in self._taken:
            return self._fault(line, "name", line.name, _again(self._taken[known.member]))
        self._taken[known.member] = line.row
        if known.branch != branch:
            at = self.plan.branches.get(known.branch)
            words = _("This person is in the register of %(branch)s. Please use the transfer of relations.")
            return self._fault(line, "branch", line.branch, words % {"branch": at.name if at else "--"})
        if self._is_anothers_number(line, known.member):
            return None
        fields = self._differences(line, known)
        if fields:
            self.plan.changed.append(Change(line, known, fields))
        else:
            self.plan.same += 1
        if known.position != line.number and "group" not in fields:
            self.plan.moved.append((known.relation, line.number))
        return None

    def _enter(self, line: Line, branch: int) -> None:
        """A new member, unless another row of the file may be the same person."""
        rows = self._rows.setdefault(branch, {})
        others = rows.get(line.name, ())
        for other in others:
            if line.digest and other.digest or contradicts(line.born, other.born):
                continue
            if line.born and line.joined and (line.born, line.joined) == (other.born, other.joined):
                return self._fault(line, "name", line.name, _again(other.row))
            answer = self._answers.get(str(line.row), "")
            if answer == OUT:
                return None
            if answer != NEW:
                words = _("the same as row %(row)d: leave this row out") % {"row": other.row}
                both = (NEW, _("two people of one name: enter both"))
                return self._question(line, branch, [(OUT, words), both])
        if self._is_anothers_number(line, None):
            return None
        rows[line.name] = (*others, line)
        self.plan.new.append((line, branch))
        return None

    def _is_anothers_number(self, line: Line, member: int | None) -> bool:
        """True, and told, if the staff number of this line belongs to somebody else, here or in the register."""
        number = line.staff_number.lower()
        if not number:
            return False
        row = self._staff_rows.setdefault(number, line.row)
        if row != line.row:
            words = _("Row %(row)d has the same staff number. Please correct one of both.") % {"row": row}
        elif self._staff.get(number, member) != member:
            words = _("This staff number belongs to somebody else already.")
        else:
            return False
        self._fault(line, "staff_number", line.staff_number, words)
        return True

    def _question(self, line: Line, branch: int, answers: list[tuple[str, str]]) -> None:
        told = f"{line.name}（{_told({key: getattr(line, key) for key in TOLD})}）"
        self.plan.questions.append(Question(line.row, told, self.plan.branches[branch].name, answers))

    # --- what ---------------------------------------------------------------------------------------------------------
    def _differences(self, line: Line, known: Known) -> dict[str, tuple[str, str]]:
        """What the line tells otherwise. An empty cell, or a day told less exactly, changes nothing."""
        fields = {}
        for key in TOLD:
            new, old = getattr(line, key), known.told.get(key, "")
            if new and new != old and not (key in PARTIAL and old.startswith(new)):
                fields[key] = (old, new)
        if line.name != known.name:
            fields["name"] = (known.name, line.name)
        if line.digest and not known.digest:
            fields["identity"] = ("", f"…{line.identity[-4:]}")
        if line.group and line.group != known.group:
            fields["group"] = (known.group, line.group)
        if line.category != known.category:
            if known.category == Category.FORMAL:
                words = _("The register has a full member here. This was left as it is.")
                self._fault(line, "category", Category(line.category).label, words, is_note=True)
            else:
                fields["category"] = (known.category, line.category)
        if posts := [kind for kind in line.post or () if kind not in known.held]:
            fields["post"] = ("、".join(sorted(known.held)), "、".join(posts))
        return fields

    def _fault(self, line: Line, key: str, cell: Any, words: str | Promise, *, is_note: bool = False) -> None:
        self.plan.faults.add(line.row, self._titles.get(key, BY_KEY[key].title), cell, words, is_note=is_note)


def _may_be(known: Known, line: Line) -> bool:
    """False where both sides have an identity number, which then differ: certainly somebody else."""
    return not (known.digest and line.digest)


def _again(row: int) -> str:
    return _("The same person stands in row %(row)d already. Please delete one of both.") % {"row": row}


def _told(told: Mapping[str, str]) -> str:
    born, joined = told.get("born") or "--", told.get("joined") or "--"
    return _("born %(born)s, joined %(joined)s") % {"born": born, "joined": joined}


def _grouped(known: Sequence[Known], key: Any) -> dict[Any, list[Known]]:
    found: dict[Any, list[Known]] = {}
    for one in known:
        found.setdefault(key(one), []).append(one)
    return found


def _plain(name: str) -> str:
    """A branch's name as it is compared: without blanks, 中共 and the words that all have at their end."""
    words = "".join(name.split()).removeprefix("中共").removeprefix("中国共产党")
    return words.replace("支部委员会", "支部").removesuffix("委员会").replace("党支部", "支部")


def _by_name(branches: Sequence[Organisation]) -> dict[str, int]:
    """Branches by full and short name; a name that two of them share names neither."""
    found: dict[str, int | None] = {}
    for branch in branches:
        for name in {_plain(branch.name), _plain(branch.short_name)} - {""}:
            found[name] = None if found.get(name, branch.pk) != branch.pk else branch.pk
    return {name: pk for name, pk in found.items() if pk is not None}
