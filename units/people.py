"""Who acts for a unit, who may do something at an office, and whose accounts an office keeps."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from units.models import Membership, Office, Unit, User
from units.roles import ROLES, UNIT_LEADER, UNIT_LIAISON, Permission


def _held(day: date, roles: list[str]) -> QuerySet[Membership]:
    return Membership.objects.in_force(day).filter(role__in=roles, user__is_active=True)


def acting_for(unit: Unit | int, day: date) -> QuerySet[User]:
    """The people who hand in for the unit: its liaisons."""
    held = _held(day, [UNIT_LIAISON.key]).filter(unit=unit)
    return User.objects.filter(memberships__in=held).distinct()


def leading(unit: Unit | int, day: date) -> QuerySet[User]:
    """The unit's leaders in charge."""
    return User.objects.filter(memberships__in=_held(day, [UNIT_LEADER.key]).filter(unit=unit)).distinct()


@dataclass(frozen=True)
class UnitPeople:
    """Who is told what concerns a unit: its liaisons and its leaders in charge, the longest in office first."""

    liaisons: tuple[User, ...] = ()
    leaders: tuple[User, ...] = ()


def people_of(unit_ids: Collection[int], day: date) -> dict[int, UnitPeople]:
    """The people of each of those units on `day`; a unit without any is there too. One query."""
    found: dict[int, dict[str, dict[int, User]]] = {unit_id: {} for unit_id in unit_ids}
    held = _held(day, [UNIT_LIAISON.key, UNIT_LEADER.key]).filter(unit__in=unit_ids)
    for membership in held.select_related("user").order_by("since", "id"):
        assert membership.unit_id is not None
        found[membership.unit_id].setdefault(membership.role, {})[membership.user_id] = membership.user
    return {
        unit_id: UnitPeople(
            tuple(by_role.get(UNIT_LIAISON.key, {}).values()), tuple(by_role.get(UNIT_LEADER.key, {}).values())
        )
        for unit_id, by_role in found.items()
    }


def holding(office: Office, permission: Permission, day: date) -> QuerySet[User]:
    """The people who hold the permission for the whole of the office."""
    roles = [role.key for role in ROLES.values() if permission in role.permissions and not role.for_unit]
    return User.objects.filter(memberships__in=_held(day, roles).filter(office=office)).distinct()


def people_of_units(office: Office, day: date) -> dict[int, list[Membership]]:
    """Who is what at each unit on `day`, liaisons first; of accounts in use only. One query."""
    held = (
        Membership.objects.in_force(day)
        .filter(office=office, unit__isnull=False, user__is_active=True)
        .select_related("user")
        .order_by("since", "id")
    )
    found: dict[int, list[Membership]] = {}
    for role in (UNIT_LIAISON, UNIT_LEADER):
        for each in held:
            if each.role == role.key and each.unit_id is not None:
                found.setdefault(each.unit_id, []).append(each)
    return found


def accounts_of(office: Office) -> QuerySet[User]:
    """The accounts an office keeps: of people who are, were or will be something there.

    A superuser's account stands for every office and is kept by command alone.
    """
    here = Membership.objects.filter(office=office).values("user")
    return User.objects.filter(pk__in=here, is_superuser=False)


def serving_elsewhere(users: Iterable[User], office: Office, day: date) -> list[User]:
    """Those of the people who are something at another office on `day`: their accounts are not one office's alone."""
    elsewhere = Membership.objects.in_force(day).exclude(office=office).values_list("user", flat=True)
    ids = set(elsewhere.filter(user__in=[user.pk for user in users]))
    return [user for user in users if user.pk in ids]


def named(rows: QuerySet[User], text: str) -> QuerySet[User]:
    """The people whose name, pinyin or account holds the text."""
    wanted = text.strip()
    if not wanted:
        return rows
    return rows.filter(
        Q(display_name__icontains=wanted) | Q(username__icontains=wanted) | Q(pinyin__contains=wanted.lower())
    )
