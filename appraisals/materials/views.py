"""Pages of materials: the list, one of them, and writing on it."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.materials import actions
from appraisals.materials.earlier import from_elsewhere, of_last_year
from appraisals.materials.filters import MaterialFilter
from appraisals.materials.forms import MaterialForm
from appraisals.materials.hints import hints
from appraisals.materials.lists import MATERIAL_COLUMNS, MATERIAL_READS
from appraisals.materials.models.materials import ABOVE
from appraisals.materials.pages import shown
from appraisals.materials.reviewing.anchors import comments_beside
from appraisals.materials.sources import as_text, carried
from appraisals.models import Draft, Material
from branches import moving
from branches.http import AuthedRequest
from branches.pages import REFUSALS, words_of
from branches.rights import Right
from shell import confirm, lists
from shell.asked import asked
from shell.copies import SAVED, copy_of

REVIEWING = (Right.LEAD, *ABOVE.values())
BEHIND = gettext_lazy(
    "This text was meanwhile saved from another window or device. Press “Save draft”: the next page shows both."
)


@require_safe
def material_list(request: AuthedRequest) -> HttpResponse:
    rows = asked(Material).visible_to(request.user).with_late(timezone.localdate())
    page = lists.page(
        request, rows, columns=MATERIAL_COLUMNS, filters=MaterialFilter, default_sort="due_on", reads=MATERIAL_READS
    )
    reviews = any(request.user.may(right, None) for right in REVIEWING)
    return lists.render(request, "appraisals/material_list.html", page, reviews=reviews)


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
    form = MaterialForm(request.POST or None, material=material, initial=_typed(draft, _brought(request, material)))
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
    act = partial(actions.move_material, reasons=request.POST.getlist("reasons"))
    return moving.moved(request, _material(request, pk), name, act)


def _material(request: AuthedRequest, pk: int) -> Material:
    rows = asked(Material).visible_to(request.user).select_related("organisation", "round", "author")
    return get_object_or_404(rows, pk=pk)


def _brought(request: AuthedRequest, material: Material) -> list[str]:
    """What the author asked to begin with: his own, passed in another branch, or what is left of earlier years."""
    match request.GET.get("begin"):
        case "earlier":
            version = from_elsewhere(material, request.user)
            return [text for _title, text in version.sections] if version else []
        case "carried":
            return [as_text(carried(material, request.user))]
    return []


def _typed(draft: Draft | None, brought: list[str]) -> dict[str, object]:
    """What the author wrote so far, as the form names it; before the first word what he brought along."""
    written = {str(number): text for number, text in enumerate(brought, 1)}
    sections = draft.sections if draft else written
    return {**{f"aspect_{key}": text for key, text in sections.items()}, "revision": draft.revision if draft else 0}


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
    context = {
        "form": form,
        "material": material,
        "remarks": material.history.filter(move__in=actions.REMARKS),
        "comments": comments_beside(material, request.user),
        "copy": copy_of(request, "material", material.pk),
        "hints": hints(form.written, of_last_year(material, request.user)),
        "earlier": None if form.has_words else from_elsewhere(material, request.user),
        "carried": carried(material, request.user),
        "may_begin": not form.has_words,
    }
    return render(request, "appraisals/material_edit.html", context, status=status)
