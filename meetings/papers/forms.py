"""The papers of a meeting as printed forms: what stands in which box, once for the printed page and for Word.

Their words are fixed by the forms of the field, hence Chinese (docs/decisions/0001).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation

from branches.models import User
from branches.namesakes import told_apart
from branches.rights import Right
from meetings.due import due_at
from meetings.exports import away
from meetings.kinds import Form as Kind
from meetings.models import Attendance, Decision, Meeting, Minutes, Original, Status
from meetings.models.attendance import Way
from meetings.models.follow_ups import Purpose
from meetings.quorum import Count

ON_PAPER = "详见纸质会议记录本。"
SPARE_LINES = 5  # of a sheet to be signed, for guests who were not announced


@dataclass(frozen=True, slots=True)
class Box:
    """One labelled box. A `tall` one holds long text, leaves room to write by hand and goes on on the next page; an
    `outlined` one has its headings set as official documents do."""

    label: str
    text: str = ""
    tall: bool = False
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One form: boxes in rows of one or two, or a list of `lines` below `heads`; what is signed at its end."""

    title: str
    branch: str
    rows: Sequence[Sequence[Box]]
    heads: Sequence[str] = ()
    lines: Sequence[Sequence[str]] = ()
    signatures: Sequence[str] = ()


def record(meeting: Meeting, minutes: Minutes | None, reader: User) -> Form:
    """会议记录 as in a record book, with what this reader may see: reasons of absence only for office and oversight."""
    with translation.override("zh-hans"):
        return Form(
            title="党支部会议记录",
            branch=_branch(meeting),
            rows=(
                *_facts(meeting, reader),
                *_words(meeting, minutes),
                (Box("决议", _decided(meeting, reader), tall=True),),
            ),
            signatures=("主持人（签字）：", "记录人（签字）：", "年　月　日"),
        )


def sign_in(meeting: Meeting, _minutes: Minutes | None, reader: User) -> Form:
    """会议签到表: everybody due on the day of the meeting in set order, guests, and lines to spare. Also of a plan."""
    with translation.override("zh-hans"):
        return Form(
            title="会议签到表",
            branch=_branch(meeting),
            rows=((Box("会议类型", _kind(meeting)), Box("时间", _time(meeting))),
                  (Box("主题", meeting.theme), Box("地点", meeting.place))),
            heads=("序号", "姓名", "党员类别", "签到", "请假、缺席原因", "补学时间"),
            lines=_signers(meeting, reader),
        )  # fmt: skip


FORMS = {"record": record, "sign-in": sign_in}


def _facts(meeting: Meeting, reader: User) -> Sequence[Sequence[Box]]:
    count = Count.of(meeting)
    voting: Sequence[Sequence[Box]] = ()
    if meeting.decides:
        voting = ((Box("有表决权应到会", f"{count.voting_due}人"), Box("有表决权实到会", f"{count.voting_present}人")),)
    return (
        (Box("时间", _time(meeting)), Box("地点", meeting.place)),
        (Box("会议类型", _kind(meeting)), Box("主题", meeting.theme)),
        (Box("主持人", _name(meeting.host)), Box("记录人", _name(meeting.recorder))),
        (Box("应到", f"{count.due}人"), Box("实到", f"{count.present}人{_by_video(meeting, reader)}")),
        *voting,
        (Box("缺席及原因", _away(meeting, reader)),),
        (Box("列席", "；".join(map(str, meeting.observers.all()))),),
    )


def _words(meeting: Meeting, minutes: Minutes | None) -> Sequence[Sequence[Box]]:
    items = "\n".join(f"{number}. {item.text}" for number, item in enumerate(meeting.agenda.all(), 1))
    typed = minutes.whole if minutes else ""
    text = ON_PAPER if meeting.minutes_original == Original.PAPER else typed
    return (Box("议题", items),), (Box("内容", text, tall=True, outlined=True),)


