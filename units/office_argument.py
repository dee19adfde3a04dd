"""The --office argument of commands: which office is meant where there are several."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import CommandError

from units.models import Office


def add_office_argument(parser: ArgumentParser) -> None:
    """Let the command say `--office 371302`."""
    parser.add_argument("--office", metavar="政区代码", help="有多个机关时须指明，例如 371302")


def office_from(code: str | None) -> Office:
    """The office of that code, or the only one; raises CommandError with what to do otherwise."""
    offices = Office.objects.filter(code=code) if code else Office.objects.all()
    match list(offices[:2]):
        case [office]:
            return office
        case []:
            found = f"没有政区代码为“{code}”的机关" if code else "系统中还没有机关"
            raise CommandError(f"{found}，请先导入“机关”表：python manage.py import_sheet office 文件。", returncode=1)
    raise CommandError("系统中有多个机关，请用 --office 政区代码 指明。", returncode=2)
