"""What the superior says of branches in the demo world: fed back, noted, and still being written; the others wait."""

from appraisals.evaluations.actions import move, save, set_scale
from appraisals.models import Evaluation, Round
from world.demo.people import World

SCALE = ("先进达标支部", "达标支部", "未达标支部")
WORDS = (
    ("palace", SCALE[1], "学习、谈心谈话记录齐全，征求意见发放60份；批评联系岗位不够，请补一次专题学习。", "give"),
    ("school", SCALE[1], "按期召开组织生活会，三份材料原因剖析较浅，已退回本人修改；请支部书记逐份审阅把关。", "note"),
    ("retired", SCALE[0], "送学上门、逐人谈心，行动不便的党员一个不落；征求意见中提出的两件事已经办成。", "give"),
    ("middle", "", "已到会列席，支委发言质量较高；谈心谈话情况待补看记录。", ""),
)  # fmt: skip


def evaluated(world: World) -> None:
    """Through the actions: the officer lays the scale down, the supervisor writes."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    set_scale(round_, SCALE, actor=world.users["officer"])
    supervisor, secretary = world.users["supervisor"], world.users["secretary2"]
    for place, level, words, last in WORDS:
        new = Evaluation(round=round_, organisation=world.places[place])
        written = save(new, actor=supervisor, words=words, level=level, seen=new.fingerprint)
        if last:
            move(written, "give", actor=supervisor)
        if last == "note":
            move(written, "note", actor=secretary)
