"""What is not finished yet in a person's branch or below it: small numbers, each of which opens its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models.enums import TextChoices
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from appraisals.materials.states import MaterialState
from appraisals.models import Material
from meetings.models import Meeting
from meetings.states import State
from shell.asked import Asked, asked, counts


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the address of the list that holds exactly these rows."""

    label: str | Promise
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A list page whose rows are counted by state, and the states in which work is left."""

    label: str | Promise
    url_name: str
    rows: Asked
    states: Sequence[TextChoices]

    def of_states(self) -> list[Asked]:
        return [self.rows.filter(state=state.value) for state in self.states]

    def figures(self, numbers: Iterator[int]) -> list[Figure]:
        """The next of `numbers` for each state, each with its address."""
        address = reverse(self.url_name)
        return [Figure(s.label, next(numbers), f"{address}?state={s.value}") for s in self.states]


def unfinished(user: Any) -> list[tuple[str | Promise, list[Figure]]]:
    """By subject, in the order in which the work goes, in one query; empty for whoever holds no office, who has only
    to-dos."""
    if not user.reach.held:
        return []
    meetings, materials = asked(Meeting).visible_to(user), asked(Material).visible_to(user)
    subjects = (
        Subject(_("Meeting records"), "meeting_list", meetings, (State.DRAFT, State.SUBMITTED, State.RETURNED)),
        Subject(
            _("Self-analysis"),
            "material_list",
            materials,
            (MaterialState.DRAFT, MaterialState.SUBMITTED, MaterialState.RETURNED),
        ),
    )
    numbers = iter(counts([rows for subject in subjects for rows in subject.of_states()]))
    return [(subject.label, subject.figures(numbers)) for subject in subjects]
