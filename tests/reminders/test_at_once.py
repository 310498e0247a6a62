"""Two clocks at once: every notice once, every mail once. PostgreSQL; SQLite lets one writer in at a time."""

from datetime import datetime

import pytest

from reminders import rules
from reminders.actions import notices
from reminders.mail.post import post
from reminders.models import Delivery, Mailbox, Notice
from tests.branches.test_two_at_once import at_once
from tests.cast import build
from tests.reminders.conftest import only_rule
from tests.reminders.sink import Sink
from tests.reminders.work import TODAY, Work

pytestmark = pytest.mark.usefixtures("committed")
MORNING = datetime.fromisoformat(f"{TODAY}T08:30+08:00")
PEOPLE = 25


def test_scans_and_mails_that_run_at_once_do_everything_once(monkeypatch, settings, time_machine_at):
    time_machine_at(MORNING)
    monkeypatch.setattr(rules, "_rules", {"test_due": only_rule()})
    work = Work(build())
    for user in work.colleagues(PEOPLE):
        work.material(user)
        Mailbox.objects.create(user=user, address=f"{user.username}@example.org")
    sink = Sink()
    settings.MAIL_SERVER, settings.MAIL_FROM = sink.settings, "noreply@county.example"
    try:
        assert at_once(*[lambda: notices.scan(TODAY)] * 4) == []
        assert Notice.objects.count() == PEOPLE
        assert at_once(*[lambda: post(MORNING)] * 4) == []
        while Delivery.objects.exclude(state="sent").exists():  # whoever came too early to see a row
            post(MORNING)
    finally:
        sink.stop()
    assert sorted(message["To"] for message in sink.messages) == sorted(
        Mailbox.objects.values_list("address", flat=True)
    )
    assert Delivery.objects.filter(state="sent", attempts=1, lost=0).count() == PEOPLE
    assert Notice.objects.exclude(delivery=None).count() == PEOPLE
