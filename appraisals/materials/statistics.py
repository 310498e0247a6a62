"""What was handed in, by class of author, by kind, and why it was returned."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from appraisals.materials.kinds import MaterialKind
from appraisals.materials.reasons import Reason
from appraisals.metrics import BY_CLASS
from appraisals.models import Material, ReturnReason, Round
from branches.rights import Right
from figures.registry import Period
from figures.totals import lines


@dataclass(frozen=True, slots=True)
class Classes:
    """The classes added up, beside what is told of all of them: where both differ, both are shown (F33)."""

    leading: int
    ordinary: int
    told: int

    @property
    def computed(self) -> int:
        return self.leading + self.ordinary

    @property
    def difference(self) -> int:
        """What the classes come to beyond what is told, with the sign that figures give a difference."""
        return self.computed - self.told


def by_class(round_: Round, user: Any) -> Classes | None:
    """Over all branches whose figures this person reads; None where nothing is handed in or told."""
    found = lines(user, round_.organisation.path, Period(round_key=round_.pk), BY_CLASS)
    leading, ordinary, told = (line.total for line in found)
    return Classes(leading, ordinary, told) if leading or ordinary or told else None


def by_kind(materials: Any) -> list[dict[str, Any]]:
    """Of rows this person sees: how many are owed, handed in and passed, a line a kind. One query."""
    rows = materials.order_by().values("kind").annotate(
        owed=Count("pk"), handed_in=Count("pk", filter=Q(versions_count__gt=0)),
        accepted=Count("pk", filter=Q(state=Material.State.ACCEPTED)),
    )  # fmt: skip
    found = {row["kind"]: row for row in rows}
    return [{"label": kind.label, **found[kind]} for kind in MaterialKind if kind in found]


def by_reason(round_: Round, user: Any) -> list[tuple[str, int]]:
    """(reason, how often) in this round, for whoever reviews in it: numbers of what he may read himself."""
    if not (user.may(Right.LEAD, None) or user.may(Right.ACCEPT, None)):
        return []
    rows = ReturnReason.objects.visible_to(user).filter(material__round=round_).order_by()
    counted = rows.values_list("code", "words").annotate(n=Count("pk"))
    told = [(words or str(Reason(code).label), n) for code, words, n in counted]
    return sorted(told, key=lambda line: (-line[1], line[0]))


def of_round(round_: Any, materials: Any, user: Any) -> dict[str, Any]:
    """The three tables of a round's page; `materials` are those of it that this person sees."""
    return {
        "classes": by_class(round_, user), "kinds": by_kind(materials), "reasons": by_reason(round_, user),
    }  # fmt: skip
