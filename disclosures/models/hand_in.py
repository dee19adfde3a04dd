"""HandIn and DutyEvent: what a unit brought for a duty, version by version, and every step that was taken about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosures.models.requirement import Requirement
from disclosures.models.stored_file import StoredFile
from disclosures.models.submission import Submission
from units.models import Unit


class HandIn(models.Model):
    """One version of what a unit handed in for a duty (requirement, term): files, a note, and its receipt.

    `submission` is the record that figures and sheets see; it is empty for a version that was withdrawn. A version brought
    before the review replaces the one before under the same submission, so that the day of the first hand-in holds; one
    brought after a return is a submission of its own day.
    """

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="hand_ins")
    term = models.CharField("期次", max_length=7, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="hand_ins")
    number = models.PositiveSmallIntegerField("版本")
    submission = models.ForeignKey(
        Submission, on_delete=models.SET_NULL, null=True, blank=True, related_name="hand_ins"
    )
    receipt = models.CharField("回执编号", max_length=30, unique=True)
    title = models.CharField("材料名称", max_length=200)
    note = models.TextField("说明", blank=True)
    address = models.CharField("公开网址", max_length=500, blank=True)
    files = models.ManyToManyField(StoredFile, related_name="hand_ins", blank=True)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField("报送时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "报送版本"
        ordering = ["requirement", "term", "unit", "number"]
        constraints = [
            models.UniqueConstraint(fields=["requirement", "term", "unit", "number"], name="hand_in_version"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(submission__isnull=True),
                name="hand_in_withdrawn_is_no_record",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}（第{self.number}版）"


class DutyEvent(models.Model):
    """One step about a unit's duty (requirement, term), as both sides see it; the log keeps the same for the auditor."""

    class Kind(models.TextChoices):
        """What was done."""

        HANDED_IN = "handed_in", "报送材料"
        WITHDRAWN = "withdrawn", "撤回报送"
        ACCEPTED = "accepted", "审核通过"
        RETURNED = "returned", "退回修改"
        REOPENED = "reopened", "撤销审核"
        EXTENDED = "extended", "办理延期"
        EXTENSION_REVOKED = "extension_revoked", "撤销延期"
        EXEMPTION_ASKED = "exemption_asked", "申请标记不适用"
        EXEMPTED = "exempted", "标记不适用"
        EXEMPTION_REFUSED = "exemption_refused", "未同意标记不适用"
        EXEMPTION_REVOKED = "exemption_revoked", "撤销不适用"
        REMINDED = "reminded", "催办"

    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, related_name="events")
    term = models.CharField("期次", max_length=7, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="duty_events")
    kind = models.CharField("事项", max_length=20, choices=Kind.choices)
    words = models.TextField("说明", blank=True)
    hand_in = models.ForeignKey(HandIn, on_delete=models.PROTECT, null=True, blank=True, related_name="events")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "办理经过"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["requirement", "term", "unit", "-at"], name="duty_event_of_duty"),
            models.Index(fields=["unit", "-at"], name="duty_event_of_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
