"""A printed sheet is made once for each form: reloading the page sends the form again and must void no slip.

The codes cannot be shown a second time, so the answer to the repeated form says when they were printed.
"""

import hashlib
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from branches.http import AuthedRequest
from shell.formats import moment

PRINTED = "slips_printed"
KEPT = 20  # forms remembered in a session


def refusal(request: AuthedRequest) -> str:
    """The words for a form that has been answered with slips already; empty for a new one."""
    when = request.session.get(PRINTED, {}).get(_form_of(request))
    if when is None or "csrfmiddlewaretoken" not in request.POST:
        return ""
    words = _(
        "These slips were printed already, on %s; they are good, and no new ones were made. Their codes cannot be "
        "shown again. To print anew, please choose the members again: the slips in hand then no longer work."
    )
    return words % moment(datetime.fromisoformat(when))


def note(request: AuthedRequest) -> None:
    """Remember that this form has been answered with slips."""
    printed = {**request.session.get(PRINTED, {}), _form_of(request): timezone.now().isoformat()}
    request.session[PRINTED] = dict(list(printed.items())[-KEPT:])


def _form_of(request: AuthedRequest) -> str:
    """What tells one sent form from every other: each page carries a token of its own, masked anew when it is drawn."""
    sent = [request.path, request.POST.get("csrfmiddlewaretoken", ""), *sorted(request.POST.getlist("selected"))]
    return hashlib.sha256("\0".join(sent).encode()).hexdigest()
