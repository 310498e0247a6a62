"""What every record that moves has in common: its states, the column that holds one, its history and its page.

    class State(States):
        DRAFT = "draft", "neutral", _("Draft")          # word in the database, tone of the badge, word for people
        ...

    class Meeting(Moving):
        State, MOVES = State, MOVES

gives Meeting its column `state` with choices, the first of them as default, the CHECK that the word is a known one,
`history` and `get_absolute_url`. docs/recipes.md tells what else belongs to a new one.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from workflow.addresses import page_of
from workflow.constraints import one_of
from workflow.models import History, HistoryQuerySet
from workflow.moves import Move


class States(models.TextChoices):
    """The states of one kind of record, each with the ground it is printed on in lists and on pages alike.

    Tones: neutral, active, waiting (for somebody), done, alarm.
    """

    tone: str

    def __new__(cls, word: str, tone: str = "neutral") -> Self:
        state = str.__new__(cls, word)
        state._value_, state.tone = word, tone
        return state


class StateField(models.CharField):
    """A column that holds one of `Model.State`: it takes choices, default and CHECK from there.

    Migrations see a plain CharField.
    """

    def __init__(self, verbose_name: Any = "", **options: Any) -> None:
        super().__init__(verbose_name or _("State"), **{"max_length": 20, "editable": False, **options})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """As any field; with the states of a model that has some."""
        states = getattr(cls, "State", None)
        if states is not None:
            self.choices = states.choices
            self.default = getattr(cls, "BEGINS", "") or next(iter(states))
            known = one_of(str(cls._meta.model_name), name, states)
            cls._meta.constraints = cls._meta.original_attrs["constraints"] = [*cls._meta.constraints, known]
        super().contribute_to_class(cls, name, private_only)


class Moving(models.Model):
    """A record whose state changes by the rows of its move table only (I3); `NOUN` begins the names of its views.

    `BEGINS`: the state of a new row where it is not the first one.
    """

    State: ClassVar[type[States]]
    MOVES: ClassVar[Sequence[Move]]
    NOUN: ClassVar[str] = ""
    BEGINS: ClassVar[str] = ""

    state = StateField()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Its page; `move/<name>/` below it makes a move."""
        return page_of(f"{self.NOUN or self._meta.model_name}_detail", self.pk)

    @property
    def history(self) -> HistoryQuerySet:
        """What was done with it, oldest first. Whoever may see it may see this."""
        return History.objects.of(self)
