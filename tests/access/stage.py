"""The cast on stage: every object the access table speaks of, one signed-in browser a visitor, and a way to ask.

Each request runs in a savepoint that is rolled back, so that no line of a table depends on another.
"""

from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from appraisals.materials import actions as writing
from appraisals.models import Material
from branches.actions import attachments, days_off, grants, logos, transfers
from branches.days_off.lines import Line
from branches.models import DayOff, Grant, Particulars, Relation
from branches.models.days_off import DayKind
from branches.roster.intake import intake
from branches.sign_in.sessions import SESSIONS
from figures import actions as figures
from figures.registry import Period
from jobs import actions as jobs
from jobs import runner
from meetings import actions as meetings
from meetings.models import Meeting, Unsaved
from meetings.unsaved import actions as unsaved
from reminders.actions import notices as reminders
from reminders.models import Notice
from reports import actions as reports
from tests import cast as people
from tests.access import (
    criticism,
    grades,
    materials,
    notes,
    opinions,
    plans,
    rectification,
    rounds,
    study,
    supervision,
    talks,
    votes,
)
from tests.access.decided import decide
from tests.access.posted import posts
from tests.branches.files import picture
from tests.branches.roster_books import FILES
from tests.branches.rosters import checked
from tests.replay import replay
from workflow.actors import SYSTEM

HTMX = {"HX-Request": "true", "HX-Target": "list-area"}


class AgainAndAgain(SimpleUploadedFile):
    """A file that each of many requests sends from its beginning."""

    def read(self, *args):
        self.seek(0)
        return super().read()


