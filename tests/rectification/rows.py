"""Problems of the cast's first branch."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from rectification.problems.actions import entry, steps
from rectification.problems.actions.entry import Entry
from rectification.problems.models import Problem

MEASURES = ("First measure", "Second measure")


def facts(world, **told):
    """What is typed of a problem of the branch, unless something else is; all four are clear."""
    today = timezone.localdate()
    return {
        "text": "PROBLEM-WORDS", "whose": "branch", "member": None, "category": "duty", "origin": "self",
        "origin_words": "", "found_on": today, "round": world.round, "cause": "", "goal": "GOAL-WORDS", "leader": "",
        "responsible": world.people[4], "helpers": "", "due_on": today + timedelta(30), "priority": "normal",
        "difficulty": "easy", "at_once": False, **told,
    }  # fmt: skip


def problem(world, *, actor=None, branch=None, measures=MEASURES, key=None, ref="", **told):
    """One problem to be claimed."""
    typed = Entry(facts(world, **told), measures)
    made = entry.enter(branch or world.first, typed, actor=actor or world.secretary, client_key=key or uuid4(),
                       origin_ref=ref)  # fmt: skip
    return again(made)


def of_member(world, person, **told):
    """The same of a member."""
    return problem(world, whose="member", member=person, responsible=person, **told)


def moved(row, *moves, actor, note="Because"):
    """The row after these moves, each made by `actor`."""
    for name in moves:
        steps.move(row, name, actor=actor, note=note)
    return again(row)


def asked(world, row, actor=None):
    """Claimed, and its closing asked for."""
    return moved(row, "claim", "request", actor=actor or world.secretary, note="EVIDENCE-WORDS")


def again(row):
    """As another request would find it."""
    return Problem.objects.select_related("organisation", "round", "member", "responsible").get(pk=row.pk)
