"""The audit log, for the audit administrator alone. It is read here and changed nowhere."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from branches.audit import kinds
from branches.audit.filters import AuditFilter
from branches.http import AuthedRequest
from branches.rights import Right
from shell import lists
from shell.formats import moment
from shell.lists import Column
from workflow.models import AuditEvent

COLUMNS = (
    Column("at", _("Time"), lambda event: moment(event.at), css="nowrap"),
    Column("kind", _("Event"), lambda event: kinds.label(event.kind), css="nowrap"),
    Column("actor", _("Person"), lambda event: event.actor_label),
    Column("acted_as", _("Acting as"), lambda event: event.acted_as),
    Column("subject", _("Subject"), lambda event: event.subject_label),
    Column("organisation", _("Organisation"), lambda event: event.organisation_label),
    Column("note", _("Note"), lambda event: event.note),
    Column("address", _("Address"), lambda event: event.address, css="nowrap"),
)


@require_safe
def audit_list(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.READ_AUDIT, None)
    rows = AuditEvent.objects.visible_to(request.user)
    page = lists.page(request, rows, columns=COLUMNS, filters=AuditFilter)
    return lists.render(request, "branches/audit_list.html", page)
