"""Arrangement: an item of the notice's plan for the coming month."""

from __future__ import annotations

from django.db import models

from disclosures.models.sheet_record import SheetRecord
from lanshan_portal.periods import Period
from units.models import Office


class ArrangementQuerySet(models.QuerySet["Arrangement"]):
    """Questions about arrangements."""

    def of_notice(self, office: Office, period: Period) -> ArrangementQuerySet:
        """The arrangements of the notice of `period`, in order."""
        return self.filter(office=office, term=str(period)).order_by("number")


class Arrangement(SheetRecord):
    """工作安排: a titled paragraph that the notice of `term` sets for the time after it."""

    term = models.CharField("期次", max_length=24)
    number = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    due_on = models.DateField("截止日期", null=True, blank=True)
    column = models.CharField("栏目路径", max_length=200, blank=True)
    becomes_requirement = models.BooleanField("转为任务", default=False)

    objects = ArrangementQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "工作安排"
        ordering = ["term", "number"]

    def __str__(self) -> str:
        return self.title
