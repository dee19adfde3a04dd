"""May this person do this? Asked by views through `require`, by querysets through `visible_units`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from units.access import access_of
from units.models import Membership, Office, Unit, User
from units.roles import ADMINISTRATOR, ROLES, Permission


def memberships(user: User, day: date) -> list[Membership]:
    """What the person is on `day`; a superuser's account stands for an administrator of every office.

    Where no office exists yet, that administrator belongs to none.
    """
    held = list(Membership.objects.in_force(day).filter(user=user).select_related("office", "unit").order_by("id"))
    if held or not user.is_superuser:
        return held
    offices: list[Office | None] = list(Office.objects.all())
    return [Membership(user=user, office=office, role=ADMINISTRATOR.key, since=day) for office in offices or [None]]


def may(user: User, permission: Permission, *, day: date, unit: Unit | None = None) -> bool:
    """Whether `user` holds `permission` on `day`, at the office or, for a unit's role, for `unit` (any, if None)."""
    if not user.is_authenticated or not user.is_active:
        return False
    for membership in memberships(user, day):
        role = ROLES[membership.role]
        if permission in role.permissions and (not role.for_unit or unit is None or membership.unit_id == unit.pk):
            return True
    return False


def office_of(user: User, *, day: date) -> Office | None:
    """The office the person works at or reports to on `day`."""
    held = memberships(user, day)
    return held[0].office if held else None


def visible_units(user: User, *, day: date) -> Any:
    """The units whose records the person may read on `day`: all of the office, their own, or none."""
    held = memberships(user, day)
    offices = [m.office_id for m in held if Permission.READ_ALL_UNITS in ROLES[m.role].permissions]
    own = [m.unit_id for m in held if Permission.READ_OWN_UNIT in ROLES[m.role].permissions and m.unit_id]
    return Unit.objects.filter(office_id__in=offices) | Unit.objects.filter(pk__in=own)


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
