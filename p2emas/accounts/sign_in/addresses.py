"""Where a request comes from, as far as our own proxies vouch for it."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - means "no address" (a unix socket), nothing listens there


def client_address(request: HttpRequest) -> str:
    """The address that the outermost trusted proxy saw, or the peer's; never what the client wrote itself."""
    return address_behind(
        settings.TRUSTED_PROXIES, request.headers.get("x-forwarded-for", ""), request.META.get("REMOTE_ADDR", "")
    )


def address_behind(proxies: int, forwarded: str, peer: str) -> str:
    """Each of the trusted proxies appends one entry to X-Forwarded-For, so the client's own entries are further left
    and are never read. A header that is too short did not come through the proxies: the peer counts then.
    """
    entries = [entry.strip() for entry in forwarded.split(",") if entry.strip()]
    candidate = entries[-proxies] if 0 < proxies <= len(entries) else peer
    try:
        return str(ipaddress.ip_address(candidate))
    except ValueError:
        return UNKNOWN


def networks_of(address: str) -> tuple[str, str]:
    """The network of an address and the one around it: /24 and /24, or /64 and /48.

    An owner of one IPv6 network has all its addresses, and often all 65,536 networks of a /48.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return _cut(found, 64), _cut(found, 48)
        found = found.ipv4_mapped
    return _cut(found, 24), _cut(found, 24)


def _cut(address: ipaddress.IPv4Address | ipaddress.IPv6Address, bits: int) -> str:
    return str(ipaddress.ip_network(f"{address}/{bits}", strict=False))
