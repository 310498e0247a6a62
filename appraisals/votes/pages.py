"""What the pages of a vote print."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

import qrcode
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from appraisals.models import Vote
from appraisals.votes.actions import Printed
from appraisals.votes.count_forms import TotalsForm
from appraisals.votes.results import results_of
from appraisals.votes.rules import of_the_way
from appraisals.votes.sites.reading import sites_of
from appraisals.votes.states import BEFORE_OPENING, BEFORE_THE_COUNT, KEEPERS, TELLERS, UNDER_WAY, WRITERS, VoteState
from ballots import slips
from ballots.casting.handler import PREFIX
from ballots.marks import Asked, lines_of
from ballots.turnout import holds_few, turnout
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.rights import Right
from branches.tree import under
from meetings.models import Meeting
from workflow.actors import require_any

LIMIT = 200


def places(user: Any) -> QuerySet[Organisation]:
    """The branches at which this person lays votes down."""
    here = Q(path__in=user.reach.office_paths(Right.RECORD))
    for path in user.reach.oversight_paths(Right.ENTER_FOR):
        here |= under(path)
    return Organisation.objects.visible_to(user).filter(here, kind=Kind.BRANCH).order_by("path")


def place_of(request: AuthedRequest) -> Organisation | None:
    """The organisation ?organisation= names, or the only one there is. Raises Http404, PermissionDenied."""
    key = request.GET.get("organisation", "")
    if not key.isdecimal():
        only = list(places(request.user)[:2])
        if not only:
            raise PermissionDenied
        return only[0] if len(only) == 1 else None
    place = get_object_or_404(Organisation.objects.visible_to(request.user), pk=key)
    require_any(request.user, WRITERS, Vote(organisation=place))
    return place


def shown(vote: Vote, user: Any) -> dict[str, Any]:
    """The page of a vote."""
    lines = lines_of(vote.poll)
    keeps, tells = (any(user.may(right, vote) for right in rights) for rights in (KEEPERS, TELLERS))
    enters = keeps or user.may(Right.ENTER_FOR, vote)
    later = Vote.objects.visible_to(user).filter(repeats=vote).first()
    remark = of_the_way(vote) if vote.is_electronic and vote.state in BEFORE_OPENING else None
    seen = Meeting.objects.visible_to(user).filter(pk=vote.meeting_id)
    told = {
        "vote": vote,
        "later": later,
        "meeting": seen.first() if vote.meeting_id else None,
        "partners": [str(one.organisation) for one in vote.partners.select_related("organisation")],
        "remarks": [remark] if remark else [],
        "sheets": [(sheet, [line for line in lines if line.sheet_key == sheet.pk]) for sheet in vote.poll.sheets.all()],
        "results": results_of(vote, user),
        "sites": sites_of(vote),
        "may_enter_sites": (tells or enters) and vote.is_outside and vote.state in BEFORE_THE_COUNT,
        "is_counted": vote.state == VoteState.COUNTED,
        "address": casting_address(),
        "turnout": turnout(vote.poll) if vote.state == VoteState.OPEN else "",
        "may_edit": enters and vote.state == VoteState.PREPARED,
        "may_hand_out": keeps
        and vote.is_electronic
        and vote.state == VoteState.PREPARED
        and vote.has_tellers
        and not (remark and remark.blocks),
        "may_type": (tells or enters) and vote.is_paper and vote.has_tellers and vote.state == VoteState.PREPARED,
        "may_print_paper": (tells or enters) and vote.is_paper and vote.state == VoteState.PREPARED,
        "may_count": tells and vote.state == VoteState.CLOSED,
        "may_handle": keeps and vote.state in UNDER_WAY,
        "may_print_report": (tells or enters) and vote.state in (VoteState.COUNTED, VoteState.CONFIRMED),
        "may_repeat": enters and vote.state == VoteState.VOID and later is None,
    }
    return told | moving.shown(vote, user)


def cautions_of(vote: Vote) -> dict[str, str]:
    """By the name of a move what is said before it is made."""
    told = {
        "confirm": _("Nothing can be changed afterwards: box, key and slips are destroyed. Do the numbers agree?"),
        "recount": _("The totals found are forgotten; they are entered or counted anew. Go on?"),
    }
    if vote.state == VoteState.OPEN and holds_few(vote.poll):
        told["close"] = _(
            "Fewer than %(number)d ballots are in the box. Once it is closed nobody can vote any more, and so few "
            "totals are read by the superior organisation only. Close it all the same?"
        ) % {"number": vote.poll.min_show}
    return told


def casting_address() -> str:
    """Where slips are used."""
    return f"{settings.PUBLIC_URL}{PREFIX}"


def printed_slips(printed: Printed) -> list[dict[str, str]]:
    """Each slip with its code and its QR code, whose secret part stands behind # and reaches no server."""
    return [{"code": slips.grouped(code), "qr": _drawn(f"{casting_address()}#{code}")} for code in printed.codes]


def _drawn(url: str) -> str:
    """As the address of a picture that the page carries itself."""
    picture = qrcode.make(url, image_factory=SvgPathImage, border=1).to_string(encoding="utf-8")
    return f"data:image/svg+xml;base64,{b64encode(picture).decode()}"


def halves_shown(halves: tuple[str, str] | None) -> list[tuple[str, str]]:
    """(for whom, half in groups)."""
    names = (_("Half of the scrutineer"), _("Half of the teller"))
    grouped = (" ".join(half[at : at + 4] for at in range(0, len(half), 4)) for half in halves or ())
    return list(zip(names, grouped, strict=False))


def totals_table(form: TotalsForm, lines: Sequence[Asked], titles: Iterable[tuple[int, str]]) -> list[dict[str, Any]]:
    """The fields of a typed count, sheet by sheet."""
    found = []
    for key, title in titles:
        rows = [line for line in lines if line.sheet_key == key]
        typed = (f"{name}{key}" for name in ("issued", "collected", "invalid"))
        numbers = [form[name] for name in typed if name in form.fields]
        fields = [{"line": line, "fields": _fields(form, line)} for line in rows]
        own = any(line.options != rows[0].options for line in rows)
        found.append({"title": title, "numbers": numbers, "rows": fields, "options": [] if own else rows[0].options})
    return found


def _fields(form: TotalsForm, line: Asked) -> list[tuple[str, Any]]:
    """(words of the option, its field); abstentions last."""
    options = [*enumerate(line.options, 1), (0, _("Abstain"))]
    return [(words, form[f"n{line.key}_{option}"]) for option, words in options]
