"""Access: what the person behind a request is and may do today, asked of the database once a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone

from units.directory import Directory
from units.models import Membership, Office, Unit, User
from units.roles import ADMINISTRATOR, ROLES, Permission, Role


def memberships(user: User, day: date) -> list[Membership]:
    """What the person is on `day`; a superuser's account stands for an administrator of every office.

    Where no office exists yet, that administrator belongs to none.
    """
    held = list(Membership.objects.in_force(day).filter(user=user).select_related("office", "unit").order_by("id"))
    if held or not user.is_superuser:
        return held
    offices: list[Office | None] = list(Office.objects.all())
    return [Membership(user=user, office=office, role=ADMINISTRATOR.key, since=day) for office in offices or [None]]


def access_on(user: User, day: date) -> Access:
    """What the person is and may do on `day`."""
    return Access(user, day, tuple(memberships(user, day)))


@dataclass(frozen=True)
class Access:
    """The memberships a person holds on `day`, and what follows from them; nobody holds none.

    A page is about one office, so who belongs to several acts at the first and has no right of another there.
    """

    user: User | None
    day: date
    memberships: tuple[Membership, ...] = ()

    @cached_property
    def at_office(self) -> tuple[Membership, ...]:
        """The memberships at `office`."""
        return tuple(held for held in self.memberships if held.office_id == self.memberships[0].office_id)

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything the person may do at `office`, for all of it or for an own unit."""
        return frozenset(right for held in self.at_office for right in ROLES[held.role].permissions)

    def may(self, *permissions: Permission) -> bool:
        """Whether the person holds one of `permissions`."""
        return not self.permissions.isdisjoint(permissions)

    @property
    def person(self) -> User:
        """The person signed in, for pages that nobody else reaches."""
        assert self.user is not None, "signed in"
        return self.user

    @property
    def role(self) -> Role | None:
        """The first role held: the one shown beside the name."""
        return ROLES[self.memberships[0].role] if self.memberships else None

    @property
    def office(self) -> Office | None:
        """The office the person works at or reports to; None before any office exists."""
        return self.memberships[0].office if self.memberships and self.memberships[0].office_id else None

    @property
    def office_or_404(self) -> Office:
        """The office, for pages of its records; raises Http404 before any exists."""
        if self.office is None:
            raise Http404
        return self.office

    @property
    def unit(self) -> Unit | None:
        """The unit the person answers for, where the first role is a unit's."""
        return self.memberships[0].unit if self.memberships else None

    @cached_property
    def directory(self) -> Directory:
        """Every name the units of `office` have borne, read once a request."""
        return Unit.objects.filter(office=self.office).directory() if self.office else Directory([])

    @property
    def reads_all_units(self) -> bool:
        """Whether every unit's rows are open to the person."""
        return self.may(Permission.READ_ALL_UNITS)

    @property
    def visible_units(self) -> QuerySet[Unit]:
        """The units whose records the person may read: all of `office`, their own, or none."""
        return self.units_for(Permission.READ_ALL_UNITS, Permission.READ_OWN_UNIT)

    def units_for(self, *permissions: Permission) -> QuerySet[Unit]:
        """The units for which the person holds one of `permissions`: with an office's role all, with a unit's the own."""
        if self.office is None:
            return Unit.objects.none()
        units = Unit.objects.filter(office=self.office)
        held = [each for each in self.at_office if not ROLES[each.role].permissions.isdisjoint(permissions)]
        if any(not ROLES[each.role].for_unit for each in held):
            return units
        return units.filter(pk__in=[each.unit_id for each in held])


def office_of(request: HttpRequest) -> Office:
    """The office at which the person acts; raises Http404 before there is one."""
    return access_of(request).office_or_404


def access_of(request: HttpRequest) -> Access:
    """The access of the person signed in, kept on the request; an empty one for nobody."""
    kept: Access | None = getattr(request, "_access", None)
    if kept is None:
        user, day = getattr(request, "user", None), timezone.localdate()
        known = user if isinstance(user, User) and user.is_active else None
        kept = access_on(known, day) if known else Access(None, day)
        request._access = kept  # type: ignore[attr-defined]
    return kept
