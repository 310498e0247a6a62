"""How a scenario goes about: people at the pages, the days on which they come, and what the files say."""

import unicodedata

import time_machine
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from branches.actions import grants
from jobs import files
from jobs.models import Job
from jobs.runner import run_one
from tests import cast as people
from tests.papers import opened
from workflow.actors import SYSTEM


class Visitor:
    """One person at the pages: `get` and `post` give what is shown after all redirections."""

    def __init__(self, user):
        self.user, self.client = user, Client()
        self.client.force_login(user)

    def get(self, name, /, *arguments, **query):
        return self._shown(self.client.get(reverse(name, args=arguments), query))

    def post(self, name, /, *arguments, query="", **fields):
        address = reverse(name, args=arguments) + query
        return self._shown(self.client.post(address, fields, follow=True))

    def _shown(self, response):
        assert response.status_code == 200, response.content.decode()
        return response


def on(day):
    return time_machine.travel(f"{day} 15:00+08:00", tick=False)


def plain(value):
    """A text with its commas and brackets in their narrow form; anything else as it is."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


def serving(username, member=None, *, since, **office):
    """The account of somebody who holds an office from that day on."""
    user = people.account(username, member)
    grants.grant(user, actor=SYSTEM, since=since, **office)
    return user


def ticks_of(members, away=()):
    """What the attendance list of the writing page sends: everybody came but those `away`, (member, reason)."""
    ticks = {f"status_{member.pk}": "present" for member in members}
    for member, reason in away:
        ticks |= {f"status_{member.pk}": "on_leave", f"reason_{member.pk}": reason}
    return ticks


def book(visitor, meeting, paper, size="a4"):
    """The words of a paper of the meeting, as its Word file holds them."""
    return opened.text(visitor.get("meeting_word", meeting.pk, paper, size).content)


def exported(visitor, kind, page="", **filters):
    """The rows of the file this person exports from a list so filtered."""
    query = visitor.get(page or kind.replace("_ledger", "_list"), **filters).context["page"].query
    return written(visitor, kind, query)


def written(visitor, kind, query):
    """The rows of the file of an export so asked for."""
    visitor.client.post(reverse("export_create", args=[kind]), {"query": query})
    job = Job.objects.latest("pk")
    run_one(job.pk)
    job.refresh_from_db()
    with files.opened(job) as file:
        sheet = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    return [[plain(cell) for cell in row] for row in sheet]


def counted(rows):
    """Of the rows of a file those of records, and the total."""
    (total,) = [row for row in rows if "合计" in str(row[0]) or "合计" in str(row[1])]
    return [row for row in rows if isinstance(row[0], int | float) and row[0]], total


def ledger(visitor, **filters):
    """The rows of the ledger this person exports from the list so filtered: those of records, and the total."""
    return counted(exported(visitor, "meeting_ledger", **filters))


def figures(visitor, place, **period):
    """What the page of figures counts in rows at a place, by code."""
    board = visitor.get("figure_list", under=place.pk, **period).context["board"]
    return {one.line.metric.code: one.line.rows for one in board.lines}
