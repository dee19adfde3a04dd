"""MediaAccount: a government new-media account."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Max, Q

from disclosures.models.sheet_record import SheetRecord
from disclosures.models.vocabulary import Platform
from units.models import Unit


class MediaAccountQuerySet(models.QuerySet["MediaAccount"]):
    """Questions about accounts."""

    def as_seen_by(self, day: date) -> MediaAccountQuerySet:
        """Each account with what its checks up to `day` tell: its newest update and the last check."""
        known = Q(checks__checked_on__lte=day)
        return self.annotate(
            last_updated_on=Max("checks__last_updated_on", filter=known),
            checked_on=Max("checks__checked_on", filter=known),
        )

    def open_on(self, day: date) -> MediaAccountQuerySet:
        """The accounts that exist on `day`: opened by then and not closed."""
        return self.exclude(state=MediaAccount.State.CLOSED, closed_on__isnull=True).filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        )


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

    objects = MediaAccountQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "新媒体账号"
        ordering = ["platform__position", "id"]

    def __str__(self) -> str:
        return self.name
