"""`manage.py demo_accounts`: the demonstration accounts, made on the first call and printed on every one."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from units.demonstration import HEADING, ensure_accounts, line
from units.models import Office

FILE_NAME = "demo-accounts.txt"


class Command(BaseCommand):
    help = "建立并列出七个演示账号，每种角色一个；环境变量 DEMO=0 时不建立。"

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get("DEMO", "1").lower() in ("0", "false", "no", "off"):
            self.stdout.write("DEMO=0，未建立演示账号。")
            return
        office = Office.objects.first()
        if office is None:
            self.stdout.write("系统中还没有机关，未建立演示账号。")
            return
        kept_in = settings.VAR_DIR / FILE_NAME
        made = ensure_accounts(office=office, kept_in=kept_in, since=timezone.localdate())
        self.stdout.write(HEADING)
        for account, password in made:
            self.stdout.write(f"  {line(account, password)}")
