"""The barest Django that takes a ballot: no middleware, one UPDATE and one INSERT in a transaction, no page.

    gunicorn scripts.bench_bare_cast

It trusts whatever it is sent; only scripts/bench_cast.py starts it, on a database of its own.
"""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.ROOT_URLCONF, settings.MIDDLEWARE = "scripts.bench_bare_cast", []

from ballots.models import Box, Slip  # noqa: E402

BODY = bytes(128)  # a box of twenty lines


def cast(request: HttpRequest) -> HttpResponse:
    """What no casting can do without."""
    with transaction.atomic():
        Slip.objects.filter(pk=request.POST["code"], state="unused").update(state="used")
        Box.objects.create(poll_id=int(request.POST["poll"]), body=BODY)
    return HttpResponse("in the box")


urlpatterns = [path("b/", cast)]
application = WSGIHandler()
