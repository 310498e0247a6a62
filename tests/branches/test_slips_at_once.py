"""Many at once: one slip opens one account, one set-up founds one root, of two slips for one member one is good."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from branches.actions import activation
from branches.actions.setup import Person, Root, set_up
from branches.actions.sign_in import Visitor
from branches.models import Activation, Organisation, User
from tests import cast as people
from tests.branches.slips import CHOSEN, give, relation
from workflow.actors import SYSTEM

pytestmark = pytest.mark.usefixtures("committed")
ADDRESS = "192.0.2.1"


def at_once(act, times=8):
    """What `act` gave back or raised, in as many threads."""

    def once(number):
        try:
            return act(number)
        except (ValidationError, IntegrityError, activation.WrongCode) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(once, range(times)))


@pytest.fixture
def branch():
    cache.clear()
    county = people.found("County committee", "committee")
    return people.found("First branch", "branch", county)


def test_one_code_typed_eight_times_at_once_opens_one_account(branch):
    people.account("secretary", people.enrol("甲书记", branch), office="secretary", organisation=branch)
    paper = people.enrol("单小芳", branch)
    slip = give(paper, User.objects.get(username="secretary"))
    told = at_once(
        lambda n: activation.use_slip(slip.username, slip.code, CHOSEN, actor=Visitor(slip.username)).username
    )
    assert sorted(told) == sorted([slip.username] + ["WrongCode"] * 7)
    assert User.objects.filter(member=paper).count() == 1


def test_of_many_slips_for_one_member_one_is_good(branch):
    people.account("secretary", people.enrol("甲书记", branch), office="secretary", organisation=branch)
    paper = people.enrol("单小芳", branch)
    slips = at_once(lambda n: give(paper, User.objects.get(username="secretary")), 4)
    assert Activation.objects.count() == 4 and Activation.objects.open(timezone.now()).count() == 1
    good = 0
    for slip in slips:
        try:
            with transaction.atomic():
                activation.use_slip(slip.username, slip.code, CHOSEN, actor=Visitor(slip.username))
            good += 1
        except activation.WrongCode:
            pass
    assert good == 1


def test_one_form_sent_many_times_at_once_prints_one_sheet(branch):
    people.account("secretary", people.enrol("甲书记", branch), office="secretary", organisation=branch)
    folk = [people.enrol(name, branch) for name in ("单小芳", "白纸")]
    rows = [relation(member) for member in folk]
    sheets = at_once(
        lambda n: activation.give_slips(rows, actor=User.objects.get(username="secretary"), form="of this page")
    )
    assert len({tuple(slip.code for slip in slips) for slips in sheets}) == 1
    assert Activation.objects.count() == 2 and Activation.objects.open(timezone.now()).count() == 2
    for slip in sheets[-1]:
        activation.use_slip(slip.username, slip.code, CHOSEN, actor=Visitor(slip.username))


def test_two_set_ups_at_once_found_one_root():
    def begin(n):
        staff = {role: Person(f"{role}.{n}", role, "a long pass phrase") for role in ("system", "security", "audit")}
        root = Root(f"Root {n}", "", "committee", "", date(2011, 7, 1))
        officer = Person(f"officer.{n}", "officer", "a long pass phrase")
        return set_up(root, staff, officer, actor=SYSTEM, address=ADDRESS).name

    told = at_once(begin, 4)
    assert told.count("ValidationError") == 3
    assert Organisation.objects.count() == 1 and User.objects.count() == 4
