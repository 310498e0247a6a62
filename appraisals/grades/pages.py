"""What the pages of grades show."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from appraisals.grades.chains import Level
from appraisals.grades.facts import Facts, Weighing, facts_of, is_graded_here
from appraisals.grades.models import DisposalFile, Grade, GradeText, GradeWord, Grading
from appraisals.grades.policies import committee_above, keeps_files, laid_down
from appraisals.grades.quotas import Limit, limit_of
from appraisals.grades.rules import LOW_GRADE
from appraisals.grades.states import GradeState
from appraisals.grades.steps import WAITS_FOR_VOTE, may_say
from appraisals.models import RosterEntry
from appraisals.states import RoundState
from branches import moving
from branches.models import Relation, User
from branches.models.members import PostKind
from branches.namesakes import told_apart
from branches.rights import Right
from branches.rules.table import find
from workflow.moves import Move, available_moves

READERS = (Right.GRADE, Right.ACCEPT)  # the committee, and the superior who accepts
WRITERS = (Right.GRADE, Right.GRADE_FOR)
BATCH = ("propose", "decide", "submit", "approve", "feed_back", "report")  # for many at once: they want no words


@dataclass(slots=True)
class Line:
    """One member of the roster of a branch: his grade as far as the reader sees it."""

    entry: RosterEntry
    called: str
    post: str
    unit: str
    grade: Grade | None
    facts: Facts
    moves: Sequence[Move]
    may_write: bool
    is_late: bool
    is_own: bool

    @property
    def is_graded_here(self) -> bool:
        return is_graded_here(self.entry)

    @property
    def may_be_ticked(self) -> bool:
        """True where one of the buttons for many is for this member too."""
        return any(move.name in BATCH for move in self.moves)


@dataclass(slots=True)
class GradingPage:
    """The members of a branch in set order with what is weighed; `limit`: how many may be excellent."""

    grading: Grading
    lines: Sequence[Line]
    weighing: Weighing
    limit: Limit
    is_open: bool
    deeds: Sequence[Move]
    is_distributor: bool = False

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each grade the reader sees, zeros too."""
        seen = [line.grade.level for line in self.lines if line.grade]
        return [(str(level.label), seen.count(level.value)) for level in Level]

    @property
    def leaves_own_out(self) -> bool:
        """True where the numbers are without the reader's own grade, which others give."""
        return any(line.is_own and line.is_graded_here for line in self.lines)

    @property
    def shown(self) -> int:
        """How many grades stand on the page."""
        return sum(bool(line.grade and line.grade.level) for line in self.lines)

    @property
    def best_elsewhere(self) -> int:
        """How many are marked excellent whose grade is not to be written any more."""
        lines = (line for line in self.lines if line.grade and not line.may_write)
        return sum(bool(line.grade and line.grade.level == Level.EXCELLENT) for line in lines)

    @property
    def may_share(self) -> bool:
        """True if this reader distributes the pool."""
        return self.limit.is_pooled and self.is_distributor

    @property
    def writable(self) -> int:
        return sum(line.may_write for line in self.lines)

    @property
    def to_vote(self) -> list[Line]:
        """Members on whom the assembly votes next."""
        return [
            line for line in self.lines
            if line.grade and line.grade.is_voted and line.grade.state in WAITS_FOR_VOTE and line.may_write
        ]  # fmt: skip


def page_of(grading: Grading, user: User) -> GradingPage:
    """The page of one branch in one round, for somebody who reads its grades (READERS)."""
    register = {row.member_id: row for row in _register(grading, user)}
    entries = _sorted(entries_of(grading), list(register))
    posts = {key: vars(row)["post"] or "" for key, row in register.items()}
    called = told_apart(((entry.member_id, entry.member.name) for entry in entries), user)
    grades = grades_of(entries, user)
    weighing = facts_of(grading, entries, posts, user)
    fresh = {grade.entry_id: grade for grade in _new(grading, [one for one in entries if one.pk not in grades])}
    is_open, today = grading.round.state == RoundState.OPEN, timezone.localdate()
    lines = []
    for entry in entries:
        grade, key = grades.get(entry.pk), entry.member_id
        subject = grade or fresh[entry.pk]
        moves = available_moves(grade, user) if grade and is_open else []
        writes = any(user.may(right, subject) for right in WRITERS) and subject.is_weighed
        lines.append(
            Line(
                entry, called[key], str(PostKind(posts[key]).label) if posts.get(key) else "",
                register[key].unit if key in register else "", grade, weighing.of_member[key], moves,
                may_write=is_open and writes and is_graded_here(entry),
                is_late=bool(grade and grade.is_late_above(today)),
                is_own=key == user.reach.member_key,
            )
        )  # fmt: skip
    limit = _seen(limit_of(grading), lines)
    leads = user.may(Right.LEAD_ABOVE, limit.place)
    return GradingPage(grading, lines, weighing, limit, is_open, _deeds(lines), leads)


def asked_before(page: GradingPage) -> dict[str, str]:
    """What is said before the result is announced: what is over the limit, who has not spoken, and the way back."""
    waiting = sum(bool(line.grade and line.grade.state == GradeState.FED_BACK) for line in page.lines)
    told = [str(page.limit.exceeded)] if page.limit.exceeded else []
    if waiting:
        told.append(
            ngettext(
                "%(n)d member was told and has not answered yet.",
                "%(n)d members were told and have not answered yet.",
                waiting,
            )
            % {"n": waiting}
        )
    told.append(_("All members of the branch then read the numbers and who is excellent. It can be retracted. Go on?"))
    return {"announce": " ".join(told)}


