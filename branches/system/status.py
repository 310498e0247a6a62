"""The facts of the system page."""

import platform
import shutil
import tomllib
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.models import Max, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.models import Heartbeat
from shell.formats import moment

GIGABYTE = 1_000_000_000
ONE_PROCESS = gettext_lazy("One process on one host")
SERVERS = gettext_lazy("With servers for data, messages and background work")


Facts = Callable[[datetime], list[tuple[str | Promise, Any]]]
_told_above: list[Facts] = []


def supply(facts: Facts) -> None:
    """Let an upper room tell facts of its own, after ours."""
    _told_above.append(facts)


def facts(now: datetime) -> list[tuple[str | Promise, Any]]:
    """What the installation runs on and whether its parts answer, as pairs of label and value."""
    return [
        (_("Version"), _product_version()),
        (_("Way of running"), SERVERS if settings.REDIS_URL else ONE_PROCESS),
        (_("Production settings"), _("Yes") if settings.PRODUCTION else _("No")),
        (_("Trusted proxies"), settings.TRUSTED_PROXIES),
        (_("Database"), f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"),
        (_("Messages and cache"), _broker()),
        (_("Background work last seen"), _heartbeat(now)),
        (_("Free disk space"), _disk()),
        (_("Software"), _software()),
        (_("Time of the server"), moment(now)),
        *(fact for told in _told_above for fact in told(now)),
    ]


def _product_version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return project["version"]


def _broker() -> str:
    if not settings.REDIS_URL:
        return _("In memory")
    cache.set("system_status", "ok", 10)
    return _("Redis, answers") if cache.get("system_status") == "ok" else _("Redis, does not answer")


def _heartbeat(now: datetime) -> str:
    last = QuerySet(Heartbeat).aggregate(last=Max("at"))["last"]
    if last is None:
        return _("Never")
    return _("%(moment)s, %(seconds)s seconds ago") % {
        "moment": moment(last),
        "seconds": max(0, int((now - last).total_seconds())),
    }


def _disk() -> str:
    usage = shutil.disk_usage(settings.DATA_DIR)
    return _("%(free).1f of %(total).1f GB") % {"free": usage.free / GIGABYTE, "total": usage.total / GIGABYTE}


def _software() -> str:
    packages = ("Django", "celery", "gunicorn")
    return ", ".join([f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)])
