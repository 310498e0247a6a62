"""What has been kept for as long as it may be, branch by branch."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet

from branches.models.organisations import Organisation
from branches.retention.kinds import LEAST, Kind
from branches.rules.sets import in_force
from branches.rules.table import Severity


def expired(kind: Kind, today: date) -> Iterator[tuple[Organisation, QuerySet[Any]]]:
    """Each branch with its rows of `kind` whose days are over before `today`; three queries, however many branches.

    The days are those of the year of the text: what a superior sets later neither shortens nor lengthens what was
    promised when it was written. Where the rule is not applied, nothing expires.
    """
    if not kind.days or not kind.rows:
        return
    key, path, year = f"{kind.organisation}_id", f"{kind.organisation}__path", f"{kind.since}__year"
    old = kind.rows().filter(**{f"{kind.since}__lt": today - timedelta(LEAST)}).order_by()
    found = list(old.values_list(key, path, year).annotate(oldest=Min(kind.since)))
    rules = in_force(kind.code, {(at, of) for _key, at, of, _oldest in found})
    over: dict[int, Q] = defaultdict(Q)
    for branch, at, of, oldest in found:
        rule = rules[at, of]
        before = today - timedelta(rule.numbers["days"])
        if rule.severity != Severity.OFF and oldest < before:
            over[branch] |= Q(**{year: of, f"{kind.since}__lt": before})
    for branch in Organisation.objects.filter(pk__in=over).order_by("path"):
        yield branch, kind.rows().filter(over[branch.pk], **{kind.organisation: branch})
