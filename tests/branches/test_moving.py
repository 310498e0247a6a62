"""The buttons that every record has in common: asked before what cannot be taken back, also where no script runs."""

import pytest
from django.urls import reverse

from appraisals.models import Material, Round
from meetings.models import Meeting


@pytest.fixture
def press(client, world):
    """Press a button as somebody, and get the answer."""

    def press(who, subject, name, **sent):
        client.force_login(getattr(world, who))
        return client.post(reverse(f"{subject._meta.model_name}_move", args=[subject.pk, name]), sent)

    return press


def test_what_cannot_be_taken_back_is_asked_first_and_done_when_confirmed(world, press):
    page = press("officer", world.round, "close")
    assert page.status_code == 200 and page.context["back"] == f"/rounds/{world.round.pk}/"
    assert Round.objects.get(pk=world.round.pk).state == "open"
    answer = press("officer", world.round, "close", confirmed="yes")
    assert (answer.status_code, answer.url) == (302, f"/rounds/{world.round.pk}/")
    assert Round.objects.get(pk=world.round.pk).state == "closed"


def test_whoever_may_not_is_not_even_asked(world, press):
    assert press("supervisor", world.round, "close").status_code == 403


def test_a_reason_that_is_typed_is_question_enough(world, press):
    assert press("secretary", world.draft_meeting, "void", note="Twice").status_code == 302
    kept = Meeting.objects.get(pk=world.draft_meeting.pk)
    assert (kept.state, kept.history.last().note) == ("void", "Twice")


def test_a_move_that_is_impossible_now_is_refused_in_words(world, press):
    answer = press("officer", world.round, "open")
    assert answer.status_code == 302 and Round.objects.get(pk=world.round.pk).state == "open"


@pytest.mark.parametrize("name", ["submit", "unheard-of"])
def test_a_move_without_a_button_has_no_address(world, press, name):
    assert press("clerk", world.owed, name).status_code == 404
    assert Material.objects.get(pk=world.owed.pk).state == "draft"


def test_the_page_has_a_button_for_each_move_that_has_words(client, world):
    client.force_login(world.clerk)
    page = client.get(world.owed.get_absolute_url())
    assert page.context["moves"] == [] and f"/materials/{world.owed.pk}/edit/" in page.text
    client.force_login(world.officer)
    page = client.get(world.round.get_absolute_url())
    assert f'action="/rounds/{world.round.pk}/move/close/"' in page.text
    assert 'class="history"' in page.text
