"""帮助: a three-minute guide for each role, by the words its pages use."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from units import contact
from units.access import access_of
from units.passwords import RULE
from units.permissions import signed_in_only
from units.roles import ROLES, UNIT_LIAISON, Permission

GUIDES = {role.key.replace("_", "-"): role for role in ROLES.values()}
"""The guide of each role, by its word in the address."""
READING = {
    Permission.READ_ALL_UNITS,
    Permission.READ_OWN_UNIT,
    Permission.READ_APPLICATION_CONTENT,
    Permission.PREVIEW_NOTICE,
    Permission.READ_LOG,
}
"""Whoever may do no more than this fills in no forms, and is told nothing about them."""


@signed_in_only
@require_safe
def guide(request: HttpRequest, slug: str = "") -> HttpResponseBase:
    """The guide of the person's own role, or of the one asked for; its links lead on where the role is the own."""
    access = access_of(request)
    role = GUIDES.get(slug) if slug else access.role or UNIT_LIAISON
    if role is None:
        raise Http404
    context = {
        "role": role,
        "own": role == access.role,
        "acts": bool(role.permissions - READING),
        "guides": GUIDES.items(),
        "contact": contact.known(access.office),
        "password_rule": RULE,
        "idle_minutes": settings.SESSION_COOKIE_AGE // 60,
        "lock_after": settings.AXES_FAILURE_LIMIT,
        "lock_minutes": round(settings.AXES_COOLOFF_TIME * 60),
        "upload_mb": settings.UPLOAD_MAX_BYTES // (1024 * 1024),
    }
    return render(request, f"help/{role.key}.html", context)
