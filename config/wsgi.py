"""The door for a WSGI server: the casting page goes through a handler of its own, everything else through Django's."""

import os
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from config.collector import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_wsgi_application()
casting = import_string("ballots.casting.handler.CastingHandler")()
settle()


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """What a server calls for each request."""
    handler = casting if environ["PATH_INFO"].startswith(casting.PREFIX) else pages
    return handler(environ, start_response)
