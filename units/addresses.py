"""Where a request comes from: the one answer for the lock-out and for the audit trail."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str | None:
    """The client's address: the connection's or, behind a proxy, the one that the proxy put last.

    What stands before it in X-Forwarded-For the client may have written itself. What is no address counts for none.
    """
    told = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or told
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return None
