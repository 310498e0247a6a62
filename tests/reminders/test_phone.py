"""The phone list: members with something due whom no mail reaches, for the keepers of their register, each urged once."""

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from branches.models import Particulars
from reminders.actions import notices
from reminders.models import Mailbox, Notice
from tests.cast import enrol
from tests.reminders.work import TODAY
from tests.reminders.work import Work as _Work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY} 09:00+08:00", tick=False):
        yield TODAY


@pytest.fixture
def paper(work, rule):
    """A member without account, with a telephone, who owes a material."""
    person = enrol("白纸", work.branch)
    Particulars.objects.update_or_create(member=person, defaults={"phone": "0571-0012"})
    _owe(work, person)
    return person


def _owe(work: _Work, person):
    class Author:
        member = person

    work.material(Author)
    notices.scan(TODAY)


def listed(user):
    return [(row.recipient.name, row.phone) for row in Notice.objects.to_phone(user).as_listed()]


def test_name_telephone_and_what_is_due_for_whoever_keeps_the_register(client, work, paper):
    client.force_login(work.secretary)
    page = client.get(reverse("phone_list")).content.decode()
    for words in ("白纸", "0571-0012", "2020年度组织生活会", "2021-03-12", "未开通", "未告知"):
        assert words in page
    assert 'href="tel:05710012"' in page  # to tap on a telephone
    sheet = client.get(reverse("phone_sheet")).content.decode()
    assert "白纸" in sheet and "0571-0012" in sheet and "告知人" in sheet
    assert listed(work.officer) == [("白纸", "0571-0012")]


def test_nobody_else_reads_it(work, paper, cast):
    for user in (work.member, cast.sibling, cast.supervisor, cast.liaison, cast.stranger, cast.committee_member):
        assert listed(user) == []


def test_whom_a_mail_reaches_is_not_on_it_nor_who_has_read_nor_oneself(work, rule, settings):
    settings.MAIL_SERVER = {"host": "127.0.0.1"}
    for user in (work.member, work.secretary):
        work.material(user)
    notices.scan(TODAY)
    names = [name for name, _phone in listed(work.secretary)]
    assert names == [work.member.name]
    Mailbox.objects.create(user=work.member, address="m@example.org")
    assert listed(work.secretary) == []
    settings.MAIL_SERVER = {}
    assert len(listed(work.secretary)) == 1  # the site sends no mail, whatever was chosen
    notices.read(Notice.objects.get(recipient=work.member.member), actor=work.member)
    assert listed(work.secretary) == []


def test_told_once_by_whom_and_when_and_no_second_time(client, work, paper, cast):
    client.force_login(work.secretary)
    key = Notice.objects.get().pk
    client.post(reverse("phone_tell"), {"selected": key})
    told = Notice.objects.get()
    assert (told.told_by, told.told_at is not None, told.read_at) == (work.secretary, True, None)
    page = client.get(reverse("phone_list")).content.decode()
    assert f"2021-03-10 {work.secretary.name}" in page and f'value="{key}"' not in page
    client.force_login(cast.clerk)
    assert notices.tell([key], actor=cast.clerk) == 0
    assert Notice.objects.get().told_by == work.secretary
    assert "白纸" not in client.get(reverse("phone_sheet")).content.decode()
    assert client.get(reverse("phone_list"), {"told": "no"}).context["page"].total == 0
    assert client.get(reverse("phone_list"), {"told": "yes"}).context["page"].total == 1


def test_nobody_ticks_what_is_not_on_his_list(work, paper, cast):
    key = Notice.objects.get().pk
    assert notices.tell([key], actor=cast.sibling) == 0
    with pytest.raises(PermissionDenied):
        notices.tell([key], actor=work.member)
    assert Notice.objects.get().told_at is None


def test_what_is_settled_leaves_the_list(work, paper):
    from appraisals.models import Material

    Material.objects.update(state="submitted")
    assert listed(work.secretary) == []


def test_rows_cost_no_statements(client, work, paper):
    client.force_login(work.officer)
    client.get(reverse("phone_list"))
    counts = []
    for number in (1, 12):
        for n in range(number):
            _owe(work, enrol(f"纸{number}{n}", work.branch))
        for page in ("phone_list", "phone_sheet"):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(page))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
