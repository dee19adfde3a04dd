"""Tables of numbers: what stands beside a chart, and the sheet that is taken along. Each number leads to its rows."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from disclosures.sheets.page import BODY_FONT, BORDER, CENTRED, FONT, HEADER_FILL, HEADER_FONT, text_cell
from lanshan_portal.addresses import rows_address
from reports.figures.figure import Figure, RowQuery

UNKNOWN = "—"
"""What stands where nothing is known: neither good nor bad, and not zero."""
TITLE_FONT = Font(name=FONT, size=14, bold=True)
NOTE_FONT = Font(name=FONT, size=10, color="666666")


@dataclass(frozen=True)
class TableCell:
    """One number, share or word; None: nothing is known. `address` is the page with its rows."""

    value: int | float | str | None
    address: str = ""
    percent: bool = False
    """Whether the value is a part of 1, shown in per cent."""
    about: str = ""
    """What the number is, for who rests on it."""

    @classmethod
    def of(cls, figure: Figure | None) -> TableCell:
        """A figure, leading to the rows it counts."""
        return cls(figure.value, rows_address(figure.query), about=figure.meaning) if figure is not None else cls(None)

    @classmethod
    def rows(cls, value: int, query: RowQuery, about: str = "") -> TableCell:
        """A number that leads to those rows."""
        return cls(value, rows_address(query), about=about)

    @property
    def shown(self) -> str:
        """As a page shows it."""
        if self.value is None:
            return UNKNOWN
        if self.percent:
            return f"{float(self.value) * 100:.1f}%"
        return f"{self.value:,}" if isinstance(self.value, int | float) else self.value

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return not isinstance(self.value, str)


@dataclass(frozen=True)
class TableRow:
    """A name and its cells; a row without cells is the heading of those below it."""

    name: str
    cells: tuple[TableCell, ...] = ()
    strong: bool = False
    """Whether it sums up or compares the others."""
    address: str = ""


@dataclass(frozen=True)
class Table:
    """A table: what it is about, its headings (the first is that of the names), its rows."""

    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]


def workbook(table: Table) -> bytes:
    """The table as .xlsx, ready to print: title and note above, borders, the heading on each page; numbers stay numbers."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "统计表"
    for words, font in ((table.title, TITLE_FONT), (table.note, NOTE_FONT)):
        cell = text_cell(sheet, words)
        cell.font = font
        sheet.append([cell])
    sheet.append([_headed(sheet, words) for words in table.head])
    for row in table.rows:
        cells = [text_cell(sheet, row.name), *(_written(sheet, cell) for cell in row.cells)]
        cells += [text_cell(sheet, "") for _ in range(len(table.head) - len(cells))]
        for cell in cells:
            cell.border = BORDER
            cell.font = HEADER_FONT if row.strong or not row.cells else BODY_FONT
        sheet.append(cells)
    _set_up(sheet, table)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _headed(sheet: Any, words: str) -> Any:
    cell = text_cell(sheet, words)
    cell.font, cell.fill, cell.border, cell.alignment = HEADER_FONT, HEADER_FILL, BORDER, CENTRED
    return cell


def _written(sheet: Any, cell: TableCell) -> Any:
    if cell.value is None or isinstance(cell.value, str):
        return text_cell(sheet, cell.shown)
    written = text_cell(sheet, "")
    written.value = cell.value
    written.number_format = "0.0%" if cell.percent else "#,##0"
    return written


def _set_up(sheet: Any, table: Table) -> None:
    widest = max((len(row.name) for row in table.rows), default=0)
    sheet.column_dimensions["A"].width = min(max(12, widest * 2 + 2), 48)
    for at in range(2, len(table.head) + 1):
        sheet.column_dimensions[get_column_letter(at)].width = max(10, len(table.head[at - 1]) * 2 + 2)
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = "3:3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
