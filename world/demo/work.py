"""What goes on in the demo world: a round half-way, a quarter of meetings, members on the move."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from appraisals import actions as appraisals
from appraisals.materials import actions as writing
from appraisals.materials.asking import actions as asking
from appraisals.materials.entering import actions as entering
from appraisals.materials.kinds import SHIPPED, Whom
from appraisals.materials.reviewing import actions as reviewing
from appraisals.models import Material, MaterialKind, Progress, Requirement, RosterEntry, Round, Stage
from appraisals.rounds.actions import gate, plan, roster
from appraisals.rounds.actions.scheme import write_scheme
from appraisals.rounds.scheme.content import scheme_of
from branches.actions import days_off, elections, leaving, transfers
from branches.days_off.lines import Line
from branches.models import Organisation, User
from branches.models.days_off import DayKind
from figures import actions as figures
from figures.registry import Period
from figures.units import Approx, Source
from meetings import actions as meetings
from meetings.decisions.entries import Motion
from meetings.decisions.kinds import Business
from meetings.due import due_at
from meetings.follow_ups import actions as follow_ups
from meetings.frequency import actions as frequency
from meetings.kinds import Form
from meetings.models import Meeting, Way
from meetings.own_forms import actions as own_forms
from meetings.plans import actions as plans
from meetings.schedule import actions as schedule
from meetings.unsaved import actions as unsaved
from reminders.actions import notices
from reminders.models import Notice
from world.demo.people import World

SPOKEN = (MaterialKind.ORAL_STATEMENT, MaterialKind.SPEECH_OUTLINE)
ASPECTS = ("理想信念方面", "政治能力方面", "组织纪律方面", "作风建设方面", "担当作为方面", "廉洁自律方面")


def changes(world: World, today: date) -> None:
    """A transfer that waits for the receiving branch, and a member who works elsewhere."""
    mover = world.of("school")[14]
    transfers.offer(
        mover, actor=world.users["secretary2"], to=world.places["palace"], since=today + timedelta(9), reason="工作调动"
    )
    leaving.flow_out(
        world.of("middle")[20], actor=world.users["secretary4"], since=today - timedelta(120), place="浙江省宁波市",
        contact="家属，电话见花名册",
    )  # fmt: skip


def elections_held(world: World, today: date) -> None:
    """One branch in the middle of its term, one whose term is over; the others have recorded none."""
    for secretary, place, days in (("secretary", "palace", 500), ("secretary2", "school", 1130)):
        branch = world.places[place]
        elections.record_election(branch, actor=world.users[secretary], held_on=today - timedelta(days))


def round_overdue(world: World, today: date) -> None:
    """A round of the country schools whose day is past: nobody there has handed in yet."""
    officer = world.users["officer"]
    round_ = appraisals.prepare_round(
        world.places["country"], actor=officer, aspects=ASPECTS[:3], name=f"{today.year}年乡镇学校专题组织生活会",
        year=today.year, reference=f"云教工委通〔{today.year}〕3号", roster_on=today - timedelta(40),
        due_on=today - timedelta(3),
    )  # fmt: skip
    appraisals.move_round(round_, "open", actor=officer)


def round_under_way(world: World, today: date) -> None:
    """A round under way whose materials are due in two days: one passed, some handed in, one returned, most not yet
    written."""
    officer = world.users["officer"]
    round_ = appraisals.prepare_round(
        world.places["committee"], actor=officer, aspects=ASPECTS, name=f"{today.year}年度组织生活会和民主评议党员",
        year=today.year, reference=f"云教工委通〔{today.year}〕4号", roster_on=today - timedelta(20),
        due_on=today + timedelta(2),
    )  # fmt: skip
    plan.take_template(round_, "annual", today - timedelta(30), actor=officer)
    _lay_down(round_, officer)
    asking.set_rules(
        round_,
        actor=officer,
        owed={**SHIPPED, Whom.REPORT: MaterialKind.SECRETARY_REPORT},
        own_reasons="未联系本职工作",
    )
    appraisals.move_round(round_, "open", actor=officer)
    handed_in, secretary = _hand_in(round_, world, "colleague"), world.users["secretary"]
    title = ASPECTS[0]
    reviewing.comment(
        handed_in,
        "这里说的是哪一件事？请写具体。",
        actor=secretary,
        title=title,
        quote="查找到的主要问题",
        start=len(title),
    )
    returned, note = _hand_in(round_, world, "clerk"), "第二个方面请结合本职工作举出具体事例。"
    writing.move_material(returned, "send_back", actor=secretary, note=note, reasons=["no_example", "empty_measures"])
    spoken = Material.objects.filter(round=round_, organisation=world.places["palace"], kind__in=SPOKEN, state="draft")
    entering.enter(
        spoken.select_related("organisation", "round", "author").order_by("-pk")[0],
        [["口头发言", "结合社区志愿服务谈了作风方面的不足，表示今后每月参加一次。"]],
        actor=world.users["clerk"], source="spoken",
    )  # fmt: skip
    writing.move_material(_hand_in(round_, world, "leader"), "accept", actor=world.users["secretary2"])


def _lay_down(round_: Round, officer: User) -> None:
    """Who leads the round, and its steps."""
    posts = [
        {"role": "head", "name": "郝组长", "duty": "负总责"},
        {"role": "deputy", "name": "傅组长", "duty": "抓征求意见和谈心谈话环节"},
        {"role": "office", "name": "常主任", "duty": "日常联络、材料收集、进度统计"},
    ]
    names = ("name", "time", "what", "people", "place")
    steps = [
        ("动员部署", "第一周", "召开动员会，学习通知，明确分工。", "各支部书记、委员", "教工委会议室"),
        ("学习研讨", "第一至二周", "集中学习规定篇目，会前集中学习不少于一次。", "全体党员", "各支部活动室"),
        ("征求意见、谈心谈话", "第二至三周", "发放征求意见表，设意见箱，“四必谈”。", "支委、党员、群众代表", ""),
        ("撰写材料", "第三周", "班子和党员个人撰写对照检查材料，书记审阅把关。", "支部委员、全体党员", ""),
        ("召开组织生活会", "第四周", "开展批评与自我批评，民主评议党员。", "全体党员，督导组到会", "各支部会议室"),
    ]  # fmt: skip
    rows = [dict(zip(names, step, strict=True)) for step in steps]
    empty = scheme_of(round_, round_.organisation, officer).fingerprint
    write_scheme(round_, round_.organisation, posts, rows, actor=officer, seen=empty)


def stages_passed(world: World, today: date) -> None:
    """On the way through the round: branches past the study, one asking, one returned with items
    to make up; a revision; a member offered to another branch, one who went abroad."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    officer, parts = world.users["officer"], ("stage", "organisation", "round", "round__organisation")

    def at(place: str, position: int) -> Progress:
        rows = Progress.objects.select_related(*parts).filter(round=round_, organisation=world.places[place])
        return rows.get(stage__position=position)

    for secretary, place in (("secretary", "palace"), ("secretary2", "school"), ("secretary4", "middle")):
        gate.move(at(place, 1), "finish", actor=world.users[secretary])
    for secretary, place in (("secretary", "palace"), ("secretary2", "school")):
        gate.move(at(place, 2), "report", actor=world.users[secretary])
    gate.move(at("palace", 3), "request", actor=world.users["secretary"])
    gate.move(at("school", 3), "request", actor=world.users["secretary2"])
    items = ("两名党员的对照检查材料缺少原因剖析，请补写。", "谈心谈话未覆盖流动党员，请补谈。")
    gate.give_back(at("school", 3), items, today + timedelta(7), actor=world.users["supervisor"], note="材料质量不齐。")
    plan.revise(
        round_, actor=officer, applies="next", reference=f"云教工委通〔{today.year}〕6号",
        changes="自组织生活会环节起，会前须完成班子与党员之间的谈心谈话。",
        added=[
            Requirement(stage=Stage.objects.get(round=round_, position=4), metric=metric, value=value)
            for metric, value in (("talks.held", 3), ("visits.in_round", 1))
        ],
    )  # fmt: skip
    entries = RosterEntry.objects.filter(round=round_).select_related("organisation", "round__organisation", "member")
    abroad = entries.get(member=world.of("middle")[18])
    roster.note_event(abroad, "abroad", actor=world.users["secretary4"], happened_on=today, note="赴境外探亲半年")
    away = entries.get(member=world.of("palace")[6])
    roster.offer(away, world.places["school"], actor=world.users["secretary"], note="长期在该校支教")


