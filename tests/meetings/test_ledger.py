"""The ledger of meetings over many people."""

from django.utils import timezone

from branches.models import Member
from meetings import exports
from meetings.models import Attendance, CountedAs, Meeting

MANY = 1200  # SQLite takes no more than a thousand conditions in one statement


def test_more_people_than_one_statement_takes_conditions(cast, django_assert_num_queries):
    people = Member.objects.bulk_create(Member(name=f"P{n}") for n in range(MANY))
    began = timezone.now()
    held = Meeting.objects.bulk_create(
        Meeting(organisation=cast.first, form="general_meeting", theme="Held", started_at=began, state="filed")
        for _n in range(2)
    )
    CountedAs.objects.bulk_create(CountedAs(meeting=one, form=one.form, position=0) for one in held)
    Attendance.objects.bulk_create(
        Attendance(meeting=held[n % 2], member=who, status="on_leave", reason="Ill") for n, who in enumerate(people)
    )
    with django_assert_num_queries(6 + 1):  # the rows and five of what belongs to them; what the exporter may
        lines = list(exports.ledger(exports.ledger_rows(cast.officer)))
    assert [cells[13].count("请假：Ill") for _path, cells in lines] == [MANY // 2, MANY // 2]
    assert all(who.name in lines[n % 2][1][13] for n, who in enumerate(people[:4]))
