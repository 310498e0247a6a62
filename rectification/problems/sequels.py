"""The other way round of an origin: the problems that a row gave cause for stand on its page."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Kind
from branches.sequels import Sequel, register
from rectification.problems.models import Problem
from rectification.problems.origins import ROWS, cause_of
from rectification.problems.pages import keeps_ledger
from shell.asked import asked

MOST = 20  # of one row


def _follow(ref: str, user: Any) -> Iterator[Sequel]:
    rows = asked(Problem).visible_to(user).filter(origin_ref=ref).order_by("pk")
    return (Sequel(row.short, row) for row in rows[:MOST])


def _begin(row: Any, ref: str, user: Any) -> tuple[str | Promise, str] | None:
    place = row.organisation
    if place.kind != Kind.BRANCH or not keeps_ledger(place, user) or cause_of(ref, user) is None:
        return None
    return _(
        "Write a problem down"
    ), f"{reverse('problem_create')}?{urlencode({'organisation': place.pk, 'origin': ref})}"


register(ROWS, follow=_follow, begin=_begin)
