"""Reminder and Message: what the office tells units, and who has read it."""

from __future__ import annotations

from datetime import date, time

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosures.models.letter import Letter
from disclosures.models.sending import Sending
from units.models import Office, Unit


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Questions about reminders."""

    def sent_on(self, office: Office, day: date) -> ReminderQuerySet:
        """Those the office sent on `day` and did not take back."""
        return self.filter(office=office, sent_on=day, taken_back_at__isnull=True)


class Reminder(models.Model):
    """催办: the office tells one unit what it has not done; everybody who acts for the unit gets a Message.

    `items` are what was open when it was sent, checked again just before: [{"title", "words", "address"}].
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="reminders")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reminders")
    items = models.JSONField("催办事项")
    words = models.TextField("附言", blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("发出时间")
    sent_on = models.DateField("发出日期")
    sending = models.CharField("批次", max_length=32)
    """The code of the Sending: the same for all that were sent at once; they are taken back at once."""
    taken_back_at = models.DateTimeField("撤回时间", null=True, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "催办"
        ordering = ["-sent_at", "-id"]
        indexes = [
            models.Index(fields=["office", "sent_on", "unit"], name="reminder_of_day"),
            models.Index(fields=["sending"], name="reminder_sending"),
        ]
        constraints = [models.UniqueConstraint(fields=["sending", "unit"], name="reminder_once_a_sending")]

    def __str__(self) -> str:
        return f"催办{self.unit}"

    @property
    def is_read(self) -> bool:
        """Whether anybody has read it; ask with `messages` at hand."""
        return any(message.read_at for message in self.messages.all())

    def asked_in(self) -> Sending | None:
        """The sending it belongs to."""
        return Sending.objects.filter(pk=self.sending).first()


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about messages."""

    def unread(self) -> MessageQuerySet:
        """Those nobody opened."""
        return self.filter(read_at__isnull=True)

    def awaiting_mail(self) -> MessageQuerySet:
        """Those still to be mailed to people who want mail and have an address, and in no letter yet."""
        return self.filter(
            mail=Message.Mail.WAITING, letter__isnull=True, user__is_active=True, user__mail_wanted=True
        ).exclude(user__email="")


class Message(models.Model):
    """站内消息: one thing one person is told, with the page it is about, and when it was read.

    A reminder's messages are its read receipts. What is not urgent goes by mail once a day, all of it in one letter.
    """

    class Kind(models.TextChoices):
        """What it is about."""

        REMINDER = "reminder", "催办"
        TASK = "task", "新任务"
        RETURNED = "returned", "材料退回"
        ACCEPTED = "accepted", "材料通过"
        HANDED_IN = "handed_in", "材料待审"
        EXCEPTION = "exception", "延期和不适用"
        ACCOUNT = "account", "账号"
        NOTICE = "notice", "通报"

    class Mail(models.TextChoices):
        """What became of it as mail."""

        NONE = "none", "不发邮件"
        WAITING = "waiting", "待发"
        SENT = "sent", "已发"
        FAILED = "failed", "未发出"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    address = models.CharField("相关页面", max_length=300, blank=True)
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    urgent = models.BooleanField("即时发送", default=False)
    created_at = models.DateTimeField("时间")
    read_at = models.DateTimeField("已读时间", null=True, blank=True)
    mail = models.CharField("邮件", max_length=8, choices=Mail.choices, default=Mail.NONE)
    mailed_at = models.DateTimeField("邮件时间", null=True, blank=True)
    letter = models.ForeignKey(Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="messages")
    """The letter that tells of it, from the moment it is to be written."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "站内消息"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="message_unread"),
            models.Index(fields=["user", "-created_at"], name="message_of_person"),
            models.Index(fields=["mail"], condition=Q(mail="waiting"), name="message_to_mail"),
        ]

    def __str__(self) -> str:
        return self.title


class ReminderSettings(models.Model):
    """How an office reminds: how often a day, when no mail is sent, when the day's other messages go out as one letter."""

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="reminder_settings")
    daily_limit = models.PositiveSmallIntegerField("每家单位每天最多催办次数", default=2)
    quiet_from = models.TimeField("邮件静默开始", default=time(19))
    quiet_to = models.TimeField("邮件静默结束", default=time(8, 30))
    digest_at = models.TimeField("每日汇总发送时间", default=time(16, 30))
    workdays_only = models.BooleanField("休息日不发邮件", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "催办设置"

    def __str__(self) -> str:
        return f"{self.office}的催办设置"

    @classmethod
    def of(cls, office: Office) -> ReminderSettings:
        """The office's settings; the standard ones, unsaved, where it has made none."""
        return cls.objects.filter(office=office).first() or cls(office=office)
