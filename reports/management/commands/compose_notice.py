"""`manage.py compose_notice 2020-06`: the notice of a period as text, JSON, HTML, PDF or DOCX."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lanshan_portal.periods import Period
from reports.preparation import PreparedNotice, prepare
from reports.renderers import RENDERERS, RenderError
from reports.renderers.json import render_json
from reports.renderers.rendered import Rendered
from units.office_argument import add_office_argument, office_from

EXTENSIONS = {"text": "txt", "json": "json", "html": "html", "pdf": "pdf", "docx": "docx"}
BINARY = {"pdf", "docx"}


def rendered(prepared: PreparedNotice, form: str) -> Rendered:
    """The prepared notice in that format."""
    if form == "json":
        return render_json(prepared.notice, prepared.findings)
    return RENDERERS[form](prepared.notice)


class Command(BaseCommand):
    help = "按所属期生成通报：文字、JSON、网页、PDF 或 Word。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("period", help="所属期：2020-06、2020-Q2、2020-H1 或 2020-05-24..2020-08-29")
        parser.add_argument("--issued-on", help="印发日期，例如 2020-07-14；不写则为今天，早已过去的期间为其次月末日")
        form = parser.add_mutually_exclusive_group(required=True)
        form.add_argument("--format", choices=sorted(EXTENSIONS), help="输出格式")
        form.add_argument("--all", action="store_true", help="输出全部格式，--output 为文件夹")
        parser.add_argument("--output", help="输出文件；PDF 和 Word 须写明")
        add_office_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        office = office_from(options["office"])
        try:
            period = Period.parse(options["period"])
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        prepared = prepare(office, period, self._issue_date(options["issued_on"], period))
        try:
            if options["all"]:
                self._write_all(prepared, Path(options["output"] or "."))
            else:
                self._write_one(prepared, options["format"], options["output"])
        except RenderError as error:
            raise CommandError(str(error), returncode=1) from error

    @staticmethod
    def _issue_date(text: str | None, period: Period) -> date:
        try:
            return date.fromisoformat(text) if text else period.usual_issue_date(timezone.localdate())
        except ValueError as error:
            raise CommandError(f"印发日期“{text}”不是有效日期，应写作 2020-07-14。", returncode=2) from error

    def _write_one(self, prepared: PreparedNotice, form: str, output: str | None) -> None:
        if not output and form in BINARY and sys.stdout.isatty():
            raise CommandError("PDF 和 Word 请用 --output 写明输出文件。", returncode=2)
        content = rendered(prepared, form).content
        if output:
            Path(output).parent.mkdir(parents=True, exist_ok=True)
            Path(output).write_bytes(content)
            self.stdout.write(output)
        elif form in BINARY:
            sys.stdout.buffer.write(content)
        else:
            self.stdout.write(content.decode(), ending="")

    def _write_all(self, prepared: PreparedNotice, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for form, extension in EXTENSIONS.items():
            path = folder / f"{prepared.notice.full_title}.{extension}"
            path.write_bytes(rendered(prepared, form).content)
            self.stdout.write(str(path))
