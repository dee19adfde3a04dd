"""`manage.py load_sample 2020-05 2020-06`: months of the Lanshan sample, through the import path that users use."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosures import sample
from disclosures.sheets import SHEET_KINDS


class Command(BaseCommand):
    help = "导入兰山区样例数据（与用户导入同一路径，可重复执行）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("months", nargs="+", metavar="月份", help="例如 2020-06")

    def handle(self, *args: Any, **options: Any) -> None:
        known = sample.months()
        for month in options["months"]:
            if month not in known:
                raise CommandError(f"没有{month}的样例数据，现有：{'、'.join(known)}。", returncode=2)
        try:
            sample.load(options["months"], by=None, said=self._tell)
        except sample.SampleBroken as broken:
            raise CommandError(str(broken), returncode=1) from broken

    def _tell(self, kind: str, path: Path, words: str) -> None:
        self.stdout.write(f"{path.parent.name} {SHEET_KINDS[kind].title}：{words}")