class Stage:
    """`users` by column, `objects` by the labels of the tables."""

    MOVE = {"note": "Because", "confirmed": "yes"}  # what any button sends

    def __init__(self):
        self.today = timezone.localdate()
        self.__dict__ |= replay(f"stage {settings.SECOND_STEP_COMPULSORY}", self._built)
        self.data = posts(self)

    def _built(self):
        """Everything but what is posted, which holds files to be read anew."""
        self.cast = replay("cast", people.build)
        self.users = {
            "ano": None, "nob": self.cast.nobody, "mem": self.cast.member, "led": self.cast.group_leader,
            "clk": self.cast.clerk, "com": self.cast.committee_member, "sec": self.cast.secretary,
            "sib": self.cast.sibling, "sup": self.cast.supervisor, "off": self.cast.officer, "inn": self._inner(),
            "lia": self.cast.liaison, "str": self.cast.stranger, "sys": self.cast.sysadmin, "sea": self.cast.secadmin,
            "aud": self.cast.auditor, "rev": self._revoked(), "exp": self._expired(),
        }  # fmt: skip
        Particulars.objects.filter(member=self.cast.people[1]).update(phone="PHONE-WORDS")
        people.add_rows(self.cast, self.today)
        self._sessions = {name: self._sign_in(user) for name, user in self.users.items() if user}
        self.moving = {}  # the rows behind some labels: what moves
        self.objects = {**self._branches(), **self._meetings(), **self._appraisals(), **self._own()}
        jobs.beat(now=timezone.now() + timedelta(hours=1))  # however slow the machine: a worker lives
        return dict(self.__dict__)

    def address(self, name, label, visitor):
        """Where a line of a table leads; None where this visitor has no such object. `-` stands for no object, and
        `/@label` for a second one."""
        head, *rest = label.split("/")
        if head == "oneself":
            key = self.users[visitor] and self.users[visitor].member_id
        elif head == "own":
            key = self._own_of(visitor, name)
        else:
            key = self.objects.get(head)
        if head == "-" or isinstance(key, str):
            return reverse(name, args=rest) + (key or "")
        rest = self._named(rest)
        return reverse(name, args=[key, *rest]) if key else None

    def _named(self, words):
        """Further parts of an address: `@label` is the key of that row, anything else itself."""
        return [self.objects[word[1:]] if word.startswith("@") else word for word in words]

    @staticmethod
    def address_of(name, *args):
        return reverse(name, args=args)

    def ask(self, visitor, method, address, data=None, **headers):
        """The answer to one request, whose effects are undone."""
        with self.asking(visitor, method, address, data, **headers) as response:
            return response

    @contextmanager
    def asking(self, visitor, method, address, data=None, **headers):
        """As `ask`; inside the block the effects can still be looked at."""
        client = self.signed_in(visitor)
        with transaction.atomic():
            if method == "POST":
                response = client.post(address, data or {}, headers=headers)
            else:
                response = client.generic(method, address, headers=headers)
            yield response
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)

    def signed_in(self, visitor):
        """A browser in which the visitor has signed in; faults of ours come back as a page with code 500."""
        client = Client(raise_request_exception=False)
        if visitor in self._sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[visitor]
        return client

    def takes_a_key(self, name, label):
        """True if the address names a row."""
        head = label.partition("/")[0]
        return head in ("own", "oneself") or isinstance(self.objects.get(head), int)

    def without_row(self, name, label):
        """The address of an object that does not exist."""
        return reverse(name, args=[10**9, *self._named(label.split("/")[1:])])

    def posted(self, name, label):
        """What a valid form of this page sends."""
        found = self.data.get(f"{name} {label}", self.data.get(name, {}))
        return {word: value() if callable(value) else value for word, value in found.items()}  # a file is read once

    def _sign_in(self, user):
        client = Client(headers={"User-Agent": "Firefox/128 Linux"})
        client.post(reverse("account_login"), {"login": user.username, "password": people.PASSWORD})
        return client.session.session_key

    def _own_of(self, visitor, name):
        user = self.users[visitor]
        if name.startswith("grant"):
            return Grant.objects.filter(user=user).values_list("pk", flat=True).first()
        return user and user.pk

    # --- people -------------------------------------------------------------------------------------------------------
    def _inner(self):
        return people.account("inner", office="secretary", organisation=self.cast.county)

    def _revoked(self):
        user = people.account("revoked", office="secretary", organisation=self.cast.first)
        grants.revoke(Grant.objects.get(user=user), actor=SYSTEM, note="Left")
        return user

    def _expired(self):
        member = people.enrol("辛前任", self.cast.first, position=5)
        self.cast.people.append(member)
        yesterday = self.today - timedelta(1)
        return people.account("expired", member, office="secretary", organisation=self.cast.first, until=yesterday)

    # --- rows ---------------------------------------------------------------------------------------------------------
    def _branches(self):
        cast = self.cast
        far = people.enrol("壬同志", cast.third)
        line = Line(date(2026, 10, 1), DayKind.FREE, "DAY-WORDS")
        days_off.lay_down_days(cast.county, [line], actor=cast.officer)
        logos.choose(cast.county, picture(), actor=cast.officer)
        general = people.found("General branch", "general_branch", cast.county)
        fourth = people.found("Fourth branch", "branch", general)
        offered = transfers.offer(
            cast.people[4], actor=cast.secretary, to=cast.second, since=self.today, reason="Moved house"
        )
        self.moving["transfer"] = offered
        return {
            "county": cast.county.pk, "first": cast.first.pk, "second": cast.second.pk, "third": cast.third.pk,
            "colleague": cast.people[1].pk, "of_second": cast.siblings[1].pk, "of_third": far.pk,
            "general": general.pk, "fourth": fourth.pk, "day_off": DayOff.objects.get().pk,
            "transfer": offered.pk, "delegated": self._delegated(),
            "account": cast.secretary.pk, "grant": Grant.objects.get(user=cast.secretary).pk,
        }  # fmt: skip

    def _delegated(self):
        """The secretary's office in the hands of the group leader, from the day after tomorrow on."""
        leader = Relation.objects.select_related("organisation").get(member=self.cast.people[3])
        day = self.today + timedelta(2)
        return grants.delegate(leader, actor=self.cast.secretary, since=day, until=day, note="Away").pk

    def _meetings(self):
        cast, folk = self.cast, self.cast.people
        far = people.account("far_secretary", office="secretary", organisation=cast.third)

        def held(form, actor, branch=cast.first, members=folk, group=None, submit=False):
            record = Meeting(organisation=branch, form=form, group=group)
            entry = people.entry(members, theme=form)
            return meetings.save(record, entry, actor=actor, submit=submit)

        group = {"members": [folk[3], folk[4]], "group": cast.group}
        void = held("theme_day", cast.secretary)
        meetings.move(void, "void", actor=cast.secretary, note="Twice")
        third = [people.enrol(name, cast.third) for name in ("癸甲", "癸乙")]
        rows = {
            "submitted": cast.meeting,
            "draft": cast.draft_meeting,
            "committee": held("committee_meeting", cast.secretary),
            "group_draft": held("group_meeting", cast.group_leader, **group),
            "group_filed": held("group_meeting", cast.group_leader, submit=True, **group),
            "void": void,
            "of_sibling": held("general_meeting", cast.sibling, cast.second, cast.siblings, submit=True),
            "far": held("general_meeting", far, cast.third, third),
            **plans.rows(cast),
        }
        decide(rows)
        self.moving |= rows
        first, group = f"?organisation={cast.first.pk}&form=", f"&group={cast.group.pk}"
        new = {"new_general": f"{first}general_meeting", "new_group": f"{first}group_meeting{group}"}
        return {
            **{label: row.pk for label, row in rows.items()},
            **new,
            **self._files(rows),
            **talks.on_stage(self),
            **criticism.on_stage(self),
            **study.on_stage(self, rows["group_filed"]),
            **notes.on_stage(self),
            **self._unsaved(),
        }

    def _unsaved(self):
        """What the secretary typed for a theme day and did not save."""
        new = Meeting(organisation=self.cast.first, form="theme_day")
        unsaved.keep(new, {"theme": "UNSAVED-WORDS"}, actor=self.cast.secretary, seen=0)
        return {"unsaved": Unsaved.objects.get().pk}

    def _files(self, rows):
        """A file of a draft, and one of a record that was then filed."""
        draft, committee = (
            attachments.attach(rows[label], picture(), actor=self.cast.secretary).pk for label in ("draft", "committee")
        )
        meetings.move(rows["committee"], "file", actor=self.cast.secretary)
        return {"draft_file": draft, "committee_file": committee}

    def _appraisals(self):
        cast = self.cast
        writing.submit(cast.secretary_material, {"1": "TOP-WORDS"}, actor=cast.secretary, seen=0)
        writing.save_draft(cast.owed, {"1": "DRAFT-WORDS", "2": ""}, actor=cast.clerk, seen=0)
        together = Material.objects.select_related("organisation", "round").get(author=None, organisation=cast.first)
        writing.save_draft(together, {"1": "TOGETHER-WORDS", "2": ""}, actor=cast.committee_member, seen=0)
        writing.move_material(cast.material, "suggest", actor=cast.secretary, note="NOTE-WORDS")
        for material in (cast.material, cast.owed, cast.secretary_material, together):
            material.refresh_from_db()
        rows = {"material": cast.material, "owed": cast.owed, "top": cast.secretary_material, "together": together}
        rows |= {"round": cast.round, "planned": cast.planned, "total": self._total()}
        self.moving |= rows
        asked = f"?organisation={cast.first.pk}&round={cast.round.pk}&metric="
        new = {"new_total": f"{asked}materials.accepted", "no_total": f"{asked}unheard.of"}
        labels = {label: row.pk for label, row in rows.items()}
        more = {**opinions.on_stage(self), **materials.on_stage(self), **rounds.on_stage(self)}
        more |= supervision.on_stage(self) | votes.on_stage(self) | grades.on_stage(self)
        more |= rectification.on_stage(self)
        return {**labels, **new, **more}

    def _total(self):
        """What the officer has typed for the first branch."""
        told = figures.Told(7, as_of=self.today, note="NUMBER-WORDS")
        place, period = self.cast.first, Period(round_key=self.cast.round.pk)
        return figures.type_total(place, "materials.accepted", period, told, actor=self.cast.officer)

    def _own(self):
        """A clerk's notice; the secretary's jobs, one done and one waiting, and session."""
        reminders.scan(self.today)
        for rule in ("frequency_", "study_"):
            Notice.objects.filter(rule__startswith=rule).delete()  # owed or not by the day of the month
        done = reports.export("meeting_ledger", "", actor=self.cast.secretary)
        runner.run_one(done.pk)
        waiting = reports.export("meeting_ledger", "", actor=self.cast.secretary)
        return {
            "notice": Notice.objects.get(recipient=self.cast.people[2]).pk,
            "done": done.pk,
            "waiting": waiting.pk,
            "roster": self._roster().pk,
            "waiting_roster": checked(self._file(), self.cast.first, self.cast.secretary).pk,
            "session": SESSIONS.visible_to(self.cast.secretary).get().pk,
        }

    def _roster(self):
        """An import of the secretary's whose columns are to be named."""
        file, since = self._file(), self.today - timedelta(30)
        return intake(actor=self.cast.secretary, file=file, organisation=self.cast.first, since=since)

    @staticmethod
    def _file():
        return AgainAndAgain("roster.xls", (FILES / "plain.xls").read_bytes())
