"""Accounts locked by wrong passwords: which are, until when, and letting them go. What counts the failures is axes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db.models import Max, Sum


def locked_until(usernames: Iterable[str], at: datetime) -> dict[str, datetime]:
    """The accounts among those that are locked somewhere, each with the time its last lock ends by itself.

    A lock falls on the pair of account and address: elsewhere the same account may still be open.
    """
    span = get_cool_off()
    assert span is not None, "a lock ends by itself (AXES_COOLOFF_TIME)"
    pairs = (
        AccessAttempt.objects.filter(username__in=list(usernames), attempt_time__gt=at - span)
        .order_by()
        .values("username", "ip_address")
        .annotate(failures=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(failures__gte=settings.AXES_FAILURE_LIMIT)
    )
    found: dict[str, datetime] = {}
    for pair in pairs:
        found[pair["username"]] = max(pair["last"] + span, found.get(pair["username"], pair["last"]))
    return found


def locked_accounts(at: datetime) -> list[str]:
    """Every account name that is locked somewhere, known or not."""
    return list(locked_until(_tried(), at))


def _tried() -> Iterable[str]:
    tried = AccessAttempt.objects.filter(failures_since_start__gt=0, username__isnull=False)
    return tried.order_by().values_list("username", flat=True).distinct()


def release(username: str) -> None:
    """Let the account go, wherever it is locked."""
    reset(username=username)
