"""`manage.py check_text FILE`: what the consistency checks find in any notice's text."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from disclosures.models import RestDay
from disclosures.workdays import WorkingCalendar
from reports.checks import CheckContext, check_text
from reports.checks.documents import UnreadableFile, paragraphs_of
from units.directory import Directory
from units.models import Office, Unit
from units.office_argument import add_office_argument, office_from


class Command(BaseCommand):
    help = "检查任一通报的文字：合计、名单、单位名称、日期、用语和标点（.txt 或 .docx）。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="通报文字，.txt（UTF-8 或 GB18030）或 .docx")
        add_office_argument(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            paragraphs = paragraphs_of(Path(options["file"]))
        except UnreadableFile as error:
            raise CommandError(str(error), returncode=1) from error
        context = CheckContext(directory=self._directory(options["office"]), calendar=self._calendar())
        findings = [finding.as_json() for finding in check_text(paragraphs, context)]
        self.stdout.write(json.dumps({"findings": findings}, ensure_ascii=False, indent=2))

    def _directory(self, code: str | None) -> Directory | None:
        """The units of the office meant; none where there is no office, or where several could be meant."""
        if code:
            return Unit.objects.filter(office=office_from(code)).directory()
        try:
            offices = list(Office.objects.all()[:2])
        except DatabaseError:
            self.stderr.write("数据库尚未建立，单位名称未与单位台账核对。")
            return None
        if len(offices) > 1:
            self.stderr.write("系统中有多个机关，未指明 --office，单位名称未与单位台账核对。")
        if len(offices) != 1:
            return None
        return Unit.objects.filter(office=offices[0]).directory()

    @staticmethod
    def _calendar() -> WorkingCalendar:
        """The office's calendar; plain weekdays where there is no database yet."""
        try:
            return RestDay.objects.calendar()
        except DatabaseError:
            return WorkingCalendar()
