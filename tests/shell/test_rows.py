from django.db.models import Value

from branches.models import Relation
from meetings.models import Attendance
from shell.rows import read_light


def test_it_holds_what_was_named_and_reads_once(cast, django_assert_num_queries):
    rows = Relation.objects.annotate(mark=Value("x"), unread=Value("y")).order_by("pk")
    with django_assert_num_queries(1):
        found = read_light(rows, ["kind", "mark", "member__name", "group__name", "organisation__name"])
        told = [(r.pk, r.kind, r.mark, r.member.name, r.group and r.group.name, r.organisation.name) for r in found]
    whole = rows.select_related("member", "group", "organisation")
    assert told == [(r.pk, r.kind, "x", r.member.name, r.group and r.group.name, r.organisation.name) for r in whole]
    assert any(row.group for row in found) and any(row.group is None for row in found)
    assert not any(hasattr(row, "unread") for row in found)


def test_rows_that_point_to_one_row_share_it_and_know_its_key(cast):
    one, other, *_ = read_light(Relation.objects.filter(organisation=cast.first), ["organisation__name"])
    assert one.organisation is other.organisation
    assert (one.organisation.pk, one.organisation_id) == (cast.first.pk, cast.first.pk)


def test_what_was_not_named_is_asked_for_when_wanted(cast, django_assert_num_queries):
    row, since = read_light(Relation.objects.order_by("pk"), ["kind"])[0], Relation.objects.order_by("pk")[0].since
    with django_assert_num_queries(1):
        assert row.since == since


def test_what_lies_two_steps_away_is_there_too_and_shared(world, django_assert_num_queries):
    attendances = Attendance.objects.order_by("pk")
    with django_assert_num_queries(1):
        found = read_light(attendances, ["status", "meeting__theme", "meeting__organisation__name"])
        read = [(row.pk, row.status, row.meeting.theme, row.meeting.organisation.name) for row in found]
    near = attendances.select_related("meeting__organisation")
    assert read == [(row.pk, row.status, row.meeting.theme, row.meeting.organisation.name) for row in near]
    assert found[0].meeting is found[1].meeting and found[0].meeting_id == found[0].meeting.pk
    assert found[0].meeting.organisation.pk == near[0].meeting.organisation_id
