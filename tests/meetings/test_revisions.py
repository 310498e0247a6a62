"""A filed record changes only by a correction with a reason; what was filed is kept (I6)."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from meetings import actions
from meetings.models import Meeting, Minutes, Revision
from tests.cast import entry
from workflow.models import History
from workflow.moves import MoveNotAllowed, NoteRequired

pytestmark = pytest.mark.django_db


def filed(cast, form="general_meeting"):
    meeting = actions.save(
        Meeting(organisation=cast.first, form=form), entry(cast.people), actor=cast.clerk, submit=False
    )
    actions.move(meeting, meeting.submission, actor=cast.secretary)
    if meeting.state == "submitted":
        actions.move(meeting, "accept", actor=cast.supervisor)
    return Meeting.objects.get(pk=meeting.pk)


def other(cast):
    typed = entry(cast.people, place="Room 2")
    return replace(typed, minutes="NEW-WORDS", ticks={**typed.ticks, cast.people[4].pk: ("absent", "SECRET-REASON")})


def correct(cast, meeting, actor=None, reason="Wrong room"):
    return actions.revise(meeting, other(cast), reason, actor=actor or cast.secretary, seen=meeting.version)


def test_what_was_filed_is_kept_and_the_record_stays_filed(cast):
    meeting = filed(cast)
    correct(cast, meeting)
    kept, now = Revision.objects.get(), Meeting.objects.get(pk=meeting.pk)
    assert (kept.number, kept.filed["place"], kept.words) == (1, "Room 1", "SPOKEN-WORDS")
    assert (now.state, now.place, Minutes.objects.get(meeting=now).text) == ("filed", "Room 2", "NEW-WORDS")
    told = [(row.move, row.note) for row in History.objects.of(now)]
    assert told[-2:] == [("revise", "Wrong room"), ("file", "")]
    correct(cast, now)
    assert list(Revision.objects.values_list("number", flat=True)) == [1, 2]


def test_what_a_superior_accepted_is_accepted_anew_by_another_than_who_corrected_it(cast):
    meeting = filed(cast, "org_life_meeting")
    correct(cast, meeting)
    meeting = Meeting.objects.get(pk=meeting.pk)
    assert meeting.state == "submitted"
    with pytest.raises(PermissionDenied):
        actions.move(meeting, "accept", actor=cast.secretary)
    with pytest.raises(MoveNotAllowed):  # filed once, it is no draft again
        actions.move(meeting, "withdraw", actor=cast.secretary)
    actions.move(meeting, "accept", actor=cast.supervisor)


def test_without_reason_right_or_version_nothing_changes(cast):
    meeting = filed(cast)
    for actor, reason, seen, refusal in (
        (cast.secretary, " ", meeting.version, NoteRequired),
        (cast.clerk, "Why", meeting.version, PermissionDenied),
        (cast.supervisor, "Why", meeting.version, PermissionDenied),
        (cast.secretary, "Why", meeting.version - 1, actions.Stale),
    ):
        with pytest.raises(refusal):
            actions.revise(Meeting.objects.get(pk=meeting.pk), other(cast), reason, actor=actor, seen=seen)
    assert Meeting.objects.get(pk=meeting.pk).place == "Room 1" and not Revision.objects.exists()
    with pytest.raises(MoveNotAllowed):
        actions.move(meeting, "revise", actor=cast.secretary, note="Why")


def test_the_page_shows_before_and_after_and_reasons_of_absence_to_their_readers_only(client, cast):
    meeting = filed(cast)
    correct(cast, meeting)
    pages = {}
    for name in ("secretary", "supervisor", "member"):
        client.force_login(getattr(cast, name))
        pages[name] = client.get(meeting.get_absolute_url()).content.decode()
    assert all("Room 1" in page and "Room 2" in page and "SPOKEN-WORDS" in page for page in pages.values())
    assert "SECRET-REASON" in pages["secretary"]
    client.force_login(cast.group_leader)
    assert "SECRET-REASON" not in client.get(meeting.get_absolute_url()).content.decode()


def test_while_it_is_returned_nobody_else_reads_what_was_filed_before(cast):
    meeting = filed(cast)
    correct(cast, meeting)
    actions.move(Meeting.objects.get(pk=meeting.pk), "send_back", actor=cast.supervisor, note="More")
    assert not Revision.objects.visible_to(cast.supervisor) and not Revision.objects.visible_to(cast.member)
    assert Revision.objects.visible_to(cast.secretary).count() == 1


def test_a_correction_asks_first_and_only_a_filed_record_has_the_page(client, cast):
    meeting = filed(cast)
    client.force_login(cast.secretary)
    address = reverse("meeting_revise", args=[meeting.pk])
    form = client.get(address).context["sheet"]
    data = {name: value for name, value in form.form.initial.items() if value is not None}
    data |= {"started_at": "2026-03-02 09:00", "ended_at": "2026-03-02 11:00", "place": "Room 3", "reason": "Because"}
    data |= {f"status_{person.pk}": "present" for person in cast.people}
    assert client.post(address, {**data, "save": "draft"}).status_code == 200
    asked = client.post(address, {**data, "save": "submit"})
    assert asked.templates[0].name == "shell/confirm.html" and not Revision.objects.exists()
    again = client.post(address, {**data, "save": ["submit", "again"], "confirmed": ""})
    assert again.context["sheet"].form["place"].value() == "Room 3"
    assert client.post(address, {**data, "save": "submit", "confirmed": "yes"}).status_code == 302
    assert Meeting.objects.get(pk=meeting.pk).place == "Room 3"
    actions.move(Meeting.objects.get(pk=meeting.pk), "send_back", actor=cast.supervisor, note="More")
    assert client.get(address).status_code == 302
