"""The .xlsx as a package of files: refused before anything unpacks it if it is a trap, and searched for what
calamine does not tell: error values, formulas without a result, cells far from the rest, the date system."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from disclosures.sheets.cells import CellFault
from disclosures.sheets.errors import SheetRefused
from disclosures.sheets.headers import column_letter

MAX_ROWS = 200_000
MAX_COLUMNS = 256
MAX_CELLS = 6_000_000
"""Rows times columns up to the last cell in use: calamine keeps the whole rectangle in memory."""
MAX_ENTRIES = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 100
"""How many times larger a part may get; real sheets stay under 40."""
RATIO_MATTERS_FROM = 20 * 1024 * 1024

CHUNK = 1 << 20
DAMAGED = "工作簿已损坏，无法读取，请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入。"
BOMB = "文件解压后过大（超过{limit}），不是正常的工作簿，未予读取。"

_ROW_END = re.compile(rb"</(?:\w+:)?row>")
_FAR = re.compile(rb' r="(?![A-Z]?(?:1[0-9]{5}|[0-9]{1,5})")')
"""A place that is not of the plain form: beyond column Z, near or beyond the last row there may be, in small letters."""
_FAST_LAST_COLUMN = 25
_PREFIX = rb"""(?:[^\s<>/:"'=!?]+:)?"""
_START = re.compile(rb"<" + _PREFIX + rb"(?:row|c)(?=[\s/>])")
_TOKEN = re.compile(rb"<" + _PREFIX + rb"""(row|c)(?=[\s/>])((?:[^"'<>]++|"[^"]*+"|'[^']*+')*+)>""")
"""A row or a cell as XML allows it to be written: any white space, either kind of quote, > inside of quotes."""
_ATTRIBUTE = re.compile(rb"""([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_PLACE = re.compile(rb"([A-Za-z]*)([0-9]+)")
_ROW_NUMBER = re.compile(rb' r="[A-Z]?([0-9]+)"')
_EMPTY = re.compile(rb"\s*</")
_MERGED = re.compile(
    rb"<" + _PREFIX + rb"""mergeCell\s[^>]*?ref\s*=\s*["']([A-Za-z]+)([0-9]+):([A-Za-z]+)([0-9]+)["']"""
)
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</|<(?:\w+:)?t\b[^>/]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError, NotImplementedError, RuntimeError)

ERROR_SENTENCES = {
    "#REF!": "单元格引用已失效（#REF!），请改为实际内容。",
    "#N/A": "单元格显示 #N/A（查找不到），请改为实际内容。",
    "#DIV/0!": "单元格公式除以零（#DIV/0!），请改为实际内容。",
    "#VALUE!": "单元格公式出错（#VALUE!），请改为实际内容。",
    "#NAME?": "单元格公式出错（#NAME?），请改为实际内容。",
}
NO_RESULT = "单元格是公式，但文件中没有它的计算结果，请用 Excel 或 WPS 打开并保存，或改为实际内容。"


class Package:
    """An opened .xlsx whose sizes were checked; raises SheetRefused where it is broken or a trap."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            self._check_sizes()
            self.epoch_1904, self._parts = self._workbook()
        except _BROKEN:
            raise SheetRefused(DAMAGED) from None
        except (ParseError, DefusedXmlException):
            raise SheetRefused(DAMAGED) from None

    def _check_sizes(self) -> None:
        entries = self._archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise SheetRefused(f"文件内含{len(entries)}个部件，不是正常的工作簿，未予读取。")
        # Programs find a part whatever its capitals: two that differ in nothing else would let each read another.
        if len({entry.filename.lower().replace("\\", "/") for entry in entries}) < len(entries):
            raise SheetRefused(DAMAGED)
        limit = f"{MAX_UNPACKED // (1024 * 1024)}MB"
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise SheetRefused(BOMB.format(limit=limit))
        for entry in entries:
            if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
                raise SheetRefused(BOMB.format(limit=f"原文件的{MAX_RATIO}倍"))

    def _workbook(self) -> tuple[bool, dict[str, str]]:
        """The date system, and the part that holds each worksheet by its name."""
        # Some programs number it: xl/workbook2.xml.
        workbooks = [name for name in self._archive.namelist() if re.fullmatch(r"(?i)xl/workbook\d*\.xml", name)]
        if len(workbooks) != 1:
            raise SheetRefused(DAMAGED)
        workbook = workbooks[0]
        folder = posixpath.dirname(workbook)
        relations = {
            node.get("Id"): node.get("Target", "")
            for node in fromstring(self._read(f"{folder}/_rels/{posixpath.basename(workbook)}.rels"))
        }
        root = fromstring(self._read(workbook))
        parts: dict[str, str] = {}
        epoch_1904 = False
        for node in root.iter():
            tag = node.tag.rpartition("}")[2]
            if tag == "workbookPr":
                epoch_1904 = node.get("date1904", "0") in ("1", "true")
            elif tag == "sheet":
                relation = next((value for name, value in node.attrib.items() if name.endswith("}id")), "")
                target = relations.get(relation, "")
                path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                if node.get("name", "") in parts:
                    raise SheetRefused(DAMAGED)
                parts[node.get("name", "")] = path
        return epoch_1904, parts

    def _read(self, name: str) -> bytes:
        with self._archive.open(name) as part:
            return part.read(RATIO_MATTERS_FROM)

    def check_shared_strings(self) -> None:
        """Read the shared strings through once: a size that lies is found here and not in calamine's memory."""
        try:
            for name in self._archive.namelist():
                if name.lower().endswith(("sharedstrings.xml", "styles.xml")):
                    with self._archive.open(name) as part:
                        while part.read(CHUNK):
                            pass
        except _BROKEN:
            raise SheetRefused(DAMAGED) from None

    def faults(self, sheet: str) -> dict[tuple[int, int], CellFault]:
        """Cells of a worksheet that hold an error or a formula without result, by row number and column index.

        Raises SheetRefused when a cell lies beyond what the portal reads.
        """
        part = self._parts.get(sheet, "")
        faults: dict[tuple[int, int], CellFault] = {}
        try:
            _, last_column, passed_over = self._outermost(sheet, part, faults)
            if passed_over and (MAX_ROWS + 200) * (last_column + 1) > MAX_CELLS:
                # Only a wide sheet can be too large by a row that stands out of order in a piece that was passed over.
                self._outermost(sheet, part, faults, every_row=True)
        except _BROKEN:
            raise SheetRefused(DAMAGED) from None
        return faults

    def _outermost(
        self, sheet: str, part: str, faults: dict[tuple[int, int], CellFault], *, every_row: bool = False
    ) -> tuple[int, int, bool]:
        """The last row and the last column (from 0) in use, and whether a piece was passed over quickly."""
        last_row, last_column, passed_over = 0, 0, False
        for chunk in self._rows(part):
            if b"\0" in chunk:
                raise SheetRefused(DAMAGED)  # UTF-16, which hides everything that is looked for here
            if _is_plain(chunk):
                passed_over = True
                last_row = _last_row(chunk, last_row, every_row=every_row)
                last_column = max(last_column, _FAST_LAST_COLUMN)
            else:
                last_row, last_column = _walk(chunk, last_row, last_column, faults)
            if last_row * (last_column + 1) > MAX_CELLS:
                raise SheetRefused(
                    f"工作表“{sheet}”的内容一直到{column_letter(last_column)}列、第{last_row}行，超出可读取的范围，"
                    "请删除表格以外的内容后再导入。"
                )
        return last_row, last_column, passed_over

    def merged_cells(self) -> int:
        """How many cells the merged blocks of all worksheets cover."""
        area = 0
        try:
            for part in set(self._parts.values()) & set(self._archive.namelist()):
                for chunk in self._rows(part):
                    for left, top, right, bottom in _MERGED.findall(chunk):
                        area += (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1)
        except _BROKEN:
            raise SheetRefused(DAMAGED) from None
        return area

    def _rows(self, part: str) -> Iterator[bytes]:
        """The worksheet's XML in pieces that end with a row."""
        with self._archive.open(part) as stream:
            rest = b""
            while piece := stream.read(CHUNK):
                rest += piece
                end = max((found.end() for found in _ROW_END.finditer(rest, max(0, len(rest) - CHUNK))), default=0)
                if end:
                    yield rest[:end]
                    rest = rest[end:]
                elif len(rest) > 16 * CHUNK:
                    raise SheetRefused("工作表有一行超过16MB，不是正常的工作簿，未予读取。")
            yield rest


def _is_plain(chunk: bytes) -> bool:
    """Whether a piece needs no walk cell by cell: no error value, no formula, each cell with its place, none far away.

    Nearly all pieces are plain, and are passed over at the speed of these searches. Whatever is not written exactly as
    the common programs write it is not plain.
    """
    if b'"e"' in chunk or b"'e'" in chunk or b"<f" in chunk or b":c" in chunk or b":row" in chunk or b":f" in chunk:
        return False
    placed = chunk.count(b'<c r="') + chunk.count(b'<row r="')
    cells = chunk.count(b"<c") - chunk.count(b"<co") - chunk.count(b"<cf") - chunk.count(b"<cu")
    return placed == cells + chunk.count(b"<row") and not _FAR.search(chunk)


def _last_row(chunk: bytes, last_row: int, *, every_row: bool) -> int:
    """The number of the last row in a plain piece; rows stand in order unless `every_row` is to be looked at."""
    found = _ROW_NUMBER.findall(chunk, 0 if every_row else max(0, len(chunk) - 20_000))
    return max(last_row, *map(int, found)) if found else last_row


def _attributes(written: bytes) -> dict[bytes, bytes]:
    """The attributes of a tag; of one given twice the first, as calamine takes it."""
    found: dict[bytes, bytes] = {}
    for name, double, single in _ATTRIBUTE.findall(written):
        found.setdefault(name, double or single)
    return found


def _walk(chunk: bytes, row: int, last_column: int, faults: dict[tuple[int, int], CellFault]) -> tuple[int, int]:
    """Go through a chunk cell by cell, gather faults and the outermost cell that holds something."""
    column, last_row = -1, row
    tokens = list(_TOKEN.finditer(chunk))
    if len(tokens) != len(_START.findall(chunk)):
        raise SheetRefused(DAMAGED)
    for index, token in enumerate(tokens):
        kind, written = token.groups()
        attributes = _attributes(written)
        place = _PLACE.fullmatch(attributes.get(b"r", b""))
        if kind == b"row":
            row, column = (int(place[2]) if place else row + 1), -1
            continue
        column = _column(place[1]) if place and place[1] else column + 1
        at = int(place[2]) if place else row
        if written.endswith(b"/"):
            continue
        body = chunk[token.end() : tokens[index + 1].start() if index + 1 < len(tokens) else len(chunk)]
        if _EMPTY.match(body):
            continue
        if column >= MAX_COLUMNS or at > MAX_ROWS + 200:
            raise SheetRefused(
                f"{column_letter(min(column, 16_384))}列第{min(at, 1_048_577)}行还有内容，超出可读取的范围"
                f"（{MAX_COLUMNS}列、{MAX_ROWS // 10_000}万行），请删除表格以外的内容后再导入。"
            )
        value = _VALUE.search(body)
        formula = _FORMULA.search(body) is not None
        last_row, last_column = max(last_row, at), max(last_column, column)
        held = (value[1] or b"").decode("utf-8", "replace") if value else ""
        if attributes.get(b"t") == b"e":
            faults[at, column] = CellFault(held, ERROR_SENTENCES.get(held, f"单元格显示 {held}，请改为实际内容。"))
        elif formula and not held and attributes.get(b"t") != b"str":
            faults[at, column] = CellFault("", NO_RESULT)
    return last_row, last_column


def _column(letters: bytes) -> int:
    """The index (from 0) of a column by its letters; anything longer than a sheet can be is far away."""
    if len(letters) > 3:
        return 16_384
    index = 0
    for letter in letters.upper():
        index = index * 26 + letter - ord("A") + 1
    return index - 1
