"""Notices by mail, through a real server on a socket: one digest a person and day, each notice once, nothing settled."""

import logging
import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from appraisals.models import Material
from branches.models import Organisation, User
from branches.system.status import facts
from reminders.actions import deliveries, mailboxes, notices
from reminders.mail.post import post
from reminders.mail.states import MOVES, OPEN, State
from reminders.models import Delivery, Mailbox, Notice
from tests.reminders.sink import Sink
from tests.reminders.work import TODAY
from workflow.models import AuditEvent

pytestmark = pytest.mark.django_db
MORNING = datetime.fromisoformat(f"{TODAY}T08:30+08:00")
ADDRESS = "member@example.org"


@pytest.fixture
def sink(settings):
    sink = Sink()
    settings.MAIL_SERVER, settings.MAIL_FROM = sink.settings, "党建 <noreply@county.example>"
    yield sink
    sink.stop()


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def owed(work, rule, clock):
    """The member wants mails and is owed a notice."""
    Mailbox.objects.create(user=work.member, address=ADDRESS)
    work.material(work.member)
    notices.scan(TODAY)
    return work


def text_of(message):
    return message.get_content().replace("\r\n", "\n")


def states():
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def test_the_table_of_moves_is_the_one_agreed():
    assert {(m.name, m.source, m.target, m.who) for m in MOVES} == {
        ("claim", "waiting", "sending", ("system",)),
        ("mark", "sending", "sent", ("system",)),
        ("drop", "sending", "dropped", ("system",)),
        ("retry", "sending", "waiting", ("system",)),
        ("give_up", "sending", "given_up", ("system",)),
    }


class TestDigest:
    def test_one_mail_in_plain_chinese_that_says_what_is_due_and_no_more(self, owed, sink):
        owed.material(owed.member, kind="speech_outline")
        notices.scan(TODAY)
        assert post(MORNING) == 1
        (message,) = sink.messages
        assert message["Subject"] == "每日提醒 2021-03-10"
        assert message["To"] == ADDRESS
        assert message["From"] == "党建 <noreply@county.example>"
        assert message["Auto-Submitted"] == "auto-generated"
        assert message.get_content_type() == "text/plain"
        told = text_of(message)
        assert told.count("“2020年度组织生活会” is due on 2021-03-12.") == 2
        assert told.startswith(f"{owed.member.name}同志：\n")
        assert re.findall(r"https?://\S+", told) == ["http://127.0.0.1:8000"]
        assert not [person.name for person in (owed.secretary, owed.officer, owed.idle) if person.name in told]

    def test_however_often_it_is_posted_each_notice_goes_out_once(self, owed, sink, clock):
        assert [post(MORNING), post(MORNING)] == [1, 0]
        clock.shift(timedelta(days=1))
        notices.scan(TODAY + timedelta(1))
        assert post(timezone.now()) == 0
        owed.material(owed.member, kind="speech_outline")
        notices.scan(TODAY + timedelta(1))
        assert post(timezone.now()) == 1
        assert [text_of(message).count("is due") for message in sink.messages] == [1, 1]

    def test_a_person_of_many_notices_and_many_people_cost_one_mail_each(self, owed, sink):
        for user in owed.colleagues(12):
            Mailbox.objects.create(user=user, address=f"{user.username}@example.org")
            owed.material(user)
        notices.scan(TODAY)
        assert post(MORNING) == 13
        assert len({message["To"] for message in sink.messages}) == len(sink.messages) == 13
        assert len({message["Message-ID"] for message in sink.messages}) == 13

    def test_not_before_its_hour_and_not_to_whoever_wants_none(self, owed, sink):
        Mailbox.objects.update(hour=9)
        assert post(MORNING) == 0
        Mailbox.objects.update(hour=8, daily=False)
        assert post(MORNING) == 0
        Mailbox.objects.update(daily=True)
        User.objects.filter(pk=owed.member.pk).update(is_active=False)
        assert post(MORNING) == 0
        assert not Delivery.objects.exists()

    def test_what_is_settled_before_it_goes_out_is_not_in_it(self, owed, sink):
        deliveries.owe(now=MORNING)
        Material.objects.update(state="submitted")
        post(MORNING)
        assert (states(), sink.messages) == (["dropped"], [])

    @pytest.mark.parametrize("change", [{"read_at": MORNING}, {"told_at": MORNING}])
    def test_what_is_known_already_owes_no_mail(self, owed, sink, change):
        Notice.objects.update(**change)
        assert post(MORNING) == 0

    def test_no_mail_server_is_no_mail(self, owed, settings):
        settings.MAIL_SERVER = {}
        assert post(MORNING) == 0
        assert not Delivery.objects.exists()

    def test_the_database_refuses_a_second_digest_of_a_day(self, owed, sink):
        deliveries.owe(now=MORNING)
        twin = Delivery.objects.get()
        twin.pk, twin.message_id = None, "another"
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)
        assert deliveries.owe(now=MORNING) == 0

    def test_rows_cost_no_statements_to_owe(self, owed, sink, django_assert_num_queries):
        for user in owed.colleagues(12):
            Mailbox.objects.create(user=user, address=f"{user.username}@example.org")
            owed.material(user)
        notices.scan(TODAY)
        with django_assert_num_queries(2):  # read, insert
            assert deliveries.owe(now=MORNING) == 13