def totals_told(world: World, today: date) -> None:
    """A branch that keeps its papers has told by telephone how many materials it has passed; its secretary is to
    confirm."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    told = figures.Told(9, as_of=today - timedelta(1), approx=Approx.OVER, source=Source.PHONE, note="支部书记电话报送")
    branch, period = world.places["school"], Period(round_key=round_.pk)
    figures.type_total(branch, "materials.accepted", period, told, actor=world.users["officer"])


def _hand_in(round_: Round, world: World, username: str) -> Material:
    user = world.users[username]
    material = Material.objects.select_related("organisation", "round", "author").get(round=round_, author=user.member)
    words = {key: f"{title}:对照要求，查找到的主要问题、原因和今后的改进措施。" for key, title in round_.headings()}
    writing.submit(material, words, actor=user, seen=0)
    return material


def reminded(world: World, today: date) -> None:
    """Everybody with a material nearly due is owed a notice; one has been told by telephone."""
    notices.scan(today)
    secretary = world.users["secretary"]
    told = Notice.objects.to_phone(secretary).filter(recipient=world.of("palace")[5]).values_list("pk", flat=True)
    notices.tell(list(told), actor=secretary)


def meetings_of_a_quarter(world: World, today: date) -> None:
    """A quarter of meetings: filed ones, one awaiting the superior, one returned, one still being written."""
    for secretary, place in (("secretary", "palace"), ("secretary2", "school"), ("secretary4", "middle")):
        branch = world.places[place]
        lecture = {Form.PARTY_LECTURE.value: "书记讲党课：从身边小事做起，把服务送到居民家门口。"}
        for weeks, form, theme, also in (
            (10, Form.GENERAL_MEETING, "讨论三季度工作，学习上级文件精神", {}),
            (7, Form.COMMITTEE_MEETING, "研究主题党日安排", {}),
            (6, Form.THEME_DAY, "走进社区志愿服务", lecture),
            (3, Form.PARTY_LECTURE, "书记讲党课：守初心、担使命", {}),
        ):
            held = _hold(world, secretary, branch, today - timedelta(weeks=weeks), form, theme, submit=True, also=also)
            if form == Form.GENERAL_MEETING:
                follow_ups.note(
                    held, [world.members[branch.pk][5].pk], actor=world.users[secretary],
                    purpose="studied", way="alone", done_on=held.held_on + timedelta(3),
                )  # fmt: skip
    waiting = _hold(world, "secretary2", world.places["school"], today - timedelta(9), Form.ORG_LIFE_MEETING,
                    "专题组织生活会", submit=True)  # fmt: skip
    meetings.move(waiting, "send_back", actor=world.users["supervisor"], note="请补充书记讲评的要点。")
    _hold(world, "secretary2", world.places["school"], today - timedelta(4), Form.ORG_LIFE_MEETING,
          "组织生活会（补开）", submit=True)  # fmt: skip
    _hold(
        world, "secretary", world.places["palace"], today - timedelta(1), Form.THEME_DAY, "重温入党誓词", submit=False
    )
    begun = Meeting(organisation=world.places["palace"], form=Form.COMMITTEE_MEETING)
    unsaved.keep(begun, {"theme": "研究下月工作", "place": "小会议室"}, actor=world.users["clerk"], seen=0)


def _hold(
    world: World, secretary: str, branch: Organisation, day: date, form: str, theme: str, *, submit: bool,
    also: dict[str, str] | None = None,
) -> Meeting:  # fmt: skip
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
        "late_reason": "系统启用前召开，据纸质记录录入",
    }
    came = {person.pk: ("present", "") for person in people}
    came[people[5].pk] = ("on_leave", "外出培训")
    came[people[7].pk] = ("on_leave", "因病住院")
    agenda, words = ("通报情况", "学习讨论", "安排下一步工作"), "一、通报情况\n二、讨论发言\n三、小结"
    meeting = Meeting(organisation=branch, form=form, started_at=begins)
    motions = [_agreed(meeting, {people[5].pk, people[7].pk})] if form == Form.GENERAL_MEETING else []
    entry = meetings.Entry(
        facts, agenda, came, minutes=words, also=also or {}, motions=motions, ways={people[7].pk: Way.WRITTEN}
    )
    return meetings.save(meeting, entry, actor=world.users[secretary], submit=submit)


def _agreed(meeting: Meeting, away: set[int]) -> Motion:
    """A decision by a show of hands, with one abstention of those with the right to vote who came."""
    here = sum(due.may_vote and due.member_id not in away for due in due_at(meeting, meeting.held_on))
    return Motion("通过下一阶段工作安排", Business.ORDINARY, yes=here - 1, no=0, abstain=1)


def plans_of_a_quarter(world: World, today: date) -> None:
    """A holiday. Meetings to come: one announced, one planned, one whose day is over; a branch free of a form."""
    holiday = [Line(date(today.year, 10, number), DayKind.FREE, "国庆节") for number in range(1, 8)]
    days_off.lay_down_days(world.places["committee"], holiday, actor=world.users["officer"])
    palace, secretary = world.places["palace"], world.users["secretary"]
    for days, form, theme, is_announced in (
        (12, Form.THEME_DAY, "参观革命纪念馆", True),
        (20, Form.GENERAL_MEETING, "讨论下季度工作安排", False),
        (30, Form.ORG_LIFE_MEETING, "年度组织生活会", False),
        (-2, Form.COMMITTEE_MEETING, "研究发展党员工作", False),
    ):
        day = today + timedelta(days)
        begins = timezone.make_aware(datetime(day.year, day.month, day.day, 15, 0))
        facts = {"theme": theme, "place": "二楼会议室", "started_at": begins}
        row = plans.plan(Meeting(organisation=palace, form=form), facts, actor=secretary)
        if is_announced:
            plans.step(row, "announce", actor=secretary)
        if form == Form.ORG_LIFE_MEETING:
            schedule.make(row, actor=secretary)
    agenda = "通报近期工作\n党员群众恳谈\n书记回应和交办"
    own_forms.lay_down(world.places["committee"], "民主恳谈会", Form.OTHER, agenda, actor=world.users["officer"])
    since, until = date(today.year, 1, 1), date(today.year, 12, 31)
    frequency.exempt(
        world.places["school"], Form.PARTY_LECTURE, since=since, until=until, reason="校舍搬迁期间集中到党总支上党课",
        actor=world.users["officer"],
    )  # fmt: skip
