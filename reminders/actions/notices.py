"""Owing notices, marking them read, and noting that somebody was told by telephone."""

from collections.abc import Collection, Sequence
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Exists, Model, OuterRef
from django.db.models.functions import Now
from django.utils import timezone

from branches.models import User
from branches.rights import Right
from reminders import rules
from reminders.models import Notice
from workflow.actions import audit
from workflow.actors import SYSTEM, Actor

# What a notice is made of, and the column of Rule.owed() that fills it.
COLUMNS = {
    "rule": "owed_rule",
    "subject_key": "pk",
    "subject_label": "owed_label",
    "recipient_id": "owed_recipient",
    "organisation_id": "owed_organisation",
    "due_on": "owed_due_on",
    "period": "owed_period",
    "made_at": "owed_at",
}


def scan(today: date, *, actor: Actor = SYSTEM) -> int:
    """Owe every notice that the rules call for on that day; the number of new ones. Running again adds nothing."""
    actor.require(SYSTEM.RIGHT, None)
    return sum(_owe(rule, today, actor) for rule in rules.registered())


def owe_about(model: type[Model], keys: Collection[int], today: date, *, actor: Actor = SYSTEM) -> int:
    """Owe at once what the rules about rows of this model call for, for these rows; part of the deed that changed them.

    The scan owes the same and adds nothing to it.
    """
    actor.require(SYSTEM.RIGHT, None)
    about = [rule for rule in rules.registered() if rule.rows(today).model is model]
    return sum(_owe(rule, today, actor, keys) for rule in about)


def read(notice: Notice, *, actor: Actor) -> None:
    """Mark one's own notice as read. The row tells when, so it has no history of its own."""
    actor.require(Right.OWN, notice)
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


@transaction.atomic
def tell(keys: Sequence[int], *, actor: User) -> int:
    """Note that these of the actor's phone list have been told by telephone; the number of those not told before."""
    actor.require(Right.KEEP_REGISTER, None)
    listed = Notice.objects.to_phone(actor).filter(pk__in=keys).order_by().values("pk")
    return Notice.objects.filter(pk__in=listed, told_at=None).update(told_at=timezone.now(), told_by=actor)


@transaction.atomic
def _owe(rule: rules.Rule, today: date, actor: Actor, keys: Collection[int] | None = None) -> int:
    """One statement a rule, however many rows; all of them, or those of some keys. The unique key decides (I8);
    NOT EXISTS only makes a repeat cheap."""
    same = {"rule": OuterRef("owed_rule"), "subject_key": OuterRef("pk")}
    same |= {"recipient": OuterRef("owed_recipient"), "period": OuterRef("owed_period")}
    owed = rule.owed(today).filter(~Exists(Notice.objects.filter(**same))).annotate(owed_at=Now()).order_by()
    if keys is not None:
        owed = owed.filter(pk__in=keys)
    try:
        select, params = owed.values_list(*COLUMNS.values()).query.sql_with_params()
    except EmptyResultSet:
        return 0
    names = ", ".join(COLUMNS)
    with connection.cursor() as cursor:
        # WHERE TRUE: without it SQLite reads ON CONFLICT as the ON of a join.
        cursor.execute(
            f"INSERT INTO {Notice._meta.db_table} ({names}) SELECT * FROM ({select}) AS owed WHERE TRUE"
            " ON CONFLICT DO NOTHING",
            params,
        )
        made = cursor.rowcount
    if made and keys is None:  # a deed tells of itself
        audit("notices_owed", actor=actor, note=f"{rule.wording % {'subject': '…', 'due': '…'}} × {made}")
    return made
