"""Rectification: what a unit named by an issued notice does about it, until the office has verified it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import models

from disclosures.models import StoredFile
from reports.models.issued import IssuedNotice, NamedUnit
from units.models import Office, Unit, User


class RectificationQuerySet(models.QuerySet["Rectification"]):
    """Questions about rectifications."""

    def of_office(self, office: Office) -> RectificationQuerySet:
        """Those of the office's notices, with what a line of them says."""
        return self.filter(notice__office=office).select_related("unit", "notice__office", "opened_by")

    def of_units(self, unit_ids: Collection[int]) -> RectificationQuerySet:
        """Those of any of the units."""
        return self.filter(unit__in=unit_ids)

    def overdue(self, day: date) -> RectificationQuerySet:
        """Those for which the unit has not answered by its day, on `day`."""
        return self.filter(state__in=Rectification.UNITS_TURN, due_on__lt=day)

    def urgent_first(self, day: date) -> RectificationQuerySet:
        """Overdue ones first, then what is open, closed ones last; each by its day."""
        order = models.Case(
            models.When(state__in=Rectification.UNITS_TURN, due_on__lt=day, then=0),
            models.When(state=Rectification.State.CLOSED, then=2),
            default=1,
        )
        return self.order_by(order, "due_on", "unit__position", "-id")


class Rectification(models.Model):
    """整改: a unit answers for all the sentences of one notice that name it, by a day."""

    class State(models.TextChoices):
        """Whose turn it is."""

        OPEN = "open", "待整改"
        ANSWERED = "answered", "待核验"
        CLOSED = "closed", "已办结"
        AGAIN = "again", "重新整改"

    UNITS_TURN = (State.OPEN, State.AGAIN)

    notice = models.ForeignKey(IssuedNotice, on_delete=models.PROTECT, related_name="rectifications")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    subjects = models.JSONField("事项")
    """What the unit is named for, by names that are the same in every notice (`reports.rectifying.subjects_of`)."""
    due_on = models.DateField("整改期限")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    in_a_row = models.PositiveSmallIntegerField("连续期数", default=1)
    """In how many notices on end the unit was to rectify the same, this one included."""
    repeat_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="repeated_by", verbose_name="前次整改"
    )
    """The last one within twelve months about one of the same subjects, of the unit or of one that went into it."""
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("开立时间")

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整改"
        constraints = [models.UniqueConstraint(fields=["notice", "unit"], name="one_rectification_a_unit")]
        indexes = [models.Index(fields=["state", "due_on"], name="rectification_state")]
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return f"{self.unit}：{self.notice.span.label}通报整改"

    @property
    def sentences(self) -> models.QuerySet[NamedUnit]:
        """The sentences of the notice that name the unit."""
        return NamedUnit.objects.filter(notice=self.notice_id, unit=self.unit_id)

    @property
    def awaits_unit(self) -> bool:
        """Whether the unit is to answer."""
        return self.state in self.UNITS_TURN

    def days_over(self, day: date) -> int:
        """How many days it is overdue on `day`; 0 where it is not."""
        return max(0, (day - self.due_on).days) if self.awaits_unit else 0


class RectificationStep(models.Model):
    """One step of a rectification. Written once."""

    class Act(models.TextChoices):
        """What was done."""

        OPENED = "opened", "开立"
        ANSWERED = "answered", "回复"
        PASSED = "passed", "核验通过"
        RETURNED = "returned", "退回"
        REOPENED = "reopened", "重开"

    rectification = models.ForeignKey(Rectification, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField("办理", max_length=8, choices=Act.choices)
    words = models.TextField("说明", blank=True)
    link = models.TextField("网址", blank=True)
    due_on = models.DateField("整改期限", null=True)
    """The day that holds from this step on, where it set one."""
    files = models.ManyToManyField(StoredFile, verbose_name="材料", blank=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改办理记录"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}：{self.words[:30]}"
