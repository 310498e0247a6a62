"""The ledger of meetings 会议台账 as superiors ask for it. Its words are fixed by their forms, hence Chinese."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone, translation

from meetings.decisions.votes import told
from meetings.models import Attendance, Meeting, Status
from sheets.layout import Column

TITLE = "党支部会议台账"
UNIT, COUNTED = "人次", "次"  # the totals add up several meetings
RULE = "应参加=会议当日花名册扣除经批准免过组织生活人员；应到会（有表决权）=当日有表决权的正式党员"
CHUNK = 500

COLUMNS = (
    Column("序号", 6, "int"),
    Column("所在党组织", 24),
    Column("会议类型", 14),
    Column("主题", 32),
    Column("开始时间", 16, "datetime"),
    Column("结束时间", 16, "datetime"),
    Column("会议地点", 18),
    Column("主持人", 10),
    Column("记录人", 10),
    Column("应参加", 8, "int", "参加情况"),
    Column("实到", 8, "int", "参加情况"),
    Column("请假", 8, "int", "参加情况"),
    Column("缺席", 8, "int", "参加情况"),
    Column("请假、缺席人员及原因", 28, "text", "参加情况"),
    Column("应到会", 8, "int", "有表决权"),
    Column("实到会", 8, "int", "有表决权"),
    Column("列席人员", 24),
    Column("议程", 40),
    Column("决议", 40),
    Column("状态", 10),
    Column("备注", 28),
)


def left_out(rows: Any, user: Any) -> str:
    """How many of the records of a list the ledger leaves out and why; empty where it leaves out none."""
    number = rows.left_out_for(user).count()
    words = f"仅导出已提交、已归档的会议记录；列表中另有{number}条草稿、已退回、已作废或非本人管辖的记录未导出"
    return words if number else ""


def listed(user: Any) -> Any:
    """The records of this person's list."""
    return Meeting.objects.visible_to(user).records().as_told_to(user)


def ledger_rows(user: Any) -> Any:
    """The records this person may export, with what the ledger prints of each."""
    rows = listed(user).exportable_by(user)
    return rows.select_related("organisation", "host", "recorder").order_by("organisation__path", "started_at", "pk")


def ledger(rows: Any) -> Iterator[tuple[str, tuple[object, ...]]]:
    """For each record the path of its organisation and one tuple in the order of COLUMNS; reads in chunks, five more
    queries a chunk.

    Members come by a join: looked up by themselves they are a condition each, and SQLite takes a thousand at most.
    """
    present = Prefetch("attendances", Attendance.objects.select_related("member"))
    related = rows.prefetch_related("counted_as", "agenda", "observers", present, "decisions")
    with translation.override("zh-hans"):
        for number, row in enumerate(related.iterator(chunk_size=CHUNK), 1):
            yield row.organisation.path, _line(number, row)


def _decided(row: Any) -> str:
    """One decision with its arithmetic: 1.通过年度计划（一般决议，举手）：应到会有表决权27人…，通过"""
    head = f"{row.position}.{row.subject}（{row.get_business_display()}，{row.get_method_display()}）"
    return "：".join(filter(None, (head, told(row.vote)))) + f"，{row.get_outcome_display()}"


def away(row: Attendance, name: str = "", *, with_reason: bool = True) -> str:
    """Who was away, by the `name` the reader calls him, and why; whoever need not come owes no reason."""
    status = row.get_status_display() if row.is_due else "免过组织生活"
    reason = (row.reason or ("未说明" if row.is_due else "")) if with_reason else ""
    way = row.get_way_display() if row.way else ""
    told = "，".join(filter(None, (f"{status}：{reason}" if reason else status, way)))
    return f"{name or row.member.name}（{told}）"


def _notes(row: Any) -> str:
    """Which year was appraised, where the original stands, and which leaders took part as ordinary members; and that
    it was entered late."""
    leaders = [a.member.name for a in row.attendances.all() if a.leads_above and a.status == Status.PRESENT]
    return "；".join(
        words
        for words, holds in (
            (f"评议年度{row.appraisal_year}", row.appraisal_year),
            (f"原始记录：纸质记录本{row.book_number}第{row.book_pages}页", row.is_on_paper),
            (f"领导以普通党员身份参加：{'、'.join(leaders)}", leaders),
            (f"补录：{row.late_reason}".removesuffix("："), row.late_entry),
        )
        if holds
    )


def _forms(row: Any) -> str:
    """Every form it counts as, its own first and by the name a superior gave it."""
    words = [str(form) for form in row.counted_as.all()]
    return "、".join([row.form_name or words[0], *words[1:]])


def _line(number: int, row: Any) -> tuple[object, ...]:
    missing = [a for a in row.attendances.all() if a.status != Status.PRESENT]
    return (
        number,
        row.organisation.name,
        _forms(row),
        row.theme,
        timezone.localtime(row.started_at),
        timezone.localtime(row.ended_at) if row.ended_at else None,
        row.place,
        row.host.name if row.host else "",
        row.recorder.name if row.recorder else "",
        row.due,
        row.present,
        row.on_leave,
        sum(a.status == Status.ABSENT for a in missing if a.is_due),
        "；".join(away(a) for a in missing),
        row.voting_due,
        row.voting_present,
        "；".join(map(str, row.observers.all())),
        "；".join(f"{item.position}.{item.text}" for item in row.agenda.all()),
        "；".join(map(_decided, row.decisions.all())),
        row.get_state_display(),
        _notes(row),
    )
