"""MediaAccount: a government new-media account."""

from django.db import models

from disclosures.models.sheet_record import SheetRecord
from disclosures.models.vocabulary import Platform
from units.models import Unit


class MediaAccount(SheetRecord):
    """An account a unit runs on a platform (政务新媒体账号)."""

    class State(models.TextChoices):
        """状态 of an account."""

        NORMAL = "正常", "正常"
        SUSPENDED = "暂停", "暂停"
        CLOSED = "已注销", "已注销"

    name = models.CharField("账号名称", max_length=80)
    platform = models.ForeignKey(Platform, verbose_name="平台", on_delete=models.PROTECT, related_name="accounts")
    unit = models.ForeignKey(Unit, verbose_name="主办单位", on_delete=models.PROTECT, related_name="media_accounts")
    account_id = models.CharField("账号ID", max_length=80, blank=True)
    state = models.CharField("状态", max_length=6, choices=State.choices, default=State.NORMAL)
    opened_on = models.DateField("开设日期", null=True, blank=True)
    closed_on = models.DateField("注销日期", null=True, blank=True)

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "新媒体账号"
        ordering = ["platform__position", "id"]

    def __str__(self) -> str:
        return self.name
