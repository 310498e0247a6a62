"""A check of study notes in the demo world, with eight study questions: some fell short, one has put it right."""

from datetime import date, timedelta

from meetings.notes import actions
from world.demo.people import World

QUESTIONS = (
    "新时代党员的先进性体现在哪些方面？",
    "如何在本职岗位上发挥先锋模范作用？",
    "怎样理解“三会一课”制度的意义？",
    "党员应当履行的义务有哪些？",
    "如何做好群众工作？",
    "对照党章，自己还有哪些差距？",
    "支部工作还有哪些需要改进？",
    "下一步学习和工作打算是什么？",
)


def checked(world: World, today: date) -> None:
    """Of one branch, looked at three weeks ago by its secretary."""
    branch, secretary, folk = world.places["palace"], world.users["secretary"], world.of("palace")
    day = today - timedelta(21)
    facts = actions.Facts(day, "读书笔记", questions="\n".join(QUESTIONS))
    check = actions.open_check(branch, facts, actor=secretary)
    found = {person.pk: actions.Found("meets", len(QUESTIONS)) for person in folk[:-1]}
    found[folk[3].pk] = actions.Found("short", 5, "第6至8题未作答")
    found[folk[5].pk] = actions.Found("short", 8, "摘抄多，联系实际少")
    found[folk[6].pk] = actions.Found("missing", None, "在外培训，回来后补交")
    actions.fill(check, found, correct_by=day + timedelta(30), actor=secretary, seen=1)
    actions.look_again(check, [folk[5].pk], day + timedelta(10), actor=secretary, seen=2)
