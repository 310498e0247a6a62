"""Publications of the cast's first branch."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from branches.actions.rules import override_rule
from rectification.models import Publication, PublicationLine
from rectification.publishing import actions
from tests.appraisals.opinions.rows import fresh
from tests.rectification.rows import problem

JUDGES = ("secretary", "committee_member", "clerk", "member", "officer", "supervisor", "liaison", "sibling")


def on(world, severity="remind"):
    """The superior has applied rule F19-1, or takes that back."""
    told = {"severity": severity, "parameters": {}, "reason": "Yes"}
    override_rule(world.county, timezone.localdate().year, "F19-1", actor=world.officer, **told)


def facts(**told):
    return {"title": "TITLE", "intro": "", "audience": "branch", "until": timezone.localdate() + timedelta(20), **told}


def drafted(world, rows=None, *, actor=None, branch=None, key=None, **told):
    """One being worded, of one problem unless told which."""
    rows = [problem(world, text="PUBLIC-WORDS")] if rows is None else rows
    made = actions.draft(branch or world.first, rows, actor=actor or world.clerk, client_key=key or uuid4(),
                         **facts(**told))  # fmt: skip
    return again(made)


def moved(row, name, actor, note="Because"):
    """The row after one move."""
    actions.move(row, name, actor=actor, note=note)
    return again(row)


def proposed(world, **told):
    return moved(drafted(world, **told), "propose", world.clerk)


def reviewed(world, **told):
    return moved(proposed(world, **told), "review", world.committee_member, "REVIEW-WORDS")


def approved(world, **told):
    row = reviewed(world, **told)
    return moved(row, "approve", world.officer if row.audience == "society" else world.secretary)


def public(world, **told):
    """On the board, proposed by the clerk."""
    return moved(approved(world, **told), "publish", world.clerk)


def lines(row):
    return PublicationLine.objects.filter(publication=row)


def again(row):
    """As another request would find it."""
    return Publication.objects.select_related("organisation", "unit").get(pk=row.pk)


def judges(world, row):
    return {name for name in JUDGES if fresh(getattr(world, name)).may("verify", row)}
