"""The tree, the register, accounts and offices of a big world."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any

from branches import names
from branches.models import (
    DayOff,
    Election,
    Exemption,
    Grant,
    Group,
    Member,
    Organisation,
    Particulars,
    Post,
    Relation,
    RightsLimit,
    RuleOverride,
    Standing,
    User,
)
from branches.models.days_off import DayKind
from branches.models.members import Category, Education, Employment, Gender, PostKind, RelationKind
from branches.models.organisations import Kind
from branches.rights import AdminRole, Office
from branches.rules.table import Severity
from world.load.plan import FOUNDED, Branch, Plan
from world.load.registry import Load, fills
from world.people import GIVEN, SURNAMES

MOVED_ON = date(2023, 7, 1)
EVERY_BRANCH = 50  # one branch of so many has a secretary with an account
PEOPLE = ("officer", "supervisor", "liaison")  # accounts at the top, named like the demo's
ADMINISTRATORS = {"sysadmin": AdminRole.SYSTEM, "secadmin": AdminRole.SECURITY, "auditor": AdminRole.AUDIT}


@fills(Organisation)
def organisations(load: Load) -> None:
    """The tree, its columns written as treebeard would."""
    columns = ("id", "path", "depth", "numchild", "name", "short_name", "kind", "branch_kind", "since")
    plan = load.plan
    inner = ((n.key, n.path, n.depth, n.numchild, n.name, "", n.kind, "", FOUNDED) for n in plan.nodes)
    load.put(Organisation, columns, inner)
    rows = ((b.key, b.path, 5, 0, b.name, "", Kind.BRANCH, b.kind, FOUNDED) for b in plan.branches)
    load.put(Organisation, columns, rows)


@fills(Group)
def groups(load: Load) -> None:
    """第1党小组 and on."""
    rows = (
        (b.first_group + place, b.key, f"第{place + 1}党小组", place, FOUNDED)
        for b in load.plan.branches
        for place in range(b.group_count)
    )
    load.put(Group, ("id", "organisation_id", "name", "position", "since"), rows)


@fills(Member)
def members(load: Load) -> None:
    """Invented names with their pinyin, looked up once a name."""
    chance, given = load.plan.random("names"), GIVEN.split("|")
    firsts = [*given, *(name[0] for name in given), *(name[1] for name in given)]

    def rows() -> Iterator[tuple[Any, ...]]:
        for key in range(1, load.plan.members + 1):
            name = chance.choice(SURNAMES) + chance.choice(firsts)
            yield (key, name, *_spoken(name))

    load.put(Member, ("id", "name", "name_pinyin", "name_initials"), rows())


@cache
def _spoken(name: str) -> tuple[str, str]:
    return names.pinyin(name), names.initials(name)


@fills(Particulars)
def particulars(load: Load) -> None:
    """What the register page tells of each."""
    chance = load.plan.random("particulars")
    sexes, schools, works = list(Gender), list(Education), list(Employment)
    columns = ("member_id", "gender", "born", "joined", "education", "employment", "work_title", "phone")
    rows = (
        (key, chance.choice(sexes), str(1945 + key % 55), f"{1970 + key % 45}-07", schools[key % 4], works[key % 3],
         f"示例单位{key % 400}科", f"1390000{key % 10000:04d}")
        for key in range(1, load.plan.members + 1)
    )  # fmt: skip
    load.put(Particulars, columns, rows)


@fills(Relation)
def relations(load: Load) -> None:
    """Everybody belongs to one branch; some came from the one before, a few take part elsewhere as well."""
    columns = ("member_id", "organisation_id", "group_id", "kind", "position", "since", "until", "reason")
    load.put(Relation, columns, (row for branch in load.plan.branches for row in _relations(load.plan, branch)))


def _relations(plan: Plan, branch: Branch) -> Iterator[tuple[Any, ...]]:
    before = plan.branches[branch.number - 1] if branch.number else None
    for place in range(branch.size):
        key, since = branch.first + place, FOUNDED
        if before and place == branch.size - 1 and branch.number % 25 == 3:
            yield key, before.key, None, RelationKind.FORMAL, place, FOUNDED, MOVED_ON - timedelta(1), "组织关系转移"
            since = MOVED_ON
        yield key, branch.key, branch.group_of(place), RelationKind.FORMAL, place, since, None, ""
    if before and branch.number % 40 == 7:
        yield before.first, branch.key, None, RelationKind.TAKING_PART, 0, MOVED_ON, None, "借调"


@fills(Standing)
def standings(load: Load) -> None:
    """正式, 预备, and those who became 正式 after a year."""
    became, day = FOUNDED + timedelta(365), timedelta(1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for branch in load.plan.branches:
            for place in range(branch.size):
                key = branch.first + place
                if not branch.is_formal(place):
                    yield key, Category.PROBATIONARY, FOUNDED, None
                elif place % 10 == 5:
                    yield key, Category.PROBATIONARY, FOUNDED, became - day
                    yield key, Category.FORMAL, became, None
                else:
                    yield key, Category.FORMAL, FOUNDED, None

    load.put(Standing, ("member_id", "category", "since", "until"), rows())


@fills(Post)
def posts(load: Load) -> None:
    """The secretary and, in larger branches, the committee; the first of each group leads it."""
    since = date(load.plan.today.year - 2, 3, 1)

    def rows() -> Iterator[tuple[Any, ...]]:
        for branch in load.plan.branches:
            for place, kind in enumerate(branch.held):
                yield branch.first + place, branch.key, None, kind, since
            for place in range(branch.group_count):
                leader = len(branch.held) + place
                yield branch.first + leader, branch.key, branch.group_of(leader), PostKind.GROUP_LEADER, since

    load.put(Post, ("member_id", "organisation_id", "group_id", "kind", "since"), rows())


@fills(Election)
def elections(load: Load) -> None:
    """Three branches of four have told when they elected, up to three years and a half ago."""
    rows = (
        (branch.key, load.plan.today - timedelta(30 + branch.number * 37 % 1250))
        for branch in load.plan.branches
        if branch.number % 4
    )
    load.put(Election, ("organisation_id", "held_on"), rows)


@fills(Exemption, RightsLimit)
def exceptions(load: Load) -> None:
    """Who need not come, and who may not vote."""
    plan, reason = load.plan, "年满八十周岁，行动不便"
    freed = ((b.first + b.exempt, FOUNDED, reason, "支部党员大会") for b in plan.branches if b.exempt is not None)
    load.put(Exemption, ("member_id", "since", "reason", "approved_by"), freed)
    begins, ends = plan.today - timedelta(400), plan.today + timedelta(330)
    limited = ((b.first + b.limited, begins, ends, "留党察看") for b in plan.branches if b.limited is not None)
    load.put(RightsLimit, ("member_id", "since", "until", "reason"), limited)


@fills(User, Grant)
def accounts(load: Load) -> None:
    """At the top one of each oversight; an officer for each organisation of the third level; a secretary for some
    branches, and a clerk who is no member; the three administrators."""
    plan, root = load.plan, load.plan.nodes[0]
    people: list[tuple[str, str, int | None, str]] = [(name, name, None, "") for name in PEOPLE]
    people += [(name, name, None, role) for name, role in ADMINISTRATORS.items()]
    held: list[tuple[str, int, str]] = [(name, root.key, Office(name)) for name in PEOPLE]
    for node in plan.counties:
        people.append((f"officer{node.key}", "组织员", None, ""))
        held.append((f"officer{node.key}", node.key, Office.OFFICER))
    for branch in plan.branches[::EVERY_BRANCH]:
        login = "" if branch.number == 0 else str(branch.key)
        people += [(f"secretary{login}", "书记", branch.first, ""), (f"clerk{login}", "经办人", None, "")]
        held += [(f"secretary{login}", branch.key, Office.SECRETARY), (f"clerk{login}", branch.key, Office.CLERK)]
    people.append(("member", "党员", plan.branches[0].first + plan.branches[0].size - 1, ""))
    keys = {row[0]: key for key, row in enumerate(people, 1)}
    columns = ("id", "username", "name", "member_id", "admin_role", "password")
    load.put(User, columns, ((keys[login], login, *rest, load.password) for login, *rest in people))
    granted = ((keys[login], place, office, FOUNDED) for login, place, office in held)
    load.put(Grant, ("user_id", "organisation_id", "office", "since"), granted)
    load.keys = keys


@fills(RuleOverride)
def rules(load: Load) -> None:
    """Some organisations of the third level ask for larger groups, this year."""
    columns = ("organisation_id", "year", "code", "severity", "parameters", "reason")
    rows = (
        (node.key, load.plan.today.year, "A1-5", Severity.WARN, {"least": 5}, "本地规定")
        for node in load.plan.counties[::7]
    )
    load.put(RuleOverride, columns, rows)


@fills(DayOff)
def days_off(load: Load) -> None:
    """The topmost organisation lays down a holiday of a week, this year."""
    year, root = load.plan.today.year, load.plan.nodes[0]
    days = (date(year, 10, 1) + timedelta(n) for n in range(7))
    load.put(
        DayOff, ("organisation_id", "day", "kind", "name"), ((root.key, day, DayKind.FREE, "国庆节") for day in days)
    )
