"""The --office argument of commands: which office is meant where there are several."""

from __future__ import annotations

from argparse import ArgumentParser

from django.core.management.base import CommandError

from units.models import Office


class OfficeNotNamed(Exception):
    """There is no such office, or several and none was named; the message is the sentence for the person."""


def add_office_argument(parser: ArgumentParser) -> None:
    """Let the command say `--office 371302`."""
    parser.add_argument("--office", metavar="CODE", help="政区代码，例如 371302；只有一个机关时可省略")


def office_named(code: str | None) -> Office | None:
    """The office with this code; the only one where none is named; None in an empty portal."""
    if code:
        found = Office.objects.filter(code=code).first()
        if found is None:
            raise OfficeNotNamed(f"没有政区代码为 {code} 的机关。")
        return found
    offices = list(Office.objects.all()[:2])
    if len(offices) > 1:
        codes = "、".join(Office.objects.values_list("code", flat=True))
        raise OfficeNotNamed(f"系统中有多个机关，请用 --office 指明政区代码：{codes}。")
    return offices[0] if offices else None


def office_from(code: str | None) -> Office:
    """The office meant, for a command that cannot do without one; raises CommandError with what to do otherwise."""
    try:
        office = office_named(code)
    except OfficeNotNamed as problem:
        raise CommandError(str(problem), returncode=1 if code else 2) from problem
    if office is None:
        sentence = "系统中还没有机关，请先导入“机关”表：python manage.py import_sheet office 文件。"
        raise CommandError(sentence, returncode=1)
    return office
