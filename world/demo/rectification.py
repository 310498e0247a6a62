"""Problems of the demo world: one in each state of its life, with what leads to it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from appraisals.models import Digest, Round, Visit
from branches.actions.rules import override_rule
from branches.models import User
from rectification.gathered import actions as commons
from rectification.models import CommonProblem
from rectification.pledges import actions as promises
from rectification.problems.actions import clock, entry, giving, steps
from rectification.problems.actions.entry import Entry
from rectification.problems.models import Problem
from rectification.publishing import actions as publishing
from rectification.publishing.audiences import Audience
from world.demo.people import World

DAY = timedelta(1)


def problems(world: World, today: date) -> None:
    """A branch in the middle of putting things right, its neighbour at the beginning."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    folk, secretary, officer = world.of("palace"), world.users["secretary"], world.users["officer"]
    found = {"found_on": today - DAY * 20, "round": round_}

    def write(text: str, measures: tuple[str, ...], *, by: User = secretary, at: str = "palace", ref: str = "",
              **facts: Any) -> Problem:  # fmt: skip
        told = {"text": text, "whose": "branch", **found, **facts}
        made = entry.enter(world.places[at], Entry(told, measures), actor=by, client_key=uuid4(), origin_ref=ref)
        return _again(made)

    digest = Digest.objects.filter(organisation=world.places["palace"], target="committee").first()
    ref = f"appraisals.digest:{digest.pk}" if digest else ""
    dull = write(
        "支部活动形式比较单一，年轻党员参与不多。", ("每季度安排一次青年党员主讲的主题党日", "设立活动建议箱"),
        whose="committee", category="organisation", origin="opinion", ref=ref, goal="青年党员参与率明显提高",
        leader="支部书记", responsible=folk[2], due_on=today + DAY * 40, priority="weighty", difficulty="middling",
    )  # fmt: skip
    steps.move(dull, "claim", actor=secretary)
    entry.tell_progress(_again(dull), "11月主题党日由青年党员主讲，反响较好。", actor=secretary, done=[1])
    hours = write(
        "活动室周末不开放，群众来办事扑空。", ("周末安排两名党员轮流值班", "在门口公布值班表和联系电话"),
        category="service", origin="opinion", goal="周末活动室正常开放", leader="主任", responsible=folk[1],
        due_on=today - DAY * 3, priority="urgent", difficulty="easy",
    )  # fmt: skip
    steps.move(hours, "claim", actor=secretary)
    notice = write(
        "收费公示牌字太小，老人看不清。", (), category="service", origin="opinion", at_once=True,
        responsible=folk[4], priority="urgent", difficulty="easy",
    )  # fmt: skip
    steps.move(notice, "close_at_once", actor=secretary, note="当天更换大字公示牌，并请两位老人试看。")
    rules = write(
        "学习制度落实不够，补学没有记录。", ("修订支部学习制度", "缺课党员一周内补学并登记"), category="rules",
        origin="self", goal="学习有计划、有记录、有补学", responsible=folk[1], due_on=today + DAY * 4,
        difficulty="easy",
    )  # fmt: skip
    steps.move(rules, "claim", actor=secretary)
    entry.tell_progress(_again(rules), "制度已修订并经支委会通过。", actor=secretary, done=[1, 2], satisfied="yes")
    steps.move(_again(rules), "request", actor=secretary, note="制度文本和补学登记表在支部档案第3盒。")
    own = write(
        "业务学习抓得不紧，遇到新系统有畏难情绪。", ("制定个人学习计划，每周学习两小时",), whose="member",
        member=folk[4], responsible=folk[4], category="belief", origin="material", goal="独立完成报名系统操作",
        due_on=today + DAY * 60,
    )  # fmt: skip
    steps.move(own, "claim", actor=secretary)
    steps.move(_again(own), "request", actor=secretary, note="已独立办理报名登记30件。")
    chief = write(
        "调研不够深入，听汇报多、到现场少。", ("每月到两个活动点现场办公",), whose="member", member=folk[0],
        responsible=folk[0], category="conduct", origin="opinion", goal="全年现场办公不少于20次", by=officer,
        due_on=today + DAY * 90, priority="weighty",
    )  # fmt: skip
    steps.move(chief, "claim", actor=secretary)
    steps.move(_again(chief), "request", actor=secretary, note="9至11月到现场办公7次，解决问题5个。")
    steps.move(_again(chief), "hold", actor=officer, note="作风问题需长期坚持，下次组织生活会再报告。")
    signs = write(
        "楼道消防标识不全。", ("补齐标识并拍照存档",), category="duty", origin="inspection", goal="标识齐全",
        responsible=folk[5], due_on=today + DAY * 9, difficulty="easy",
    )  # fmt: skip
    steps.move(signs, "claim", actor=secretary)
    steps.move(_again(signs), "request", actor=secretary, note="已补齐一、二层。")
    steps.move(_again(signs), "send_back", actor=world.users["supervisor"], note="三层仍缺两处，请补齐后再申请。")
    garden = write(
        "门前花坛无人管护。", ("划分责任区",), category="service", goal="花坛有人管护", responsible=folk[6],
        due_on=today - DAY * 10,
    )  # fmt: skip
    steps.move(garden, "claim", actor=secretary)
    steps.move(_again(garden), "request", actor=secretary, note="责任牌已上墙。")
    steps.move(_again(garden), "close", actor=officer, note="现场查看，管护到位。")
    giving.recheck(_again(garden), actor=officer, holds=False, words="复查时花坛又有杂物。", checked_on=today)
    write("“三会一课”记录不够规范。", (), category="rules", origin="self")
    twice = write("活动室周末不开放。", (), category="service", origin="opinion")
    steps.move(twice, "void", actor=secretary, note="与“活动室周末不开放，群众来办事扑空”重复登记。")
    _of_the_neighbour(world, write, today)
    _in_common(world, round_, today)
    clock.mark_late()


