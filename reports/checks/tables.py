"""Tables in the text: the 合计 row against its columns, the 合计 column against its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checks.context import CheckContext
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText

SUM = re.compile(r"(?:合计|总计|总数|总和|共计)")
SUBTOTAL = re.compile(r"小计")
NO_SUM = re.compile(r"序号|排名|名次|位次|占比|率|得分|分数|环比|同比|%|年|日期|电话")
NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")

Cells = list[list[str]]


def value(cell: str) -> int | None:
    """The cell's whole number; a dash or an empty cell is none told, which counts as zero."""
    plain = cell.replace(" ", "")
    if plain in ("", "-", "—", "－", "/"):
        return 0
    return int(plain.replace(",", "")) if NUMBER.fullmatch(plain) else None


def check(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """Each table with a header row, a row or a column of sums."""
    for number, table in enumerate(text.tables, start=1):
        width = len(table[0])
        rows = [row for row in table[1:] if len(row) == width]
        if len(rows) > 1:
            yield from _columns(table[0], rows, f"表{number}")
            yield from _rows(table[0], rows, f"表{number}")


def _is_sum_row(row: list[str]) -> bool:
    return any(SUM.match(cell) for cell in row[:2])


def _columns(header: list[str], rows: Cells, where: str) -> Iterator[Finding]:
    sums = [row for row in rows if _is_sum_row(row)]
    parts = [row for row in rows if not _is_sum_row(row) and not SUBTOTAL.search("".join(row[:2]))]
    if len(sums) != 1 or len(parts) < 2:
        return
    for column in range(1, len(header)):
        stated, cells = value(sums[0][column]), [value(row[column]) for row in parts]
        if NO_SUM.search(header[column]) or SUM.match(sums[0][column]) or stated is None or None in cells:
            continue
        total = sum(cell for cell in cells if cell is not None)
        if sums[0][column] and total != stated:
            yield Finding(
                Code.TABLE_DOES_NOT_ADD,
                Level.ERROR,
                f"“{header[column]}”一栏合计写作{stated}，各行相加为{total}，请核对。",
                f"{where}“{header[column]}”栏",
            )


def _rows(header: list[str], rows: Cells, where: str) -> Iterator[Finding]:
    sums = [column for column, name in enumerate(header) if SUM.match(name)]
    if len(sums) != 1:
        return
    columns = [
        column
        for column, name in enumerate(header)
        if column not in sums
        and not NO_SUM.search(name)
        and all(value(row[column]) is not None for row in rows)
        and any(row[column].strip() for row in rows)
    ]
    wrong = []
    for row in rows:
        stated, total = value(row[sums[0]]), sum(value(row[column]) or 0 for column in columns)
        if stated is None:
            return
        if stated != total:
            wrong.append((row, stated, total))
    if len(columns) < 2 or len(wrong) * 2 > len(rows):
        return  # the column does not sum these columns
    for row, stated, total in wrong:
        name = next((cell for cell in row if cell and value(cell) is None), row[0])
        yield Finding(
            Code.TABLE_DOES_NOT_ADD,
            Level.ERROR,
            f"“{name}”一行合计写作{stated}，各栏相加为{total}，请核对。",
            f"{where}“{name}”行",
        )
