"""Sheets as clerks leave them: title rows, mixed date forms, units under several names; the same bytes every run."""

import csv
import io
import random
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from samples.district import Unit

SAVED_AT = datetime(2020, 8, 10, 9, 0, tzinfo=UTC)
"""Every workbook's created and modified time: a sample must not change because it was built again."""

LONG_TEXT = 24
"""Display width above which a column is set flush left and wraps."""

_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="E8EEF4")


@dataclass(frozen=True)
class Sheet:
    """One sheet of the sample: where it goes, what stands above its header, and its rows by column."""

    path: str
    columns: Sequence[str]
    rows: Sequence[dict[str, object]]
    title: str = ""
    note: str = ""
    encoding: str = "gb18030"
    """Of a .csv file; a workbook has its own."""

    @property
    def keys(self) -> list[str]:
        """The columns as the contract writes them: a clerk's line break inside a header does not count."""
        return [re.sub(r"\s", "", column) for column in self.columns]

    def write(self, folder: Path) -> Path:
        """Write the sheet below `folder` and answer its path."""
        target = folder / self.path
        target.parent.mkdir(parents=True, exist_ok=True)
        rng = random.Random(f"sheet {self.path}")
        as_text = target.suffix == ".csv"
        table = [[_written(rng, row.get(key), as_text=as_text) for key in self.keys] for row in self.rows]
        target.write_bytes(self._csv(table) if as_text else self._xlsx(table))
        return target

    def _csv(self, table: list[list[object]]) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        padding = [""] * (len(self.columns) - 1)
        writer.writerows([line, *padding] for line in (self.title, self.note) if line)
        writer.writerow(self.columns)
        writer.writerows(table)
        return text.getvalue().encode(self.encoding)

    def _xlsx(self, table: list[list[object]]) -> bytes:
        book = Workbook()
        sheet: Worksheet = book.worksheets[0]
        sheet.title = "Sheet1"
        book.properties.creator = "区政府办公室政务公开科"
        book.properties.created = SAVED_AT.replace(tzinfo=None)
        width = len(self.columns)
        top = 0
        for text, font, height, align in (
            (self.title, Font(name="黑体", size=16), 30, "center"),
            (self.note, Font(name="宋体", size=10), 18, "right"),
        ):
            if text:
                top += 1
                sheet.cell(top, 1, text).font = font
                sheet.cell(top, 1).alignment = Alignment(horizontal=align, vertical="center")
                sheet.row_dimensions[top].height = height
                if width > 1:
                    sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=width)
        top += 1
        widths = [_column_width(column, [row[n] for row in table]) for n, column in enumerate(self.columns)]
        for n, column in enumerate(self.columns, 1):
            cell = sheet.cell(top, n, column)
            cell.font = Font(name="宋体", size=11, bold=True)
            cell.fill, cell.border = _SHADE, _BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            sheet.column_dimensions[get_column_letter(n)].width = widths[n - 1]
        sheet.row_dimensions[top].height = 32 if any("\n" in column for column in self.columns) else 22
        _fill(sheet, table, top + 1)
        sheet.freeze_panes = sheet.cell(top + 1, 1)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{top}:{top}"
        buffer = io.BytesIO()
        book.save(buffer)
        return _same_bytes(buffer.getvalue())


def _fill(sheet: Worksheet, table: list[list[object]], first_row: int) -> None:
    """The body: bordered; columns of long texts flush left and wrapped, all others in the middle."""
    font = Font(name="宋体", size=11)
    middle = Alignment(horizontal="center", vertical="center")
    left = Alignment(vertical="center", wrap_text=True)
    long = {
        c
        for row in table
        for c, value in enumerate(row, 1)
        if isinstance(value, str) and _display_width(value) > LONG_TEXT
    }
    for r, row in enumerate(table, first_row):
        for c, value in enumerate(row, 1):
            cell = sheet.cell(r, c, value)
            cell.font, cell.border = font, _BOX
            cell.alignment = left if c in long else middle
            if isinstance(value, date):
                cell.number_format = "yyyy/m/d" if c % 2 else "yyyy-mm-dd"


def _written(rng: random.Random, value: object, *, as_text: bool) -> object:
    """The cell a clerk would leave: a unit under one of its names, a date in one of the contract's six forms."""
    if isinstance(value, Unit):
        return value.called(rng)
    if isinstance(value, date):
        return _date_form(rng, value, as_text=as_text)
    return value


def _date_form(rng: random.Random, day: date, *, as_text: bool) -> object:
    forms = (
        f"{day:%Y-%m-%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    )
    if rng.random() < 0.6:
        return forms[0] if as_text else day
    return rng.choice(forms)


def _display_width(text: object) -> int:
    """Columns of a fixed-width screen: a Chinese character takes two."""
    return max((sum(2 if ord(char) > 255 else 1 for char in line) for line in str(text).split("\n")), default=0)


def _column_width(header: str, values: list[object]) -> float:
    """Wide enough for the header and most values, never wider than half a page."""
    widest = max([_display_width(header) + 2, *(_display_width(value) for value in values if value is not None)])
    return float(min(max(widest + 2, 8), 60))


def _same_bytes(workbook: bytes) -> bytes:
    """The workbook with fixed times and stored members.

    openpyxl stamps the hour of saving into the zip and into docProps/core.xml; and deflate differs between builds of
    zlib, so the members are stored as they are.
    """
    stamp = SAVED_AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            entry = zipfile.ZipInfo(name, SAVED_AT.timetuple()[:6])
            entry.create_system = 0
            target.writestr(entry, data)
    return buffer.getvalue()
