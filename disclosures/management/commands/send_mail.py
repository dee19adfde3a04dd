"""`manage.py send_mail`: the mail that is due, for installations without a scheduler. Run it every minute, or once by hand."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from disclosures.actions import mail


class Command(BaseCommand):
    """Exit 0 whatever became of single letters: what was refused is tried again by a later run."""

    help = "发送到期的邮件：催办即时发出，其他消息每天汇总一封。可重复运行，不会重复发送。"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(mail.send_due(at=timezone.now()).sentence)
