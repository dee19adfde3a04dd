"""Submission: what a unit handed in for a requirement."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosures.models.requirement import Requirement
from disclosures.models.sheet_record import SheetRecord
from units.models import Unit


class Submission(SheetRecord):
    """One hand-in by a unit (任务报送), with its review and, for articles, the level that adopted it.

    What came over the web has its files and versions in `HandIn`. `term` is the month (2020-06) of a monthly requirement,
    empty for one asked once. Only an accepted or pending submission counts as handed in; a returned one does not (`disclosures/compliance.py`).
    """

    class Review(models.TextChoices):
        """审核结果."""

        ACCEPTED = "通过", "通过"
        RETURNED = "退回", "退回"
        PENDING = "待审", "待审"

    class AdoptedBy(models.TextChoices):
        """采用级别 of an article."""

        STATE = "国办", "国办"
        PROVINCE = "省级", "省级"
        CITY = "市级", "市级"
        DISTRICT = "区级", "区级"

    requirement = models.ForeignKey(
        Requirement, verbose_name="任务", on_delete=models.PROTECT, related_name="submissions"
    )
    term = models.CharField("期次", max_length=7, blank=True)
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="submissions")
    submitted_on = models.DateField("提交日期")
    title = models.CharField("材料名称", max_length=200, blank=True)
    review = models.CharField("审核结果", max_length=4, choices=Review.choices, default=Review.PENDING)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    review_words = models.TextField("审核意见", blank=True, db_default="")
    adopted_by = models.CharField("采用级别", max_length=4, choices=AdoptedBy.choices, blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "任务报送"
        ordering = ["-submitted_on", "-id"]
        indexes = [
            models.Index(fields=["requirement", "term", "unit"], name="submission_of_term"),
            models.Index(fields=["office"], condition=Q(review="待审"), name="submission_to_review"),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.requirement_id}"
