"""Sending: the reminders that somebody asked for at once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from lanshan_portal.periods import Period
from units.models import Office


class Sending(models.Model):
    """一批催办: whom somebody asked to be reminded, of which month, with which words, and what came of it.

    The form that asks for it carries its code, so pressing twice asks once. What was open is looked up when it is sent
    (`sent_at`): units that have nothing left, or were reminded often enough, are in `left_out` with the reason
    [{"unit", "name", "why"}]. Its reminders are taken back together.
    """

    code = models.CharField("批次", max_length=32, primary_key=True)
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    month = models.CharField("所属期", max_length=24)
    requirement = models.CharField("任务编号", max_length=40, blank=True)
    """The code of the one requirement it is about; empty: everything that is open."""
    units = models.JSONField("单位")
    words = models.TextField("附言", blank=True)
    copies = models.BooleanField("抄送分管领导", default=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("提交时间")
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    left_out = models.JSONField("未催办", default=list)
    taken_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_at = models.DateTimeField("撤回时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "催办批次"
        ordering = ["-asked_at", "-code"]
        indexes = [models.Index(fields=["office", "-asked_at"], name="sending_of_office")]

    def __str__(self) -> str:
        return f"催办（{self.period.label}）"

    @property
    def period(self) -> Period:
        """The month whose open items it is about."""
        return Period.parse(self.month)
