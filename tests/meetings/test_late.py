"""补录: a record that comes long after its meeting says why, is taken, and carries the mark."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from branches.actions import rules as rule_actions
from branches.rules.sets import RuleSet
from meetings import actions, late
from meetings.exports import COLUMNS, ledger
from meetings.models import Meeting
from tests.cast import entry

pytestmark = pytest.mark.django_db


def held(cast, days, why="", form="general_meeting", submit=True):
    """The record of a meeting so many days ago, handed in now."""
    begins = timezone.localtime().replace(hour=0, minute=10) - timedelta(days)
    typed = entry(cast.people, begins=begins, late_reason=why, ended_at=begins + timedelta(minutes=5))
    return actions.save(Meeting(organisation=cast.first, form=form), typed, actor=cast.secretary, submit=submit)


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (7, False), (8, True), (200, True)])
def test_a_week_after_the_meeting_a_record_is_late(cast, days, is_late):
    meeting = held(cast, days, "WHY")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.late_entry, meeting.late_reason) == ("filed", is_late, "WHY" if is_late else "")


def test_without_a_reason_it_is_refused_with_the_rule(cast):
    with pytest.raises(ValidationError, match="补录原因.*R19"):
        held(cast, 8, "  ")
    assert not Meeting.objects.filter(late_entry=True)


@pytest.mark.parametrize(("severity", "mark"), [("remind", True), ("off", False)])
def test_the_superior_may_ask_less(cast, severity, mark):
    rule_actions.override_rule(
        cast.county, actor=cast.officer, code="R19", year=timezone.localdate().year, severity=severity,
        parameters={"days": 3}, reason="Harvest",
    )  # fmt: skip
    meeting = held(cast, 4)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.late_entry) == ("filed", mark)


def test_a_record_handed_in_once_in_time_is_never_late_again(cast):
    """Withdrawn, or corrected a year later: what counts is when it came first."""
    meeting = held(cast, 5, form="org_life_meeting")
    actions.move(meeting, "withdraw", actor=cast.secretary)
    rules = RuleSet(cast.first.path, meeting.held_on.year)
    later = timezone.now() + timedelta(300)
    assert late.remark(meeting, rules, later) is None
    remark = late.remark(held(cast, 5, submit=False), rules, later)
    assert remark.held.rule.code == "R19" and "305" in remark.words and "7" in remark.words


def posted(client, cast, **typed):
    begins = timezone.localtime() - timedelta(30)
    data = {
        "theme": "New", "started_at": f"{begins:%Y-%m-%d} 09:00", "ended_at": f"{begins:%Y-%m-%d} 10:00",
        "place": "Room", "host": cast.people[0].pk, "recorder": cast.people[1].pk, "agenda": "One",
        "minutes_original": "system", "save": "submit", **{f"status_{one.pk}": "present" for one in cast.people},
    }  # fmt: skip
    client.force_login(cast.secretary)
    address = reverse("meeting_create") + f"?organisation={cast.first.pk}&form=general_meeting"
    return client.post(address, data | typed, follow=True)


def test_the_page_asks_for_the_reason_beside_its_field_and_keeps_what_was_typed(client, cast):
    answer = posted(client, cast)
    assert "补录原因" in answer.context["sheet"].form.errors["late_reason"][0]
    assert 'value="New"' in answer.text and not Meeting.objects.exists()
    answer = posted(client, cast, late_reason="Recorder was ill", confirmed="yes")
    assert "Recorder was ill" in answer.text and "补录" in answer.text


def test_list_and_ledger_carry_the_mark(client, cast):
    came_late, in_time = held(cast, 9, "WHY"), held(cast, 1, form="party_lecture")
    client.force_login(cast.secretary)
    for chosen, row in (("1", came_late), ("0", in_time)):
        page = client.get(reverse("meeting_list"), {"late": chosen}).context["page"]
        assert [found.pk for found in page.objects] == [row.pk]
        assert (">补录<" in page.rows) == (row == came_late)
    remark = [column.title for column in COLUMNS].index("备注")
    rows = Meeting.objects.order_by("started_at").select_related("organisation", "host", "recorder")
    assert [line[remark] for _path, line in ledger(rows)] == ["评议年度2025；补录：WHY", "评议年度2025"]
