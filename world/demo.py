"""The demo world: a county's education committee with its branches, played through the actions like any other life."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.models import Material, Round
from branches.actions import accounts, grants, members, organisations
from branches.models import Group, Member, Organisation, User
from branches.models.members import Category, Education, Employment, Gender, PostKind
from branches.models.organisations import BranchKind, Kind
from branches.rights import AdminRole, Office
from meetings import actions as meetings
from meetings.kinds import Form
from meetings.models import Meeting
from workflow.actors import SYSTEM
from world.people import names

FOUNDED = date(2015, 9, 1)
ASPECTS = ("理想信念方面", "政治能力方面", "组织纪律方面", "作风建设方面", "担当作为方面", "廉洁自律方面")

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


@dataclass
class World:
    """What `build` made; the demo's people by login name."""

    committee: Organisation
    palace: Organisation
    school: Organisation
    elsewhere: Organisation
    users: dict[str, User] = field(default_factory=dict)
    members: dict[int, list[Member]] = field(default_factory=dict)


@transaction.atomic
def build(password: str, today: date) -> World:
    """Play the demo world into an empty database; every account has `password`."""
    world = _found()
    _people(world)
    _accounts(world, password)
    _round(world, today)
    _meetings(world, today)
    return world


def _found() -> World:
    def found(name: str, kind: str, parent: Organisation | None = None, short: str = "") -> Organisation:
        branch_kind = BranchKind.SINGLE if kind == Kind.BRANCH else ""
        return organisations.found(
            name, actor=SYSTEM, kind=kind, since=FOUNDED, parent=parent, branch_kind=branch_kind, short_name=short
        )

    committee = found("中共云溪县教育工作委员会", Kind.COMMITTEE, short="县教育工委")
    schools = found("中共云溪县城区学校总支部委员会", Kind.GENERAL_BRANCH, committee, "城区学校总支")
    palace = found("中共云溪县青少年宫支部委员会", Kind.BRANCH, committee, "青少年宫支部")
    school = found("中共云溪县实验小学支部委员会", Kind.BRANCH, schools, "实验小学支部")
    found("中共云溪县第一中学支部委员会", Kind.BRANCH, schools, "第一中学支部")
    other = found("中共临江县教育工作委员会", Kind.COMMITTEE, short="临江县教育工委")
    elsewhere = found("中共临江县中心小学支部委员会", Kind.BRANCH, other, "临江中心小学支部")
    return World(committee, palace, school, elsewhere)


def _people(world: World) -> None:
    invented = names(2021)
    world.members[world.palace.pk] = [
        _enrol(next(invented), world.palace, place, *facts) for place, facts in enumerate(PALACE, 1)
    ]
    for branch in Organisation.objects.branches().exclude(pk=world.palace.pk):
        group = organisations.found_group("第一党小组", actor=SYSTEM, organisation=branch, since=FOUNDED)
        posts = [PostKind.SECRETARY, PostKind.ORGANISATION, PostKind.PUBLICITY] + [None] * 9
        sexes, schooling = (Gender.MAN, Gender.WOMAN), (Education.BACHELOR, Education.COLLEGE)
        world.members[branch.pk] = [
            _enrol(
                next(invented), branch, place, post, sexes[place % 2], schooling[place % 2], Employment.IN_SERVICE,
                category=Category.PROBATIONARY if place == 12 else Category.FORMAL,
                group=group if place > 6 else None,
            )
            for place, post in enumerate(posts, 1)
        ]  # fmt: skip
    oldest = world.members[world.school.pk][10]
    members.exempt(
        oldest, actor=SYSTEM, organisation=world.school, since=date(2020, 1, 1), until=None,
        reason="年满八十周岁，行动不便", approved_by="支部党员大会",
    )  # fmt: skip


def _enrol(
    name: str, branch: Organisation, place: int, post: str | None, gender: str, education: str, employment: str,
    *, category: str = Category.FORMAL, group: Group | None = None,
) -> Member:  # fmt: skip
    member = members.enrol(
        name, actor=SYSTEM, organisation=branch, category=category, since=FOUNDED, group=group, position=place,
        gender=gender, education=education, employment=employment,
        born=str(1960 + 2 * place), joined=f"{1985 + place}-07",
    )  # fmt: skip
    if post:
        title = "书记、主任" if post == PostKind.SECRETARY and branch.name.find("青少年宫") > 0 else ""
        members.name_to_post(member, actor=SYSTEM, organisation=branch, kind=post, since=FOUNDED, title=title)
    return member


