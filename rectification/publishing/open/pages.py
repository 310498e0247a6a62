"""What people without an account read, and what came of an opinion for whoever has its code."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag

from appraisals.opinions.doors.outcomes import Outcome, register
from rectification.models import Publication, PublicationLine
from rectification.publishing.audiences import WITHOUT_ACCOUNT

AGE = 300  # seconds for which a cache in front of the site may keep a page of society
MOST = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """One publication with the lines its audience is shown."""

    publication: Publication
    lines: list[PublicationLine]


def notices(rows: Any) -> list[Notice]:
    """Of these publications the newest that are public today, with their lines. Two queries."""
    found = list(
        rows.public_on(timezone.localdate()).select_related("organisation").order_by("-published_on", "-pk")[:MOST]
    )
    lines = PublicationLine.objects.filter(publication__in=found).standing().select_related("problem") if found else ()
    of = {row.pk: list[PublicationLine]() for row in found}
    for line in lines:
        of[line.publication_id].append(line)
    return [Notice(row, of[row.pk]) for row in found]


def board(rows: Any) -> dict[str, Any]:
    """What stands today of these publications, and whose board it is, also once nothing does any more: its address is
    printed. Raises Http404 where nothing of them ever was public."""
    found = notices(rows)
    one = found[0].publication if found else rows.once_public().select_related("organisation").first()
    if one is None:
        raise Http404
    return {"notices": found, "organisation": one.organisation}


def seconds_left() -> int:
    """How long a page of society may be kept: not past midnight, when a publication may end."""
    now = timezone.localtime()
    midnight = timezone.make_aware(datetime.combine(now.date() + timedelta(1), time.min))
    return max(0, min(AGE, int((midnight - now).total_seconds())))


def kept_by_caches(request: HttpRequest, response: Any, **control: Any) -> HttpResponseBase:
    """The answer with its mark (ETag): 304 to whoever has it already."""
    patch_cache_control(response, **control)
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _outcomes(refs: tuple[str, ...]) -> Iterator[Outcome]:
    rows = Publication.objects.for_strangers(*WITHOUT_ACCOUNT).public_on(timezone.localdate())
    lines = PublicationLine.objects.filter(publication__in=rows, problem__origin_ref__in=refs).standing()
    return _worded(lines.select_related("problem").order_by("-publication__published_on", "position"))


def _worded(lines: Iterable[PublicationLine]) -> Iterator[Outcome]:
    """Each problem once, as it was made public last."""
    seen = set[int]()
    for line in lines:
        if line.problem_id not in seen:
            seen.add(line.problem_id)
            yield Outcome(line.text, line.measures, line.post, line.so_far, str(line.state_words))


register(_outcomes)
