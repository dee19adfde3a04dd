"""RestDay: a day whose nature differs from its weekday's."""

from __future__ import annotations

from django.db import models

from disclosures.models.import_batch import ImportBatch
from disclosures.workdays import WorkingCalendar


class RestDayQuerySet(models.QuerySet["RestDay"]):
    """Questions about the calendar table."""

    def calendar(self) -> WorkingCalendar:
        """The whole table as a pure calendar; two queries, a few hundred rows."""
        rows = list(self.values_list("day", "nature"))
        return WorkingCalendar(
            resting=frozenset(day for day, nature in rows if nature == RestDay.Nature.REST),
            working=frozenset(day for day, nature in rows if nature == RestDay.Nature.WORK),
            official_years=frozenset(CalendarYear.objects.filter(official=True).values_list("year", flat=True)),
        )


class RestDay(models.Model):
    """A day the State Council's arrangement makes a rest day or a working day (工作日历); national, so of no office.

    Days not in the table follow their weekday: Monday to Friday are working days.
    """

    class Nature(models.TextChoices):
        """性质."""

        REST = "休息", "休息"
        WORK = "上班", "上班"

    day = models.DateField("日期", unique=True)
    nature = models.CharField("性质", max_length=4, choices=Nature.choices)
    name = models.CharField("名称", max_length=40, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    batch = models.ForeignKey(
        ImportBatch, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    sheet_row = models.PositiveIntegerField(null=True, blank=True, editable=False)

    objects = RestDayQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.nature}"


class CalendarYear(models.Model):
    """A year of the calendar: official once the State Council's arrangement is in the table, provisional before.

    A due date that reaches a provisional year says so.
    """

    year = models.PositiveSmallIntegerField("年份", unique=True)
    official = models.BooleanField("已按国务院安排录入", default=False)
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "日历年份"
        ordering = ["year"]

    def __str__(self) -> str:
        return f"{self.year}年"
