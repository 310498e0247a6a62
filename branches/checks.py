"""System checks of this room: what an operator would otherwise learn from a failure."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def trusted_proxies_are_told(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy every visitor shares one address unless the number of proxies is set, and one lockout hits all."""
    if settings.HTTPS and not settings.TRUSTED_PROXIES:
        message = "BRANCHLIFE_TRUSTED_PROXIES is 0 although browsers come by https: is there no proxy in front?"
        return [Warning(message, id="branches.W001")]
    return []
