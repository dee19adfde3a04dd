"""Access: what the person behind a request is and may do today, asked of the database once a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from units.models import Membership, Office, Unit, User
from units.roles import ROLES, Permission, Role


@dataclass(frozen=True)
class Access:
    """The memberships a person holds on `day`, and what follows from them; nobody holds none."""

    user: User | None
    day: date
    memberships: tuple[Membership, ...] = ()

    @cached_property
    def permissions(self) -> frozenset[Permission]:
        """Everything the person may do, at the office or for an own unit."""
        return frozenset(right for held in self.memberships for right in ROLES[held.role].permissions)

    def may(self, *permissions: Permission) -> bool:
        """Whether the person holds one of `permissions`."""
        return not self.permissions.isdisjoint(permissions)

    @property
    def role(self) -> Role | None:
        """The first role held: the one shown beside the name."""
        return ROLES[self.memberships[0].role] if self.memberships else None

    @property
    def office(self) -> Office | None:
        """The office the person works at or reports to; None before any office exists."""
        return self.memberships[0].office if self.memberships else None

    @property
    def unit(self) -> Unit | None:
        """The unit the person answers for, where the first role is a unit's."""
        return self.memberships[0].unit if self.memberships else None

    @property
    def reads_all_units(self) -> bool:
        """Whether every unit's rows are open to the person."""
        return self.may(Permission.READ_ALL_UNITS)

    @property
    def own_unit_ids(self) -> frozenset[int]:
        """The units the person reads by a role held for them."""
        return frozenset(
            held.unit_id
            for held in self.memberships
            if held.unit_id and Permission.READ_OWN_UNIT in ROLES[held.role].permissions
        )


def access_of(request: HttpRequest) -> Access:
    """The access of the person signed in, kept on the request; an empty one for nobody."""
    kept: Access | None = getattr(request, "_access", None)
    if kept is None:
        from units.permissions import memberships

        user = getattr(request, "user", None)
        day = timezone.localdate()
        if isinstance(user, User) and user.is_active:
            kept = Access(user, day, tuple(memberships(user, day)))
        else:
            kept = Access(None, day)
        request._access = kept  # type: ignore[attr-defined]
    return kept
