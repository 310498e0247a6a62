"""The handler behind /b/: no session, no account, no cookie, no language choice, no log of who asked.

A cookie of somebody signed in on the same telephone may arrive; nothing reads it. The code on the slip is the right, so
there is nothing a foreign page could ride on and no token to check.
"""

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

PREFIX = "/b/"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


class CastingOnly:
    """What a handler is that answers for /b/ alone and runs no middleware but this one."""

    PREFIX = PREFIX
    _get_response: Any

    def load_middleware(self, is_async: bool = False) -> None:
        """As Django's, with nothing of settings.MIDDLEWARE."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = self._bare(cast(Any, convert_exception_to_response(self._get_response)))

    @staticmethod
    def _bare(answer: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
        def answered(request: HttpRequest) -> HttpResponseBase:
            request.urlconf = "ballots.casting.urls"
            with translation.override(settings.LANGUAGE_CODE):  # this thread may have answered somebody in English
                response = answer(request)
            for name, words in HEADERS.items():
                response[name] = words
            return response

        return answered


class CastingHandler(CastingOnly, WSGIHandler):
    pass
