import pytest
from django.contrib.auth.models import AnonymousUser

from shell import confirm


@pytest.fixture
def ask(rf):
    def ask(data, **options):
        request = rf.post("/meetings/3/void/", data)
        request.user = AnonymousUser()
        return confirm.ask(
            request, title="Make it void?", text="It will count no longer.", back="/meetings/3/", **options
        )

    return ask


def test_a_light_step_is_not_asked_about(ask):
    assert ask({}, severity=1) is None


def test_an_unconfirmed_step_is_asked_about_and_carries_what_was_sent(ask):
    html = ask({"note": "typed <twice>", "pick": ["1", "2"]}).content.decode()
    assert "It will count no longer." in html
    assert '<input type="hidden" name="note" value="typed &lt;twice&gt;">' in html
    assert html.count('name="pick"') == 2


def test_a_confirmed_step_goes_on(ask):
    assert ask({"confirmed": "yes"}) is None


def test_the_heaviest_step_wants_its_word(ask):
    assert ask({"confirmed": "yes"}, severity=3, word="作废") is not None
    assert ask({"confirmed": "yes", "confirm_word": "作"}, severity=3, word="作废") is not None
    assert ask({"confirmed": "yes", "confirm_word": " 作废 "}, severity=3, word="作废") is None
    assert b'name="confirm_word"' in ask({}, severity=3, word="作废").content
