"""What nobody could finish any more once its branch is closed: upper rooms register it from AppConfig.ready().

    unfinished.register(rows=lambda organisation: …, words=lambda row: …)

A successor reads what a merged branch left behind and writes nothing there, drafts least of all (decision 16).
"""

from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from branches.models import Organisation

NAMED: Final = 10  # of each kind

Rows = Callable[[Organisation], QuerySet[Any]]
Words = Callable[[Any], str]
_kinds: list[tuple[Rows, Words]] = []


def register(*, rows: Rows, words: Words) -> None:
    """Name rows of an organisation that must be done before it closes; each has a page of its own."""
    _kinds.append((rows, words))


def refuse_unfinished(organisation: Organisation) -> None:
    """Raise ValidationError with what is unfinished at an organisation, each a link to its page."""
    lines: list[str] = []
    for rows, words in _kinds:
        found = list(rows(organisation)[: NAMED + 1])
        lines += [format_html('<a href="{}">{}</a>', row.get_absolute_url(), words(row)) for row in found[:NAMED]]
        if len(found) > NAMED:
            more = rows(organisation).count() - NAMED
            lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    if lines:
        first = _(
            "After the merger nobody could finish what is still open here. Please have it finished or voided first:"
        )
        raise ValidationError([first, *lines])
