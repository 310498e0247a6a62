"""The people of the case county: townships with branches, their roster imported at once, accounts by slips, seven
supervision groups."""

from dataclasses import dataclass, field
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from appraisals.supervision.actions import groups
from appraisals.supervision.models import SupervisionGroup
from branches.actions import activation, organisations
from branches.actions.sign_in import Visitor as Stranger
from branches.models import Organisation, Relation, RosterImport, User
from branches.roster.actions import imports
from branches.roster.intake import intake
from jobs.runner import run_one
from tests import cast as people
from tests.scenarios import county as case
from tests.scenarios.visits import serving
from workflow.actors import SYSTEM

HEAD = ("序号", "姓名", "党员类别", "党内职务", "工作单位及职务", "所在党支部")
POSTS = ("书记", "组织委员", "宣传委员")
PASSWORD = "7319-4402-8851"
NAMES = ("甲乙丙丁戊己庚辛壬癸", "金木水火土风云雨雪山川江", "东南西北春夏秋冬晨暮平安康宁远近高低长")  # 2,280 together


def name_of(n):
    first, second, third = NAMES
    return first[n % 10] + second[n // 10 % 12] + third[n // 120]


@dataclass
class Branch:
    """One branch with the accounts of its members in set order, and of its clerk, who serves on no committee."""

    place: Organisation
    folk: list = field(default_factory=list)
    clerk: User | None = None

    @property
    def secretary(self):
        return self.folk[0]

    @property
    def members(self):
        return [user.member for user in self.folk]


class County:
    """The county of one size, with its officer, by township its secretary and branches, and its supervisors."""

    def __init__(self, size):
        self.size = size
        self.top = organisations.found(case.TOP, actor=SYSTEM, kind="committee", branch_kind="", since=case.SINCE)
        self.officer = serving("county", since=case.SINCE, office="officer", organisation=self.top)
        self.towns = [
            self._found(f"中共云溪县第{n}镇委员会", "committee", self.top) for n in range(1, size.townships + 1)
        ]
        self.branches = {
            town.pk: [Branch(self._found(f"第{t}镇第{n}村党支部", "branch", town)) for n in range(1, size.branches + 1)]
            for t, town in enumerate(self.towns, 1)
        }
        self._import_roster()
        self._open_accounts()
        self.secretaries = {
            town.pk: serving(f"town{n}", since=case.SINCE, office="secretary", organisation=town)
            for n, town in enumerate(self.towns, 1)
        }
        self.supervisors = self._name_groups()

    @property
    def all_branches(self):
        return [branch for town in self.towns for branch in self.branches[town.pk]]

    def _found(self, name, kind, parent):
        branch_kind = "single" if kind == "branch" else ""
        return organisations.found(
            name, actor=self.officer, kind=kind, branch_kind=branch_kind, since=case.SINCE, parent=parent
        )

    def _import_roster(self):
        """One file for the whole county, as its organisation department keeps it."""
        book, number = Workbook(), 0
        book.active.append(HEAD)
        of_branch = case.spread(self.size.members, self.size.all_branches)
        leading = case.spread(self.size.leading, self.size.all_branches)
        for branch, size, leaders in zip(self.all_branches, of_branch, leading, strict=True):
            for n in range(size):
                post = POSTS[n] if n < len(POSTS) else ""
                title = f"{branch.place.name}包村干部（副科级）" if n < leaders else "村民"
                book.active.append((n + 1, name_of(number), "正式党员", post, title, branch.place.name))
                number += 1
        out = BytesIO()
        book.save(out)
        file = SimpleUploadedFile("county.xlsx", out.getvalue())
        sent = intake(actor=self.officer, file=file, organisation=self.top, since=case.SINCE)
        imports.name_columns(sent, actor=self.officer, mapping=sent.mapping)
        sent = self._done(sent)
        imports.move(sent, "confirm", actor=self.officer)
        assert self._done(sent).counts["new"] == self.size.members

    @staticmethod
    def _done(sent):
        rows = RosterImport.objects.select_related("organisation", "job")
        run_one(rows.get(pk=sent.pk).job_id)
        return rows.get(pk=sent.pk)

    def _open_accounts(self):
        """A slip for everybody, printed branch by branch; with it each opens his own account."""
        for n, branch in enumerate(self.all_branches):
            rows = Relation.objects.filter(organisation=branch.place).select_related("member", "organisation")
            slips = activation.give_slips(list(rows.order_by("position")), actor=self.officer)
            opened = [
                activation.use_slip(slip.username, slip.code, PASSWORD, actor=Stranger(slip.username)).pk
                for slip in slips
            ]
            found = User.objects.select_related("member").in_bulk(opened)
            branch.folk = [found[key] for key in opened]
            people.grants.grant(
                branch.secretary, actor=SYSTEM, since=case.SINCE, office="secretary", organisation=branch.place
            )
            branch.clerk = serving(f"clerk{n}", since=case.SINCE, office="clerk", organisation=branch.place)

    def _name_groups(self):
        """By group its supervisor and his branches; each township belongs to one group."""
        found, rest = {}, list(self.towns)
        for n, count in enumerate(case.spread(self.size.townships, self.size.groups), 1):
            towns, rest = rest[:count], rest[count:]
            places = [branch.place.pk for town in towns for branch in self.branches[town.pk]]
            group = groups.save_group(
                SupervisionGroup(organisation=self.top), actor=self.officer, branches=places, name=f"第{n}督导组",
                leader=f"组长{'一二三四五六七'[n - 1]}", people="",
            )  # fmt: skip
            user = people.account(f"group{n}")
            for town in towns:
                people.grants.grant(user, actor=SYSTEM, since=case.SINCE, office="supervisor", organisation=town)
            found[group.name] = (user, towns)
        return found

    def secretary_above(self, branch):
        return next(self.secretaries[town.pk] for town in self.towns if branch in self.branches[town.pk])

    def supervisor_of(self, town):
        return next(user for user, towns in self.supervisors.values() if town in towns)
