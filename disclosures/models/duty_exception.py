"""DutyExtension, DutyExemption: for one unit, a later day or no duty at all; each with its reason and who granted it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosures.models.requirement import Requirement
from units.models import Unit


class DutyExceptionQuerySet(models.QuerySet["DutyException"]):
    """Questions about exceptions."""

    def in_force(self) -> DutyExceptionQuerySet:
        """Those granted and not taken back."""
        return self.filter(revoked_at__isnull=True)


class DutyException(models.Model):
    """What an exception has in common: whose duty in which term, why, who granted it, and whether it was taken back."""

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="%(class)ss")
    term = models.CharField("期次", max_length=7, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="%(class)ss")
    reason = models.CharField("理由", max_length=300)
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("办理时间")
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = DutyExceptionQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["-granted_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "term", "unit"],
                condition=Q(revoked_at__isnull=True),
                name="%(class)s_one_in_force",
            )
        ]


class DutyExemptionQuerySet(DutyExceptionQuerySet):
    """Questions about exemptions."""

    def undecided(self) -> DutyExceptionQuerySet:
        """Those asked for that nobody has approved yet."""
        return self.in_force().filter(approved_at__isnull=True)  # type: ignore[misc]


class DutyExtension(DutyException):
    """延期: the unit's duty in the term is due on a later day; a lock that came before it opens until then."""

    due_on = models.DateField("延期至")

    class Meta(DutyException.Meta):
        verbose_name = verbose_name_plural = "延期"

    def __str__(self) -> str:
        return f"{self.unit}延期至{self.due_on}"


class DutyExemption(DutyException):
    """不适用: the unit has no such duty in the term; it leaves the count, and the notice does not name it.

    It holds once somebody who may approve it has (`approved_at`); `granted_by` is who asked for it.
    """

    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField("批准时间", null=True, blank=True)

    objects = DutyExemptionQuerySet.as_manager()  # type: ignore[misc]

    class Meta(DutyException.Meta):
        verbose_name = verbose_name_plural = "不适用"

    def __str__(self) -> str:
        return f"{self.unit}不适用"
