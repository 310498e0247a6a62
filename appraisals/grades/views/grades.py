"""Pages of one grade: for the person, the committee and the superior."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from appraisals.grades.actions import moving, reading, saying
from appraisals.grades.forms import SayForm
from appraisals.grades.models import GradeWord
from appraisals.grades.models.words import WordKind
from appraisals.grades.pages import shown
from appraisals.grades.steps import rights_of
from appraisals.materials.models import Confirmation
from appraisals.models import Grade
from branches import moving as buttons
from branches.http import AuthedRequest
from branches.pages import kept, perform
from branches.rights import Right
from shell.address import client_address
from workflow.actors import require_any

PARTS = ("entry__member", "entry__organisation", "entry__round", "entry__round__organisation")


@require_safe
@never_cache
def grade_detail(request: AuthedRequest, pk: int) -> HttpResponse:
    grade = _grade(request, pk)
    reading.note_reading(grade, 1, actor=request.user, address=client_address(request))
    return render(request, "appraisals/grade_detail.html", shown(grade, request.user))


@require_POST
def grade_move(request: AuthedRequest, pk: int, name: str) -> HttpResponse:
    return buttons.moved(request, _grade(request, pk), name, moving.move)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def grade_say(request: AuthedRequest, pk: int, kind: str) -> HttpResponse:
    """Agree or object, answer, take it further: the words, and the step that goes with them."""
    grade = _grade(request, pk)
    if kind not in WordKind.values:
        raise Http404
    require_any(request.user, rights_of(grade, kind), grade)
    own = request.user.may(Right.OWN, grade)
    form = SayForm(request.POST or None, grade=grade, kind=WordKind(kind), own=own)
    if form.is_valid() and kept(
        request, form, lambda: saying.say(grade, kind, actor=request.user, **form.cleaned_data)
    ):
        return redirect("grade_detail", pk)
    told = {"grade": grade, "kind": WordKind(kind), "form": form, "own": own, "cancel_url": grade.get_absolute_url()}
    return render(request, "appraisals/grade_say.html", told | {"submit_label": WordKind(kind).label})


@require_POST
def grade_confirm(request: AuthedRequest, pk: int, how: str) -> HttpResponse:
    """The person confirms what a helper entered, or the helper has a signed print."""
    words = GradeWord.objects.visible_to(request.user).select_related(*(f"grade__{part}" for part in PARTS))
    word = get_object_or_404(words, pk=pk)
    if how not in Confirmation.values:
        raise Http404
    perform(request, lambda: saying.confirm(word, how, actor=request.user), done=_("Confirmed."))
    return redirect(word.grade)


def _grade(request: AuthedRequest, pk: int) -> Grade:
    return get_object_or_404(Grade.objects.visible_to(request.user).select_related(*PARTS), pk=pk)
