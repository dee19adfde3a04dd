"""The clerk's own sheet back, with every error marked where it is."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import compress
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from disclosures.sheets import delimited
from disclosures.sheets.cells import CellFault
from disclosures.sheets.checking import Reading
from disclosures.sheets.errors import RowError
from disclosures.sheets.package import Package
from disclosures.sheets.page import text_cell
from disclosures.sheets.signature import Format, detect
from disclosures.sheets.workbook import sheet_rows

ERROR_COLUMN = "错误说明"
AUTHOR = "政务公开通报系统"
YELLOW = PatternFill("solid", fgColor="FFFF00")
RED = Font(color="C00000")
LARGEST_KEPT = 3_000_000
"""Up to this size the clerk's own workbook comes back, look and all; a larger one is written anew from its values."""
MOST_MERGED = 200_000
"""openpyxl makes every cell of a merged block; a workbook whose blocks cover more is written anew as well."""


def marked(*, file_name: str, content: bytes, reading: Reading, faulty_only: bool = False) -> bytes:
    """The .xlsx with yellow cells, comments and a column of sentences at the right; of all rows or of the faulty ones."""
    by_row: dict[int, list[RowError]] = {}
    for error in reading.errors:
        by_row.setdefault(error.row or reading.table.header.row, []).append(error)
    if (
        not faulty_only
        and detect(file_name, content) is Format.XLSX
        and len(content) <= LARGEST_KEPT
        and Package(content).merged_cells() <= MOST_MERGED
    ):
        return _in_place(content, reading, by_row)
    return _anew(file_name, content, reading, by_row, faulty_only=faulty_only)


def faultless(reading: Reading) -> bytes:
    """A new .xlsx of the faultless rows, in the columns the sheet has, as an export would write them."""
    resource, positions = reading.resource, reading.table.header.positions
    present = [column.column_name in positions for column in resource.columns]
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(str(resource.model._meta.verbose_name))
    sheet.append([text_cell(sheet, column.header) for column in compress(resource.columns, present)])
    for record in reading.faultless:
        sheet.append([text_cell(sheet, value) for value in compress(resource.cells_of(record.values), present)])
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _sentence(errors: Iterable[RowError]) -> str:
    return "\n".join(f"{error.column}：{error.message}" if error.column else error.message for error in errors)


def _comment(errors: Iterable[RowError]) -> Comment:
    comment = Comment("\n".join(error.message for error in errors), AUTHOR)
    comment.width, comment.height = 320, 120
    return comment


def _by_column(errors: Iterable[RowError]) -> dict[str, list[RowError]]:
    columns: dict[str, list[RowError]] = {}
    for error in errors:
        columns.setdefault(error.column, []).append(error)
    return columns


def _in_place(content: bytes, reading: Reading, by_row: dict[int, list[RowError]]) -> bytes:
    # Values instead of formulas: nothing that computes ever leaves the portal.
    workbook = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    sheet = workbook[reading.table.sheet_name]
    workbook.active = workbook.index(sheet)
    header = reading.table.header
    right = max(header.positions.values(), default=0)
    # iter_rows would make every cell of the rectangle: one styled cell far away is enough for two billion of them.
    for cell in list(sheet._cells.values()):
        if cell.row == header.row and cell.value not in (None, ""):
            right = max(right, cell.column - 1)
        if isinstance(cell.value, str) and cell.data_type == "f":
            cell.data_type = "s"
    note_column = right + 2
    _write_note(sheet.cell(header.row, note_column), ERROR_COLUMN)
    sheet.column_dimensions[get_column_letter(note_column)].width = 60
    merged = {tuple(at) for block in sheet.merged_cells.ranges for at in block.cells} - {
        (block.min_row, block.min_col) for block in sheet.merged_cells.ranges
    }
    for number, errors in by_row.items():
        _write_note(
            sheet.cell(number, note_column), _sentence(errors) if number != header.row else _header_note(errors)
        )
        for name, of_column in _by_column(errors).items():
            at = header.positions.get(name)
            if at is not None and (number, at + 1) not in merged:
                cell = sheet.cell(number, at + 1)
                cell.fill = YELLOW
                cell.comment = _comment(of_column)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _header_note(errors: Iterable[RowError]) -> str:
    return f"{ERROR_COLUMN}\n{_sentence(errors)}"


def _write_note(cell: Any, value: str) -> None:
    cell.value = value
    cell.data_type = "s"
    cell.font = RED
    cell.alignment = Alignment(wrap_text=True, vertical="top")


def _anew(
    file_name: str, content: bytes, reading: Reading, by_row: dict[int, list[RowError]], *, faulty_only: bool = False
) -> bytes:
    """From the values alone, row by row: for csv, for workbooks too large to be loaded with their look, for some rows."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(str(reading.resource.model._meta.verbose_name))
    header = reading.table.header
    right = written_rows = 0
    names = {at: name for name, at in header.positions.items()}
    for number, cells in _all_rows(file_name, content, reading):
        if faulty_only and number != header.row and number not in by_row:
            continue
        for _ in range(written_rows + 1, number if not faulty_only else 0):
            sheet.append([])
        written_rows = number
        right = max(right, len(cells)) if number <= header.row else right
        errors = by_row.get(number, [])
        columns = _by_column(errors)
        line = []
        for at, cell in enumerate(cells):
            written = text_cell(sheet, cell.shown if isinstance(cell, CellFault) else cell)
            if names.get(at) in columns:
                written.fill = YELLOW
                written.comment = _comment(columns[names[at]])
            line.append(written)
        note = _header_note(errors) if number == header.row and errors else _sentence(errors)
        if number == header.row and not errors:
            note = ERROR_COLUMN
        if note:
            line += [None] * (right - len(line))
            last = WriteOnlyCell(sheet)
            _write_note(last, note)
            line.append(last)
        sheet.append(line)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _all_rows(file_name: str, content: bytes, reading: Reading) -> Iterable[tuple[int, list[Any]]]:
    """Every row of the sheet, title rows too."""
    if detect(file_name, content) is Format.XLSX:
        return sheet_rows(content, reading.table.sheet_name)
    value = delimited.decoded(content)
    return delimited.rows(value, reading.table.delimiter)
