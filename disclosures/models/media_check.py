"""MediaCheck: what a check round found at one account."""

from __future__ import annotations

from django.db import models

from disclosures.models.media_account import MediaAccount
from disclosures.models.sheet_record import SheetRecord
from disclosures.models.stored_file import StoredFile
from lanshan_portal.periods import Period
from units.models import Office, Unit


class MediaCheckQuerySet(models.QuerySet["MediaCheck"]):
    """Questions about checks."""

    def checked_in(self, office: Office, period: Period) -> MediaCheckQuerySet:
        """Checks made in `period`."""
        return self.filter(office=office, checked_on__gte=period.start, checked_on__lt=period.end)


class MediaCheck(SheetRecord):
    """One line of a check round: the account, the day, and the problem found, or none.

    `unit` is the unit that ran the account then, kept when the account changes hands.
    """

    class Problem(models.TextChoices):
        """问题类型 (国办秘函〔2019〕19号, part 1 for new media); empty: none found."""

        STALE = "超期更新", "超期更新"
        TYPO = "错别字", "错别字"
        WORDING = "表述错误", "表述错误"
        UNREACHABLE = "无法访问", "无法访问"
        INTERACTION = "互动功能异常", "互动功能异常"
        OTHER = "其他", "其他"

    round = models.CharField("检查批次", max_length=40)
    checked_on = models.DateField("检查日期")
    account = models.ForeignKey(MediaAccount, verbose_name="账号", on_delete=models.PROTECT, related_name="checks")
    unit = models.ForeignKey(Unit, verbose_name="主办单位", on_delete=models.PROTECT, related_name="media_checks")
    last_updated_on = models.DateField("最近更新日期", null=True, blank=True)
    problem = models.CharField("问题类型", max_length=10, choices=Problem.choices, blank=True)
    description = models.TextField("问题说明", blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rectified_on = models.DateField("整改完成日期", null=True, blank=True)
    screenshots = models.ManyToManyField(StoredFile, verbose_name="截图", blank=True, related_name="media_checks")

    objects = MediaCheckQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "新媒体检查"
        ordering = ["-checked_on", "-id"]
        indexes = [models.Index(fields=["office", "checked_on"], name="media_check_month")]

    def __str__(self) -> str:
        return f"{self.round} {self.account.name}"
