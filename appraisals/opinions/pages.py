"""What the pages of opinions show to whom."""

from typing import Any

from django.db.models import Count, Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from appraisals.metrics import RECEIVED
from appraisals.models import ChannelCount, Digest, Opinion, OpinionText, Round, SealedOpinion
from appraisals.opinions.actions import WRITERS
from appraisals.opinions.channels import COUNTED, Channel, Target
from appraisals.opinions.filters import DigestFilter, OpinionFilter
from appraisals.opinions.states import TOLD, OpinionState
from branches import moving
from branches.http import AuthedRequest
from branches.models import Organisation, User
from branches.rights import Right
from branches.tree import under
from figures.models import TypedTotal
from figures.registry import Period
from figures.units import Approx
from figures.units import told as written
from shell.asked import asked
from shell.conditions import narrowed, only_given


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
        rounds = asked(Round).visible_to(self.user).exclude(state="draft").select_related("organisation")
        self.campaigns = list(rounds.order_by("-year", "-pk")[:20])
        wanted = request.GET.get("round", "")
        self.round = next(
            (one for one in self.campaigns if str(one.pk) == wanted), self.campaigns[0] if self.campaigns else None
        )
        place = request.GET.get("place", "")
        rows = asked(Organisation).visible_to(self.user).filter(pk=place) if place.isdecimal() else []
        self.place = next(iter(rows), None)
        self.is_unknown = bool(place) and self.place is None
        if not place and self.round and not self.user.may(Right.OVERSEE, self.round.organisation):
            self.place = self._own()
        if self.round:
            self._read(request, self.round)

    def _own(self) -> Organisation | None:
        """The one branch this person serves or belongs to: what he reads is its summary, not his superior's."""
        reach = self.user.reach
        paths = set(reach.office_paths(Right.READ_BRANCH)) or {reach.home_path}
        rows = list(asked(Organisation).visible_to(self.user).filter(path__in=paths)[:2])
        return rows[0] if len(rows) == 1 and not reach.oversight_paths(Right.OVERSEE) else None

    def _read(self, request: AuthedRequest, round_: Round) -> None:
        given = QueryDict(urlencode(self.where | {"counted": "yes"}))
        conditions = only_given(OpinionFilter(given, request=request))
        rows = self._known(narrowed(asked(Opinion).visible_to(self.user), conditions))
        found = rows.order_by().values_list("target", "channel").annotate(n=Sum("count"))
        self.cells = {(target, channel): n for target, channel, n in found}
        channels = self._placed(asked(ChannelCount).visible_to(self.user).filter(round=round_.pk))
        self.sums = {
            name: (issued, returned, vague > 0)
            for name, issued, returned, vague in channels.order_by()
            .values_list("channel")
            .annotate(Sum("issued"), Sum("returned"), vague=Count("pk", filter=Q(approximate=True)))
        }
        totals = self._placed(asked(TypedTotal).visible_to(self.user).reported(RECEIVED, Period(round_key=round_.pk)))
        self.reported = list(totals.select_related("organisation").order_by("organisation__path", "span"))
        conditions = only_given(DigestFilter(given, request=request))
        digests = self._known(narrowed(asked(Digest).visible_to(self.user), conditions))
        self.states = dict(digests.order_by().values_list("state").annotate(n=Count("pk")))

    def _known(self, rows: Any) -> Any:
        """Nothing of a place that this person does not see."""
        return rows.filter(pk__in=[]) if self.is_unknown else rows

    def _placed(self, rows: Any) -> Any:
        return self._known(rows.filter(under(self.place.path, "organisation__path")) if self.place else rows)

    @property
    def where(self) -> dict[str, Any]:
        return {"round": self.round.pk if self.round else ""} | ({"place": self.place.pk} if self.place else {})

    @property
    def query(self) -> str:
        """What is shown, as an address names it."""
        return urlencode(self.where)

    def _opens(self, **more: Any) -> str:
        return f"{reverse('opinion_list')}?{urlencode(self.where | {'counted': 'yes'} | more)}"

    def _opens_channel(self, name: str) -> str:
        return f"{reverse('channel_list')}?{urlencode(self.where | {'channel': name})}"

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
                    "name": name, "label": Channel(name).label, "url": self._opens_channel(name),
                    "words": words.issued, "issued": written(issued, sign),
                    "returned": written(returned, sign) if words.returned else "",
                    "share": f"{100 * returned / issued:.1f}%" if returned else "",  # 0: not told yet
                })  # fmt: skip
        return made

    @property
    def by_channel(self) -> list[dict[str, Any]]:
        """As 征求意见汇总表 has them: a line a channel with its numbers, or with opinions, by target; and the sum."""
        ways = {way["name"]: way for way in self.ways}
        used = [one for one in Channel if one in self.used or one in ways]
        return [self._heard(one.label, [one], {"channel": str(one)}) | {"way": ways.get(one)} for one in used] + [
            self._heard("", list(Channel), {})
        ]

    def _heard(self, label: Any, channels: list[Channel], more: dict[str, str]) -> dict[str, Any]:
        def number(target: Target) -> int:
            return sum(self.cells.get((target, one), 0) for one in channels)

        cells = [(target.label, number(target), self._opens(**more, target=str(target))) for target in Target]
        total = sum(number for _label, number, _url in cells)
        return {"label": label, "cells": cells, "total": total, "url": self._opens(**more)}

    @property
    def types_at(self) -> str:
        """Where a total is typed for the place shown; empty for whoever may not."""
        place = self.place or self.round.organisation  # type: ignore[union-attr]
        if not any(self.user.may(right, place) for right in WRITERS):
            return ""
        told = {"organisation": place.pk, "metric": RECEIVED, **self.where}
        return f"{reverse('total_create')}?{urlencode(told)}"

    @property
    def told(self) -> list[tuple[Any, int, str]]:
        """How many stand in each state, with the address of those rows."""
        address = reverse("digest_list")
        return [
            (state.label, self.states.get(state, 0), f"{address}?{urlencode(self.where | {'state': str(state)})}")
            for state in (Digest.State.DRAFT, *TOLD)
        ]


def entered_today(user: User, round_: Round, organisation: Organisation) -> int:
    """How many of today's entries this person sees there."""
    rows = Opinion.objects.visible_to(user).filter(round=round_, organisation=organisation)
    return rows.filter(noted_on=timezone.localdate()).count()
