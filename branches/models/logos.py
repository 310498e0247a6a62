"""The sign of the topmost organisation in the brand bar. None is shipped: an organisation brings its own."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models.organisations import Organisation
from branches.scope import OrganisationScoped


class LogoQuerySet(OrganisationScoped):
    def visible_to(self, user: Any) -> Self:
        """Of the organisations above one's own, and of those one sees."""
        seen = Organisation.objects.visible_to(user).values("pk")
        return self.filter(self.of_superior(user) | Q(organisation__in=seen))


class Logo(models.Model):
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="logo", verbose_name=_("Organisation")
    )
    path = models.CharField(max_length=40)

    objects = LogoQuerySet.as_manager()

    class Meta:
        verbose_name = _("logo")

    def __str__(self) -> str:
        return str(self.organisation)


def address_of(organisation_key: int, path: str | None) -> str:
    """Where the sign is fetched; its name makes the address new with each new sign. Empty without one."""
    return f"{reverse('organisation_logo', args=[organisation_key])}?{path[:8]}" if path else ""
