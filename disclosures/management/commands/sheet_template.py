"""sheet_template: an empty sheet of a kind."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.templates import template
from units.office_argument import OfficeNotNamed, add_office_argument, office_named


class Command(BaseCommand):
    """Writes headers, notes, drop-downs and one example row; exit 2: wrong usage."""

    help = "写出一张空白模板：表头、填写说明、下拉选项和一行示例"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=SHEET_KINDS, metavar="KIND", help="、".join(SHEET_KINDS))
        parser.add_argument("file", metavar="FILE", help="要写出的 .xlsx 文件")
        add_office_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            office = office_named(options["office"])
            if path.suffix.lower() != ".xlsx":
                raise ValueError("模板只写为 .xlsx 文件，请把文件名改为以 .xlsx 结尾。")
            path.write_bytes(template(options["kind"], office))
        except (OfficeNotNamed, ValueError, OSError) as problem:
            self.stderr.write(
                f"无法写入文件 {path}：{problem.strerror}。" if isinstance(problem, OSError) else str(problem)
            )
            sys.exit(2)
        self.stdout.write(f"已写出{SHEET_KINDS[options['kind']].title}模板：{path}")
