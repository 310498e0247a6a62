"""What the people of the case county do, each through the action behind the page he would use, on its day."""

from datetime import datetime, timedelta
from itertools import groupby
from uuid import uuid4

from django.utils import timezone

from appraisals import actions as rounds
from appraisals.materials import actions as writing
from appraisals.materials.asking import actions as asking
from appraisals.materials.kinds import Chain, MaterialKind, Whom
from appraisals.models import MakeupItem, Material, Progress, Requirement, Stage
from appraisals.opinions import actions as opinions
from appraisals.opinions.channels import Channel, Target
from appraisals.rounds.actions import gate, makeup, plan
from appraisals.supervision.actions import visits
from appraisals.supervision.checklists import SHIPPED
from figures import actions as figures
from figures.registry import Period
from meetings import actions as meetings
from meetings.models import Meeting
from tests.scenarios import county as case
from tests.scenarios.visits import on


class Work:
    """The round of one county, from its plan to what the townships report of it."""

    def __init__(self, county):
        self.county, self.size = county, county.size

    def all_of_it(self):
        with on(case.PREPARED):
            self.lay_down()
        with on(case.OPENED):
            rounds.move_round(self.round, "open", actor=self.county.officer)
        with on(case.ASKED):
            self.ask_for_opinions()
            self.report(1)
        with on(case.WRITTEN):
            self.write_materials()
            self.report(2, "request")
            self.let_pass(2)
        for day in case.MEETINGS:
            with on(day):
                self.meet(day)
        with on(case.VISITED):
            self.visit()
            self.report(3, but=self.short.place)

    # --- the round ---------------------------------------------------------------------------------------------------
    def lay_down(self):
        """The plan, and what is asked of materials: each member one, read by three in turn."""
        officer = self.county.officer
        self.round = rounds.prepare_round(
            self.county.top, actor=officer, aspects=case.ASPECTS, name=case.ROUND, year=case.YEAR,
            roster_on=case.ROSTER_ON, due_on=case.WRITTEN,
        )  # fmt: skip
        for name, first, last, how, needs in case.STAGES:
            stage = Stage(round=self.round, name=name, gate=how, starts_on=first, ends_on=last)
            stage = plan.save_stage(stage, actor=officer)
            for metric, value, severity, base in needs:
                need = Requirement(stage=stage, metric=metric, value=value, severity=severity, base=base)
                need.operator = "share" if base else "at_least"
                plan.save_requirement(need, actor=officer)
        owed = dict.fromkeys(Whom, MaterialKind.SELF_ANALYSIS) | {Whom.COMMITTEE: "", Whom.REPORT: ""}
        asking.set_rules(self.round, actor=officer, owed=owed, chain=Chain.THREE)

    def stage(self, position):
        return self.round.stages.get(position=position)

    def progress(self, position):
        rows = Progress.objects.filter(stage=self.stage(position)).select_related("organisation", "stage", "round")
        return {row.organisation_id: row for row in rows}

    def report(self, position, move="report", but=None):
        """Each secretary for his own branch."""
        rows = self.progress(position)
        for branch in self.county.all_branches:
            if branch.place != but:
                gate.move(rows[branch.place.pk], move, actor=branch.secretary)

    def let_pass(self, position):
        """Each township at once for all its branches."""
        rows = self.progress(position)
        for town in self.county.towns:
            mine = [rows[branch.place.pk] for branch in self.county.branches[town.pk]]
            found = gate.move_many(mine, "pass_on", actor=self.county.secretaries[town.pk])
            assert len(found.moved) == len(mine) and not found.refused

    # --- opinions ----------------------------------------------------------------------------------------------------
    def ask_for_opinions(self):
        """The clerk of each branch counts its forms, boxes and telephones, and types what was said."""
        size, count = self.size, self.size.all_branches
        ways = {Channel.FORM: size.forms, Channel.BOX: size.boxes, Channel.HOTLINE: size.hotlines}
        ways = {channel: case.spread(total, count) for channel, total in ways.items()}
        parts = {target: case.spread(total, count) for target, total in size.opinions.items()}
        for n, branch in enumerate(self.county.all_branches):
            counted = {channel: opinions.Numbers(issued=numbers[n]) for channel, numbers in ways.items()}
            opinions.count_channels(self.round, branch.place, counted, case.ASKED, actor=branch.clerk)
            for channel, entries in self._by_channel(branch, {target: many[n] for target, many in parts.items()}):
                opinions.enter(self.round, branch.place, channel, case.ASKED, entries, actor=branch.clerk)
        self._void_one(self.county.all_branches[0])

    def _void_one(self, branch):
        """Typed twice, and found by its reader: in the register it stays, in no figure it counts."""
        again = [opinions.Entry(Target.MEMBER, "希望多到群众中去。")]
        (row,) = opinions.enter(self.round, branch.place, Channel.BOX, case.ASKED, again, actor=branch.clerk)
        opinions.move(row, "void", actor=branch.secretary, note=case.TWICE)

    @staticmethod
    def _by_channel(branch, wanted):
        """One pile of paper a channel: eight of ten on forms, one in the box, one by telephone."""
        said = [
            opinions.Entry(
                target, f"{target.label}第{n + 1}条：希望多到群众中去。",
                branch.folk[1 + n % (len(branch.folk) - 1)].member if target == Target.MEMBER else None,
            )
            for target, many in wanted.items() for n in range(many)
        ]  # fmt: skip
        piles = sorted(enumerate(said), key=lambda one: _channel(one[0]))
        return [
            (channel, [entry for _n, entry in pile]) for channel, pile in groupby(piles, lambda one: _channel(one[0]))
        ]

    # --- materials ---------------------------------------------------------------------------------------------------
    def write_materials(self):
        """Each is read by the branch secretary, the secretary of the township and the supervisors, and none of them
        passes the first version; the last member of each branch writes five."""
        rows = Material.objects.filter(round=self.round)
        mine = dict(rows.values_list("author_id", "pk"))
        for town in self.county.towns:
            above = self.county.secretaries[town.pk], self.county.supervisor_of(town)
            for branch in self.county.branches[town.pk]:
                for user in branch.folk:
                    # Nobody reads his own: the secretary's goes to the two above at once.
                    readers = above if user == branch.secretary else (branch.secretary, *above)
                    self._write(mine[user.member_id], user, readers, versions=5 if user == branch.folk[-1] else 3)

    def _write(self, key, author, readers, versions):
        """All but the last version come back: from the first reader, then the next, …, from the first again."""
        for number in range(1, versions + 1):
            sections = {str(n): f"第{number}稿，{aspect}方面查找的问题。" for n, aspect in enumerate(case.ASPECTS, 1)}
            writing.submit(_read(key), sections, actor=author, seen=number - 1)
            returns = readers[(number - 1) % len(readers)] if number < versions else None
            for reader in readers:
                if reader == returns:
                    writing.move_material(
                        _read(key), "send_back", actor=reader, note=case.RETURN_WORDS, reasons=["shallow"]
                    )
                    break
                writing.move_material(_read(key), "accept" if reader == readers[-1] else "pass_on", actor=reader)

    # --- meetings ----------------------------------------------------------------------------------------------------
    def meet(self, day):
        """The branches whose turn it is meet and hand in their record; the township accepts it."""
        away = case.spread(self.size.away, self.size.all_branches)
        for n, branch in enumerate(self.county.all_branches):
            if case.MEETINGS[n % len(case.MEETINGS)] == day:
                self._meet(branch, day, away[n])

    def _meet(self, branch, day, away):
        folk = branch.members
        begins = timezone.make_aware(datetime(day.year, day.month, day.day, 9))
        ticks = {member.pk: ("present", "") for member in folk}
        ticks |= {member.pk: ("on_leave", case.AWAY) for member in folk[len(folk) - away :]}
        facts = {
            "theme": "专题组织生活会", "started_at": begins, "ended_at": begins + timedelta(hours=3), "place": "村部",
            "host": folk[0], "recorder": folk[1], "appraisal_year": case.YEAR, "minutes_original": "system",
        }  # fmt: skip
        entry = meetings.Entry(facts, ("逐人剖析", "逐人评议"), ticks, (), "逐人发言。")
        held = Meeting(organisation=branch.place, form="org_life_meeting")
        held = meetings.save(held, entry, actor=branch.secretary, submit=True)
        meetings.move(held, "accept", actor=self.county.secretary_above(branch))

    # --- supervision -------------------------------------------------------------------------------------------------
    def visit(self):
        """Each group visits a branch by the five lines; in the first one something falls short, and is to be made up."""
        for n, (user, towns) in enumerate(self.county.supervisors.values()):
            branch = self.county.branches[towns[0].pk][0]
            found = [visits.Found(code, "reached") for code in case.FIVE]
            if n == 0:
                self.short = branch
                found[case.FIVE.index(case.SHORT)] = visits.Found(case.SHORT, "short", case.SHORT_WORDS, True)
            facts = {
                "visited_on": case.VISITED, "manner": "on_site", "round": self.round, "met": "支部书记",
                "saw_record_book": True, "saw_notebooks": True, "saw_ledgers": True, "comments": "逐项看过。",
                "opinion": "按期补课。" if n == 0 else "", "due_on": case.MADE_UP if n == 0 else None,
            }  # fmt: skip
            entry = visits.Entry(facts, found)
            visits.write(branch.place, SHIPPED["five"], entry, actor=user, client_key=uuid4(), submit=True)

    def make_up(self):
        """补课: the branch makes it up, the supervisor looks again, and only then the branch leaves the stage."""
        with on(case.MADE_UP):
            rows = MakeupItem.objects.select_related("organisation", "round", "stage")
            item = rows.get(organisation=self.short.place)
            makeup.move(item, "make_up", actor=self.short.secretary, note=case.EVIDENCE_OF_MAKEUP)
            makeup.move(item, "close", actor=self.county.supervisor_of(self.county.towns[0]))
            gate.move(self.progress(3)[self.short.place.pk], "report", actor=self.short.secretary)

    # --- what was reported ---------------------------------------------------------------------------------------------
    def tell_totals(self):
        """Each township types for its branches what they report of both classes, whatever the rows say."""
        period = Period(round_key=self.round.pk)
        told = dict(
            zip([branch.place.pk for branch in self.county.all_branches], self.size.told_by_branch, strict=True)
        )
        codes = ("materials.leading", "materials.ordinary")
        with on(case.REPORTED):
            for town in self.county.towns:
                entries = [
                    figures.Entry(branch.place, code, period, figures.Told(number, case.REPORTED))
                    for branch in self.county.branches[town.pk]
                    for code, number in zip(codes, told[branch.place.pk], strict=True)
                ]
                figures.type_totals(entries, actor=self.county.secretaries[town.pk])


def _channel(n):
    return {8: Channel.BOX, 9: Channel.HOTLINE}.get(n % 10, Channel.FORM)


def _read(key):
    return Material.objects.select_related("organisation", "round", "author").get(pk=key)
