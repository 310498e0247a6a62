"""What the pages of opinions show to whom."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from appraisals.models import ChannelCount, Digest, Opinion, OpinionText, Round, SealedOpinion
from appraisals.opinions.channels import COUNTED, Channel, Target
from appraisals.opinions.filters import DigestFilter, OpinionFilter
from appraisals.opinions.states import TOLD, OpinionState
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.rights import Right
from branches.tree import under
from figures.units import Approx
from figures.units import told as written


def shown(opinion: Opinion, user: User) -> dict[str, Any]:
    """The row for whoever sees it; words and person for its reader; what was handed over for the receiver."""
    text = OpinionText.objects.visible_to(user).filter(opinion=opinion).first()
    may_sort = user.may(Right.SORT_OPINIONS, opinion)
    return {
        "opinion": opinion,
        "text": text,
        "sealed": SealedOpinion.objects.visible_to(user).filter(opinion=opinion).first(),
        "may_sort": may_sort and opinion.state == OpinionState.RECEIVED,
        "is_reader": may_sort,
        "is_sealed": opinion.state == OpinionState.SEALED,
        "hides_notes": not may_sort,
        **moving.shown(opinion, user),
    }


class Figures:
    """The numbers of one round in one part of the tree; each opens exactly its rows. Constant queries."""

    def __init__(self, request: AuthedRequest) -> None:
        self.user = request.user
        self.campaigns = list(Round.objects.visible_to(self.user).exclude(state="draft").order_by("-year", "-pk")[:20])
        asked = request.GET.get("round", "")
        self.round = next(
            (one for one in self.campaigns if str(one.pk) == asked), self.campaigns[0] if self.campaigns else None
        )
        place = request.GET.get("place", "")
        rows = Organisation.objects.visible_to(self.user).filter(pk=place) if place.isdecimal() else []
        self.place = next(iter(rows), None)
        self.is_unknown = bool(place) and self.place is None
        if self.round:
            self._read(request)

    def _read(self, request: AuthedRequest) -> None:
        given = QueryDict(urlencode(self.where | {"counted": "yes"}))
        rows = OpinionFilter(given, Opinion.objects.visible_to(self.user), request=request).qs
        if self.is_unknown:
            rows = rows.none()
        found = rows.order_by().values_list("target", "channel").annotate(n=Sum("count"))
        self.cells = {(target, channel): n for target, channel, n in found}
        channels = self._placed(ChannelCount.objects.visible_to(self.user).filter(round=self.round))
        self.sums = {
            name: (issued, returned, vague > 0)
            for name, issued, returned, vague in channels.order_by()
            .values_list("channel")
            .annotate(Sum("issued"), Sum("returned"), vague=Count("pk", filter=Q(approximate=True)))
        }
        digests = DigestFilter(given, Digest.objects.visible_to(self.user), request=request).qs
        self.states = [] if self.is_unknown else list(digests.order_by().values_list("state", flat=True))

    def _placed(self, rows: Any) -> Any:
        if self.is_unknown:
            return rows.none()
        return rows.filter(under(self.place.path, "organisation__path")) if self.place else rows

    @property
    def where(self) -> dict[str, Any]:
        return {"round": self.round.pk if self.round else ""} | ({"place": self.place.pk} if self.place else {})

    def _opens(self, **more: Any) -> str:
        return f"{reverse('opinion_list')}?{urlencode(self.where | {'counted': 'yes'} | more)}"

    @property
    def used(self) -> list[Channel]:
        """The channels through which something came."""
        return [one for one in Channel if any(channel == one for _target, channel in self.cells)]

    @property
    def heads(self) -> list[Any]:
        return [one.label for one in self.used]

    @property
    def lines(self) -> list[dict[str, Any]]:
        """A line a target, and the sum."""
        made = [self._line(target.label, [target], {"target": str(target)}) for target in Target]
        return [*made, self._line("", list(Target), {})]

    def _line(self, label: Any, targets: list[Target], more: dict[str, str]) -> dict[str, Any]:
        def number(channels: list[Channel]) -> int:
            return sum(self.cells.get((t, c), 0) for t in targets for c in channels)

        cells = [(one.label, number([one]), self._opens(**more, channel=str(one))) for one in self.used]
        return {"label": label, "cells": cells, "total": number(list(Channel)), "url": self._opens(**more)}

    @property
    def ways(self) -> list[dict[str, Any]]:
        """A line a channel that has numbers; what somebody entered as approximate makes the sum so."""
        made = []
        for name, words in COUNTED.items():
            issued, returned, vague = self.sums.get(name, (0, 0, False))
            if words.issued and issued:
                sign = Approx.OVER if vague else Approx.EXACT
                made.append({
                    "label": Channel(name).label, "words": words.issued, "issued": written(issued, sign),
                    "returned": written(returned, sign) if words.returned else "",
                    "share": f"{100 * returned / issued:.1f}%" if words.returned else "",
                })  # fmt: skip
        return made

    @property
    def told(self) -> list[tuple[Any, int, str]]:
        """How many stand in each state, with the address of those rows."""
        address = reverse("digest_list")
        return [
            (state.label, self.states.count(state), f"{address}?{urlencode(self.where | {'state': str(state)})}")
            for state in (Digest.State.DRAFT, *TOLD)
        ]


def entered_today(user: User, round_: Round, organisation: Organisation) -> int:
    """How many of today's entries this person sees there."""
    rows = Opinion.objects.visible_to(user).filter(round=round_, organisation=organisation)
    return rows.filter(noted_on=timezone.localdate()).count()
