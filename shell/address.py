"""Where a visitor connects from: the one place that reads X-Forwarded-For."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # a socket file without a proxy that names the visitor
IPV6_PREFIX = 64  # one household or office holds a whole /64


def client_address(request: HttpRequest) -> str:
    """The address the outermost trusted proxy saw; where no proxy is trusted, whoever connects to us.

    What the visitor wrote into X-Forwarded-For stands before the entries of our proxies and is never reached.
    """
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    seen = hops[-trusted] if 0 < trusted <= len(hops) else ""
    return _plain(seen) or _plain(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def neighbourhood(address: str) -> str:
    """What limits count as one place: an IPv4 address, or the /64 of an IPv6 address."""
    plain = ip_address(address)
    return str(IPv6Network((plain, IPV6_PREFIX), strict=False)) if isinstance(plain, IPv6Address) else address


def _plain(text: str) -> str:
    """The address in its usual spelling; empty where the text is none."""
    try:
        address = ip_address(text.strip().partition("%")[0])
    except ValueError:
        return ""
    # A socket that listens on both families reports 192.0.2.1 as ::ffff:192.0.2.1, and all of those share one /64.
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
