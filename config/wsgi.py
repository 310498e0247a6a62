"""The door for a WSGI server: the casting page goes through a handler of its own, everything else through Django's."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()

from ballots.casting.handler import PREFIX, CastingHandler  # noqa: E402

casting = CastingHandler()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """What a server calls for each request."""
    return (casting if environ["PATH_INFO"].startswith(PREFIX) else pages)(environ, start_response)
