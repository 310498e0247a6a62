"""Grades of the first branch, weighed and brought to any state through the actions."""

from appraisals.grades.actions import moving, saying, weighing
from appraisals.grades.actions.weighing import Weighed
from appraisals.models import Grade, Grading, RosterEntry
from branches.actions.rules import override_rule
from branches.models import User

PARTS = ("entry__member", "entry__organisation", "entry__round", "entry__round__organisation")
WORDS = {"opinion": "OPINION-WORDS", "reason": "REASON-WORDS", "measure": "HELP-WORDS"}


def chain(world, number=1, approval=1, days=5, *, place=None, year=2026):
    """Set the chain (1 A, 2 B, 3 C) for the branches below."""
    override_rule(
        place or world.county, year, "F5-1", actor=fresh(world.officer), severity="remind",
        parameters={"chain": number, "approval": approval, "days": days}, reason="Notice",
    )  # fmt: skip


def quota(world, severity="remind", *, place=None, year=2026, **numbers):
    """Set the number of 优秀 otherwise; scope and base from 1."""
    told = {"scope": 1, "base": 1, "part": 1, "of": 3, "min_one": 0, **numbers}
    override_rule(
        place or world.county, year, "R10", actor=fresh(world.officer), severity=severity, parameters=told,
        reason="Notice",
    )  # fmt: skip


def fresh(user):
    """As the next request knows him."""
    return User.objects.get(pk=user.pk)


def grading(world, branch=None):
    return Grading.objects.select_related("organisation", "round", "round__organisation").get(
        round=world.round, organisation=branch or world.first
    )


def entry(world, person):
    return RosterEntry.objects.get(round=world.round, member=person)


def weigh(world, person, level="qualified", *, actor=None, branch=None, **words):
    """Write a grade of one member; by the secretary unless somebody else is named."""
    key = entry(world, person).pk
    now = Grade.objects.filter(entry=key).first()
    row = Weighed(key, level, seen=now.version if now else 0, **{**WORDS, **words})
    weighing.weigh(grading(world, branch), [row], actor=fresh(actor or world.secretary))
    return again(Grade.objects.get(entry=key))


def again(grade):
    """As another request would find it."""
    return Grade.objects.select_related(*PARTS).get(pk=grade.pk)


def moved(world, grade, *names, actor=None, note="Because"):
    for name in names:
        moving.move(again(grade), name, actor=fresh(actor or world.secretary), note=note)
    return again(grade)


def decided(world, person, level="qualified", **more):
    return moved(world, weigh(world, person, level, **more), "decide", actor=more.get("actor"))


def fed_back(world, person, level="qualified", **more):
    return moved(world, decided(world, person, level, **more), "feed_back", actor=more.get("actor"))


def said(world, grade, kind, text="SAID-WORDS", *, actor=None, **more):
    saying.say(again(grade), kind, text, actor=fresh(actor or world.member), **more)
    return again(grade)


def put(grade, state, **facts):
    """Into any state, behind the back of the moves."""
    facts = {"level": grade.level or "qualified", "fed_back_on": grade.entry.round.roster_on, **facts}
    Grade.objects.filter(pk=grade.pk).update(state=state, **facts)
    return again(grade)
