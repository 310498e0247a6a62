"""The secret part of a calendar address stands in no log: it is taken out of every line before a handler sees it."""

import logging
import re
from typing import Any

ADDRESS = re.compile(r"(/calendar/)[^/\s\"?]+(?=\.ics)")
LOGGERS = ("django.request", "django.server", "django.security")


class HideAddresses(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Let every line through, without the secret part."""
        record.msg = _hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(_hidden, record.args))
        return True


def _hidden(value: Any) -> Any:
    return ADDRESS.sub(r"\1…", value) if isinstance(value, str) else value


for _name in LOGGERS:
    logging.getLogger(_name).addFilter(HideAddresses())
