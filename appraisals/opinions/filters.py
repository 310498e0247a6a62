"""What lists of opinions and digests can be narrowed by: facts, never words."""

from typing import Any

import django_filters
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from appraisals.metrics import RECEIVED
from appraisals.models import ChannelCount, Digest, Opinion, Round
from appraisals.opinions.channels import Channel, ReadBy, Target
from appraisals.opinions.states import TOLD, DigestState, OpinionState
from branches.filters import OrganisationFilter, PlaceFilter
from branches.models import Organisation
from figures.models import TypedTotal
from figures.registry import Period
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
        label=_("In figures"), choices=[("yes", _("Counted in figures"))], method="of_counted", empty_label=_("All")
    )
    shared = django_filters.ChoiceFilter(
        label=_("At gates"), choices=[("yes", _("Counted by gates"))], method="of_shared", empty_label=_("All")
    )
    noted = DateSpanFilter(field_name="noted_on", label=_("Noted on"))

    class Meta:
        model = Opinion
        fields: list[str] = []

    def of_counted(self, rows: Any, name: str, value: str) -> Any:
        return rows.counted()

    def of_shared(self, rows: Any, name: str, value: str) -> Any:
        return rows.open_to_all()


class DigestFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    target = django_filters.ChoiceFilter(label=_("About"), choices=Target.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=DigestState.choices)
    told = django_filters.ChoiceFilter(
        label=_("In figures"), choices=[("yes", _("Fed back"))], method="of_told", empty_label=_("All")
    )
    shared = django_filters.ChoiceFilter(
        label=_("At gates"), choices=[("yes", _("Counted by gates"))], method="of_shared", empty_label=_("All")
    )

    class Meta:
        model = Digest
        fields: list[str] = []

    def of_told(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(state__in=TOLD)

    def of_shared(self, rows: Any, name: str, value: str) -> Any:
        return rows.open_to_all()


class ChannelFilter(django_filters.FilterSet):
    organisation = OrganisationFilter()
    place = PlaceFilter()
    round = RowFilter(label=_("Round"), rows=_rounds, empty_label=_("All"))
    channel = django_filters.ChoiceFilter(label=_("Channel"), choices=Channel.choices)

    class Meta:
        model = ChannelCount
        fields: list[str] = []


class SummaryFilter(django_filters.FilterSet):
    """The organisations that asked for opinions in a round, each with what it asked, heard and reported there."""

    place = PlaceFilter(path="path")
    round = RowFilter(label=_("Round"), rows=_rounds, required=True, method="of_round")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def of_round(self, rows: Any, name: str, value: Round) -> Any:
        user = self.request.user
        heard = Opinion.objects.visible_to(user).counted().filter(round=value)
        asked_for = ChannelCount.objects.visible_to(user).filter(round=value)
        reported = TypedTotal.objects.visible_to(user).reported(RECEIVED, Period(round_key=value.pk))
        having = [Q(pk__in=part.order_by().values("organisation")) for part in (heard, asked_for, reported)]
        return rows.filter(having[0] | having[1] | having[2]).prefetch_related(
            Prefetch("opinions", queryset=heard, to_attr="heard"),
            Prefetch("channels", queryset=asked_for, to_attr="asked_for"),
            Prefetch("totals", queryset=reported, to_attr="reported"),
        )
