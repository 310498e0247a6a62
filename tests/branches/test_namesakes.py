"""Namesakes are told apart where they stand on one list, by what the reader may know; nobody else carries a mark."""

import pytest
from django.urls import reverse
from django.utils import timezone

from branches.actions import transfers
from branches.models import Member, Particulars, Relation, User
from branches.names import plain
from branches.namesakes import told_apart
from branches.roster.cells import name
from meetings.models import Attendance
from tests.cast import enrol

NAME = "戊同志"


@pytest.fixture
def twin(cast):
    """A second 戊同志 in the first branch, in no group."""
    Particulars.objects.filter(member=cast.people[4]).update(born="1968-03-05", identity_last4="4321")
    return enrol(NAME, cast.first, position=9, born="1971")


def on_list(cast, reader, *people):
    reader = User.objects.get(pk=reader.pk)
    return list(told_apart([(who.pk, Member.objects.get(pk=who.pk).name) for who in people], reader).values())


def test_only_namesakes_carry_a_mark(cast, twin):
    told = on_list(cast, cast.secretary, cast.people[0], cast.people[4], twin)
    assert told == ["甲书记", f"{NAME}（1968.03）", f"{NAME}（1971）"]


def test_without_namesakes_nothing_is_asked(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert told_apart([(1, "甲"), (2, "乙")], cast.secretary) == {1: "甲", 2: "乙"}


def test_who_does_not_see_the_particulars_reads_group_or_place(cast, twin):
    assert on_list(cast, cast.group_leader, cast.people[4], twin) == [f"{NAME}（Group）", f"{NAME}（本名单第 2 位）"]


def test_the_same_month_of_birth_tells_nothing(cast, twin):
    Particulars.objects.filter(member=twin).update(born="1968-03")
    assert on_list(cast, cast.secretary, cast.people[4], twin) == [f"{NAME}（Group）", f"{NAME}（本名单第 2 位）"]


def test_choices_attendance_and_slips_show_it_and_no_identity_number(cast, twin, client):
    client.force_login(User.objects.get(pk=cast.secretary.pk))
    mark = f"{NAME}（1968.03）"
    meeting = client.get(reverse("meeting_create") + f"?organisation={cast.first.pk}&form=general_meeting").text
    assert meeting.count(mark) >= 3  # host, recorder, attendance
    slip = client.post(reverse("slip_create"), {"selected": [twin.pk]}).text
    assert f"{NAME}（1971）" in slip
    client.force_login(User.objects.get(pk=cast.officer.pk))
    for change in ("split", "secretary"):
        page = client.get(reverse("organisation_change", args=[cast.first.pk, change])).text
        assert mark in page and "4321" not in page
    assert timezone.localdate()


def test_lists_of_slips_and_transfers_mark_the_namesakes_of_one_branch(cast, twin, client):
    """Also where the other one is not on the page; of another branch the column of branches tells."""
    far = enrol(NAME, cast.second)
    transfers.offer(twin, actor=cast.secretary, to=cast.second, since=timezone.localdate(), reason="Moved")
    client.force_login(User.objects.get(pk=cast.officer.pk))
    page = client.get(reverse("slip_list") + f"?q={NAME}").text
    assert f"{NAME}（1968.03）" in page and f"{NAME}（1971）" in page and page.count(f"{NAME}（") == 2
    assert f"{NAME}（1971）" in client.get(reverse("transfer_list")).text
    Relation.objects.filter(member=cast.people[4]).update(organisation=cast.third)
    assert f"{NAME}（" not in client.get(reverse("transfer_list")).text
    assert far.name == NAME


def test_the_receiving_branch_learns_nothing_by_a_mark(cast, twin, client):
    transfers.offer(twin, actor=cast.secretary, to=cast.second, since=timezone.localdate(), reason="Moved")
    client.force_login(User.objects.get(pk=cast.sibling.pk))
    page = client.get(reverse("transfer_list")).text
    assert NAME in page and "1971" not in page and f"{NAME}（" not in page


def test_the_attendance_list_of_a_filed_record_marks_them(world, client):
    first = world.meeting.attendances.order_by("position").first().member
    Particulars.objects.update_or_create(member=first, defaults={"born": "1968-03-05"})
    twin = enrol(first.name, world.first, position=9, born="1971")
    Attendance.objects.create(meeting=world.meeting, member=twin, position=99, status="present")
    client.force_login(User.objects.get(pk=world.secretary.pk))
    page = client.get(world.meeting.get_absolute_url()).text
    assert f"{first.name}（1968.03）" in page and f"{first.name}（1971）" in page


@pytest.mark.parametrize("typed", ["张 伟", "张　伟", " 张伟 ", "张 \u3000伟"])
def test_blanks_between_signs_are_no_part_of_a_name(typed):
    assert (plain(typed), name(typed)) == ("张伟", "张伟")


def test_the_dot_and_the_blanks_of_other_scripts_stay():
    assert [plain(words) for words in ("买买提 · 艾力", "Anna  Maria Li")] == ["买买提·艾力", "Anna Maria Li"]


def test_a_name_is_entered_and_compared_without_blanks(cast, client):
    client.force_login(cast.secretary)
    address = reverse("organisation_change", args=[cast.first.pk, "enter"])
    typed = {"name": "戊 同志", "category": "formal", "since": "2020-01-01"}
    assert 'name="anyway"' in client.post(address, typed).text  # 戊同志 is there already
    assert client.post(address, {**typed, "anyway": "yes"}).status_code == 302
    assert Member.objects.filter(name="戊同志").count() == 2
