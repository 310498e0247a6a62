"""Middlewares: pages without cookies, the language, answers that differ by htmx headers, text no database holds."""

import re
from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

from shell.views import method_not_allowed, unreadable_text

UNREADABLE = re.compile("[\x00\ud800-\udfff]")
OPEN = "/open/"
GetResponse = Callable[[HttpRequest], HttpResponse]


def without_cookies(get_response: GetResponse) -> GetResponse:
    """Pages under /open/ are the same for everybody: a cookie may arrive, nothing reads it, and none is set.

    So no session and no account is looked up for them, and a cache in front of the site may keep them.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(OPEN):
            return get_response(request)
        request.COOKIES = {}
        response = get_response(request)
        response.cookies.clear()
        del response["Vary"]
        return response

    return middleware


class LanguageByChoice(LocaleMiddleware):
    """Chinese until the person chooses otherwise: many an office computer tells the world it reads English."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = chosen in dict(settings.LANGUAGES)
        translation.activate(chosen if known else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()


def vary_on_htmx(get_response: GetResponse) -> GetResponse:
    """Tell caches that one address answers with a page or with a part of it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    return middleware


def say_no_to_reading(get_response: GetResponse) -> GetResponse:
    """Show a page where a browser reads an address that only takes what is sent: Django's answer is blank."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method == "GET":
            return method_not_allowed(request, response["Allow"])
        return response

    return middleware


def refuse_unreadable_text(get_response: GetResponse) -> GetResponse:
    """Answer 400 in plain words to NUL characters and lone surrogates, which PostgreSQL would meet with a 500."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if any(UNREADABLE.search(text) for text in _texts(request)):
            return unreadable_text(request)
        return get_response(request)

    return middleware


def _texts(request: HttpRequest) -> Iterator[str]:
    yield request.path_info
    for values in (request.GET, request.POST):
        for name, texts in values.lists():
            yield name
            yield from texts
