"""`manage.py compare_notices`: every issued notice rendered again and held against what went out."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.models import IssuedNotice
from reports.rendered_again import compared
from units.office_argument import add_office_argument, office_from


class Command(BaseCommand):
    help = "按保存的内容重新生成每份印发的通报，与印发件逐个格式比较；文字或数字不同时，返回码为 1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", help="只比较这一所属期的通报，例如 2020-06")
        add_office_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        notices = IssuedNotice.objects.filter(office=office_from(options["office"])).order_by("issued_on", "id")
        if options["period"]:
            notices = notices.filter(period=options["period"])
        total, differing = 0, []
        for issued in notices.iterator(chunk_size=1):
            total += 1
            self.stdout.write(f"{issued.issued_on:%Y-%m-%d} {issued.document_number or '（未编号）'} {issued.title}")
            found = list(compared(issued))
            for each in found:
                style = self.style.SUCCESS if each.agreement.holds else self.style.ERROR
                self.stdout.write(f"  {style(str(each))}")
            if not all(each.agreement.holds for each in found):
                differing.append(issued)
        if differing:
            raise CommandError(f"共 {total} 份，{len(differing)} 份与印发件不一致，请核实。", returncode=1)
        self.stdout.write(f"共 {total} 份，文字和数字都与印发件一致。" if total else "没有印发的通报。")