def _decided(meeting: Meeting, reader: User) -> str:
    """Each decision with its numbers in persons, as far as they were entered; nothing of who voted how."""
    rows = Decision.objects.visible_to(reader).filter(meeting=meeting)
    return "\n".join(f"{number}. {_decision(row)}" for number, row in enumerate(rows, 1))


def _decision(row: Decision) -> str:
    votes = (("赞成", row.yes), ("反对", row.no), ("弃权", row.abstain), ("书面同意", row.written_yes or None))
    counted = [f"{name}{number}票" for name, number in votes if number is not None]
    told = [f"应到会{row.due}人", f"实到会{row.present}人", row.get_method_display(), *counted] if counted else []
    return f"{row.subject}：{'，'.join([*told, row.get_outcome_display()])}"


def _branch(meeting: Meeting) -> str:
    return f"{meeting.organisation.name}{meeting.group.name if meeting.group else ''}"


def _kind(meeting: Meeting) -> str:
    year = f"（评议年度{meeting.appraisal_year}）" if meeting.appraisal_year else ""
    return "、".join(str(Kind(form).label) for form in meeting.forms) + year


def _time(meeting: Meeting) -> str:
    begins, ends = timezone.localtime(meeting.started_at), meeting.ended_at and timezone.localtime(meeting.ended_at)
    day = f"{begins.year}年{begins.month}月{begins.day}日"
    if ends is None:
        return f"{day}{begins:%H:%M}"
    last = "" if ends.date() == begins.date() else f"{ends.month}月{ends.day}日"
    return f"{day}{begins:%H:%M}—{last}{ends:%H:%M}"


def _name(person: Any) -> str:
    return person.name if person else ""


def _away(meeting: Meeting, reader: User) -> str:
    rows = list(meeting.attendances.select_related("member"))
    called = told_apart(((row.member_id, row.member.name) for row in rows), reader)
    missing = (row for row in rows if row.status != Status.PRESENT)
    told = _reads_reasons(meeting, reader)
    return "；".join(away(row, called[row.member_id], with_reason=told) for row in missing) or "无"


def _by_video(meeting: Meeting, reader: User) -> str:
    """Who of those who came was there by video; the ways of those who were away stand beside their reasons."""
    rows = list(meeting.attendances.select_related("member"))
    called = told_apart(((row.member_id, row.member.name) for row in rows), reader)
    names = [called[row.member_id] for row in rows if row.way == Way.VIDEO]
    return f"（其中视频参加{len(names)}人：{'、'.join(names)}）" if names else ""


def _reads_reasons(meeting: Meeting, reader: User) -> bool:
    return any(reader.may(right, meeting) for right in (Right.READ_BRANCH, Right.OVERSEE))


def _signers(meeting: Meeting, reader: User) -> Sequence[Sequence[str]]:
    due = due_at(meeting, meeting.held_on)
    called = told_apart(((one.member_id, one.name) for one in due), reader)
    told = _reads_reasons(meeting, reader)
    rows = {row.member_id: row for row in meeting.attendances.all()}
    studied = meeting.follow_ups.filter(purpose=Purpose.STUDIED) if told else ()
    made_up = {done.member_id: f"{done.done_on.month}月{done.done_on.day}日" for done in studied}
    people = [
        (called[key], one.category, *_signed(rows.get(key), is_freed=one.is_exempt, told=told), made_up.get(key, ""))
        for key, one in ((one.member_id, one) for one in due)
    ]
    guests = [(guest.name, "列席", "", "", "") for guest in meeting.observers.all()]
    lines = [*people, *guests, *[("",) * 5] * SPARE_LINES]
    return [(str(number), *line) for number, line in enumerate(lines, 1)]


def _signed(row: Attendance | None, *, is_freed: bool, told: bool) -> tuple[str, str]:
    """What is printed where a member signs, and beside it: nobody signs by video, and who is away may have a way."""
    if row is None:
        return "", "免过组织生活" if is_freed else ""
    way = row.get_way_display() if row.way else ""
    if row.way == Way.VIDEO:
        return str(way), ""
    reason = row.reason if told else ""
    return "", "；".join(filter(None, ("免过组织生活" if is_freed else reason, str(way))))
