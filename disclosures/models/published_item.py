"""PublishedItem: one piece of information on the government's website."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models
from django.db.models import Count

from disclosures.models.sheet_record import SheetRecord
from disclosures.models.vocabulary import Category
from disclosures.spans import which
from lanshan_portal.periods import Period
from units.models import Office, Unit


class PublishedItemQuerySet(models.QuerySet["PublishedItem"]):
    """Questions about published items."""

    def published_in(self, office: Office, period: Period) -> PublishedItemQuerySet:
        """Items of the office published in `period`; answered by the covering index alone."""
        return self.filter(office=office, published_on__gte=period.start, published_on__lt=period.end)

    def counts_by_unit_and_category(self) -> dict[tuple[int, int], int]:
        """How many items each unit has in each category, by (unit_id, category_id); what has none is left out.

        Groups are mapped in Python: a join would bend the curve as history grows.
        """
        counted = self.order_by().values_list("unit_id", "category_id").annotate(items=Count("*"))
        return {(unit_id, category_id): items for unit_id, category_id, items in counted}

    def counts_in_each(self, office: Office, periods: Sequence[Period]) -> list[dict[tuple[int, int], int]]:
        """The same for each of `periods` (disjoint, in order), in one query."""
        if len(periods) == 1:
            return [self.published_in(office, periods[0]).counts_by_unit_and_category()]
        cells: list[dict[tuple[int, int], int]] = [{} for _ in periods]
        within = self.published_in(office, Period.around(periods)).order_by()
        counted = within.annotate(at=which(periods, "published_on")).values_list("at", "unit_id", "category_id")
        for at, unit_id, category_id, items in counted.annotate(items=Count("*")):
            if at is not None:
                cells[at][unit_id, category_id] = items
        return cells


class PublishedItem(SheetRecord):
    """An item a unit published on the website (网站信息), under a category, in a column.

    A policy document has its 文号 and the day it was made; an interpretation names the document it explains
    (`interprets`) and its form.
    """

    class Form(models.TextChoices):
        """How a policy is explained (解读形式)."""

        TEXT = "文字", "文字"
        GRAPHIC = "图解", "图解"
        AUDIO = "音频", "音频"
        VIDEO = "视频", "视频"
        H5 = "H5", "H5"
        QUESTIONS = "问答", "问答"
        PRESS_CONFERENCE = "发布会", "发布会"
        EXPERT = "专家", "专家"

    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="published_items")
    category = models.ForeignKey(
        Category, verbose_name="类别", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    title = models.CharField("标题", max_length=300)
    column = models.CharField("栏目", max_length=200, blank=True)
    published_on = models.DateField("发布日期")
    url = models.CharField("网址", max_length=500, blank=True)
    document_number = models.CharField("文号", max_length=80, blank=True)
    formed_on = models.DateField("形成日期", null=True, blank=True)
    interprets = models.CharField("解读对象", max_length=500, blank=True)
    form = models.CharField("解读形式", max_length=10, choices=Form.choices, blank=True)

    objects = PublishedItemQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "网站信息"
        ordering = ["-published_on", "-id"]
        indexes = [
            # Covers a month's grouped count on both databases (docs: month's queries touch the month's rows only).
            # The id at its end lets the pages of the list be found by the index alone.
            models.Index(fields=["office", "published_on", "unit", "category", "id"], name="published_item_month"),
        ]

    def __str__(self) -> str:
        return self.title
