"""What a superior has set to “block” stops every deed that breaks it: one gate, passed by all of them.

    with gate.passed(branch, on=since):
        …  # the rows change

A breach that was there before stops nothing that leaves it as it is or makes it smaller: a branch of two must be able
to enter its third member.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from branches.models.organisations import Organisation
from branches.models.rule_sets import RuleOverride
from branches.rules.counting import facts_on
from branches.rules.organisations import FINDERS, size
from branches.rules.sets import Remark, RuleSet
from branches.rules.table import Severity
from branches.tree import above

Found = dict[str, tuple[Remark, int]]


@contextmanager
def passed(*organisations: Organisation, on: date, standing: Iterable[str] = ()) -> Iterator[None]:
    """Let the deed inside go through unless it makes or enlarges a breach that blocks, there or above, on that day.

    Of the codes in `standing` a breach that was there before stops it as well. Raises ValidationError.
    """
    day = max(on, timezone.localdate())
    if not RuleOverride.objects.standing().filter(year=day.year, severity=Severity.BLOCK).exists():
        yield
        return
    places = _with_superiors(organisations)
    before = {place.pk: _blocking(place, day) for place in places}
    _refuse(before[place.pk][code][0] for place in organisations for code in standing if code in before[place.pk])
    yield
    for place in places:
        _refuse(grown(before[place.pk], _blocking(place, day)))


def grown(before: Found, after: Found) -> list[Remark]:
    """The breaches that are new, or larger than before."""
    return [remark for code, (remark, much) in after.items() if code not in before or much > before[code][1]]


def _with_superiors(organisations: Iterable[Organisation]) -> list[Organisation]:
    paths = {path for organisation in organisations for path in above(organisation.path)}
    return list(Organisation.objects.filter(path__in=paths))


def _blocking(place: Organisation, day: date) -> Found:
    """The breaches that block at this place, by code, each with how large it is."""
    return breaches(place, day, only=Severity.BLOCK)


def breaches(place: Organisation, day: date, *, only: Severity | None = None) -> Found:
    """What a place breaks on that day by code, each with how large it is; `only` of rules that are so strict there."""
    rules = RuleSet(place.path, day.year)
    codes = [code for code in FINDERS if only in (None, rules.of(code).severity)]
    if not codes:
        return {}
    facts = facts_on(place, day)
    found = ((code, rules.remark(code, FINDERS[code](facts, rules.of(code).numbers))) for code in codes)
    return {code: (remark, size(code, facts, rules.of(code).numbers)) for code, remark in found if remark}


def _refuse(remarks: Iterable[Remark]) -> None:
    if words := [remark.refusal for remark in remarks]:
        raise ValidationError(words)
