"""What is counted in a round: the written material and how far it is, opinions and how they were asked for."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from appraisals.materials.states import MaterialState
from appraisals.models import ChannelCount, Digest, Material, Opinion, ReturnReason, Round, Version
from appraisals.opinions.channels import Channel
from appraisals.opinions.states import TOLD, DigestState
from figures.registry import Metric, Period, Reserve, register, register_rounds
from figures.units import Unit
from shell.asked import asked


def _opens(query: str = "") -> Callable[[int, Period], str]:
    return lambda place, period: f"{reverse('material_list')}?round={period.round_key}&place={place}{query}"


def _in_state(state: str) -> Callable[[], Any]:
    return lambda: Material.objects.filter(state=state)


def _rounds(user: Any, path: str) -> list[tuple[int, str]]:
    return list(asked(Round).visible_to(user).held_at(path).values_list("pk", "name"))


MATERIALS = (
    Metric(
        "materials.owed", 20, _("Materials owed"), Unit.COPIES,
        rows=lambda: Material.objects.exclude(state=MaterialState.VOID), round="round_id", opens=_opens(),
        is_given=True,
    ),
    Metric(
        "materials.waiting", 21, _("Materials awaiting review"), Unit.COPIES,
        rows=_in_state(MaterialState.SUBMITTED), round="round_id", opens=_opens("&state=submitted"),
    ),
    Metric(
        "materials.accepted", 22, _("Materials whose review is passed"), Unit.COPIES,
        rows=_in_state(MaterialState.ACCEPTED), round="round_id", opens=_opens("&state=accepted"),
    ),
    Metric(
        "materials.versions", 23, _("Versions handed in"), Unit.PIECES,
        rows=lambda: Material.objects.exclude(state=MaterialState.VOID), round="round_id", amount="versions_count",
        opens=_opens(),
    ),
)  # fmt: skip


def _opens_opinions(name: str, query: str = "") -> Callable[[int, Period], str]:
    return lambda place, period: f"{reverse(name)}?round={period.round_key}&place={place}{query}"


def _asked(
    code: str, slot: int, label: Any, unit: Unit, channel: str, amount: str = "issued", share_of: str = ""
) -> Metric:
    """A number of one channel, rough where whoever entered it said so."""
    return Metric(
        code, slot, label, unit,
        rows=lambda: ChannelCount.objects.filter(channel=channel), round="round_id", amount=amount, share_of=share_of,
        opens=_opens_opinions("channel_list", f"&channel={channel}"), vague="approximate",
    )  # fmt: skip


def _reserve(rows: Callable[[], Any]) -> Reserve:
    """Of opinions and digests: nobody sees a row about himself, and no difference tells him that there is one (F6)."""
    return Reserve(lambda user: rows().kept_from(user), lambda: rows().kept_from_some(), "&shared=yes")


def _told(*states: str) -> Callable[[], Any]:
    return lambda: Digest.objects.filter(state__in=states)


RECEIVED, ISSUED = "opinions.received", "opinions.forms_issued"
OPINIONS = (
    Metric(
        RECEIVED, 24, _("Opinions received"), Unit.MENTIONS,
        rows=lambda: Opinion.objects.counted(), round="round_id", amount="count",
        opens=_opens_opinions("opinion_list", "&counted=yes"), reserve=_reserve(lambda: Opinion.objects.counted()),
    ),
    _asked(ISSUED, 25, _("Opinion forms issued"), Unit.COPIES, Channel.FORM),
    _asked("opinions.forms_returned", 26, _("Opinion forms returned"), Unit.COPIES, Channel.FORM, "returned", ISSUED),
    _asked("opinions.boxes", 27, _("Opinion boxes"), Unit.BOXES, Channel.BOX),
    _asked("opinions.hotlines", 28, _("Hotlines"), Unit.TELEPHONES, Channel.HOTLINE),
    Metric(
        "opinions.fed_back", 29, _("Digests of opinions fed back"), Unit.ITEMS,
        rows=_told(*TOLD), round="round_id",
        opens=_opens_opinions("digest_list", "&told=yes"), reserve=_reserve(_told(*TOLD)),
    ),
    Metric(
        "opinions.acknowledged", 30, _("Digests of opinions acknowledged"), Unit.ITEMS,
        rows=_told(DigestState.ACKNOWLEDGED), round="round_id",
        opens=_opens_opinions("digest_list", "&state=acknowledged"), reserve=_reserve(_told(DigestState.ACKNOWLEDGED)),
    ),
)  # fmt: skip


# By class of author (F33): each is typed by whoever reports without rows, so the classes need not add up.
BY_CLASS = (
    Metric(
        "materials.leading", 32, _("Handed in by leading cadres"), Unit.COPIES,
        rows=lambda: _handed_in().filter(is_leading=True), round="round_id", opens=_opens("&handed=leading"),
    ),
    Metric(
        "materials.ordinary", 33, _("Handed in by ordinary members"), Unit.COPIES,
        rows=lambda: _handed_in().filter(is_leading=False), round="round_id", opens=_opens("&handed=ordinary"),
    ),
    Metric(
        "materials.handed_in", 34, _("Handed in by members"), Unit.COPIES,
        rows=lambda: _handed_in(), round="round_id", opens=_opens("&handed=all"),
    ),
)  # fmt: skip
HELPED = (
    Metric(
        "materials.entered", 35, _("Versions entered for members"), Unit.PIECES,
        rows=lambda: Version.objects.exclude(entered_by=None), organisation="material__organisation",
        round="material__round_id", typable=False,
    ),
    Metric(
        "materials.return_reasons", 36, _("Reasons given for returns"), Unit.MENTIONS,
        rows=lambda: ReturnReason.objects.all(), organisation="material__organisation", round="material__round_id",
        typable=False,
    ),
)  # fmt: skip


def _handed_in() -> Any:
    return Material.objects.filter(versions_count__gt=0, author__isnull=False).exclude(state=MaterialState.VOID)


CODES = tuple(register(metric).code for metric in (*MATERIALS, *BY_CLASS, *HELPED))
OPINION_CODES = tuple(register(metric).code for metric in OPINIONS)
register_rounds(_rounds)
