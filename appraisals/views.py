"""Pages of rounds and materials."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals import actions
from appraisals.filters import MaterialFilter, RoundFilter
from appraisals.forms import MaterialForm, RoundForm, round_organisations
from appraisals.lists import MATERIAL_COLUMNS, MATERIAL_READS, ROUND_COLUMNS, figures, tally
from appraisals.models import Draft, Material, Round
from appraisals.pages import shown
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, words_of
from branches.rights import Right
from shell import confirm, lists
from shell.asked import asked
from shell.copies import SAVED, copy_of

BEHIND = gettext_lazy(
    "This text was meanwhile saved from another window or device. Press “Save draft”: the next page shows both."
)


@require_safe
def round_list(request: AuthedRequest) -> HttpResponse:
    rows = Round.objects.visible_to(request.user).select_related("organisation")
    page = lists.page(request, rows, columns=ROUND_COLUMNS, filters=RoundFilter, default_sort="-year")
    may_create = request.user.may(Right.RUN_ROUNDS, None)
    return lists.render(request, "appraisals/round_list.html", page, may_create=may_create)


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: AuthedRequest) -> HttpResponse:
    request.user.require(Right.RUN_ROUNDS, None)
    form = RoundForm(request.POST or None, organisations=round_organisations(request.user))
    if form.is_valid():
        round_ = actions.prepare_round(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved. Open the round when everything is right."))
        return redirect(round_)
    return render(request, "appraisals/round_create.html", {"form": form})


@require_safe
def round_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    materials = Material.objects.visible_to(request.user).filter(round=round_)
    context = {
        "round": round_,
        "counts": figures(round_, materials.by_state()),
        "branches": tally(round_, materials.by_branch()),
        **moving.shown(round_, request.user),
    }
    return render(request, "appraisals/round_detail.html", context)


@require_POST
def round_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("organisation"), pk=pk)
    return moving.moved(request, round_, name, actions.move_round)


@require_safe
def material_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Material).visible_to(request.user).with_late(timezone.localdate())
    page = lists.page(
        request, rows, columns=MATERIAL_COLUMNS, filters=MaterialFilter, default_sort="due_on", reads=MATERIAL_READS
    )
    return lists.render(request, "appraisals/material_list.html", page)


@require_safe
def material_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    return render(request, "appraisals/material_detail.html", shown(_material(request, pk), request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def material_edit(request: AuthedRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    request.user.require(material.writing_right, material)
    if not material.is_open:
        messages.info(request, _("This material can no longer be edited: it is “%s”.") % material.get_state_display())
        return redirect(material)
    draft = Draft.objects.visible_to(request.user).filter(material=material).first()
    form = MaterialForm(request.POST or None, material=material, initial=_typed(draft))
    if request.POST.get("save") in ("draft", "submit") and form.is_valid():
        is_behind = form.seen != (draft.revision if draft else 0)  # told before anything else is asked
        return (None if is_behind else _question(request, material, form)) or _keep(request, material, form)
    return _writing(request, material, form)


@require_POST
def material_autosave(request: AuthedRequest, pk: int) -> JsonResponse:
    own = asked(Material).own(request.user).select_related("round").filter(pk=pk).first()
    material = own or _material(request, pk)
    form = MaterialForm(request.POST, material=material)
    if not form.is_valid():
        return JsonResponse({"fault": _("Too long to save: please shorten the text.")}, status=422)
    try:
        draft = actions.save_draft(material, form.sections, actor=request.user, seen=form.seen)
    except (actions.Stale, *REFUSALS):
        return JsonResponse({"fault": BEHIND}, status=409)
    return JsonResponse({"revision": draft.revision})


@require_POST
def material_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return moving.moved(request, _material(request, pk), name, actions.move_material)


def _material(request: AuthedRequest, pk: int) -> Material:
    rows = asked(Material).visible_to(request.user).select_related("organisation", "round", "author")
    return get_object_or_404(rows, pk=pk)


def _typed(draft: Draft | None) -> dict[str, object]:
    """What the author wrote so far, as the form names it."""
    sections = {f"aspect_{key}": text for key, text in draft.sections.items()} if draft else {}
    return {**sections, "revision": draft.revision if draft else 0}


def _question(request: AuthedRequest, material: Material, form: MaterialForm) -> HttpResponse | None:
    """The page that asks before a piece with empty aspects is handed in; None where nothing is to ask."""
    if request.POST["save"] != "submit" or not form.gaps or len(form.gaps) == len(form.keys):
        return None
    text = _("Nothing is written under: %s. Hand it in all the same?") % "、".join(form.gaps)
    title, label, back = _("Submit with empty aspects?"), _("Submit all the same"), material.get_absolute_url()
    return confirm.ask(request, title=title, text=text, back=back, label=label, rewrite=("save", "again"))


def _keep(request: AuthedRequest, material: Material, form: MaterialForm) -> HttpResponse:
    """Save or submit what the author typed; a refusal shows the page again with every word of it."""
    is_submitted = request.POST.get("save") == "submit"
    act = actions.submit if is_submitted else actions.save_draft
    try:
        act(material, form.sections, actor=request.user, seen=form.seen)
    except actions.Stale:
        form.meet(Draft.objects.visible_to(request.user).filter(material=material).first() or Draft(material=material))
        form.add_error(
            None,
            _(
                "This text was meanwhile saved from another window or device: both are on this page, nothing is lost."
                " Saving again replaces what stands below."
            ),
        )
        return _writing(request, material, form, status=409)
    except REFUSALS as refusal:
        form.add_error(None, words_of(refusal))
        return _writing(request, material, form)
    messages.success(request, _("Submitted.") if is_submitted else _("Draft saved."), extra_tags=SAVED)
    return redirect(material)


def _writing(request: AuthedRequest, material: Material, form: MaterialForm, status: int = 200) -> HttpResponse:
    remarks = material.history.filter(move__in=actions.REMARKS)
    copy = copy_of(request, "material", material.pk)
    context = {"form": form, "material": material, "remarks": remarks, "copy": copy}
    return render(request, "appraisals/material_edit.html", context, status=status)
