"""Two addresses for whoever watches the server, open to all: is it up, and may it be sent visitors."""

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

HEARTBEAT_MAX_AGE = timedelta(seconds=60)


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 from any process that answers at all; touches neither database nor cache."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, cache and background worker answer, else 503; the body says which does not."""
    parts = {"database": _works(_database), "cache": _works(_cache), "worker": _works(_worker)}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _works(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception:  # whatever a driver raises: the answer is no
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True


def _cache() -> bool:
    cache.set("readyz", "ok", 10)
    return cache.get("readyz") == "ok"


def _worker() -> bool:
    heartbeat: type[Model] = apps.get_model("jobs.Heartbeat")
    return heartbeat._default_manager.filter(at__gt=timezone.now() - HEARTBEAT_MAX_AGE).exists()


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
