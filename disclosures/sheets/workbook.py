"""Bytes -> header and numbered raw rows. The only module that reads a clerk's file; wrong columns are refused kindly."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import python_calamine

from disclosures.sheets import delimited
from disclosures.sheets.cells import Cell, CellFault
from disclosures.sheets.errors import HeaderMissing, RowError, SheetRefused
from disclosures.sheets.headers import SEARCHED_ROWS, Header, NoHeader, column_letter, find_header
from disclosures.sheets.package import DAMAGED, MAX_ROWS, Package
from disclosures.sheets.signature import LOCKED, Format, detect

NOTES_SHEET = "填写说明"
"""The notes that come with a template; never data."""

NumberedRow = tuple[int, list[Cell]]
Merged = tuple[int, int, int]
"""A merged block that spans rows: column index, first and last row number."""


@dataclass
class Table:
    """A header that fits and the rows below it, to be read once."""

    header: Header
    rows: Iterator[NumberedRow]
    sheet_name: str = ""
    epoch_1904: bool = False
    delimiter: str = ","
    expected: int = 0
    """About how many rows there are; 0: not known."""
    merged: list[Merged] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_table(file_name: str, content: bytes, *, required: Sequence[str], known: Sequence[str]) -> Table:
    """The table of a file whose header holds all `required` columns; raises SheetRefused with sentences."""
    reader = _csv_table if detect(file_name, content) is Format.CSV else _workbook_table
    table = reader(content, required, known)
    if table.header.duplicated:
        raise SheetRefused(
            *(
                # Without a row: the columns are in doubt, so there is nothing to mark in place.
                RowError(
                    None,
                    name,
                    "",
                    f"第{table.header.row}行的表头“{name}”出现了{len(places)}次"
                    f"（{'、'.join(f'{column_letter(at)}列' for at in places)}），请只保留一列。",
                )
                for name, places in table.header.duplicated
            )
        )
    return table


def _limited(rows: Iterator[NumberedRow], header_row: int) -> Iterator[NumberedRow]:
    for row in rows:
        if row[0] - header_row > MAX_ROWS:
            raise SheetRefused(f"数据超过{MAX_ROWS // 10_000}万行，请拆分后分次导入。")
        yield row


def no_header_sentence(missing: NoHeader, sheet: str = "") -> str:
    """Why no header row was found: the best row, and what it lacks."""
    lacking = "、".join(f"“{name}”" for name in missing.lacking)
    where = f"工作表“{sheet}”" if sheet else "表格"
    if missing.row is None:
        return f"{where}前{SEARCHED_ROWS}行没有找到表头，必填列为：{lacking}。请使用本系统下载的模板。"
    return f"第{missing.row}行最像表头，但缺少必填列：{lacking}。请补齐后再导入。"


def tops(file_name: str, content: bytes) -> list[list[NumberedRow]]:
    """The first rows of each visible worksheet, or of a csv file under each separator; raises SheetRefused with sentences."""
    if detect(file_name, content) is Format.CSV:
        value = delimited.decoded(content)
        return [list(islice(delimited.rows(value, each), SEARCHED_ROWS)) for each in delimited.DELIMITERS]
    package = Package(content)
    package.check_shared_strings()
    workbook = guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    return [
        list(islice(_rows(worksheet, faults), SEARCHED_ROWS))
        for _, worksheet, faults in _visible_sheets(workbook, package)
    ]


def _visible_sheets(workbook: Any, package: Package) -> Iterator[tuple[str, Any, dict[tuple[int, int], CellFault]]]:
    """Each worksheet that can be seen, but for the notes of a template, with the cells in it that cannot be read."""
    for sheet in workbook.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet or sheet.name == NOTES_SHEET:
            continue
        if sheet.visible == python_calamine.SheetVisibleEnum.Visible:
            # Looked through before calamine lays the whole rectangle of the sheet out in memory.
            faults = package.faults(sheet.name)
            yield sheet.name, guarded(lambda name=sheet.name: workbook.get_sheet_by_name(name)), faults  # type: ignore[misc]


# --- csv


def _csv_table(content: bytes, required: Sequence[str], known: Sequence[str]) -> Table:
    value = delimited.decoded(content)
    best = NoHeader(None, (), tuple(required))
    for delimiter in delimited.DELIMITERS:
        found = find_header(islice(delimited.rows(value, delimiter), SEARCHED_ROWS), required=required, known=known)
        if isinstance(found, Header):
            header_row = found.row
            below = (row for row in delimited.rows(value, delimiter) if row[0] > header_row)
            return Table(found, _limited(below, header_row), delimiter=delimiter, expected=value.count("\n"))
        if len(found.found) > len(best.found):
            best = found
    top = list(islice(delimited.rows(value, delimited.DELIMITERS[0]), SEARCHED_ROWS))
    raise HeaderMissing(no_header_sentence(best), [top])


# --- xlsx


def guarded(read: Callable[[], Any]) -> Any:
    """What `read` gives; whatever calamine does with a broken file becomes one sentence.

    calamine is written in Rust: a panic arrives as a BaseException that is no Exception.
    """
    try:
        return read()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError, SheetRefused):
        raise
    except python_calamine.PasswordError:
        raise SheetRefused(LOCKED) from None
    except BaseException:
        raise SheetRefused(DAMAGED) from None


def _workbook_table(content: bytes, required: Sequence[str], known: Sequence[str]) -> Table:
    package = Package(content)
    package.check_shared_strings()
    workbook = guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    fitting: list[tuple[str, Header, Any, dict[tuple[int, int], CellFault]]] = []
    nearest, nearest_name = NoHeader(None, (), tuple(required)), ""
    tops: list[list[NumberedRow]] = []
    names: list[str] = []
    for name, worksheet, faults in _visible_sheets(workbook, package):
        names.append(name)
        tops.append(list(islice(_rows(worksheet, faults), SEARCHED_ROWS)))
        found = find_header(tops[-1], required=required, known=known)
        if isinstance(found, Header):
            if not fitting or any(any(cells) for number, cells in _rows(worksheet, faults) if number > found.row):
                fitting.append((name, found, worksheet, faults))
        elif len(found.found) > len(nearest.found):
            nearest, nearest_name = found, name
    if len(fitting) > 1:
        sheets = "、".join(f"“{name}”" for name, *_ in fitting)
        raise SheetRefused(f"工作簿中有{len(fitting)}张工作表（{sheets}）的表头都符合，请只保留一张，或分开导入。")
    if not fitting:
        raise HeaderMissing(_nothing_fits(workbook, package, names, nearest, nearest_name, required, known), tops)
    name, header, worksheet, faults = fitting[0]
    rows = _rows(worksheet, faults)
    below = (row for row in rows if row[0] > header.row)
    return Table(
        header=header,
        rows=_limited(below, header.row),
        sheet_name=name,
        epoch_1904=package.epoch_1904,
        expected=worksheet.height,
        merged=_merged(worksheet, header),
    )


def _nothing_fits(
    workbook: Any,
    package: Package,
    names: list[str],
    nearest: NoHeader,
    nearest_name: str,
    required: Sequence[str],
    known: Sequence[str],
) -> str:
    """The sentence when no visible worksheet has the header."""
    for sheet in workbook.sheets_metadata:
        name = sheet.name
        if name in names or name == NOTES_SHEET or sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            package.faults(name)
        except SheetRefused:
            continue  # what cannot be read is not the table that was meant
        hidden = guarded(lambda name=name: workbook.get_sheet_by_name(name))  # type: ignore[misc]
        if isinstance(find_header(islice(_rows(hidden, {}), SEARCHED_ROWS), required=required, known=known), Header):
            return f"表头在隐藏的工作表“{name}”中，请取消隐藏后再导入。"
    if not names:
        return "工作簿中没有可读取的工作表，请核对文件。"
    several = len(names) > 1
    sentence = no_header_sentence(nearest, nearest_name or names[0])
    return f"工作表“{nearest_name}”{sentence}" if several and nearest.row is not None else sentence


def _rows(worksheet: Any, faults: dict[tuple[int, int], CellFault]) -> Iterator[NumberedRow]:
    """Each row with its number as the spreadsheet shows it, its cells from column A on."""
    start = worksheet.start
    if start is None:
        return
    lead: list[Cell] = [""] * start[1]
    faulty_rows: dict[int, list[tuple[int, CellFault]]] = {}
    for (row, column), fault in faults.items():
        faulty_rows.setdefault(row, []).append((column, fault))
    iterator = guarded(worksheet.iter_rows)
    number = 0
    while True:
        cells = guarded(lambda: next(iterator, None))
        if cells is None:
            return
        number += 1
        if lead:
            cells = lead + cells
        if True in cells or False in cells:
            cells = [("是" if cell else "否") if isinstance(cell, bool) else cell for cell in cells]
        for column, fault in faulty_rows.get(number, ()):
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = fault
        yield number, cells


def sheet_rows(content: bytes, name: str) -> Iterator[NumberedRow]:
    """Every row of one worksheet of a workbook that was read before."""
    faults = Package(content).faults(name)
    workbook = guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    return _rows(guarded(lambda: workbook.get_sheet_by_name(name)), faults)


def _merged(worksheet: Any, header: Header) -> list[Merged]:
    """Merged blocks below the header that span rows of a known column: each of their rows shows the same value."""
    known = set(header.positions.values())
    blocks = []
    with contextlib.suppress(SheetRefused):
        for (top, left), (bottom, _right) in guarded(lambda: worksheet.merged_cell_ranges) or []:
            if bottom > top and top + 1 > header.row and left in known:
                blocks.append((left, top + 1, bottom + 1))
    return blocks
