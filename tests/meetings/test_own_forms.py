"""Forms of meeting that a superior lays down: offered below, held as another form is, told by their own name."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from meetings import actions
from meetings.exports import ledger
from meetings.models import Meeting, Unsaved
from meetings.own_forms import actions as own_forms
from tests.cast import entry
from workflow.models import History

pytestmark = pytest.mark.django_db


@pytest.fixture
def talks(cast):
    """Laid down at the county, asked for by no rule."""
    return own_forms.lay_down(cast.county, "恳谈会", "other", "Opening\nTalks", actor=cast.officer)


def held(cast, own, branch=None):
    meeting = Meeting(organisation=branch or cast.first, form=own.form, own_form=own, form_name=own.name)
    return actions.save(meeting, entry(cast.people), actor=cast.secretary, submit=True)


def test_it_is_offered_below_and_begins_with_its_agenda(cast, talks, client):
    client.force_login(cast.secretary)
    choice = f"organisation={cast.first.pk}&form=other&own={talks.pk}"
    chosen = client.get(reverse("meeting_create")).content.decode()
    assert choice.replace("&", "&amp;") in chosen
    page = client.get(f"{reverse('meeting_create')}?{choice}").content.decode()
    assert "<h1>恳谈会" in page.replace("\n", "") or "恳谈会</h1>" in page
    assert "Opening\nTalks" in page


def test_it_is_no_choice_of_another_branch_nor_once_it_has_ended(cast, talks, client):
    client.force_login(cast.stranger)
    assert client.get(reverse("own_form_detail", args=[talks.pk])).status_code == 404
    own_forms.move(talks, "end", actor=cast.officer)
    client.force_login(cast.secretary)
    address = f"{reverse('meeting_create')}?organisation={cast.first.pk}&form=other&own={talks.pk}"
    assert client.get(address).status_code == 404


def test_what_is_held_by_it_is_told_by_its_name_everywhere(cast, talks, client):
    meeting = held(cast, talks)
    assert str(Meeting(form="other", started_at=timezone.now(), form_name="恳谈会")).endswith("恳谈会")
    client.force_login(cast.secretary)
    assert "恳谈会" in client.get(f"{reverse('meeting_list')}?q=恳谈").content.decode()
    assert "恳谈会" in client.get(meeting.get_absolute_url()).content.decode()
    ((_path, line),) = ledger(Meeting.objects.filter(pk=meeting.pk).select_related("organisation", "host", "recorder"))
    assert line[2] == "恳谈会"


def test_the_board_counts_it_and_each_number_opens_exactly_its_rows(cast, talks, client):
    held(
        cast, own_forms.lay_down(cast.county, "扩大会", "general_meeting", "", actor=cast.officer)
    )  # on the board above
    named, plain = held(cast, talks), actions.save(
        Meeting(organisation=cast.first, form="other"), entry(cast.people), actor=cast.secretary, submit=True
    )  # fmt: skip
    client.force_login(cast.secretary)
    board = client.get(f"{reverse('frequency_board', args=[cast.first.pk])}?year=2026")
    rows = {row.label: row.months[2] for row in board.context["own_rows"]}  # March
    assert {label: number for label, (number, _url) in rows.items()} == {"恳谈会": 1, "其他会议": 1}
    for label, meeting in (("恳谈会", named), ("其他会议", plain)):
        assert client.get(rows[label][1]).context["page"].objects == [meeting]


def test_a_form_of_the_regulation_by_another_name_counts_as_that_form(cast, client):
    own = own_forms.lay_down(cast.county, "扩大会", "general_meeting", "", actor=cast.officer)
    meeting = held(cast, own)
    assert list(Meeting.objects.counting_as("general_meeting")) == [meeting]
    assert meeting.decides


def test_a_meeting_keeps_the_name_it_was_held_under(cast, talks):
    meeting = held(cast, talks)
    own_forms.change(talks, "民主恳谈会", "", actor=cast.officer)
    assert Meeting.objects.get(pk=meeting.pk).get_form_display() == "恳谈会"
    assert History.objects.of(talks).last().note == "民主恳谈会"


@pytest.mark.parametrize("name", ["支部党员大会", "恳谈会", " 恳谈会 ", ""])
def test_a_name_is_there_once(cast, talks, name):
    with pytest.raises(ValidationError):
        own_forms.lay_down(cast.county, name, "other", "", actor=cast.officer)
    with pytest.raises(ValidationError):
        own_forms.lay_down(cast.county, "Other", "group_meeting", "", actor=cast.officer)


def test_no_branch_lays_down_and_no_other_county_is_bound(cast, talks):
    with pytest.raises(PermissionDenied):
        own_forms.lay_down(cast.first, "Own", "other", "", actor=cast.officer)
    far = own_forms.lay_down(cast.other, "Far", "other", "", actor=cast.stranger)
    with pytest.raises(ValidationError):
        held(cast, far)
    with pytest.raises(ValidationError):
        wrong = Meeting(organisation=cast.first, form="theme_day", own_form=talks, form_name=talks.name)
        actions.save(wrong, entry(cast.people), actor=cast.secretary)


def test_it_is_planned_and_copied_to_the_next_quarter(cast, talks, client):
    client.force_login(cast.secretary)
    begins = timezone.localtime() + timedelta(2)
    typed = {"form": f"own-{talks.pk}", "theme": "Plan", "started_at": f"{begins:%Y-%m-%d %H:%M}", "place": "Hall"}
    answer = client.post(reverse("plan_create", args=[cast.first.pk]), typed)
    assert answer.status_code == 302
    plan = Meeting.objects.plans().get(theme="Plan")
    assert (plan.form, plan.own_form, plan.form_name) == ("other", talks, "恳谈会")
    assert "恳谈会" in client.get(reverse("plan_list")).content.decode()
    page = client.get(reverse("plan_edit", args=[plan.pk])).content.decode()
    assert f'value="own-{talks.pk}" selected' in page


def test_what_is_typed_for_it_is_kept_apart_from_other_meetings(cast, talks, client):
    client.force_login(cast.secretary)
    for own in (f"&own={talks.pk}", ""):
        address = f"{reverse('meeting_autosave_new')}?organisation={cast.first.pk}&form=other{own}"
        assert client.post(address, {"theme": f"Typed{own}"}).status_code == 200
    assert sorted(Unsaved.objects.values_list("own_form", flat=True), key=bool) == [None, talks.pk]


def test_the_list_names_where_it_was_laid_down(cast, talks, client):
    client.force_login(cast.secretary)
    page = client.get(reverse("own_form_list", args=[cast.first.pk])).content.decode()
    assert "County committee" in page
    assert reverse("own_form_create", args=[cast.first.pk]) not in page
