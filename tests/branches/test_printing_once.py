"""A sheet of slips is printed once for each form: clicking twice gives the same sheet, going back gives none."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from branches.models import Activation
from tests import cast as people
from tests.branches.slips import use
from workflow import codes
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_failures_left():
    cache.clear()


@pytest.fixture
def paper(cast):
    """A member of the first branch without account."""
    return people.enrol("单小芳", cast.first, position=9)


@pytest.fixture
def client_of(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def printed_codes(page):
    return re.findall(r"\b(?:[0-9A-Z]{4}-){2}[0-9A-Z]{4}\b", page)


def test_clicking_twice_gives_the_same_sheet_and_one_slip(client_of, cast, paper):
    client, other = client_of(cast.secretary), people.enrol("白纸", cast.first)
    typed = {"selected": [paper.pk, other.pk], "csrfmiddlewaretoken": "of-this-page"}
    first, second = (client.post(reverse("slip_create"), typed) for _ in range(2))
    assert printed_codes(first.text) == printed_codes(second.text) != []
    assert Activation.objects.count() == 2 and len(set(printed_codes(first.text))) == 2
    assert AuditEvent.objects.filter(kind="slips_given").count() == 1
    slip = Activation.objects.get(member=paper)
    assert use(Client(), slip_of(slip, first.text)).status_code == 302
    after = client.post(reverse("slip_create"), typed, follow=True)  # one has been used meanwhile: nothing is shown
    assert not printed_codes(after.text) and Activation.objects.count() == 2


def slip_of(row, page):
    """The slip of this row as it stands on the printed page."""
    (code,) = [code for code in printed_codes(page) if codes.matches(row.digest, f"slip of {row.username}", code)]
    return SimpleNamespace(username=row.username, code=code)


def test_another_person_another_choice_and_another_page_are_other_forms(client_of, cast, paper):
    typed = {"selected": paper.pk, "csrfmiddlewaretoken": "of-this-page"}
    sheets = [client_of(who).post(reverse("slip_create"), typed).text for who in (cast.secretary, cast.officer)]
    sheets.append(client_of(cast.officer).post(reverse("slip_create"), typed | {"csrfmiddlewaretoken": "next"}).text)
    assert len({code for sheet in sheets for code in printed_codes(sheet)}) == 3
    assert Activation.objects.open(timezone.now()).count() == 1
    old = client_of(cast.secretary).post(reverse("slip_create"), typed, follow=True)
    assert "没有重新生成" in old.text and Activation.objects.count() == 3  # voided since: the old form gives nothing


def test_a_slip_for_a_new_password_is_given_once_a_form(client_of, cast):
    client, address = client_of(cast.secretary), reverse("slip_renew", args=[cast.people[4].pk])
    first, second = (client.post(address, {"csrfmiddlewaretoken": "of-this-page"}) for _ in range(2))
    assert printed_codes(first.text) == printed_codes(second.text) != []
    assert Activation.objects.count() == 1
    assert AuditEvent.objects.filter(kind="password_slip_given").count() == 1


def test_reloading_the_printed_page_makes_no_new_slips(client_of, cast, paper):
    client = client_of(cast.secretary)
    typed = {"selected": paper.pk, "csrfmiddlewaretoken": "of-this-page"}
    first = client.post(reverse("slip_create"), typed)
    assert first.status_code == 200
    slip = Activation.objects.get()
    later = timezone.now() + timedelta(minutes=3)
    with time_machine.travel(later):
        again = client.post(reverse("slip_create"), typed, follow=True)
    assert "没有重新生成" in again.text and Activation.objects.get() == slip
    assert not printed_codes(again.text)
    anew = client.post(reverse("slip_create"), {**typed, "csrfmiddlewaretoken": "of-a-new-page"})
    assert anew.status_code == 200 and Activation.objects.count() == 2
    assert {row.username for row in Activation.objects.all()} == {slip.username}  # the login name stays