class TestFaults:
    def test_a_server_that_is_away_is_tried_again_after_longer_and_longer_pauses(self, owed, sink, clock):
        sink.stop()
        pauses = []
        for _attempt in range(deliveries.MAX_ATTEMPTS):
            now = timezone.now()
            assert post(now) == 0
            row = Delivery.objects.get()
            pauses.append(round((row.next_at - now) / timedelta(minutes=1)))
            clock.move_to(row.next_at)
            assert Notice.objects.get().delivery is None
        assert pauses[:-1] == [5, 10, 20, 40, 80]
        assert (row.state, row.reason) == ("given_up", "邮件服务器没有应答。")
        assert AuditEvent.objects.get(kind="mail_given_up").note == "邮件服务器没有应答。 × 1"
        assert "未能发出1封" in str(dict(facts(timezone.now()))["邮件"])

    def test_what_was_given_up_today_is_in_the_digest_of_tomorrow(self, owed, sink, clock):
        sink.refuses[ADDRESS] = b"550 no such user"
        post(MORNING)
        assert states() == ["given_up"]
        assert ADDRESS not in Delivery.objects.get().reason
        sink.refuses.clear()
        clock.shift(timedelta(days=1))
        assert post(timezone.now()) == 1
        assert (states(), len(sink.messages)) == (["given_up", "sent"], 1)

    def test_a_full_mailbox_holds_up_its_own_mail_only(self, owed, sink):
        sink.refuses[ADDRESS] = b"450 mailbox full"
        (other,) = owed.colleagues(1)
        Mailbox.objects.create(user=other, address="other@example.org")
        owed.material(other)
        notices.scan(TODAY)
        post(MORNING)
        assert [message["To"] for message in sink.messages] == ["other@example.org"]
        assert sorted(states()) == ["sent", "waiting"]

    def test_whoever_dies_between_sending_and_marking_sends_once_more_under_the_same_id(self, owed, sink, clock):
        class Death(BaseException):
            pass

        def die(*_arguments, **_named):
            raise Death

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(deliveries, "mark", die)
            with pytest.raises(Death):
                post(MORNING)
        assert (states(), len(sink.messages)) == (["sending"], 1)
        assert post(timezone.now()) == 0  # the lease holds
        clock.shift(deliveries.LEASE + timedelta(seconds=1))
        assert post(timezone.now()) == 1
        first, second = sink.messages
        assert first["Message-ID"] == second["Message-ID"]
        row = Delivery.objects.get()
        assert (row.state, row.lost, row.attempts) == ("sent", 1, 2)
        assert "可能重复1封" in str(dict(facts(timezone.now()))["邮件"])
        assert post(timezone.now()) == 0

    def test_a_server_that_hangs_up_after_the_text_gets_it_again_under_the_same_id(self, owed, sink, clock):
        sink.hangs_up = 1
        assert post(MORNING) == 0
        assert states() == ["waiting"]
        clock.shift(timedelta(minutes=6))
        assert post(timezone.now()) == 1
        assert len({message["Message-ID"] for message in sink.messages}) == 1

    def test_nothing_of_a_mail_goes_into_the_log(self, owed, sink, caplog):
        caplog.set_level(logging.DEBUG)
        sink.refuses[ADDRESS] = b"450 mailbox full"
        post(MORNING)
        assert ADDRESS not in caplog.text and owed.round.name not in caplog.text

    def test_only_the_clock_handles_mails(self, owed, sink):
        for deed in (deliveries.owe, deliveries.claim):
            with pytest.raises(PermissionDenied):
                deed(now=MORNING, actor=owed.officer)


