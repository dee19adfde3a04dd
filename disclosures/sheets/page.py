"""How the portal's own workbooks look and what their cells may hold: text stays text, no formula is ever written."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties

FONT = "宋体"
HEADER_FILL = PatternFill("solid", fgColor="DCE6F1")
REQUIRED_FONT = Font(name=FONT, size=11, bold=True, color="C00000")
HEADER_FONT = Font(name=FONT, size=11, bold=True)
TITLE_FONT = Font(name=FONT, size=14, bold=True)
BODY_FONT = Font(name=FONT, size=11)
LINE = Side(style="thin", color="BFBFBF")
BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
TOP = Alignment(vertical="top", wrap_text=True)

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def set_up_page(sheet: Any, header_row: int = 1) -> None:
    """A4 across, as many columns as there are on one page's width, the header on each page."""
    sheet.freeze_panes = f"A{header_row + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


def text_cell(sheet: Any, value: Any) -> Any:
    """A cell for a write-only sheet: a date as a date, everything else as text that no program takes for a formula."""
    if value is None or value == "":
        return WriteOnlyCell(sheet)
    cell = WriteOnlyCell(sheet, value if isinstance(value, date) else _ILLEGAL.sub("", plain(value)))
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
        return cell
    as_text(cell)
    return cell


def plain(value: Any) -> str:
    """The value as it reads."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def as_text(cell: Any) -> None:
    """Keep a cell's content as text, whatever it begins with; Excel and WPS show it and never compute it."""
    if cell.value is None:
        return
    cell.data_type = "s"
    cell.number_format = "@"
    if str(cell.value).startswith(_LOOKS_LIKE_FORMULA):
        cell.quotePrefix = True
