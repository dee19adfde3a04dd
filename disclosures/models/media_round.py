"""MediaRound and MediaRoundEntry: a round of checks while it is under way, an account a row."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from disclosures.compliance import days_overdue
from disclosures.models.media_account import MediaAccount
from disclosures.models.media_check import MediaCheck
from disclosures.models.stored_file import StoredFile
from units.models import Office, Unit

FRESH = "无"
"""The result of an account at which nothing was found, said outright."""


class MediaRoundQuerySet(models.QuerySet["MediaRound"]):
    """Questions about rounds."""

    def under_way(self) -> MediaRoundQuerySet:
        """Rounds whose findings are not written yet."""
        return self.filter(finished_at__isnull=True)

    def with_progress(self) -> MediaRoundQuerySet:
        """Each round with how many accounts it has and how many are looked at (`accounts`, `looked_at`)."""
        looked_at = Q(entries__last_updated_on__isnull=False) | ~Q(entries__result="")
        return self.annotate(accounts=Count("entries"), looked_at=Count("entries", filter=looked_at))


class MediaRound(models.Model):
    """One round of checks (检查批次) as it is carried out here: its name, its day, and its accounts.

    While it is under way its entries are changed; when it is finished they become `MediaCheck`, the findings that figures
    and notices count. A round that came by sheet has only those.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="media_rounds")
    name = models.CharField("检查批次", max_length=40)
    checked_on = models.DateField("检查日期")
    scope = models.CharField("检查范围", max_length=100)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField("开始时间")
    finished_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    accounts: int
    looked_at: int
    """Annotated by `with_progress()`."""

    objects = MediaRoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "新媒体检查轮次"
        ordering = ["-checked_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="media_round_name")]

    def __str__(self) -> str:
        return self.name


class MediaRoundEntry(models.Model):
    """What a round has found out about one account so far, and of a finding, whether it was put right.

    `version` counts the savings: a row that somebody else has saved meanwhile is not overwritten unseen.
    """

    class Result(models.TextChoices):
        """What the person found, besides the days that are counted."""

        FRESH = FRESH, "未发现问题"
        TYPO = MediaCheck.Problem.TYPO.value, MediaCheck.Problem.TYPO.label
        WORDING = MediaCheck.Problem.WORDING.value, MediaCheck.Problem.WORDING.label
        UNREACHABLE = MediaCheck.Problem.UNREACHABLE.value, MediaCheck.Problem.UNREACHABLE.label
        INTERACTION = MediaCheck.Problem.INTERACTION.value, MediaCheck.Problem.INTERACTION.label
        OTHER = MediaCheck.Problem.OTHER.value, MediaCheck.Problem.OTHER.label

    class Recheck(models.TextChoices):
        """What the second look found."""

        RECTIFIED = "已整改", "已整改"
        NOT_RECTIFIED = "未整改", "未整改"

    round = models.ForeignKey(MediaRound, on_delete=models.CASCADE, related_name="entries")
    account = models.ForeignKey(MediaAccount, on_delete=models.PROTECT, related_name="round_entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("序号")
    last_updated_on = models.DateField("最近更新日期", null=True, blank=True)
    result = models.CharField("检查结果", max_length=10, choices=Result.choices, blank=True)
    description = models.TextField("问题说明", blank=True)
    rectify_by = models.DateField("整改期限", null=True, blank=True)
    rechecked_on = models.DateField("复查日期", null=True, blank=True)
    recheck = models.CharField("复查结果", max_length=4, choices=Recheck.choices, blank=True)
    screenshots = models.ManyToManyField(StoredFile, blank=True, related_name="media_round_entries")
    version = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("录入时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "新媒体检查记录"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "account"], name="media_round_entry_account")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.account_id}"

    @property
    def is_looked_at(self) -> bool:
        """Whether anything was found out about the account."""
        return self.last_updated_on is not None or bool(self.result)

    @property
    def days_overdue(self) -> int:
        """How long the account had been silent on the day of the check, where its platform does not allow that; else 0."""
        return days_overdue(self.last_updated_on, self.round.checked_on, self.account.platform.freshness_days)

    @property
    def problems(self) -> tuple[MediaCheck.Problem, ...]:
        """The findings: silence is counted, unless the person has said that nothing was found."""
        if self.result == FRESH:
            return ()
        found = [MediaCheck.Problem.STALE] if self.days_overdue else []
        return (*found, MediaCheck.Problem(self.result)) if self.result else tuple(found)
