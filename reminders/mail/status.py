"""How the mails stand, for the system administrator: numbers and reasons, no person and no address."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from branches.system.status import supply
from reminders.mail.states import OPEN, State
from reminders.models import Delivery

DAYS = 7


def facts(now: datetime) -> list[tuple[str | Promise, Any]]:
    """The mails of the last days by what became of them, and the last reason why one was given up."""
    if not settings.MAIL_SERVER:
        return [(_("Mail"), _("This site sends no mail (BRANCHLIFE_MAIL_URL is not set)."))]
    rows = Delivery.objects.filter(day__gte=(now - timedelta(DAYS)).date())
    counted = rows.aggregate(
        sent=Count("pk", Q(state=State.SENT)),
        waiting=Count("pk", Q(state__in=OPEN)),
        twice=Count("pk", Q(lost__gt=0)),
        given_up=Count("pk", Q(state=State.GIVEN_UP)),
    )
    words = _("Last %(days)d days: %(sent)d sent, %(waiting)d waiting, %(given_up)d given up, %(twice)d perhaps twice")
    told: list[tuple[str | Promise, Any]] = [(_("Mail"), words % {"days": DAYS, **counted})]
    reason = rows.exclude(reason="").order_by("-pk").values_list("reason", flat=True).first()
    return [*told, (_("Mail, last fault"), reason)] if reason else told


supply(facts)
