"""Who lives in the demo world: six branches of one county with about 120 members, and one branch of another county."""

from dataclasses import dataclass, field
from datetime import date

from branches.actions import accounts, grants, members, organisations
from branches.models import Group, Member, Organisation, User
from branches.models.members import Category, Education, Employment, Gender, PostKind
from branches.models.organisations import BranchKind, Kind
from branches.rights import AdminRole, Office
from workflow.actors import SYSTEM
from world.people import names

FOUNDED = date(2015, 9, 1)
GROUP_SIZE = 8

# The branch of the worked case: post, sex, education, employment of its eight members, the secretary first.
PALACE = (
    (PostKind.SECRETARY, Gender.MAN, Education.BACHELOR, Employment.IN_SERVICE),
    (PostKind.DISCIPLINE, Gender.WOMAN, Education.POSTGRADUATE, Employment.IN_SERVICE),
    (PostKind.PUBLICITY, Gender.MAN, Education.BACHELOR, Employment.IN_SERVICE),
    (None, Gender.WOMAN, Education.BACHELOR, Employment.IN_SERVICE),
    (None, Gender.MAN, Education.BACHELOR, Employment.IN_SERVICE),
    (None, Gender.MAN, Education.COLLEGE, Employment.IN_SERVICE),
    (None, Gender.MAN, Education.COLLEGE, Employment.IN_SERVICE),
    (None, Gender.MAN, Education.COLLEGE, Employment.RETIRED),
)
# The other branches: key, name, short name, superior, kind, number of members.
BRANCHES = (
    ("school", "中共云溪县实验小学支部委员会", "实验小学支部", "town", BranchKind.SINGLE, 24),
    ("middle", "中共云溪县第一中学支部委员会", "第一中学支部", "town", BranchKind.SINGLE, 30),
    ("second", "中共云溪县第二中学支部委员会", "第二中学支部", "town", BranchKind.SINGLE, 20),
    ("river", "中共云溪县河口中心学校支部委员会", "河口中心学校支部", "country", BranchKind.SINGLE, 18),
    ("retired", "中共云溪县教育系统离退休干部支部委员会", "教育离退休支部", "country", BranchKind.RETIRED, 20),
    ("elsewhere", "中共临江县中心小学支部委员会", "临江中心小学支部", "other", BranchKind.SINGLE, 12),
)
POSTS = (PostKind.SECRETARY, PostKind.ORGANISATION, PostKind.PUBLICITY)


@dataclass
class World:
    """What `build` made: organisations by key, people by login name, members by the key of their branch's row."""

    places: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    members: dict[int, list[Member]] = field(default_factory=dict)

    def of(self, place: str) -> list[Member]:
        """The members of the branch with that key, in the order of its register."""
        return self.members[self.places[place].pk]


