"""May this person do this? Asked by views through `require`, by querysets through `visible_units`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from units.access import Access, access_of, memberships
from units.models import Office, Unit, User
from units.roles import ROLES, Permission


def may(user: User, permission: Permission, *, day: date, unit: Unit | None = None) -> bool:
    """Whether `user` holds `permission` on `day` at the office, and for `unit`, where one is given: of that office,
    and with a unit's role the own one."""
    if not user.is_authenticated or not user.is_active:
        return False
    for membership in Access(user, day, tuple(memberships(user, day))).at_office:
        role = ROLES[membership.role]
        if permission not in role.permissions:
            continue
        if unit is None or (membership.unit_id == unit.pk if role.for_unit else membership.office_id == unit.office_id):
            return True
    return False


def office_of(user: User, *, day: date) -> Office | None:
    """The office the person works at or reports to on `day`."""
    held = memberships(user, day)
    return held[0].office if held else None


def visible_units(user: User, *, day: date) -> Any:
    """The units whose records the person may read on `day`: all of the office, their own, or none."""
    return Access(user, day, tuple(memberships(user, day))).visible_units


def require(*permissions: Permission) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Let a view through only for people who hold one of `permissions`; others get 403. The first line of every view."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not access_of(request).may(*permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.required_permissions = permissions  # type: ignore[attr-defined]
        return guarded

    return decorate
