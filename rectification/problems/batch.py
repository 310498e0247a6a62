"""One deed on many problems: which, the form that asks what it needs, and doing it."""

from collections.abc import Callable
from functools import cached_property, partial
from typing import Any, Self
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.http import AuthedRequest
from branches.models import Member
from rectification.problems.actions import giving, steps
from rectification.problems.forms import AssignForm, ExtendForm, VoidForm
from rectification.problems.models import Problem
from rectification.problems.pages import people_of
from rectification.problems.rules import LEADERS, is_his
from shell.lists import selected
from workflow.actors import require_any

FORMS: dict[str, tuple[Any, str | Promise]] = {
    "assign": (AssignForm, gettext_lazy("Give to somebody")),
    "extend": (ExtendForm, gettext_lazy("Set another day")),
    "void": (VoidForm, gettext_lazy("Make void")),
}


class Batch:
    """The problems ticked, as far as the person may do that with them."""

    def __init__(self, request: AuthedRequest, name: str) -> None:
        self.request, self.name = request, name
        kind, self.title = FORMS[name]
        keys = {*selected(request), *selected(request, "offered")}
        found = Problem.objects.visible_to(request.user).filter(pk__in=keys)
        rows = list(found.select_related("organisation", "member", "responsible").order_by("pk"))
        self.offered = [problem for problem in rows if self._fits(problem)]
        self.left_out = [problem for problem in rows if not self._fits(problem)]
        ticked = set(selected(request))
        self.problems = [problem for problem in self.offered if problem.pk in ticked]
        self._refuse()
        data = request.POST if "asked" in request.POST else None
        self.form = kind(data, people=self._people)

    @classmethod
    def of(cls, request: AuthedRequest, name: str) -> Self | None:
        """The deed of that name; None for none. Raises PermissionDenied."""
        return cls(request, name) if name in FORMS else None

    def _fits(self, problem: Problem) -> bool:
        """What is open; for making void also what came in as closed, and nothing of one's own (R16)."""
        if self.name == "void":
            return problem.takes_deeds and not is_his(problem, self.request.user)
        return problem.is_open

    def _refuse(self) -> None:
        """Raise PermissionDenied for whoever gives out work nowhere, or not for one of these."""
        require_any(self.request.user, LEADERS, None)
        for problem in self.offered:
            require_any(self.request.user, LEADERS, problem)

    @property
    def refusal(self) -> str:
        """Why the page that asks is not shown; empty where it is."""
        if self.name == "assign" and len({problem.organisation_id for problem in self.offered}) > 1:
            return _("Please choose problems of one branch: who is responsible belongs to it.")
        if self.offered:
            return ""
        if self.left_out:
            return _("This cannot be done with what was ticked: it is closed, void, or your own work.")
        return _("Please tick at least one open problem.")

    @property
    def back(self) -> Any:
        """Where it leads: where one came from among the problems, else the problem itself where it was one."""
        if self.came_from:
            return self.came_from
        return self.problems[0] if len(self.problems) == 1 else "problem_list"

    @property
    def came_from(self) -> str:
        """The page of problems on which the button was pressed, with its conditions; empty where none is known."""
        before = urlsplit(self.request.headers.get("referer", ""))
        address = self.request.POST.get("back", "") or f"{before.path}?{before.query}".rstrip("?")
        ours, batch = reverse("problem_list"), reverse("problem_batch", args=[self.name])
        return address if address.startswith(ours) and not address.startswith(batch) else ""

    @cached_property
    def _people(self) -> Any:
        """The members of the branch, where all are of one."""
        places = {problem.organisation_id: problem.organisation for problem in self.offered}
        if self.name != "assign" or len(places) != 1:
            return ()
        return people_of(next(iter(places.values())), self.request.user)

    @property
    def act(self) -> Callable[[], Any]:
        """The deed with what the form holds, to be called."""
        found, actor = self.form.cleaned_data, self.request.user
        if not self.problems:
            return self._refuse_nothing
        if self.name == "assign":
            person = Member.objects.visible_to(actor).get(pk=found["responsible"])
            return partial(giving.assign, self.problems, person, actor=actor, due_on=found["due_on"])
        if self.name == "extend":
            return partial(giving.extend, self.problems, found["due_on"], actor=actor, reason=found["reason"])
        return partial(steps.void_each, self.problems, actor=actor, note=found["reason"])

    def _refuse_nothing(self) -> None:
        raise ValidationError(_("Please tick at least one open problem."))

    @property
    def done(self) -> str:
        return _("Done for %(count)d problems.") % {"count": len(self.problems)}
