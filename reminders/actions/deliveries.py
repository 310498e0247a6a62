"""What the clock does with mails: owes them, leases them, marks them. A person's mail is one row, sent and then marked.

Whoever dies between the two leaves the row under a lease that runs out; then it is sent once more, under the same
message id, and `lost` counts that it may have arrived twice.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from reminders.mail.states import MOVES, State
from reminders.models import Delivery, Mailbox, Notice
from reminders.models.mail import DeliveryQuerySet, Kind
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor

LEASE = timedelta(minutes=10)
PATIENCE = timedelta(minutes=5)  # before the second attempt; twice as long before each further one
MAX_ATTEMPTS = 6
BATCH = 10  # mails under one lease: a server that takes its time over each still keeps within it
NO_LEASE: dict[str, Any] = {"lease_key": "", "lease_until": None}


def owe(*, now: datetime, actor: Actor = SYSTEM) -> int:
    """Owe today's digest to whoever wants it by this hour and has something to be told; the number of new ones."""
    actor.require("system", None)
    moment = timezone.localtime(now)
    today = moment.date()
    untold = Notice.objects.unposted(today).filter(recipient=OuterRef("user__member"))
    had = Delivery.objects.of_day(today).filter(user=OuterRef("user"))
    wanting = Mailbox.objects.reached().filter(Exists(untold), ~Exists(had), hour__lte=moment.hour)
    rows = [
        Delivery(user_id=key, kind=Kind.DIGEST, day=today, message_id=secrets.token_hex(16), next_at=now)
        for key in wanting.values_list("user", flat=True)
    ]
    Delivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)  # two clocks at once owe one
    return len(rows)


def claim(*, now: datetime, actor: Actor = SYSTEM) -> Sequence[Any]:
    """A few due mails under a lease of one's own; of two that claim at once each row goes to one.

    Each with `address`, `pending` and `daily` of its mailbox.
    """
    actor.require("system", None)
    _move(Delivery.objects.abandoned(now), "retry", lost=F("lost") + 1, next_at=now, **NO_LEASE)
    key = secrets.token_hex(16)
    keys = list(Delivery.objects.due(now).values_list("pk", flat=True)[:BATCH])
    leased = {"lease_key": key, "lease_until": now + LEASE, "attempts": F("attempts") + 1}
    _move(Delivery.objects.filter(pk__in=keys), "claim", **leased)
    rows = Delivery.objects.filter(lease_key=key, state=State.SENDING)
    mailbox = {name: F(f"user__mailbox__{name}") for name in ("address", "pending", "daily")}
    return rows.select_related("user").annotate(**mailbox).order_by("pk")


@transaction.atomic
def mark(delivery: Delivery, notices: Collection[int], *, now: datetime, actor: Actor = SYSTEM) -> None:
    """The server has taken it: these notices are told."""
    actor.require("system", None)
    if _move(_held([delivery]), "mark", ended_at=now, reason="", **NO_LEASE):
        Notice.objects.filter(pk__in=notices, delivery=None).update(delivery=delivery)


def drop(deliveries: Iterable[Delivery], *, now: datetime, actor: Actor = SYSTEM) -> None:
    """Nothing is left to tell, or nobody is left to be told: the cause was settled before the mail went out."""
    actor.require("system", None)
    _move(_held(deliveries), "drop", ended_at=now, **NO_LEASE)


@transaction.atomic
def retry(deliveries: Collection[Delivery], *, reason: str, now: datetime, actor: Actor = SYSTEM) -> None:
    """Try again later, after a longer pause each time; after the last attempt give up. The next digest tells it."""
    actor.require("system", None)
    spent = [delivery for delivery in deliveries if delivery.attempts >= MAX_ATTEMPTS]
    for attempts in {delivery.attempts for delivery in deliveries if delivery.attempts < MAX_ATTEMPTS}:
        again = [delivery for delivery in deliveries if delivery.attempts == attempts]
        later = now + PATIENCE * 2 ** (attempts - 1)
        _move(_held(again), "retry", next_at=later, reason=reason[:200], **NO_LEASE)
    if spent:
        give_up(spent, reason=reason, now=now)


@transaction.atomic
def give_up(deliveries: Collection[Delivery], *, reason: str, now: datetime, actor: Actor = SYSTEM) -> None:
    """These are not sent; the system page says so."""
    actor.require("system", None)
    number = _move(_held(deliveries), "give_up", ended_at=now, reason=reason[:200], **NO_LEASE)
    if number:
        audit("mail_given_up", actor=actor, note=f"{reason[:200]} × {number}")


def _move(rows: DeliveryQuerySet, name: str, **changes: Any) -> int:
    """Make one move of reminders/mail/states.py on those of `rows` that stand where it begins; their number."""
    (move,) = (move for move in MOVES if move.name == name)
    return rows.filter(state=move.source).update(state=move.target, **changes)


def _held(deliveries: Iterable[Delivery]) -> DeliveryQuerySet:
    held = list(deliveries)
    keys = {delivery.lease_key for delivery in held}
    return Delivery.objects.filter(pk__in=[delivery.pk for delivery in held], lease_key__in=keys)
