"""Reading through the pile, and the comments on its passages."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.materials import actions as materials
from appraisals.materials.reviewing import actions
from appraisals.materials.reviewing.forms import PassageForm
from appraisals.materials.reviewing.pages import beside, pile, read
from appraisals.models import Comment, Material
from branches.http import AuthedRequest
from branches.pages import REFUSALS, perform, words_of
from branches.rights import Right
from workflow.words import told

MOVES = ("accept", "pass_on", "suggest", "send_back")


@require_safe
def material_pile(request: AuthedRequest) -> HttpResponse:
    """On to the first piece that waits, or back to the list where nothing does."""
    keys = pile(request.user)
    if keys:
        return redirect("material_review", keys[0])
    messages.info(request, _("Nothing waits for your review."))
    return redirect("material_list")


@require_http_methods(["GET", "HEAD", "POST"])
def material_review(request: AuthedRequest, pk: int) -> HttpResponse:
    material = _material(request, pk)
    request.user.require(Right.REVIEW, material)
    refused: list[str] = []
    if request.method == "POST":
        following = beside(pile(request.user), pk)["next_url"]
        refused = _done(request, material)
        if not refused:
            stays = request.POST.get("do") == "comment"
            return redirect(reverse("material_review", args=[pk]) if stays else following or reverse("material_list"))
    context = {**read(material, request.user), "refused": refused, "typed": request.POST}
    return render(request, "appraisals/material_review.html", context)


def _done(request: AuthedRequest, material: Material) -> list[str]:
    """Do what was sent; what is in its way, in words, and nothing typed is lost."""
    do, note = request.POST.get("do", ""), request.POST.get("note", "")
    try:
        if do == "comment":
            form = PassageForm(request.POST)
            if not form.is_valid():
                raise ValidationError(_("Please choose a passage first and write what you say about it."))
            actions.comment(material, form.cleaned_data["note"], actor=request.user, **form.facts)
        elif do in MOVES:
            reasons = request.POST.getlist("reasons")
            materials.move_material(material, do, actor=request.user, note=note, reasons=reasons)
        else:
            raise Http404
    except REFUSALS as refusal:
        return words_of(refusal)
    messages.success(request, _("Done: %s.") % f"{told(do)} · {material}")
    return []


@require_POST
def comment_answer(request: AuthedRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    words = request.POST.get("note", "")
    perform(request, lambda: actions.answer(comment, words, actor=request.user), done=_("Answered."))
    return redirect(comment.material)


@require_POST
def comment_resolve(request: AuthedRequest, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    perform(request, lambda: actions.resolve(comment, actor=request.user), done=_("Resolved."))
    back = "material_review" if request.POST.get("back") == "review" else "material_detail"
    return redirect(back, comment.material_id)


def _material(request: AuthedRequest, pk: int) -> Material:
    rows = Material.objects.visible_to(request.user).select_related("organisation", "round", "author")
    return get_object_or_404(rows, pk=pk)


def _comment(request: AuthedRequest, pk: int) -> Comment:
    rows = Comment.objects.visible_to(request.user).select_related("material__organisation")
    return get_object_or_404(rows, pk=pk)
