"""Opinions of the demo world: typed from boxes and forms, read by whom they concern least, some already fed back."""

from datetime import date, timedelta

from appraisals.models import Opinion, Round
from appraisals.opinions import actions
from appraisals.opinions.actions import Entry, Numbers
from appraisals.opinions.digests import actions as digests
from appraisals.opinions.receivers import receivers_of
from world.demo.people import World

COUNTED = {
    "form": Numbers(60, 52), "box": Numbers(2), "hotline": Numbers(1), "meeting": Numbers(2),
    "visit": Numbers(40, approximate=True),
}  # fmt: skip


def opinions(world: World, today: date) -> None:
    """A branch in the middle of it: to sort for its secretary, to sort for the superior, fed back, acknowledged, handed
    over; its neighbour has only begun."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    clerk, palace, folk = world.users["clerk"], world.places["palace"], world.of("palace")
    day = today - timedelta(6)
    entered = actions.enter(round_, palace, "box", day, [
        Entry("unit", "活动室周末不开放，希望节假日也能安排人值班。", None, 3),
        Entry("unit", "通知发得太晚，希望提前三天。"),
        Entry("unit", "收费公示牌的字太小，老人看不清。", None, 2),
        Entry("member", "与同事沟通不够主动。", folk[3], 2),
        Entry("member", "业务学习抓得不紧。", folk[4]),
        Entry("unit", "某项采购的程序请有关部门核实。"),
    ], actor=clerk)  # fmt: skip
    above = actions.enter(round_, palace, "box", day, [
        Entry("committee", "支部活动形式比较单一，年轻党员参与不多。", None, 4),
        Entry("committee", "对退休党员关心不够，走访太少。"),
        Entry("leader", "调研不够深入，听汇报多、到现场少。", folk[0]),
    ], actor=world.users["officer"])  # fmt: skip
    actions.enter(round_, palace, "form", day + timedelta(1), [
        Entry("unit", "少年课程报名系统经常卡顿。", None, 6), Entry("member", "接待家长时不够耐心。", folk[3]),
    ], actor=clerk)  # fmt: skip
    actions.count_channels(round_, palace, COUNTED, today - timedelta(1), actor=clerk)
    _fed_back(world, entered, above[0])
    school = [Entry("unit", "食堂饭菜品种偏少。", None, 5), Entry("committee", "党员活动与教学结合不紧。")]
    actions.enter(round_, world.places["school"], "meeting", day, school, actor=world.users["officer"])


def _fed_back(world: World, entered: list[Opinion], committee: Opinion) -> None:
    """One put to a member, one to the committee and acknowledged, one being worded, one handed over."""
    secretary, officer = world.users["secretary"], world.users["officer"]
    of_member, of_other, sealed = entered[3:6]
    told = digests.gather([of_member], "建议今后多与同事商量，遇事主动通气。", actor=secretary)
    digests.move(told, "feed_back", actor=secretary)
    digests.gather([of_other], "建议制定个人学习计划并坚持。", actor=secretary)
    about_committee = digests.gather([committee], "建议丰富支部活动，多安排适合青年的内容。", actor=officer)
    digests.move(about_committee, "feed_back", actor=officer)
    digests.move(about_committee, "acknowledge", actor=secretary)
    actions.seal(sealed, receivers_of(sealed)[0], actor=secretary)
