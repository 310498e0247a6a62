"""The copy a browser keeps of what is being typed and not yet saved (docs/decisions/0017). The computer holds cipher
text only; the key is a person's own, fetched while he is signed in and never stored there."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils.crypto import salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

SAVED = "saved"  # tag of the message that tells app.js to drop the copy


def owner_of(user: Any) -> str:
    """Under what this person's copies lie; tells nobody else who that is."""
    return _hash("owner", user.pk)[:16]


def copy_of(request: HttpRequest, kind: str, key: Any) -> dict[str, Any]:
    """For components/_copy.html: the place of the copy, and whether what the form shows now is not saved either."""
    user: Any = request.user
    place = f"copy:{owner_of(user)}:{_hash('place', f'{user.pk}:{kind}:{key}')[:32]}"
    return {"place": place, "owner": owner_of(user), "is_unsaved": request.method == "POST"}


@require_safe
@never_cache
def copy_key(request: HttpRequest) -> JsonResponse:
    """Who is signed in here, the key of his copies, and a token for the form he has open."""
    user: Any = request.user
    key = _hash("key", user.pk)
    return JsonResponse({"owner": owner_of(user), "key": key, "token": get_token(request)})


def _hash(use: str, value: Any) -> str:
    return salted_hmac(f"branchlife.copies.{use}", str(value), algorithm="sha256").hexdigest()
