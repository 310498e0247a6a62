"""Visits of the demo world: one acknowledged, one submitted with what falls short, one being written."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from appraisals.models import Progress, Round, SupervisionGroup, Visit
from appraisals.supervision.actions import checklists, groups, visits
from appraisals.supervision.actions.visits import Entry, Found
from appraisals.supervision.checklists import SHIPPED
from appraisals.supervision.offered import offered
from appraisals.supervision.urging.actions import Urged, urge
from world.demo.people import World

OWN = ("支部书记与每名党员至少谈心一次", "流动党员已送学、已谈心", "会议记录本记录完整、签字齐全")


def visited(world: World, today: date) -> None:
    """Three branches at three stages of a visit; the officer has laid down a checklist of his own."""
    officer, supervisor = world.users["officer"], world.users["supervisor"]
    checklists.word(world.places["committee"], "教育系统会前核查", OWN, actor=officer)
    for number, leader, places in (("一", "顾长青", ("palace", "school")), ("二", "姚文远", ("middle",))):
        group = SupervisionGroup(organisation=world.places["committee"])
        keys = [world.places[place].pk for place in places]
        groups.save_group(group, actor=officer, name=f"第{number}督导组", leader=leader, branches=keys)
    ready = (
        Found("study", "reached", "集中学习4次，记录完整"),
        Found("opinions", "reached", "发放征求意见表60份"),
        *(Found(code, "reached") for code in ("talks", "materials", "absent")),
    )
    looked = {"saw_record_book": True, "saw_notebooks": True}
    words = {"comments": "会前准备扎实，征求意见渠道多。", "opinion": "按计划召开组织生活会，会前再核对一次请假人员。"}
    met = "支部书记、组织委员"
    known = _visit(world, "palace", today - timedelta(9), "readiness", ready, met=met, **looked, **words)
    visits.move(known, "acknowledge", actor=world.users["secretary"])
    short = (
        Found("opinions", "reached"),
        Found("talks", "short", "两名流动党员未谈心", True),
        Found("materials", "short", "三份材料原因剖析较浅", True),
    )
    words = {"comments": "党员发言要联系岗位实际，少讲共性问题。", "opinion": "请支部对照清单补课，材料退回本人修改。"}
    _visit(world, "school", today - timedelta(2), "five", short, due_on=today + timedelta(8), **looked, **words)
    own = offered(world.places["middle"], today, supervisor)[0]
    entry = Entry(_facts(world, today, manner="sat_in", comments="支委发言质量较高，"), (Found("1", "reached"),))
    visits.write(world.places["middle"], own, entry, actor=supervisor, client_key=uuid4())


def urged(world: World) -> None:
    """A branch that is slow: its secretary gets a notice."""
    rows = Progress.objects.filter(organisation=world.places["middle"], state="working", round__state="open")
    row = rows.select_related("organisation", "stage", "round").get()
    secretary = world.of("middle")[0]
    text = "请按期完成本阶段工作，如有困难请及时联系。"
    urge([Urged(row, secretary.pk)], text, actor=world.users["supervisor"])


def _visit(world: World, place: str, day: date, checklist: str, found: tuple[Found, ...], **facts: Any) -> Visit:
    entry = Entry(_facts(world, day, **facts), found)
    return visits.write(
        world.places[place], SHIPPED[checklist], entry, actor=world.users["supervisor"], client_key=uuid4(), submit=True
    )


def _facts(world: World, day: date, **facts: Any) -> dict[str, Any]:
    looked = {"saw_record_book": False, "saw_notebooks": False, "saw_ledgers": False}
    words = {"met": "", "comments": "", "opinion": "", "due_on": None, "manner": "on_site"}
    round_ = Round.objects.get(organisation=world.places["committee"])
    return {"visited_on": day, "round": round_, **looked, **words, **facts}
