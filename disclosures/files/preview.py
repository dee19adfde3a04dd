"""Reading a file without a program for it: text and tables of office documents, the list of an archive's contents.

Nothing of a file is run, linked pictures and formulas are not followed; what is long is cut, and says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from docx import Document
from docx.table import Table
from openpyxl import load_workbook

from disclosures.models import StoredFile

MOST_BLOCKS = 400
MOST_CHARACTERS = 40_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 5, 100, 20
MOST_ENTRIES = 200
LONGEST_CELL = 200
UNREADABLE = "文件内容无法预览，请下载后查看。"
UTF8_NAMES = 0x800
"""The flag of an archive's entry that its name is UTF-8; Chinese Windows writes GBK without saying so."""


class Form(StrEnum):
    """How a preview is shown."""

    FRAME = "frame"
    PICTURE = "picture"
    TEXT = "text"
    SHEETS = "sheets"
    CONTENTS = "contents"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Block:
    """A piece of a document: words, perhaps a heading's, or a table's rows."""

    words: str = ""
    heading: bool = False
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook: its name and its first rows."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Entry:
    """A file in an archive."""

    name: str
    size: int


@dataclass(frozen=True)
class Preview:
    """What can be shown of a file; `cut` where there is more, `remark` for what is not shown."""

    form: Form
    blocks: tuple[Block, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    entries: tuple[Entry, ...] = ()
    cut: bool = False
    remark: str = ""


def preview(file: StoredFile, content: bytes) -> Preview:
    """What can be shown of the file; never raises for what is in it."""
    Kind = StoredFile.Kind
    try:
        match file.kind:
            case Kind.PDF:
                return Preview(Form.FRAME)
            case Kind.PNG | Kind.JPEG:
                return Preview(Form.PICTURE)
            case Kind.DOCX:
                return _document(content)
            case Kind.XLSX:
                return _workbook(content)
            case Kind.OFD:
                return _contents(content, "OFD 版式文件，请下载后用 OFD 阅读软件查看。")
            case Kind.ZIP:
                return _contents(content, "")
    except Exception:
        # The libraries raise whatever a broken file makes of them; the file can still be downloaded.
        return Preview(Form.NOTHING, remark=UNREADABLE)
    return Preview(Form.NOTHING, remark=UNREADABLE)


# --- documents


def _document(content: bytes) -> Preview:
    document = Document(io.BytesIO(content))
    blocks: list[Block] = []
    characters = 0
    cut = False
    for block in _blocks(document):
        if len(blocks) == MOST_BLOCKS or characters > MOST_CHARACTERS:
            cut = True
            break
        blocks.append(block)
        characters += len(block.words) + sum(len(cell) for row in block.rows for cell in row)
    pictures = len(document.inline_shapes)
    remark = f"文中有 {pictures} 幅图片，预览不显示。" if pictures else ""
    return Preview(Form.TEXT, blocks=tuple(blocks), cut=cut, remark=remark)


def _blocks(document: Any) -> Iterator[Block]:
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            yield Block(rows=tuple(_cells(row) for row in islice(part.rows, MOST_ROWS)))
        elif part.text.strip():
            style = (part.style.name or "") if part.style is not None else ""
            yield Block(part.text, heading=style.startswith(("Heading", "Title", "标题")))


def _cells(row: Any) -> tuple[str, ...]:
    """The texts of a table's row; a cell that spans several columns comes once."""
    cells: list[Any] = []
    for cell in row.cells:
        if not cells or cell._tc is not cells[-1]._tc:
            cells.append(cell)
    return tuple(cell.text for cell in cells[:MOST_COLUMNS])


# --- workbooks


def _workbook(content: bytes) -> Preview:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    try:
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        read = [_sheet(sheet) for sheet in shown[:MOST_SHEETS]]
    finally:
        book.close()
    cut = len(shown) > MOST_SHEETS or any(more for _, more in read)
    hidden = len(book.worksheets) - len(shown)
    remark = f"另有 {hidden} 张隐藏的工作表，预览不显示。" if hidden else ""
    return Preview(Form.SHEETS, sheets=tuple(sheet for sheet, _ in read), cut=cut, remark=remark)


def _sheet(sheet: Any) -> tuple[Sheet, bool]:
    """The first rows, without the empty ones at the end and the empty columns at the right; whether there are more."""
    rows = list(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1, values_only=True))
    more = any(_filled(row[MOST_COLUMNS:]) for row in rows) or (len(rows) > MOST_ROWS and _filled(rows[MOST_ROWS]))
    shown = [tuple(map(_cell, row[:MOST_COLUMNS])) for row in rows[:MOST_ROWS]]
    while shown and not any(shown[-1]):
        shown.pop()
    width = max((place + 1 for row in shown for place, cell in enumerate(row) if cell), default=0)
    return Sheet(sheet.title, tuple(row[:width] for row in shown)), more


def _filled(cells: Sequence[Any]) -> bool:
    return any(cell not in (None, "") for cell in cells)


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%Y-%m-%d}" if (value.hour, value.minute) == (0, 0) else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)[:LONGEST_CELL]


# --- archives


def _contents(content: bytes, remark: str) -> Preview:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = [entry for entry in archive.infolist() if not entry.is_dir()]
    entries = tuple(Entry(_name(entry), entry.file_size) for entry in files[:MOST_ENTRIES])
    return Preview(Form.CONTENTS, entries=entries, cut=len(files) > MOST_ENTRIES, remark=remark)


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; one of a Chinese Windows is GBK that Python has read as an American code page."""
    if entry.flag_bits & UTF8_NAMES:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return entry.filename