def _of_the_neighbour(world: World, write: Any, today: date) -> None:
    """What a visit found, written down by the officer for a branch that has only begun."""
    visit = Visit.objects.filter(organisation=world.places["school"]).first()
    ref = f"appraisals.visit:{visit.pk}" if visit else ""
    told = {"by": world.users["officer"], "at": "school", "origin": "visit"}
    write(
        "两名流动党员未谈心。", ("十日内电话谈心并登记",), ref=ref, category="organisation", goal="谈心谈话全覆盖",
        responsible=world.of("school")[1], due_on=today + DAY * 8, priority="urgent", **told,
    )  # fmt: skip
    write("党员活动与教学结合不紧。", (), category="duty", **told)


def pledges(world: World, today: date) -> None:
    """A branch whose pledges are published, one of them kept, one to be looked over."""
    round_ = Round.objects.get(organisation=world.places["committee"])
    folk, secretary, officer = world.of("palace"), world.users["secretary"], world.users["officer"]
    committee = {"whose": "branch", "member": None}
    rows = (
        (
            "年底前在两个社区各设一个少年活动点。",
            "每季度通报一次进度",
            {**committee, "responsible": folk[1]},
            officer,
            40,
        ),
        ("每周六上午到活动室值班，接待来访群众。", "", {"whose": "member", "member": folk[3]}, secretary, 25),
        ("帮两名老党员学会使用手机报名系统。", "", {"whose": "member", "member": folk[5]}, secretary, 15),
    )
    made = []
    for text, how, whose, judge, days in rows:
        told = {"text": text, "how": how, "sort": "basic", "due_on": today + DAY * days, "round": round_, **whose}
        row = promises.promise(world.places["palace"], actor=secretary, client_key=uuid4(), **told)
        promises.move(row, "accept", actor=judge)
        promises.move(row, "publish", actor=secretary)
        made.append(row)
    met, words = ["concrete", "under_way", "told"], "已设一个活动点。"
    promises.review(made[0], actor=secretary, period="h2", standing="on_track", met=met, words=words, on=today)
    promises.move(made[2], "keep", actor=secretary, note="两名老党员已能自行报名，本人和群众满意。")
    told = {
        "text": "每月读一本业务书并写一篇体会。",
        "how": "",
        "sort": "creative",
        "due_on": today + DAY * 60,
        "round": round_,
    }
    promises.promise(
        world.places["palace"], actor=secretary, client_key=uuid4(), whose="member", member=folk[4], **told
    )  # fmt: skip


def publications(world: World, today: date) -> None:
    """What the palace branch puts right, before society; a second one waits for its review."""
    clerk, secretary, officer = world.users["clerk"], world.users["secretary"], world.users["officer"]
    palace, committee = world.places["palace"], world.places["committee"]
    told: dict[str, Any] = {"severity": "remind", "parameters": {}, "reason": "本年度试行党务公开"}
    override_rule(committee, today.year, "F19-1", actor=officer, **told)
    rows = Problem.objects.filter(organisation=palace).select_related("organisation").prefetch_related("measures")
    head = {"intro": "针对征求意见中群众反映的问题，支部逐条制定了整改措施，欢迎监督。", "until": today + DAY * 45}
    for title, audience, category in (
        ("服务群众问题整改情况", Audience.SOCIETY, "service"), ("学习制度整改情况", Audience.UNIT, "rules"),
    ):  # fmt: skip
        found = list(rows.filter(category=category, due_on__isnull=False, whose__in=["branch", "committee"]))
        told = {"title": title, "audience": audience, **head}
        made = publishing.draft(palace, found, actor=clerk, client_key=uuid4(), **told)
        publishing.move(made, "propose", actor=clerk)
        if audience == Audience.SOCIETY:
            publishing.move(made, "review", actor=secretary, note="已核：不涉密，不涉及个人，内容属实。")
            publishing.move(made, "approve", actor=officer)
            publishing.move(made, "publish", actor=clerk)


def _in_common(world: World, round_: Round, today: date) -> None:
    """What the officer sees in two branches at once."""
    common = CommonProblem(organisation=world.places["committee"])
    words = {"text": "支部活动与中心工作、与群众需求结合不紧。", "asks": "每个支部年底前至少办成一件群众看得见的实事。"}
    commons.save(common, actor=world.users["officer"], round=round_, due_on=today + DAY * 60, **words)
    texts = ("支部活动形式比较单一，年轻党员参与不多。", "党员活动与教学结合不紧。")
    rows = Problem.objects.filter(text__in=texts).select_related("organisation")
    commons.gather(common, list(rows), actor=world.users["officer"])


def _again(problem: Problem) -> Problem:
    """As the next request would find it."""
    return Problem.objects.select_related("organisation", "round").get(pk=problem.pk)