def own_grade(user: User, round_key: int | None = None) -> Grade | None:
    """The person's own grade as far as he was told it, in that round or the newest."""
    rows = Grade.objects.visible_to(user).filter(entry__member=user.reach.member_key or 0)
    rows = rows.filter(entry__round=round_key) if round_key else rows
    return rows.select_related("entry__round").order_by("-entry__round__year", "-pk").first()


def _seen(limit: Limit, lines: Sequence[Line]) -> Limit:
    """The limit with what the reader sees marked: a number beside it would tell him his own grade."""
    marked = sum(bool(line.grade and line.grade.level == Level.EXCELLENT) for line in lines)
    return replace(limit, marked=marked, marked_in_pool=limit.marked_in_pool - limit.marked + marked)


def entries_of(grading: Grading) -> list[RosterEntry]:
    """Who is to be appraised there, by name: read for somebody who reads the grades of the branch."""
    rows = RosterEntry.objects.due().filter(round=grading.round_id, organisation=grading.organisation_id)
    rows = rows.select_related("member", "organisation", "round", "round__organisation")
    return list(rows.order_by("member__name_pinyin", "pk"))


def in_order(entries: Sequence[RosterEntry], grading: Grading, user: User) -> list[RosterEntry]:
    """In the order of the register; whoever is on it no more stands at the end."""
    return _sorted(entries, [row.member_id for row in _register(grading, user)])


def _sorted(entries: Sequence[RosterEntry], members: Sequence[int]) -> list[RosterEntry]:
    order = {key: place for place, key in enumerate(members)}
    return sorted(entries, key=lambda entry: order.get(entry.member_id, len(order)))


def _register(grading: Grading, user: User) -> Any:
    return Relation.objects.visible_to(user).filter(organisation=grading.organisation_id).register(on=user.reach.day)


def grades_of(entries: Sequence[RosterEntry], user: User) -> dict[int, Grade]:
    """The grades of these entries that this person reads, by key of the entry. One query."""
    found = {grade.entry_id: grade for grade in Grade.objects.visible_to(user).filter(entry__in=entries)}
    by_key = {entry.pk: entry for entry in entries}
    for key, grade in found.items():
        grade.entry = by_key[key]
    return found


def _new(grading: Grading, entries: Sequence[RosterEntry]) -> list[Grade]:
    today = timezone.localdate()
    return laid_down(entries, grading.organisation, grading.round.year, today) if entries else []


def _deeds(lines: Sequence[Line]) -> list[Move]:
    """One button for each step that at least one member can make now and that wants no words."""
    found: dict[str, Move] = {}
    for line in lines:
        found |= {move.name: move for move in line.moves if move.name in BATCH}
    return [found[name] for name in BATCH if name in found]


def shown(grade: Grade, user: User) -> dict[str, Any]:
    """The page of one grade."""
    texts = GradeText.objects.visible_to(user).filter(grade=grade).first()
    is_open = grade.entry.round.state == RoundState.OPEN
    told = moving.shown(grade, user)
    writes = any(user.may(right, grade) for right in WRITERS)
    said = list(GradeWord.objects.visible_to(user).filter(grade=grade).select_related("entered_by"))
    own = user.may(Right.OWN, grade)
    grading = Grading.objects.visible_to(user).filter(round=grade.entry.round_id, organisation=grade.organisation_id)
    return {
        "grade": grade,
        "grading": grading.first() if any(user.may(right, grade) for right in READERS) else None,
        "text": texts,
        "said": said,
        "votes": grade.assembly_votes.all(),
        "own": own,
        "may_write": is_open and writes and grade.is_weighed,
        "may_vote": is_open and writes and grade.is_voted and grade.state in WAITS_FOR_VOTE,
        "may_confirm": {word.pk for word in said if word.awaits_confirmation and (own or writes)},
        "kinds": may_say(grade, user) if is_open else [],
        "clause": find(LOW_GRADE.code) if grade.level == Level.UNQUALIFIED else None,
        "checklist": CHECKLIST if grade.level == Level.UNQUALIFIED else (),
        "is_late": grade.is_late_above(timezone.localdate()),
        **_files(grade, user),
        **told,
        "moves": told["moves"] if is_open else [],
    }


def _files(grade: Grade, user: User) -> dict[str, Any]:
    """The disposal files of an unqualified member that this person reads, and whether he may make one."""
    if grade.level != Level.UNQUALIFIED:
        return {}
    file = DisposalFile(grade=grade, committee=committee_above(grade.organisation))
    files = list(DisposalFile.objects.visible_to(user).filter(grade=grade).order_by("pk"))
    stands = any(one.state != DisposalFile.State.VOID for one in files)
    applied = keeps_files(grade.organisation, grade.entry.round.year)
    may = applied and not stands and grade.is_graded and user.may(Right.KEEP_FILE, file)
    return {"files": files, "may_open_file": may}


# 教育转化: a blank list to be ticked on paper (F27); nothing of it is computed or kept.
CHECKLIST = (
    "支部书记或委员与本人谈话，指出问题和依据",
    "听取本人说明，核实有关情况",
    "制定教育转化措施，明确联系帮助的党员和期限",
    "定期了解改进情况，作出记录",
    "期满由支委会（党员大会）评议转化情况",
)
