"""What the pages of publications show to whoever signs in."""

from functools import lru_cache
from typing import Any

import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from qrcode.image.svg import SvgPathImage

from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.rights import Right
from rectification.models import Problem, Publication, PublicationLine
from rectification.problems.rules import WRITERS
from rectification.publishing.audiences import Audience
from rectification.publishing.forms import BeginForm
from rectification.publishing.judges import waits_for
from rectification.publishing.rules import fitting
from rectification.publishing.states import PublicationState
from shell.asked import asked
from shell.formats import choice, day, link, state_badge
from shell.lists import Column

RELATED = ("organisation", "unit", "proposed_by", "reviewed_by", "approved_by")
READS = ("title", "audience", "until", "state", "published_on", "organisation__name", "organisation__short_name")
COLUMNS = (
    Column(
        "title", pgettext_lazy("publication", "Title"), lambda row: link(row.get_absolute_url(), row.title), css="wide"
    ),
    Column("organisation", _("Branch"), lambda row: row.organisation.label, sort="organisation__path"),
    Column("audience", _("Audience"), lambda row: choice(row, "audience"), sort="audience", css="nowrap"),
    Column("published_on", _("Public since"), lambda row: day(row.published_on), sort="published_on", css="nowrap"),
    Column("until", _("Public until"), lambda row: day(row.until), sort="until", css="nowrap"),
    Column("state", _("State"), state_badge, sort="state", css="nowrap"),
)
MOST = 50  # problems offered to choose from, the newest first


def listed(user: User) -> Any:
    """The publications this person reads."""
    return asked(Publication).visible_to(user)


def may_write(user: User) -> bool:
    """True if there is a branch for which this person words publications. Without a query."""
    return bool(user.may(Right.KEEP_REGISTER, None))


def begin_form(request: AuthedRequest, branch: Organisation) -> BeginForm:
    """The first page as posted, or as it begins."""
    data = request.POST if request.method == "POST" else None
    return BeginForm(data, problems=_offered(request.user, branch), instance=Publication(organisation=branch))


def _offered(user: User, branch: Organisation) -> list[Problem]:
    rows = fitting(Problem.objects.visible_to(user).filter(organisation=branch))
    return list(rows.order_by("-found_on", "-pk")[:MOST])


def chosen(user: User, branch: Organisation, keys: list[int]) -> list[Problem]:
    """The ticked ones, in the order of the page."""
    rows = fitting(Problem.objects.visible_to(user).filter(organisation=branch, pk__in=keys))
    return list(rows.select_related("organisation").prefetch_related("measures").order_by("-found_on", "-pk"))


def lines_of(publication: Publication, user: User) -> list[PublicationLine]:
    """Its lines, each with its problem."""
    rows = PublicationLine.objects.visible_to(user).filter(publication=publication)
    return list(rows.select_related("problem", "publication"))


def shown(publication: Publication, user: User) -> dict[str, Any]:
    """The page of one: its words, who took which step, and where those without an account read it."""
    writes = any(user.may(right, publication) for right in WRITERS)
    is_public = publication.state == PublicationState.PUBLIC and not publication.has_ended
    steps = (
        (_("Proposed"), publication.proposed_by, publication.proposed_on),
        (_("Reviewed for secrets"), publication.reviewed_by, publication.reviewed_on),
        (_("Approved"), publication.approved_by, publication.approved_on),
    )
    serves = writes or user.reach.serves(publication) or user.may(Right.OVERSEE, publication)
    return {
        "publication": publication,
        "lines": lines_of(publication, user),
        "steps": [step for step in steps if step[2]] if serves else [],
        "is_inner": serves,
        "waits_for": waits_for(publication) if serves else "",
        "is_public": is_public,
        "address": address_of(publication) if is_public else "",
        "may_edit": writes and publication.may_change,
        **moving.shown(publication, user),
    }


def address_of(publication: Publication) -> str:
    """Where people without an account read it; empty where it is not meant for them."""
    if publication.audience == Audience.SOCIETY:
        return settings.PUBLIC_URL + reverse("board_public", args=[publication.organisation_id])
    if publication.audience == Audience.MASSES:
        return settings.PUBLIC_URL + reverse("publication_public", args=[publication.token])
    return ""


@lru_cache
def picture_of(url: str) -> bytes:
    """An address as a QR code."""
    return qrcode.make(url, image_factory=SvgPathImage, border=1).to_string(encoding="utf-8")
