"""Grades of the demo world: a branch in the middle of its chain, with one low grade and one objection; the branch on
paper graded by its superior and announced; the country schools on the chain with a meeting."""

from datetime import date, timedelta
from typing import Any

from appraisals.grades.actions import announcing, moving, saying, weighing
from appraisals.grades.actions.weighing import Weighed
from appraisals.grades.chains import Level
from appraisals.grades.models.words import WordKind
from appraisals.materials.models import Source
from appraisals.models import Grade, Grading, RosterEntry, Round
from branches.actions import rules
from branches.models import Member, Organisation, User
from branches.models.members import Category
from world.demo.people import World

PARTS = ("entry__member", "entry__organisation", "entry__round", "entry__round__organisation")
LOW: dict[str, Any] = {
    "reason": "全年参加组织生活5次，缺席3次未说明原因。",
    "measure": "由组织委员联系帮助，每月谈话一次，半年后支委会评议改进情况。",
}
OPINION = "能按要求参加组织生活，较好完成本职工作。"


def graded(world: World, today: date) -> None:
    """Through the actions, each by whoever may."""
    _palace(world)
    _retired(world, today)
    _country(world, today)


def _palace(world: World) -> None:
    """The secretary grades the others, a committee member the secretary; most are told, one agrees, one objects."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    branch, secretary, member = world.places["palace"], world.users["secretary"], world.users["member"]
    people = world.of("palace")
    best, low = {people[1], people[3]}, people[7]
    levels = {one: Level.EXCELLENT if one in best else Level.QUALIFIED for one in people[1:]} | {
        low: Level.BASICALLY_QUALIFIED
    }
    _weigh(round_, branch, levels, secretary)
    _weigh(round_, branch, {people[0]: Level.QUALIFIED}, world.users["clerk"])
    told = [one for one in people[1:] if one != people[6]]
    _move(round_, branch, told, ("decide", "feed_back"), secretary)
    saying.say(_grade(round_, member.member), WordKind.AGREED, "", actor=member)
    colleague = world.users["colleague"]
    words = "评定意见中说我缺席主题党日两次，其中一次已按规定请假，请核对会议记录。"
    saying.say(_grade(round_, colleague.member), WordKind.OBJECTED, words, actor=colleague)
    saying.say(_grade(round_, low), WordKind.AGREED, "同意，今后注意改正。", actor=secretary, source=Source.PAPER)


def _retired(world: World, today: date) -> None:
    """The branch on paper: the officer enters everything from the papers it has sent."""
    round_, branch = Round.objects.get(organisation=world.places["country"]), world.places["retired"]
    officer, people = world.users["officer"], world.of("retired")
    levels = {one: Level.EXCELLENT if n in (2, 5, 9) else Level.QUALIFIED for n, one in enumerate(people)}
    _weigh(round_, branch, levels, officer)
    _move(round_, branch, people, ("decide", "feed_back"), officer)
    for one in people:
        said_on = today - timedelta(1)
        saying.say(_grade(round_, one), WordKind.AGREED, "", actor=officer, source=Source.PAPER, said_on=said_on)
    announcing.move_grading(_grading(round_, branch), "announce", actor=officer)


def _country(world: World, today: date) -> None:
    """From now on the country schools meet each person with a first opinion; one branch has begun."""
    rules.override_rule(
        world.places["country"], today.year, "F5-1", actor=world.users["officer"], severity="remind",
        parameters={"chain": 2, "approval": 1, "days": 5}, reason="乡镇学校总支民主评议工作方案",
    )  # fmt: skip
    round_, branch = Round.objects.get(organisation=world.places["country"]), world.places["river"]
    actor = world.users["secretary5"]
    levels = {one: Level.QUALIFIED for one in _formal(round_, branch) if one != actor.member}
    _weigh(round_, branch, levels, actor)
    _move(round_, branch, list(levels)[:6], ("propose",), actor)
    words = "支部书记与本人见面谈话，本人无不同意见。"
    for one in list(levels)[:3]:
        saying.say(_grade(round_, one), WordKind.MET, words, actor=actor)
    _move(round_, branch, list(levels)[:2], ("decide", "submit"), actor)


def _formal(round_: Round, branch: Organisation) -> list[Member]:
    rows = RosterEntry.objects.due().filter(round=round_, organisation=branch, category=Category.FORMAL)
    return [row.member for row in rows.select_related("member").order_by("pk")]


def _weigh(round_: Round, branch: Organisation, levels: dict[Member, Level], actor: User) -> None:
    entries = {row.member_id: row.pk for row in RosterEntry.objects.filter(round=round_, member__in=levels)}
    rows = [
        Weighed(entries[one.pk], level, opinion=OPINION, **(LOW if level == Level.BASICALLY_QUALIFIED else {}))
        for one, level in levels.items() if one.pk in entries
    ]  # fmt: skip
    weighing.weigh(_grading(round_, branch), rows, actor=actor)


def _move(round_: Round, branch: Organisation, people: list[Member], names: tuple[str, ...], actor: User) -> None:
    for name in names:
        rows = Grade.objects.filter(entry__round=round_, entry__member__in=people).select_related(*PARTS)
        moving.move_many(_grading(round_, branch), list(rows.order_by("pk")), name, actor=actor)


def _grading(round_: Round, branch: Organisation) -> Grading:
    parts = ("organisation", "round", "round__organisation")
    return Grading.objects.select_related(*parts).get(round=round_, organisation=branch)


def _grade(round_: Round, member: Member | None) -> Grade:
    return Grade.objects.select_related(*PARTS).get(entry__round=round_, entry__member=member)
