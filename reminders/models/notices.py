"""Notices: each owed once, to one member, about one row. They carry a name and a day, never what anybody wrote."""

from datetime import date
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from branches.models import Member, Organisation, Particulars, User
from branches.models.organisations import Mode
from branches.rights import Right
from branches.scope import OrganisationScoped
from reminders import rules
from reminders.models.mail import Delivery, Mailbox
from shell.asked import Always
from shell.formats import day


def has_cause(today: date) -> Q:
    """The condition that a notice's row still gives cause: what its rule owed once, it would owe today as well.

    A notice stops with its cause: it is asked at the moment of reading, so no state can be stale between two scans.
    The row is found by its key, so the price is one index lookup a notice.
    """
    return _cause(today, settings.REMIND_DAYS_BEFORE_DUE, tuple(rules.registered()))


@lru_cache(maxsize=8)
def _cause(today: date, _setting: int, registered: tuple[rules.Rule, ...]) -> Always:
    """Built once a day: what a rule owes depends on the day alone and is the same for everybody."""
    live = Q(pk__in=[])
    for rule in registered:
        same = {
            "pk": OuterRef("subject_key"),
            "owed_recipient": OuterRef("recipient"),
            "owed_period": OuterRef("period"),
        }
        live |= Q(Exists(rule.owed(today).filter(**same)), rule=rule.code)
    return Always(live)


class NoticeQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """One's own."""
        return self.filter(recipient=user.reach.member_key)

    def unread(self, today: date) -> Self:
        """Not yet read, and the cause is still there."""
        return self.filter(has_cause(today), read_at=None)

    def read(self, today: date) -> Self:
        """Read, and the cause is still there."""
        return self.filter(has_cause(today), read_at__isnull=False)

    def settled(self, today: date) -> Self:
        """Without cause any more: the work is done, or its day was moved."""
        return self.exclude(has_cause(today))

    def with_cause(self, today: date) -> Self:
        """Each row with `is_live`: whether its cause is still there."""
        return self.annotate(is_live=has_cause(today))

    def unposted(self, today: date) -> Self:
        """What a digest has to tell: not read, not told by telephone, in no mail yet, and the cause is still there. A
        branch that keeps its papers gets no mails: it is told by telephone (F1)."""
        return self.unread(today).filter(delivery=None, told_at=None, organisation__mode=Mode.ONLINE)

    def to_phone(self, user: Any) -> Self:
        """What the keepers of a register tell by telephone (F14): unread notices of their members whom no mail reaches,
        told ones too, so that nobody is urged twice; of a branch on paper all, for it gets no mails. Each with `phone`,
        and `username` where there is an account."""
        keepers = self.of_office(user, Right.KEEP_REGISTER) | self.of_oversight(user, Right.KEEP_REGISTER)
        theirs = {"member": OuterRef("recipient")}
        phones = Particulars.objects.visible_to(user).filter(**theirs).values("phone")
        mailed = Mailbox.objects.reached().filter(user__member=OuterRef("recipient"))
        private = [rule.code for rule in rules.registered() if rule.is_private]
        keepers &= ~Q(rule__in=private) | self.of_office(user, Right.LEAD) | self.of_oversight(user, Right.ARRANGE)
        unreached = Q(~Exists(mailed)) | Q(organisation__mode=Mode.PAPER)
        rows = self.unread(user.reach.day).filter(keepers, unreached, delivery=None)
        accounts = User.objects.filter(is_active=True, **theirs).values("username")
        return rows.exclude(recipient=user.reach.member_key or 0).annotate(
            phone=Subquery(phones[:1]), username=Subquery(accounts[:1])
        )

    def as_listed(self) -> Self:
        """In the order of a phone list, with what it prints of each."""
        rows = self.select_related("recipient", "organisation", "told_by")
        return rows.order_by(
            F("told_at").asc(nulls_first=True), "organisation__path", "recipient__name_pinyin", "due_on", "pk"
        )


class Notice(models.Model):
    """One reminder to one member. `subject_key` is the key of the row; which model it is, the rule says."""

    rule = models.CharField(max_length=40)
    subject_key = models.BigIntegerField()
    subject_label = models.CharField(_("Subject"), max_length=rules.LABEL_LENGTH)
    recipient = models.ForeignKey(
        Member, models.PROTECT, related_name="notices", verbose_name=_("Recipient"), db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="notices", verbose_name=_("Organisation")
    )
    due_on = models.DateField(_("Due on"))
    period = models.CharField(max_length=20)
    made_at = models.DateTimeField(_("Time"))
    read_at = models.DateTimeField(_("Read"), null=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="notices")
    told_at = models.DateTimeField(_("Told by telephone"), null=True)
    told_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        indexes = [models.Index(fields=["recipient", "-id"], name="notice_by_recipient")]
        constraints = [
            models.UniqueConstraint(fields=["rule", "subject_key", "recipient", "period"], name="notice_once"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def owner_id(self) -> int:
        return self.recipient_id

    @property
    def words(self) -> str:
        """What it says, in the reader's language."""
        rule = rules.find(self.rule)
        told = {"subject": self.subject_label, "due": day(self.due_on)}
        return str(rule.wording) % told if rule else self.subject_label

    def get_absolute_url(self) -> str:
        """The page of the row it speaks of; empty where its rule is no longer registered."""
        rule = rules.find(self.rule)
        return rule.url(self.subject_key) if rule else ""
