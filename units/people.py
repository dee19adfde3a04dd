"""Who acts for a unit, and who may do something at an office, on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from units.models import Membership, Office, Unit, User
from units.roles import ROLES, UNIT_LEADER, UNIT_LIAISON, Permission


def _held(day: date, roles: list[str]) -> QuerySet[Membership]:
    return Membership.objects.in_force(day).filter(role__in=roles, user__is_active=True)


def acting_for(unit: Unit | int, day: date) -> QuerySet[User]:
    """The people who hand in for the unit: its liaisons."""
    held = _held(day, [UNIT_LIAISON.key]).filter(unit=unit)
    return User.objects.filter(memberships__in=held).distinct()


def acting_for_each(unit_ids: Collection[int], day: date) -> dict[int, list[User]]:
    """The people who hand in for each of several units; a unit without any is left out."""
    held = _held(day, [UNIT_LIAISON.key]).filter(unit__in=unit_ids).select_related("user").order_by("id")
    found: dict[int, list[User]] = {}
    for membership in held:
        assert membership.unit_id is not None, "a liaison is one of a unit"
        people = found.setdefault(membership.unit_id, [])
        if membership.user not in people:
            people.append(membership.user)
    return found


def leading(unit: Unit | int, day: date) -> QuerySet[User]:
    """The unit's leaders in charge."""
    return User.objects.filter(memberships__in=_held(day, [UNIT_LEADER.key]).filter(unit=unit)).distinct()


def holding(office: Office, permission: Permission, day: date) -> QuerySet[User]:
    """The people who hold the permission for the whole of the office."""
    roles = [role.key for role in ROLES.values() if permission in role.permissions and not role.for_unit]
    return User.objects.filter(memberships__in=_held(day, roles).filter(office=office)).distinct()
