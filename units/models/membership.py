"""Membership: the role a person holds at an office or a unit, over a span of days."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from units.models.office import Office
from units.models.unit import Unit
from units.roles import ROLES

RoleName: type[models.TextChoices] = models.TextChoices(  # type: ignore[call-overload]
    "RoleName", [(role.key.upper(), (role.key, role.display_name)) for role in ROLES.values()]
)
"""The roles as a column and a sheet choose from them."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Questions about memberships."""

    def in_force(self, day: date) -> MembershipQuerySet:
        """Memberships that hold on `day`."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))


class Membership(models.Model):
    """A person's role: office-wide where `unit` is empty, otherwise for that unit alone.

    It holds from `since` to the day before `until`. Whoever took it over holds `handed_to`.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField("角色", max_length=20, choices=RoleName.choices)
    since = models.DateField("起始日期")
    until = models.DateField("终止日期", null=True, blank=True)
    handed_to = models.ForeignKey(
        "self",
        verbose_name="交接给",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="taken_from",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职"
        ordering = ["user", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[key for key, role in ROLES.items() if role.for_unit], unit__isnull=False)
                | Q(role__in=[key for key, role in ROLES.items() if not role.for_unit], unit__isnull=True),
                name="membership_unit_where_role_needs_one",
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="membership_span"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {ROLES[self.role].display_name}"
