"""What is lacking of the hours of study, for many members at once: by the rules of their branches, and nothing for
whoever need not come."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from branches.models import Relation
from branches.rules.sets import InForce, in_force
from meetings.models import StudyShortfall
from meetings.study.hours import years
from meetings.study.rules import AWAY, CAMPAIGN, CONVERSION, NATIONAL

CODES = tuple(rule.code for rule in (NATIONAL, CAMPAIGN, CONVERSION, AWAY))
AT_ONCE = 500  # members
FACTS = ("member_id", "organisation_id", "organisation__path", "post", "is_exempt")


class Rules:
    """The rules of study as they hold at some places alike."""

    def __init__(self, held: Sequence[InForce]) -> None:
        self._held = {each.rule.code: each for each in held}

    def of(self, code: str) -> InForce:
        """The rule of that code."""
        return self._held[code]


def day_of(year: int, today: date) -> date:
    """The day whose register counts: today, or the last of a year that is over."""
    return min(today, date(year, 12, 31))


def of_members(members: Collection[int], year: int, today: date) -> list[StudyShortfall]:
    """What these members lack; in four queries, one more, and six for each set of rules that holds among them."""
    rows = Relation.objects.register(on=day_of(year, today)).filter(member__in=members)
    return list(_of_relations(rows.order_by().values_list(*FACTS, named=True), year))


def of_everybody(year: int, today: date) -> Iterator[tuple[Sequence[int], list[StudyShortfall]]]:
    """Batches of the members of the register, each with what they lack."""
    rows = Relation.objects.register(on=day_of(year, today)).order_by("organisation__path", "pk")
    keys = list(rows.values_list("member", flat=True))
    for begin in range(0, len(keys), AT_ONCE):
        members = keys[begin : begin + AT_ONCE]
        yield members, of_members(members, year, today)


def _of_relations(rows: Iterable[Any], year: int) -> Iterator[StudyShortfall]:
    due = [row for row in rows if not row.is_exempt]
    places = {(row.organisation__path, year) for row in due}
    held = {code: in_force(code, places) for code in CODES}
    alike: dict[Any, list[Any]] = defaultdict(list)
    for row in due:
        rules = [held[code][row.organisation__path, year] for code in CODES]
        alike[tuple((rule.severity, tuple(rule.numbers.items())) for rule in rules)].append((row, rules))
    for group in alike.values():
        found = years({row.member_id: row.post or "" for row, _rules in group}, year, Rules(group[0][1]))
        for row, _rules in group:
            of = found[row.member_id]
            if of.lacking or of.lacking_of_both:
                yield StudyShortfall(
                    organisation_id=row.organisation_id, member_id=row.member_id, year=year,
                    collective=of.lacking, of_both=of.lacking_of_both,
                )  # fmt: skip
