"""Letter: one e-mail to one person, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from units.models import Office


class LetterQuerySet(models.QuerySet["Letter"]):
    """Questions about letters."""

    def due(self, at: datetime) -> LetterQuerySet:
        """Those that wait to be sent, or to be tried again, at that time."""
        return self.filter(state=Letter.State.WAITING, due_at__lte=at)


class Letter(models.Model):
    """邮件: one letter with what one person has not read, and what became of it.

    It is written when it is sent, from what is still unread and still open then. Whoever sends it takes it first
    (`State.SENDING`): no two workers send the same one. One whose sender died half-way may have arrived; it is not sent again.
    `digest_on` is the day of a daily letter; a person gets one a day.
    """

    class State(models.TextChoices):
        """How it stands."""

        WAITING = "waiting", "待发"
        SENDING = "sending", "发送中"
        SENT = "sent", "已发"
        DROPPED = "dropped", "无需再发"
        FAILED = "failed", "未发出"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="letters")
    digest_on = models.DateField("每日汇总", null=True, blank=True)
    address = models.EmailField("收件地址", blank=True)
    subject = models.CharField("主题", max_length=200, blank=True)
    body = models.TextField("正文", blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField("已试次数", default=0)
    due_at = models.DateTimeField("发送时间")
    taken_at = models.DateTimeField("开始发送", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    error = models.CharField("未发出的原因", max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "邮件"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "digest_on"], condition=Q(digest_on__isnull=False), name="letter_one_digest_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state__in=("waiting", "sending")), name="letter_to_send"),
            models.Index(fields=["office", "state", "-ended_at"], name="letter_of_office"),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.pk}"
