"""Which part of a stage a grid shows: the organisation asked for, its branches, and what they are narrowed by."""

from functools import cached_property
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from appraisals.models import Progress, Stage
from appraisals.rounds.grid.sheet import Column, Line, columns_of, lines_of
from appraisals.rounds.states import BEHIND
from appraisals.states import RoundState
from branches.http import AuthedRequest
from branches.models import Organisation
from branches.models.organisations import Kind
from branches.overview import Overview, named
from branches.rights import Right
from branches.tree import STEP, contains, under

MOST: Final = 2000  # branches of one file, or looked through for what is lacking
TOO_MUCH: Final = gettext_lazy("More branches than one file takes: please choose an organisation below.")
PARTS = ("organisation", "stage", "round", "round__organisation")
ONLY = ("enter", "short")


class Part:
    """The branches of one organisation in one stage, as far as this person enters for them."""

    def __init__(self, request: AuthedRequest, stage: Stage) -> None:
        self.user, self.stage, self.asked = request.user, stage, request.GET
        self.user.require(Right.ENTER_FOR, None)
        self.place = named(request) or self._begin()
        if not contains(stage.round.organisation.path, self.place.path):
            raise Http404
        self.user.require(Right.ENTER_FOR, self.place)

    def _begin(self) -> Organisation:
        """The round's own organisation, or the topmost below it that this person enters for."""
        top, over = self.stage.round.organisation.path, self.user.reach.oversight_paths(Right.ENTER_FOR)
        inside = [top] if any(contains(path, top) for path in over) else [path for path in over if contains(top, path)]
        if not inside:
            raise PermissionDenied
        return get_object_or_404(Organisation.objects.visible_to(self.user), path=min(inside))

    @property
    def only(self) -> str:
        """What the rows are narrowed by, "" for nothing."""
        asked: str = self.asked.get("only", "")
        return asked if asked in ONLY else ""

    @property
    def is_open(self) -> bool:
        return bool(self.stage.round.state == RoundState.OPEN)

    @cached_property
    def columns(self) -> list[Column]:
        return columns_of(self.stage, self.user)

    @property
    def all_rows(self) -> Any:
        """Every branch of the place in this stage, in set order."""
        mine = Progress.objects.visible_to(self.user).taking_part().filter(under(self.place.path, "organisation__path"))
        return mine.filter(stage=self.stage).select_related(*PARTS).order_by("organisation__path")

    @cached_property
    def rows(self) -> Any:
        """Those asked for: all; those that wait to be entered; those that lack a number."""
        if self.only == "enter":
            return self.all_rows.exclude(state__in=BEHIND).unattended()
        if self.only == "short":
            found = lines_of(self.all_rows[:MOST], self.columns, self.user)
            return self.all_rows.filter(pk__in=[line.row.pk for line in found if line.is_short])
        return self.all_rows

    @property
    def is_too_much(self) -> bool:
        """True where the place holds more branches than one file takes: choose one below."""
        return bool(self.all_rows[MOST : MOST + 1])

    @property
    def is_cut(self) -> bool:
        """True where what lacks something was only looked for among the first."""
        return self.only == "short" and self.is_too_much

    def lines(self, rows: Any) -> list[Line]:
        return lines_of(rows, self.columns, self.user)

    @cached_property
    def below(self) -> list[Organisation]:
        """The inner organisations right below, each with a grid of its own."""
        if self.place.kind == Kind.BRANCH:
            return []
        return [row for row in Overview(self.user).below(self.place)[:MOST] if row.kind != Kind.BRANCH]

    @cached_property
    def above(self) -> Organisation | None:
        """The organisation right above, where this person enters for it and it takes part in the round."""
        path = self.place.path[:-STEP]
        if len(path) < len(self.stage.round.organisation.path):
            return None
        found = Organisation.objects.visible_to(self.user).filter(path=path).first()
        return found if found and self.user.may(Right.ENTER_FOR, found) else None
