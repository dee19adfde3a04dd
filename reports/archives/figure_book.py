"""附表: every figure of an issued notice with the rows it counted, one sheet a figure, behind a table of contents."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from disclosures.sheets.page import BODY_FONT, BORDER, HEADER_FILL, HEADER_FONT, TITLE_FONT, set_up_page, text_cell
from lanshan_portal.periods import Period
from reports.archives.packing import without_times
from reports.models import FrozenFigure, IssuedNotice

CONTENTS = "目录"
CONTENTS_HEADS = ("序号", "工作表", "数字的含义", "数值", "统计期间", "统计截至", "记录数", "统计口径")
CONTENTS_WIDTHS = (8, 24, 46, 10, 24, 14, 10, 60)
ROW_WIDTH = 18
LONGEST_SHEET_NAME = 31
_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\']+")


def figure_book(issued: IssuedNotice, told: Callable[[int, int], None] = lambda done, total: None) -> bytes:
    """The workbook; `told` hears how many figures of how many are written."""
    figures = list(issued.figures.all())
    book = Workbook(write_only=True)
    lines = [_contents_line(number, figure) for number, figure in enumerate(figures, start=1)]
    _write(book, CONTENTS, (f"{issued.title}：数字和依据",), CONTENTS_HEADS, lines, CONTENTS_WIDTHS)
    for number, figure in enumerate(figures, start=1):
        told(number - 1, len(figures))
        value = f"{figure.value}（{figure.each}个单位各{figure.value}）" if figure.each > 1 else str(figure.value)
        about = (figure.meaning, f"数值：{value}", f"记录：{len(figure.rows)}条")
        _write(book, sheet_name(number, figure), about, figure.columns, figure.rows, [ROW_WIDTH] * len(figure.columns))
    output = io.BytesIO()
    book.save(output)
    return without_times(output.getvalue(), issued.issued_on)


def sheet_name(number: int, figure: FrozenFigure) -> str:
    """The figure's number in the notice and what it means, as far as a sheet's tab holds it."""
    return f"{number:02} {_NOT_IN_A_SHEET_NAME.sub('', figure.meaning)}"[:LONGEST_SHEET_NAME].rstrip()


def _contents_line(number: int, figure: FrozenFigure) -> list[Any]:
    value = f"{figure.each}×{figure.value}" if figure.each > 1 else str(figure.value)
    until = figure.cut_off or ""
    period = Period.parse(figure.period).label
    return [
        str(number),
        sheet_name(number, figure),
        figure.meaning,
        value,
        period,
        until,
        str(len(figure.rows)),
        figure.query,
    ]


def _write(
    book: Any,
    name: str,
    about: Iterable[str],
    heads: Iterable[str],
    rows: Iterable[Iterable[Any]],
    widths: Iterable[int],
) -> None:
    """A sheet: what it is about in a line or more, the headings, the rows."""
    lines = list(about)
    sheet = book.create_sheet(name)
    set_up_page(sheet, header_row=len(lines) + 1)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for order, line in enumerate(lines):
        cell = text_cell(sheet, line)
        cell.font = BODY_FONT if order else TITLE_FONT
        sheet.append([cell])
    sheet.append([_headed(sheet, each) for each in heads])
    for row in rows:
        sheet.append([_styled(text_cell(sheet, value)) for value in row])


def _headed(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font, cell.fill, cell.border = HEADER_FONT, HEADER_FILL, BORDER
    return cell


def _styled(cell: Any) -> Any:
    cell.font, cell.border = BODY_FONT, BORDER
    return cell
