"""A pile for the reading view: members of one branch whose outlines were entered from paper, some of them twice."""

from datetime import timedelta

from django.utils import timezone

from appraisals import actions as rounds
from appraisals.materials import actions as writing
from appraisals.materials.entering import actions as entering
from appraisals.models import Material, Round
from branches.actions import members
from branches.models import User
from workflow.actors import SYSTEM

FIRST = (
    "去年3月我只参加了一次志愿服务，平时强调工作忙。\n联系服务群众不够经常，遇到困难有畏难情绪。\n今后每月参加一次。"
)


def build(count: int) -> None:
    """`count` pieces that wait for the secretary of the demo; every tenth was returned once and came again."""
    officer, secretary, clerk = (User.objects.get(username=name) for name in ("officer", "secretary", "clerk"))
    today = timezone.localdate()
    (held,) = secretary.grants.in_force(today).select_related("organisation")
    above = officer.grants.in_force(today).select_related("organisation").first().organisation
    people = [
        members.enrol(f"甲{number:02}", actor=SYSTEM, organisation=held.organisation, category="formal", since=today)
        for number in range(count)
    ]
    round_ = rounds.prepare_round(
        above, actor=officer, aspects=("作风方面", "廉洁方面"), name=f"逐份审阅{Round.objects.count()}", year=today.year, roster_on=today,
        due_on=today + timedelta(1),
    )  # fmt: skip
    rounds.move_round(round_, "open", actor=officer)
    owed = Material.objects.select_related("organisation", "round", "author").filter(round=round_, author__in=people)
    for number, material in enumerate(owed.order_by("pk")):
        entering.enter(material, [["作风方面", FIRST], ["廉洁方面", "厉行节约。"]], actor=clerk, source="paper")
        if number % 10 == 0:
            writing.move_material(material, "send_back", actor=secretary, reasons=["no_example"])
            again = FIRST.replace("每月参加一次", "每月第一个周六到社区参加一次")
            entering.enter(material, [["作风方面", again], ["廉洁方面", "厉行节约。"]], actor=clerk, source="paper")