class TestAddress:
    def chosen(self, client, **words):
        return client.post(reverse("mail_edit"), {"address": ADDRESS, "daily": "on", "hour": "8", **words})

    def code(self, sink):
        return re.search(r"([0-9A-Z]{4}-){2}[0-9A-Z]{4}", text_of(sink.messages[-1])).group()

    def test_an_address_counts_once_the_code_mailed_to_it_is_typed(self, client, work, rule, sink, clock):
        work.material(work.member)
        notices.scan(TODAY)
        client.force_login(work.member)
        assert self.chosen(client).status_code == 302
        assert (Mailbox.objects.get().address, Mailbox.objects.get().pending) == ("", ADDRESS)
        assert post(MORNING) == 1  # the code; nothing else goes to an address that may be a stranger's
        (message,) = sink.messages
        assert (message["To"], message["Subject"]) == (ADDRESS, "邮箱验证码")
        assert "member@example.org 尚未确认" in client.get(reverse("mail_edit")).content.decode()
        code = self.code(sink)
        client.post(reverse("mail_confirm"), {"code": code.lower()})
        assert (Mailbox.objects.get().address, Mailbox.objects.get().pending) == (ADDRESS, "")
        assert post(timezone.now()) == 1
        assert sink.messages[-1]["Subject"].startswith("每日提醒")
        assert code not in str(list(Mailbox.objects.values())) + str(list(Delivery.objects.values()))

    def test_wrong_late_and_used_codes_change_nothing(self, client, work, sink, clock):
        client.force_login(work.member)
        self.chosen(client)
        post(MORNING)
        code = self.code(sink)
        client.post(reverse("mail_confirm"), {"code": "0000-0000-0000"})
        clock.shift(timedelta(minutes=31))
        client.post(reverse("mail_confirm"), {"code": code})
        assert Mailbox.objects.get().address == ""

    def test_a_code_confirms_the_address_it_was_mailed_to_and_no_other(self, client, work, sink, clock):
        client.force_login(work.member)
        self.chosen(client)
        post(MORNING)
        code = self.code(sink)
        self.chosen(client, address="other@example.org")
        with pytest.raises(ValidationError):
            mailboxes.confirm(code, actor=work.member)

    def test_five_wrong_codes_and_one_waits(self, client, work, sink, clock):
        client.force_login(work.member)
        self.chosen(client)
        post(MORNING)
        for _try in range(5):
            client.post(reverse("mail_confirm"), {"code": "0000-0000-0000"})
        answer = client.post(reverse("mail_confirm"), {"code": self.code(sink)}, follow=True)
        assert "请等待" in answer.content.decode()
        assert Mailbox.objects.get().address == ""

    def test_nobody_fills_a_strangers_mailbox_with_codes(self, client, work, sink, clock):
        client.force_login(work.member)
        for number in range(5):
            self.chosen(client, address=f"victim{number}@example.org")
            post(timezone.now())
        refused = self.chosen(client, address="victim@example.org")
        assert "今天发送验证码的次数已较多" in refused.content.decode()
        assert len(sink.messages) == 5

    def test_an_empty_address_ends_the_mails_at_once(self, client, owed, sink):
        client.force_login(owed.member)
        self.chosen(client, address="")
        assert Mailbox.objects.get().address == ""
        assert post(MORNING) == 0

    def test_hour_and_switch_are_kept_and_night_is_not_offered(self, client, owed, sink):
        client.force_login(owed.member)
        client.post(reverse("mail_edit"), {"address": ADDRESS, "hour": "18"})
        kept = Mailbox.objects.get()
        assert (kept.daily, kept.hour, kept.address, kept.pending) == (False, 18, ADDRESS, "")
        assert client.post(reverse("mail_edit"), {"address": ADDRESS, "hour": "3"}).status_code == 200

    def test_a_site_without_a_mail_server_says_so(self, client, work, settings):
        settings.MAIL_SERVER = {}
        client.force_login(work.member)
        page = client.get(reverse("mail_edit")).content.decode()
        assert "本系统不发送邮件" in page and 'name="address"' not in page
        client.force_login(User.objects.get(username="sysadmin"))
        assert "本系统不发送邮件" in client.get(reverse("system_status")).content.decode()


LIFE = """
waiting claim   sending
sending mark    sent
sending drop    dropped
sending retry   waiting
sending give_up given_up
"""


def test_only_the_clock_moves_a_mail_and_only_so():
    made = {(str(move.source), move.name, str(move.target)) for move in MOVES}
    assert made == {tuple(line.split()) for line in LIFE.strip().splitlines()}
    assert {move.who for move in MOVES} == {("system",)}
    assert set(OPEN) == {"waiting", "sending"}


def test_every_state_has_a_move_into_it_but_the_first():
    assert {move.target for move in MOVES} | {State.WAITING} == set(State)


def test_a_branch_on_paper_gets_no_mail_and_is_told_by_telephone(owed, sink):
    Organisation.objects.filter(pk=owed.branch.pk).update(mode="paper")
    assert not Notice.objects.unposted(TODAY).exists()
    assert deliveries.owe(now=timezone.now()) == 0 and not Delivery.objects.exists()
    assert [row.recipient for row in Notice.objects.to_phone(owed.secretary)] == [owed.member.member]
    Organisation.objects.filter(pk=owed.branch.pk).update(mode="online")
    assert deliveries.owe(now=timezone.now()) == 1 and not Notice.objects.to_phone(owed.secretary).exists()
