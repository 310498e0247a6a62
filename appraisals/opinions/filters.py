"""What lists of opinions and digests can be narrowed by: facts, never words."""

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from appraisals.models import Digest, Opinion, Round
from appraisals.opinions.channels import Channel, ReadBy, Target
from appraisals.opinions.states import TOLD, DigestState, OpinionState
from branches.filters import OrganisationFilter, PlaceFilter
from shell.asked import asked
from shell.filters import DateSpanFilter, RowFilter


def _rounds(user: Any) -> Any:
    return asked(Round).visible_to(user)


class OpinionFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    target = django_filters.ChoiceFilter(label=_("About"), choices=Target.choices)
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=OpinionState.choices)
    read_by = django_filters.ChoiceFilter(label=_("Read by"), choices=ReadBy.choices)
    counted = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Counted"))], method="of_counted", empty_label=_("All")
    )
    noted = DateSpanFilter(field_name="noted_on", label=_("Noted on"))

    class Meta:
        model = Opinion
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.counted()


class DigestFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    target = django_filters.ChoiceFilter(label=_("About"), choices=Target.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=DigestState.choices)
    told = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Fed back"))], method="of_told", empty_label=_("All")
    )

    class Meta:
        model = Digest
        fields: list[str] = []

    def of_told(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(state__in=TOLD)
