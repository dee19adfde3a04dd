"""User: a person who signs in, and the passwords that person may not use again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in; what they may do comes from their memberships (`units/roles.py`), not from groups."""

    display_name = models.CharField("姓名", max_length=40, blank=True)
    job_title = models.CharField("职务", max_length=40, blank=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    pinyin = models.CharField("拼音", max_length=160, blank=True, default="", editable=False)
    """The name in pinyin, in full and by initials (`units/pinyin.py`): what it is found by."""
    must_change_password = models.BooleanField("下次登录须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    mail_wanted = models.BooleanField("同时发到邮箱", default=True)
    large_text = models.BooleanField("使用大字号", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.display_name or self.username

    def password_is_due(self, at: datetime) -> bool:
        """Whether another password must be set before anything else: somebody else set it, or it is too old."""
        if self.must_change_password:
            return True
        days = settings.PASSWORD_MAX_AGE_DAYS
        return bool(days) and at - (self.password_changed_at or self.date_joined) > timedelta(days=days)


class UsedPassword(models.Model):
    """The hash of a password a person has had; the newest few may not be used again (GB/T 22239-2019, 8.1.4.1)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="used_passwords")
    password = models.CharField(max_length=128, editable=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d}"
