"""Forms of meeting that a superior lays down beside those of the regulation: 民主恳谈会, 动员会 and the like."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Organisation
from branches.scope import OrganisationScoped
from branches.tree import above
from meetings.kinds import OWNED, Form
from meetings.own_forms.states import MOVES, OwnFormState
from workflow.constraints import one_of
from workflow.moving import Moving

LONGEST_NAME = 30


class OwnFormQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """What was laid down for one's own organisations, and in those one oversees."""
        return self.filter(self.of_superior(user) | self.of_oversight(user))

    def in_use(self) -> Self:
        """Not ended."""
        return self.filter(state=OwnFormState.IN_USE)

    def at(self, path: str) -> Self:
        """Those that hold for the organisation at `path`: its own and those of all above it."""
        return self.filter(organisation__path__in=above(path))


class OwnForm(Moving):
    """A name of its own for sittings that are held, counted and voted on as `form` is; nothing more is new about it."""

    State, MOVES, NOUN = OwnFormState, MOVES, "own_form"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="own_forms", verbose_name=_("Laid down by")
    )
    name = models.CharField(_("Name of the form"), max_length=LONGEST_NAME)
    form = models.CharField(_("Held and counted as"), max_length=30, choices=[(one.value, one.label) for one in OWNED])
    agenda = models.TextField(_("Ready agenda"), max_length=2000, blank=True)

    objects = OwnFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("form of meeting laid down")
        ordering = ["organisation_id", "name"]
        constraints = [
            one_of("ownform", "form", Form),
            models.UniqueConstraint(fields=["organisation", "name"], name="ownform_named_once"),
        ]

    def __str__(self) -> str:
        return self.name
