"""What figures are counted in, how exact a reported one is, and where it came from (domain D6)."""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(TextChoices):
    PERSONS = "persons", pgettext_lazy("unit", "persons")
    ATTENDANCES = "attendances", pgettext_lazy("unit", "attendances")  # 人次: one person twice is two
    TIMES = "times", pgettext_lazy("unit", "times")
    ITEMS = "items", pgettext_lazy("unit", "items")
    MENTIONS = "mentions", pgettext_lazy("unit", "mentions")  # 条次: one item twice is two
    COPIES = "copies", pgettext_lazy("unit", "copies")
    PIECES = "pieces", pgettext_lazy("unit", "pieces")
    CASES = "cases", pgettext_lazy("unit", "cases")
    BOXES = "boxes", pgettext_lazy("unit", "boxes")
    TELEPHONES = "telephones", pgettext_lazy("unit", "telephones")
    BRANCHES = "branches", pgettext_lazy("unit", "branches")


class Approx(TextChoices):
    """“340余人次” stays what was reported: it is never turned into an exact number."""

    EXACT = "exact", _("exactly")
    OVER = "over", _("a little over")
    MANY = "many", _("well over")
    NEARLY = "nearly", _("nearly")
    ABOUT = "about", _("about")


class Span(TextChoices):
    """本阶段 and 累计 never add up with one another."""

    STAGE = "stage", _("this stage")
    TO_DATE = "to_date", _("to date")


class Source(TextChoices):
    PAPER = "paper", _("Paper")
    PHONE = "phone", _("Telephone")
    FAX = "fax", _("Fax")
    OTHER = "other", _("Other")


# How a number of people's words is written: before it or behind it.
_SIGNS = {Approx.OVER: "{}余", Approx.MANY: "{}多", Approx.NEARLY: "近{}", Approx.ABOUT: "约{}"}


def told(value: int, approx: str) -> str:
    """1,286 as it was reported: 1,286 | 1,286余 | 1,286多 | 近1,286 | 约1,286."""
    return _SIGNS.get(approx, "{}").format(f"{value:,}")  # type: ignore[call-overload]


def together(signs: Iterable[str | None]) -> str:
    """How exact a sum is of numbers that are so exact: as they are, and about so many where they are not alike."""
    kinds = {sign for sign in signs if sign} - {Approx.EXACT}
    return Approx.ABOUT if len(kinds) > 1 else kinds.pop() if kinds else Approx.EXACT


_WRITTEN = re.compile(r"(近|约|大约)?([0-9]{1,8})(余|多|左右)?[人个名次条份件起篇部]*")
_SIGNED = {"": Approx.EXACT, "近": Approx.NEARLY, "约": Approx.ABOUT, "大约": Approx.ABOUT, "左右": Approx.ABOUT,
           "余": Approx.OVER, "多": Approx.MANY}  # fmt: skip


def read(text: str) -> tuple[int, Approx] | None:
    """The number that people write as 1,286余 or 近340人次, and how exact it is; None for an empty cell or one
    that says nothing was reported. Raises ValueError for what is no such number."""
    plain = re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text))
    if plain in ("", "-", "--", "—", "——", "未报"):
        return None
    found = _WRITTEN.fullmatch(plain)
    if not found or found[1] and found[3]:
        raise ValueError(text)
    return int(found[2]), _SIGNED[found[1] or found[3] or ""]
