"""Pages of an organisation's plan for a round."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from appraisals.models import Round, SchemeStep
from appraisals.rounds.actions.scheme import SchemeChanged, write_scheme
from appraisals.rounds.scheme.content import may_write_scheme, right_to_write, scheme_of
from appraisals.rounds.scheme.forms import SchemeSheet
from appraisals.rounds.views.plan import round_of
from appraisals.states import RoundState
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import kept
from branches.tree import under


@require_safe
def scheme_detail(request: AuthedRequest, pk: int, place: int) -> HttpResponse:
    round_, organisation = _asked(request, pk, place)
    scheme = scheme_of(round_, organisation, request.user)
    context = {"round": round_, "organisation": organisation, "scheme": scheme, "is_own": _is_own(round_, organisation)}
    may_write = round_.state != RoundState.CLOSED and may_write_scheme(request.user, round_, organisation)
    return render(request, "appraisals/scheme_detail.html", {**context, "may_write": may_write})


@require_http_methods(["GET", "HEAD", "POST"])
def scheme_edit(request: AuthedRequest, pk: int, place: int) -> HttpResponse:
    """A branch that has written nothing begins with what its superior has laid down."""
    round_, organisation = _asked(request, pk, place)
    request.user.require(right_to_write(round_, organisation), SchemeStep(round=round_, organisation=organisation))
    saved = scheme_of(round_, organisation, request.user)
    begun = saved or scheme_of(round_, round_.organisation, request.user)
    sheet = SchemeSheet(begun, saved.fingerprint, request.POST or None)
    if request.POST and sheet.is_valid() and _written(request, round_, organisation, sheet):
        return redirect("scheme_detail", pk, place)
    context = {"round": round_, "organisation": organisation, "sheet": sheet, "is_own": _is_own(round_, organisation)}
    if sheet.is_behind:
        context["theirs"] = saved
    return render(request, "appraisals/scheme_edit.html", context, status=409 if sheet.is_behind else 200)


def _written(request: AuthedRequest, round_: Round, organisation: Organisation, sheet: SchemeSheet) -> bool:
    posts, steps = sheet.lines
    act = partial(write_scheme, round_, organisation, posts, steps, actor=request.user, seen=sheet.seen)
    try:
        return kept(request, sheet, act)
    except SchemeChanged:
        sheet.fall_behind()
        return False


def _asked(request: AuthedRequest, pk: int, place: int) -> tuple[Round, Organisation]:
    """A round one sees, and whose plan is asked for: its own organisation's, or that of one within reach below it.
    Raises Http404."""
    round_ = round_of(request, pk)
    if place == round_.organisation_id:
        return round_, round_.organisation
    inside = Organisation.objects.visible_to(request.user).branches().filter(under(round_.organisation.path))
    return round_, get_object_or_404(inside, pk=place)


def _is_own(round_: Round, organisation: Organisation) -> bool:
    """True for a branch's own plan, as against the one laid down for all."""
    return organisation.pk != round_.organisation_id
