"""Text files with separators: their encoding and their rows. UTF-8 with or without BOM, and GB18030, nothing else."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from disclosures.sheets.cells import Cell
from disclosures.sheets.errors import SheetRefused

DELIMITERS = (",", "\t", ";")
"""Tried in this order: the first under which the header is complete."""

csv.field_size_limit(1 << 20)


def decoded(content: bytes) -> str:
    """The text of a csv file; raises SheetRefused when it is in no encoding a Chinese office writes."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise SheetRefused("文件是 UTF-16（Unicode 文本）编码，请另存为 .xlsx，或“CSV UTF-8（逗号分隔）”后再导入。")
    if b"\x00" in content[:100_000]:
        raise SheetRefused("文件扩展名是 .csv，内容却不是文本，请另存为 .xlsx 后再导入。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            value = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not value.strip():
            raise SheetRefused("文件是空的，没有表头和数据，请重新导出后再导入。")
        return value
    raise SheetRefused("无法识别文件的编码（应为 UTF-8 或 GB18030），请另存为 .xlsx 后再导入。")


def rows(value: str, delimiter: str) -> Iterator[tuple[int, list[Cell]]]:
    """Each row with the number of the line it begins on."""
    reader = csv.reader(io.StringIO(value, newline=""), delimiter=delimiter, strict=False)
    line = 1
    try:
        for cells in reader:
            yield line, list(cells)
            line = reader.line_num + 1
    except csv.Error:
        raise SheetRefused(f"第{line}行起无法按 CSV 读取，可能引号不成对，请另存为 .xlsx 后再导入。") from None
