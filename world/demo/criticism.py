"""Criticism in the demo world: counted at one organisational life meeting, whose branch has its words written down."""

from branches.actions import rules
from meetings.criticism import actions
from meetings.kinds import Form
from meetings.models import Meeting, RemarkKind
from meetings.states import WORDED
from world.demo.people import World


def criticised(world: World) -> None:
    """The committee has raw words written down this year; one member has made two points his own."""
    folk, secretary = world.of("school"), world.users["secretary2"]
    meeting = Meeting.objects.visible_to(secretary).get(form=Form.ORG_LIFE_MEETING, state__in=WORDED)
    rules.override_rule(
        world.places["committee"], meeting.held_on.year, "F34-1", actor=world.users["officer"], severity="remind",
        parameters={}, reason="本年度逐条记录，供支委会分析和指导整改",
    )  # fmt: skip
    numbers = {actions.COMMITTEE: 3, **{person.pk: 2 + place % 2 for place, person in enumerate(folk[:7])}}
    actions.count(meeting, numbers, actor=secretary)
    for kind, about, speaker, text in (
        (RemarkKind.CRITICISM, folk[0].pk, folk[2].pk, "布置工作多，到年级组听意见少，有时没有把任务讲清楚。"),
        (RemarkKind.CRITICISM, folk[1].pk, None, "集体备课时自己讲得多，年轻教师的意见听得不够。"),
        (RemarkKind.CRITICISM, actions.COMMITTEE, folk[3].pk, "支委会学习计划有时推迟，没有及时补上。"),
        (RemarkKind.COMMENT, actions.COMMITTEE, None, "查摆问题比较具体，下一步要把整改措施落实到人。"),
    ):
        actions.write(meeting, kind, about, text, actor=secretary, speaker=speaker)
    actions.claim(meeting, "每月到年级组听一次意见\n布置任务时写明要求和期限", actor=world.users["leader"])
