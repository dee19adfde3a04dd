"""`manage.py load_sample 2020-05 2020-06`: months of the Lanshan sample, through the import path that users use."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from disclosures.actions.imports import import_sheet
from disclosures.sheets import SHEET_KINDS
from units.models import Office

SAMPLES = settings.BASE_DIR / "samples"


def sheets_of(folders: list[Path]) -> list[tuple[str, Path]]:
    """(kind, file) of the sample months in loading order, every office and unit before what leans on them.

    Files are named `05-published_items.xlsx`: the number is the order.
    """
    files = [path for folder in folders for path in folder.iterdir()]
    return [
        (kind, path)
        for path in sorted(files, key=lambda path: (path.name, path.parent.name))
        if (kind := path.stem.partition("-")[2]) in SHEET_KINDS
    ]


class Command(BaseCommand):
    help = "导入兰山区样例数据（与用户导入同一路径，可重复执行）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("months", nargs="+", metavar="月份", help="例如 2020-06")

    def handle(self, *args: Any, **options: Any) -> None:
        known = sorted(path.parent.name for path in SAMPLES.glob("*/05-*"))
        for month in options["months"]:
            if month not in known:
                raise CommandError(f"没有{month}的样例数据，现有：{'、'.join(known)}。", returncode=2)
        for kind, path in sheets_of([SAMPLES / month for month in options["months"]]):
            self._load(kind, path)

    def _load(self, kind: str, path: Path) -> None:
        report = import_sheet(
            kind=kind, file_name=path.name, content=path.read_bytes(), office=Office.objects.first(), by=None
        )
        if report.errors:
            for error in report.errors[:20]:
                self.stderr.write(f"第{error.row}行 {error.column} {error.value}：{error.message}")
            raise CommandError(f"{path.parent.name}/{path.name}有{len(report.errors)}处错误，未写入。", returncode=1)
        self.stdout.write(f"{path.parent.name} {SHEET_KINDS[kind].title}：{report.summary}")
