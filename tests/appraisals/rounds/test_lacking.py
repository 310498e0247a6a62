"""What a stage lacks is said before it is left, and kept in its history after (users.md F13)."""

import pytest
from django.urls import reverse

from appraisals.materials.states import MaterialState
from appraisals.models import Material, Requirement
from appraisals.rounds import pages
from appraisals.rounds.actions import gate
from figures import actions as figures
from figures.registry import Period
from tests.appraisals.rounds.test_gate import at
from workflow.models import History
from workflow.moves import NoteRequired


def said(progress):
    return History.objects.of(progress).last().note


def test_the_history_keeps_what_was_lacking_at_each_step(world):
    first = at(world, 1)
    gate.move(first, "request", actor=world.secretary)
    assert "0" in said(first) and "6" in said(first) and said(first).startswith("未达到要求：")
    lacked = said(first)
    gate.move(at(world, 1), "consent", actor=world.secretary, note="By telephone")
    assert said(first) == f"By telephone；{lacked}"


def test_a_consent_still_says_who_gave_it(world):
    gate.move(at(world, 1), "request", actor=world.secretary)
    with pytest.raises(NoteRequired):
        gate.move(at(world, 1), "consent", actor=world.secretary, note=" ")


def test_of_many_the_history_keeps_what_each_lacked(world):
    Material.objects.filter(organisation=world.second).update(state=MaterialState.ACCEPTED)
    figures.recount([world.second.pk], Period(round_key=world.round.pk), ["materials.accepted"], actor=world.officer)
    rows = [at(world, 1), at(world, 1, world.second)]
    gate.move_many(rows, "request", actor=world.officer)
    assert said(rows[0]).startswith("未达到要求：") and said(rows[1]) == ""
    gate.move_many(rows, "pass_on", actor=world.officer)
    assert said(rows[0]).startswith("未达到要求：") and said(rows[1]) == ""


@pytest.mark.parametrize(("name", "user", "before"), [("request", "secretary", ""), ("pass_on", "officer", "request")])
def test_a_stage_that_lacks_something_is_left_after_a_question(client, world, name, user, before):
    if before:
        gate.move(at(world, 1), before, actor=world.secretary)
    row = at(world, 1)
    client.force_login(getattr(world, user))
    assert (
        "仍要继续吗" in client.get(row.get_absolute_url()).content.decode()
    )  # the button has the words for its script
    address = reverse("progress_move", args=[row.pk, name])
    asking = client.post(address).content.decode()
    assert "未达到要求：" in asking and "仍要继续吗" in asking and at(world, 1).state == row.state
    client.post(address, {"confirmed": "yes"})
    assert at(world, 1).state == {"request": "requested", "pass_on": "passed"}[name]


def test_nothing_is_asked_where_nothing_lacks_or_where_it_is_refused_anyway(client, world):
    Requirement.objects.filter(stage__position=1).update(severity="block")
    client.force_login(world.secretary)
    row = at(world, 1)
    page = client.post(reverse("progress_move", args=[row.pk, "request"]), follow=True).content.decode()
    assert "仍要继续吗" not in page and "未达到要求：" in page and at(world, 1).state == "working"
    Requirement.objects.filter(stage__position=1).delete()
    client.post(reverse("progress_move", args=[row.pk, "request"]))
    assert (at(world, 1).state, said(row)) == ("requested", "")


def test_many_are_asked_for_at_once_and_the_answer_leads_back_to_the_list(client, world):
    rows = [at(world, 1), at(world, 1, world.second)]
    client.force_login(world.officer)
    back = f"http://testserver{reverse('progress_list')}?state=working"
    address = reverse("progress_batch", args=["request"])
    asking = client.post(address, {"selected": [row.pk for row in rows]}, headers={"Referer": back})
    text = asking.content.decode()
    assert all(f"{row.organisation.label}：未达到要求：" in text for row in rows)
    assert at(world, 1).state == "working"
    carried = dict(asking.context["carried"])
    assert carried["back"] == back
    sent = {"selected": [row.pk for row in rows], "back": back, "confirmed": "yes"}
    answer = client.post(address, sent, headers={"Referer": f"http://testserver{address}"})
    assert answer.url == back and at(world, 1).state == at(world, 1, world.second).state == "requested"
    elsewhere = client.post(address, sent | {"back": "https://elsewhere.example/"})
    assert elsewhere.url == reverse("progress_list")


def test_a_question_names_ten_branches_and_how_many_more(world, monkeypatch):
    monkeypatch.setattr(pages, "MOST", 1)
    words = pages.asked_of_many([at(world, 1), at(world, 1, world.second)], "request", world.officer)
    assert words.count("未达到要求") == 1 and "1" in words.splitlines()[1]


def test_no_question_is_asked_about_a_branch_that_cannot_make_the_move(world):
    gone, here = at(world, 1), at(world, 1, world.second)
    gone.state = "requested"
    words = pages.asked_of_many([gone, here], "request", world.officer)
    assert here.organisation.label in words and gone.organisation.label not in words
    assert pages.asked_of_many([gone], "request", world.officer) == ""
