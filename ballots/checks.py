"""System checks: the keys of open polls lie on one host, in a folder that is no part of the data."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import Error, register
from django.utils.translation import gettext as _


@register
def keys_apart_from_data(app_configs: Any, **kwargs: Any) -> list[Error]:
    """A backup of DATA_DIR must not hold boxes and key together."""
    folder, data = Path(settings.BALLOT_KEYS).resolve(), Path(settings.DATA_DIR).resolve()
    if folder.is_relative_to(data):
        words = _("The keys of open polls lie in DATA_DIR, where a backup would take them along with the boxes.")
        return [Error(words, hint=_("Set BRANCHLIFE_BALLOT_KEYS to a folder in memory."), id="ballots.E001")]
    return []