def _accounts(world: World, password: str) -> None:
    palace, school, far = (world.members[o.pk] for o in (world.palace, world.school, world.elsewhere))

    def open_(username: str, name: str, member: Member | None = None, admin_role: str = "") -> User:
        user = accounts.open_account(
            username, actor=SYSTEM, name=name, password=password, member=member, admin_role=admin_role
        )
        world.users[username] = user
        return user

    def grant(username: str, organisation: Organisation, office: str) -> None:
        grants.grant(world.users[username], actor=SYSTEM, organisation=organisation, office=office, since=FOUNDED)

    open_("secretary", palace[0].name, palace[0])
    open_("member", palace[3].name, palace[3])
    open_("colleague", palace[4].name, palace[4])
    open_("clerk", palace[2].name, palace[2])
    open_("officer", "苏启明")
    open_("supervisor", "顾长青")
    open_("secretary2", school[0].name, school[0])
    open_("member2", school[4].name, school[4])
    open_("secretary3", far[0].name, far[0])
    open_("sysadmin", "系统管理员", admin_role=AdminRole.SYSTEM)
    open_("secadmin", "安全管理员", admin_role=AdminRole.SECURITY)
    open_("auditor", "安全审计员", admin_role=AdminRole.AUDIT)
    grant("secretary", world.palace, Office.SECRETARY)
    grant("clerk", world.palace, Office.CLERK)
    grant("officer", world.committee, Office.OFFICER)
    grant("supervisor", world.committee, Office.SUPERVISOR)
    grant("secretary2", world.school, Office.SECRETARY)
    grant("secretary3", world.elsewhere, Office.SECRETARY)


def _round(world: World, today: date) -> None:
    """A round under way whose materials are due in two days: some handed in, one returned, most not yet written."""
    officer = world.users["officer"]
    round_ = appraisals.prepare_round(
        world.committee, actor=officer, aspects=ASPECTS, name=f"{today.year}年度组织生活会和民主评议党员",
        year=today.year, reference=f"云教工委通〔{today.year}〕4号", roster_on=today - timedelta(20),
        due_on=today + timedelta(2),
    )  # fmt: skip
    appraisals.move_round(round_, "open", actor=officer)
    _hand_in(round_, world, "colleague")
    returned = _hand_in(round_, world, "clerk")
    appraisals.move_material(
        returned, "send_back", actor=world.users["secretary"], note="第二个方面请结合本职工作举出具体事例。"
    )


def _hand_in(round_: Round, world: World, username: str) -> Material:
    user = world.users[username]
    material = Material.objects.select_related("organisation", "round", "author").get(round=round_, author=user.member)
    words = {key: f"{title}:对照要求，查找到的主要问题、原因和今后的改进措施。" for key, title in round_.headings()}
    appraisals.submit(material, words, actor=user, seen=0)
    return material


def _meetings(world: World, today: date) -> None:
    """A quarter of meetings: filed ones, one awaiting the superior, one returned, one still being written."""
    for secretary, branch in (("secretary", world.palace), ("secretary2", world.school)):
        for weeks, form, theme in (
            (10, Form.GENERAL_MEETING, "讨论三季度工作，学习上级文件精神"),
            (7, Form.COMMITTEE_MEETING, "研究主题党日安排"),
            (6, Form.THEME_DAY, "走进社区志愿服务"),
            (3, Form.PARTY_LECTURE, "书记讲党课：守初心、担使命"),
        ):
            _hold(world, secretary, branch, today - timedelta(weeks=weeks), form, theme, submit=True)
    waiting = _hold(world, "secretary2", world.school, today - timedelta(9), Form.ORG_LIFE_MEETING,
                    "专题组织生活会", submit=True)  # fmt: skip
    meetings.move(waiting, "send_back", actor=world.users["supervisor"], note="请补充书记讲评的要点。")
    _hold(world, "secretary2", world.school, today - timedelta(4), Form.ORG_LIFE_MEETING, "组织生活会(补开)",
          submit=True)  # fmt: skip
    _hold(world, "secretary", world.palace, today - timedelta(1), Form.THEME_DAY, "重温入党誓词", submit=False)


def _hold(
    world: World, secretary: str, branch: Organisation, day: date, form: str, theme: str, *, submit: bool
) -> Meeting:
    begins = timezone.make_aware(datetime(day.year, day.month, day.day, 15, 0))
    people = world.members[branch.pk]
    facts = {
        "theme": theme,
        "started_at": begins,
        "ended_at": begins + timedelta(minutes=90),
        "place": "二楼会议室",
        "host": people[0],
        "recorder": people[2],
        "appraisal_year": None,
        "minutes_original": "system",
    }
    came = {person.pk: ("present", "") for person in people}
    came[people[5].pk] = ("on_leave", "外出培训")
    entry = meetings.Entry(
        facts, ("通报情况", "学习讨论", "安排下一步工作"), came, minutes="一、通报情况\n二、讨论发言\n三、小结"
    )
    meeting = Meeting(organisation=branch, form=form)
    return meetings.save(meeting, entry, actor=world.users[secretary], submit=submit)
