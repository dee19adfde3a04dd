"""import_sheet: a sheet from the command line, by the path the upload page uses."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from disclosures.actions import imports
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.report import SheetReport
from units.office_argument import OfficeNotNamed, add_office_argument, office_named


def _why(problem: OSError) -> str:
    """Why a file cannot be read, in words of ours: the system's are English."""
    reasons = (
        (FileNotFoundError, "没有这个文件"),
        (IsADirectoryError, "这是文件夹"),
        (PermissionError, "没有读取权限"),
    )
    return next((reason for kind, reason in reasons if isinstance(problem, kind)), "读取时出错")


class Command(BaseCommand):
    """Exit 0: written (with --dry-run: would be); 1: the sheet has errors, nothing written; 2: wrong usage."""

    help = "导入一张数据表：全部写入，或者一行都不写"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=SHEET_KINDS, metavar="KIND", help="、".join(SHEET_KINDS))
        parser.add_argument("file", metavar="FILE", help=".xlsx 或 .csv 文件")
        add_office_argument(parser)
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            # An office's own sheet founds an office where none is named.
            founding = options["kind"] == "office" and not options["office"]
            office = None if founding else office_named(options["office"])
        except OfficeNotNamed as problem:
            self._wrong_usage(str(problem))
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as problem:
            self._wrong_usage(f"无法读取文件 {path}：{_why(problem)}。")
        sheet = {"kind": options["kind"], "file_name": path.name, "content": content, "office": office}
        report = imports.check_sheet(**sheet) if options["dry_run"] else imports.import_sheet(**sheet, by=None)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self._tell(report, dry_run=options["dry_run"])
        if report.errors:
            sys.exit(1)

    def _wrong_usage(self, sentence: str) -> Any:
        self.stderr.write(sentence)
        sys.exit(2)

    def _tell(self, report: SheetReport, *, dry_run: bool) -> None:
        title = SHEET_KINDS[report.kind].title
        for warning in report.warnings:
            self.stdout.write(f"提示：{warning}")
        for error in report.errors:
            self.stderr.write(str(error))
        if report.errors:
            self.stderr.write(f"{title} {report.file_name}：有{len(report.errors)}处错误，未写入任何数据。")
        else:
            done = "检查通过，未写入" if dry_run else "已导入"
            self.stdout.write(f"{title} {report.file_name}：{done}。{report.summary}")
