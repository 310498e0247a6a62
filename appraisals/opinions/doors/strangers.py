"""What a stranger meets: the open page behind an address, what stands under a code, and a limit that remembers nobody.

The limit counts under a keyed hash of the place somebody connects from; the key lies in the cache only, for a quarter
of an hour, and is then forgotten, so that what was counted tells nothing afterwards.
"""

import hmac
import secrets
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from appraisals.models import Opinion, OpinionAnswer, OpinionPage, OpinionTicket
from appraisals.opinions.doors import outcomes
from appraisals.opinions.doors.actions import PURPOSE
from appraisals.opinions.states import AnswerState, OpinionState
from shell.address import client_address, neighbourhood
from workflow import codes

SECONDS, MOST = 900, 120  # a whole office may write from behind one address
KEY = "opinion-page:key"


def page_of(token: str) -> OpinionPage | None:
    """The page open today under this address."""
    rows = OpinionPage.objects.open_on(timezone.localdate()).filter(token=token)
    return rows.select_related("organisation", "round").first()


def is_too_much(request: HttpRequest) -> bool:
    """Count this request; True where too many came from its place."""
    key = cache.get_or_set(KEY, lambda: secrets.token_hex(32), SECONDS) or ""
    place = neighbourhood(client_address(request))
    name = f"opinion-page:{hmac.new(key.encode(), place.encode(), 'sha256').hexdigest()[:32]}"
    count = (cache.get(name) or 0) + 1  # two at once may count as one: this is no lock on a door, only a brake
    cache.set(name, count, SECONDS)
    return bool(count > MOST)


def told_under(code: str) -> dict[str, Any]:
    """What whoever has the code is told: how far his opinion is, the answer once it is published, and what came of it
    as far as that was made public."""
    ticket = OpinionTicket.objects.filter(code=codes.digest(PURPOSE, codes.plain(code))).first()
    if ticket is None:
        return {"fault": _("No opinion has this code. Please compare letter by letter.")}
    opinion = Opinion.objects.get(pk=ticket.pk)
    answers = OpinionAnswer.objects.filter(digest=opinion.digest_id, state=AnswerState.PUBLISHED)
    answer = answers.first() if opinion.digest_id else None
    came = [] if opinion.state == OpinionState.SEALED else outcomes.of(opinion)
    is_in_hand = opinion.state in (OpinionState.SORTED, OpinionState.SEALED)
    return {"answer": answer, "is_in_hand": is_in_hand, "outcomes": came}
