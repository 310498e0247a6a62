"""A printed sheet is made once for each form: clicking twice or reloading the page sends the form again."""

import hashlib

from branches.http import AuthedRequest


def form_of(request: AuthedRequest) -> str:
    """What tells one sent form from every other: each page carries a token of its own, masked anew when it is drawn."""
    if "csrfmiddlewaretoken" not in request.POST:
        return ""
    sent = [str(request.user.pk), request.path, request.POST["csrfmiddlewaretoken"]]
    return hashlib.sha256("\0".join([*sent, *sorted(request.POST.getlist("selected"))]).encode()).hexdigest()
