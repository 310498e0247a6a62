"""Limits on typed codes: five wrong ones a quarter of an hour under one name from one place, as for passwords."""

from typing import Any, NoReturn, Self

from allauth.core.internal import ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from branches.sign_in.limits import APP, CODE_FAILED, LOCKED, failures_key, minutes_to_wait


class Tries:
    """The tries at a code under one name from one place: counted before the code is looked at, so that forty at once
    are no more than five, and given back where it was right."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self.request, self.name, self.has_failed = request, name, False

    def __enter__(self) -> Self:
        key = failures_key(self.request, self.name)
        self._usage = ratelimit.consume(self.request, app=APP, action=CODE_FAILED, key=key)
        if not self._usage:
            raise self._locked()
        return self

    def fail(self, words: str) -> NoReturn:
        """Refuse in these words, or say how long to wait from now on."""
        self.has_failed = True
        raise self._locked() if self._minutes() else ValidationError(words)

    def __exit__(self, fault: type[BaseException] | None, *rest: Any) -> None:
        if not self.has_failed and self._usage:
            self._usage.rollback()

    def _minutes(self) -> int:
        return minutes_to_wait(self.request, self.name, CODE_FAILED)

    def _locked(self) -> ValidationError:
        words = _("Too many wrong codes. Please wait %(minutes)s minutes, then try again.")
        return ValidationError(words, LOCKED, {"minutes": max(1, self._minutes())})


class SaysHowLong(forms.BaseForm):
    """A form that may answer “please wait”."""

    @property
    def minutes_locked(self) -> int:
        """How long to wait before the next try; 0 where one need not."""
        refusals = (error for errors in self.errors.as_data().values() for error in errors)
        return next(((error.params or {})["minutes"] for error in refusals if error.code == LOCKED), 0)


def answered(response: HttpResponse, form: Any) -> HttpResponse:
    """The page as a 429 that says how long, where its form says that one must wait."""
    if form and (minutes := form.minutes_locked):
        response.status_code = 429
        response["Retry-After"] = str(60 * minutes)
    return response
