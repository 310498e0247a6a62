"""What is kept on the server while a record is typed: by whom it is read, and which of two windows is told."""

import pytest
from django.urls import reverse

from meetings import actions
from meetings.models import Meeting, Unsaved
from tests.cast import entry
from workflow.models import History

pytestmark = pytest.mark.django_db

HALF = {
    "theme": "HALF-A-THEME",
    "started_at": "2026-1",
    "place": "",
    "away": "某人",
    "minutes": "一、",
    "save": "draft",
}


@pytest.fixture
def new(cast):
    return f"?organisation={cast.first.pk}&form=general_meeting"


@pytest.fixture
def draft(cast):
    return actions.save(Meeting(organisation=cast.first, form="general_meeting"), entry(cast.people), actor=cast.clerk)


def keep(client, user, address, **typed):
    client.force_login(user)
    return client.post(address, HALF | typed)


def of_new(client, user, new, **typed):
    return keep(client, user, reverse("meeting_autosave_new") + new, **typed)


def of_draft(client, user, draft, **typed):
    return keep(client, user, reverse("meeting_autosave", args=[draft.pk]), **{"version": draft.version, **typed})


def opened(client, user, address):
    client.force_login(user)
    return client.get(address)


def test_what_is_typed_comes_back_valid_or_not_and_is_no_record(client, cast, new):
    before = History.objects.count()
    answer = of_new(client, cast.secretary, new, **{f"status_{cast.people[0].pk}": "absent"})
    assert answer.json() == {"revision": 1}
    assert of_new(client, cast.secretary, new, revision=1, theme="MORE").json() == {"revision": 2}
    assert not Meeting.objects.exists() and History.objects.count() == before
    sheet = opened(client, cast.secretary, reverse("meeting_create") + new).context["sheet"]
    told = [sheet.form[name].value() for name in ("theme", "started_at", "minutes", "revision")]
    assert told == ["MORE", "2026-1", "一、", 2]
    assert sheet.attendance["away"].value() == "某人"


def test_who_only_looked_leaves_nothing(client, cast, new):
    opened(client, cast.secretary, reverse("meeting_create") + new)
    blank = {"theme": "", "away": "", "minutes": "", "place": " "}
    assert of_new(client, cast.secretary, new, **blank).json() == {"revision": 0}
    assert not Unsaved.objects.exists() and not Meeting.objects.exists()


def test_each_writer_of_a_new_record_has_his_own(client, cast, new):
    of_new(client, cast.secretary, new)
    assert of_new(client, cast.clerk, new).json() == {"revision": 1}
    assert Unsaved.objects.count() == 2


def test_saving_drops_what_was_kept(client, cast, new):
    of_new(client, cast.secretary, new)
    typed = {**HALF, "started_at": "2026-03-02 09:00", "minutes_original": "system", "away": "", "revision": 1}
    assert client.post(reverse("meeting_create") + new, typed).status_code == 302
    assert Meeting.objects.get().theme == "HALF-A-THEME" and not Unsaved.objects.exists()


def test_a_second_window_is_told_and_its_saving_shows_both_texts(client, cast, new):
    of_new(client, cast.secretary, new, theme="FIRST-WINDOW")
    second = of_new(client, cast.secretary, new, theme="SECOND-WINDOW")
    assert second.status_code == 409 and second.json()["fault"]
    typed = {
        **HALF,
        "theme": "SECOND-WINDOW",
        "started_at": "2026-03-02 09:00",
        "minutes_original": "system",
        "away": "",
    }
    answer = client.post(reverse("meeting_create") + new, typed)
    assert answer.status_code == 409 and not Meeting.objects.exists()
    assert "FIRST-WINDOW" in answer.text and "SECOND-WINDOW" in answer.text
    again = typed | {"revision": answer.context["sheet"].form["revision"].value()}
    assert client.post(reverse("meeting_create") + new, again).status_code == 302
    assert Meeting.objects.get().theme == "SECOND-WINDOW"


def test_of_a_record_that_was_saved_meanwhile_nothing_older_is_kept(client, cast, draft):
    actions.save(draft, entry(cast.people, theme="OTHER"), actor=cast.clerk, seen=draft.version)
    assert of_draft(client, cast.secretary, draft, version=1).status_code == 409
    assert of_draft(client, cast.secretary, Meeting.objects.get()).json() == {"revision": 1}


def test_a_record_with_unsaved_changes_is_not_handed_in_without_them(client, cast, draft):
    of_draft(client, cast.clerk, draft)
    client.force_login(cast.secretary)
    answer = client.post(reverse("meeting_move", args=[draft.pk, "file"]), {"confirmed": "yes"}, follow=True)
    assert Meeting.objects.get().state == "draft"
    assert "尚未保存的修改" in answer.text
    assert "尚未保存" in client.get(draft.get_absolute_url()).text
    unsaved = Unsaved.objects.get()
    client.post(reverse("unsaved_discard", args=[unsaved.pk]))
    client.post(reverse("meeting_move", args=[draft.pk, "file"]), {"confirmed": "yes"})
    assert Meeting.objects.get().state == "filed"


def test_a_record_made_void_takes_it_along(client, cast, draft):
    of_draft(client, cast.clerk, draft)
    actions.move(draft, "void", actor=cast.secretary, note="Twice")
    assert not Unsaved.objects.exists()


def test_keepers_alone_are_in_reach_of_it(client, cast, draft, new):
    of_draft(client, cast.clerk, draft)
    of_new(client, cast.secretary, new)
    of_new(client, cast.group_leader, f"?organisation={cast.first.pk}&form=group_meeting&group={cast.group.pk}")
    seen = {name: Unsaved.objects.visible_to(getattr(cast, name)).count() for name in (
        "secretary", "clerk", "group_leader", "committee_member", "member", "officer", "supervisor", "liaison", "sibling",
        "stranger", "nobody", "secadmin", "sysadmin", "auditor",
    )}  # fmt: skip
    assert {name: count for name, count in seen.items() if count} == {"secretary": 3, "clerk": 3, "group_leader": 1}
    for name in ("officer", "supervisor", "committee_member"):
        assert "HALF-A-THEME" not in opened(client, getattr(cast, name), draft.get_absolute_url()).text


def test_what_is_too_long_is_refused_in_words(client, cast, new):
    answer = of_new(client, cast.secretary, new, minutes="长" * 200_000)
    assert answer.status_code == 422 and "过长" in answer.json()["fault"]
