"""The page on which a visit is written down: new, as a draft, or as a correction."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from appraisals.models import Visit
from appraisals.supervision.actions.visits import Behind
from appraisals.supervision.forms import VisitSheet
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.pages import REFUSALS, words_of
from shell.copies import SAVED, copy_of

BEHIND = gettext_lazy(
    "This record was meanwhile saved or submitted, from here or from another window. What you typed stays below: "
    "please compare it with the list of visits before you save again."
)


class Writing:
    """`place` tells the copies of unsaved words apart (shell.copies); `visit` is the draft, or what is corrected."""

    def __init__(
        self, request: AuthedRequest, branch: Organisation, sheet: VisitSheet, place: str, visit: Visit | None = None
    ) -> None:
        self.request, self.branch, self.sheet, self.visit = request, branch, sheet, visit
        self.copy = copy_of(request, place, branch.pk)
        self.status = 200

    def answer(self, act: Callable[..., Visit]) -> HttpResponse:
        """Save or submit what was posted through `act(entry, actor=…, …)`, or show the page with every word of it."""
        if self.request.method == "POST" and self.sheet.is_valid() and (visit := self._kept(act)):
            done = _("Draft saved.") if visit.is_draft else _("Submitted.")
            messages.success(self.request, done, extra_tags=SAVED)
            return redirect(visit)
        told = {"organisation": self.branch, "sheet": self.sheet, "form": self.sheet.form, "copy": self.copy}
        context = {**told, "visit": self.visit}
        return render(self.request, "appraisals/visit_edit.html", context, status=self.status)

    def _kept(self, act: Callable[..., Visit]) -> Visit | None:
        form = self.sheet.form
        try:
            return act(self.sheet.entry, actor=self.request.user, **self.sheet.told(self.request.POST.get("save")))
        except Behind:
            self.status = 409
            form.add_error(None, str(BEHIND))
        except REFUSALS as refusal:
            form.add_error(None, words_of(refusal))
        return None
