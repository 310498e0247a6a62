"""The people of the case college: two branches with their groups, and whoever serves them."""

from datetime import date

from branches.actions import members, organisations
from tests import cast as people
from tests.scenarios import college as case
from tests.scenarios.visits import serving
from workflow.actors import SYSTEM

SINCE, BEGINS = date(2002, 9, 1), date(2003, 3, 20)


class College:
    """Two branches with their groups; by branch and group the members, the visitors by name."""

    def __init__(self):
        self.top = top = organisations.found(case.COLLEGE, actor=SYSTEM, kind="committee", branch_kind="", since=SINCE)
        self.visitors = {
            "inspector": serving("inspector", since=SINCE, office="supervisor", organisation=top),
            "officer": serving("officer", since=SINCE, office="officer", organisation=top),
        }
        self.branches, self.groups = {}, {}
        for name, size in case.MEMBERS.items():
            self.branches[name] = branch = organisations.found(
                name, actor=SYSTEM, kind="branch", branch_kind="single", since=SINCE, parent=top
            )
            self._fill(branch, size)

    def _fill(self, branch, size):
        count = -(-size // case.A_GROUP)
        groups = [
            organisations.found_group(f"第{n + 1}党小组", actor=SYSTEM, organisation=branch, since=SINCE)
            for n in range(count)
        ]
        for group in groups:
            self.groups[group] = []
        for n in range(size):
            name = f"{'甲乙丙丁'[n % 4]}{'一二三四五六七八九十百千'[n // 4]}"
            group = groups[n % count]
            self.groups[group].append(people.enrol(name, branch, since=SINCE, group=group, position=n))
        for number, group in enumerate(groups):
            leader, name = self.groups[group][0], f"leader{branch.pk}x{number}"
            self.visitors[group] = serving(
                name, leader, since=SINCE, office="group_leader", organisation=branch, group=group
            )
        secretary = self.groups[groups[0]][1]
        members.name_to_post(secretary, actor=SYSTEM, organisation=branch, kind="secretary", since=SINCE)
        name = f"secretary{branch.pk}"
        self.visitors[branch.name] = serving(name, secretary, since=SINCE, office="secretary", organisation=branch)

    def of(self, branch):
        return {group: folk for group, folk in self.groups.items() if group.organisation_id == branch.pk}
