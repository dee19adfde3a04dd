"""export_sheet: the records of a kind as a sheet that re-imports unchanged."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.export import export
from lanshan_portal.periods import Period
from units.office_argument import OfficeNotNamed, add_office_argument, office_named


class Command(BaseCommand):
    """Exit 0: written; 2: wrong usage."""

    help = "把已有记录写成同一种表格，重新导入时不会有任何变化"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=SHEET_KINDS, metavar="KIND", help="、".join(SHEET_KINDS))
        parser.add_argument("file", metavar="FILE", help="要写出的 .xlsx 文件")
        parser.add_argument(
            "--month", metavar="2020-06", default="", help="只写某一期间（月、季度、半年或起止日期）的记录"
        )
        add_office_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            office = office_named(options["office"])
            if path.suffix.lower() != ".xlsx":
                raise ValueError("只导出 .xlsx 文件，请把文件名改为以 .xlsx 结尾。")
            period = Period.parse(options["month"]) if options["month"] else None
            path.write_bytes(export(options["kind"], office, period))
        except OSError as problem:
            self.stderr.write(f"无法写入文件 {path}：{problem.strerror}。")
            sys.exit(2)
        except (OfficeNotNamed, ValueError) as problem:
            self.stderr.write(str(problem))
            sys.exit(2)
        self.stdout.write(f"已导出{SHEET_KINDS[options['kind']].title}：{path}")