def people() -> World:
    """Organisations and members."""
    world, invented = World(), names(2021)
    _found(world)
    palace = world.places["palace"]
    world.members[palace.pk] = [_enrol(next(invented), palace, n, *facts) for n, facts in enumerate(PALACE, 1)]
    for key, _name, _short, _above, kind, size in BRANCHES:
        branch = world.places[key]
        groups = [
            organisations.found_group(
                f"第{'一二三'[n]}党小组", actor=SYSTEM, organisation=branch, since=FOUNDED, position=n
            )
            for n in range(size // GROUP_SIZE if kind == BranchKind.SINGLE else 0)
        ]
        world.members[branch.pk] = [
            _enrol(
                next(invented), branch, n, *_facts(n, kind), category=_category(n, size, kind), group=_group(n, groups)
            )
            for n in range(1, size + 1)
        ]
    members.exempt(
        world.of("school")[10], actor=SYSTEM, organisation=world.places["school"], since=date(2020, 1, 1), until=None,
        reason="年满八十周岁，行动不便", approved_by="支部党员大会",
    )  # fmt: skip
    return world


def _found(world: World) -> None:
    def found(key: str, name: str, short: str, kind: str, above: str = "", branch_kind: str = "") -> None:
        world.places[key] = organisations.found(
            name, actor=SYSTEM, kind=kind, since=FOUNDED, parent=world.places.get(above), branch_kind=branch_kind,
            short_name=short,
        )  # fmt: skip

    found("committee", "中共云溪县教育工作委员会", "县教育工委", Kind.COMMITTEE)
    found("town", "中共云溪县城区学校总支部委员会", "城区学校总支", Kind.GENERAL_BRANCH, "committee")
    found("country", "中共云溪县乡镇学校总支部委员会", "乡镇学校总支", Kind.GENERAL_BRANCH, "committee")
    found("palace", "中共云溪县青少年宫支部委员会", "青少年宫支部", Kind.BRANCH, "committee", BranchKind.SINGLE)
    found("other", "中共临江县教育工作委员会", "临江县教育工委", Kind.COMMITTEE)
    for key, name, short, above, kind, _size in BRANCHES:
        found(key, name, short, Kind.BRANCH, above, kind)


def _facts(place: int, kind: str) -> tuple[str | None, str, str, str]:
    """Post, sex, education and employment of the member at that place of a register."""
    post = POSTS[place - 1] if place <= len(POSTS) else None
    sex, schooling = (Gender.MAN, Gender.WOMAN)[place % 2], (Education.BACHELOR, Education.COLLEGE)[place % 2]
    return post, sex, schooling, Employment.RETIRED if kind == BranchKind.RETIRED else Employment.IN_SERVICE


def _category(place: int, size: int, kind: str) -> str:
    return Category.PROBATIONARY if place == size and kind != BranchKind.RETIRED else Category.FORMAL


def _group(place: int, groups: list[Group]) -> Group | None:
    return groups[place % len(groups)] if groups and place > len(POSTS) else None


def _enrol(
    name: str, branch: Organisation, place: int, post: str | None, gender: str, education: str, employment: str,
    *, category: str = Category.FORMAL, group: Group | None = None,
) -> Member:  # fmt: skip
    born = 1938 + place if employment == Employment.RETIRED and place > len(PALACE) else 1960 + place
    member = members.enrol(
        name, actor=SYSTEM, organisation=branch, category=category, since=FOUNDED, group=group, position=place,
        gender=gender, education=education, employment=employment, born=str(born), joined=f"{born + 26}-07",
        phone=f"129{branch.pk:04}{place:04}",  # 129 begins no number in use
    )  # fmt: skip
    if post:
        title = "书记、主任" if post == PostKind.SECRETARY and "青少年宫" in branch.name else ""
        members.name_to_post(member, actor=SYSTEM, organisation=branch, kind=post, since=FOUNDED, title=title)
    return member


def give_accounts(world: World, password: str) -> None:
    """The people a visitor of the demo can be; README names them."""

    def open_(username: str, name: str = "", place: str = "", number: int = 0, admin_role: str = "") -> None:
        member = world.of(place)[number] if place else None
        world.users[username] = accounts.open_account(
            username, actor=SYSTEM, name=member.name if member else name, password=password, member=member,
            admin_role=admin_role,
        )  # fmt: skip

    def grant(username: str, place: str, office: str, group: Group | None = None) -> None:
        user, organisation = world.users[username], world.places[place]
        grants.grant(user, actor=SYSTEM, organisation=organisation, office=office, since=FOUNDED, group=group)

    open_("secretary", place="palace", number=0)
    open_("clerk", place="palace", number=2)
    open_("member", place="palace", number=3)
    open_("colleague", place="palace", number=4)
    open_("secretary2", place="school", number=0)
    open_("member2", place="school", number=4)
    open_("secretary3", place="elsewhere", number=0)
    open_("secretary4", place="middle", number=0)
    open_("secretary5", place="river", number=0)
    open_("leader", place="school", number=6)
    open_("general", "何建平")
    open_("officer", "苏启明")
    open_("supervisor", "顾长青")
    open_("sysadmin", "系统管理员", admin_role=AdminRole.SYSTEM)
    open_("secadmin", "安全管理员", admin_role=AdminRole.SECURITY)
    open_("auditor", "审计管理员", admin_role=AdminRole.AUDIT)
    for username, place in (("", "palace"), ("2", "school"), ("3", "elsewhere"), ("4", "middle"), ("5", "river")):
        grant(f"secretary{username}", place, Office.SECRETARY)
    grant("clerk", "palace", Office.CLERK)
    grant("general", "town", Office.SECRETARY)
    grant("officer", "committee", Office.OFFICER)
    grant("supervisor", "committee", Office.SUPERVISOR)
    group = Group.objects.get(organisation=world.places["school"], relations__member=world.users["leader"].member)
    grant("leader", "school", Office.GROUP_LEADER, group)
