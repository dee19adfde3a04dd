"""The committed sheets, read as plainly as possible: python-calamine and csv, no code of the portal."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from chinese_calendar import is_workday
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
GOLDEN = ROOT / "tests" / "golden" / "june-2020"
MONTHS = ("2020-05", "2020-06", "2020-07")
SHEETS = sorted(path for month in MONTHS for path in (SAMPLES / month).iterdir())

FIRST_COLUMN = {
    "office": "政区代码",
    "units": "单位编码",
    "published_items": "标题",
    "applications": "申请编号",
    "mailbox_cases": "编号",
    "media_accounts": "账号名称",
    "media_checks": "检查批次",
    "requirements": "任务编号",
    "submissions": "任务编号",
    "arrangements": "期次",
    "notice_texts": "期次",
    "rest_days": "日期",
}
"""A required column of each kind: the header is the first row that holds it."""

DATE_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")

Row = dict[str, object]


def sheet_path(month: str, kind: str) -> Path | None:
    """The month's one sheet of the kind, or None."""
    found = list((SAMPLES / month).glob(f"??-{kind}.*"))
    assert len(found) <= 1, found
    return found[0] if found else None


def raw_rows(path: Path) -> list[list[object]]:
    """Every row of the file, title rows included."""
    if path.suffix == ".xlsx":
        return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    data = path.read_bytes()
    text = data.decode("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "gb18030")
    return [list(row) for row in csv.reader(io.StringIO(text, newline=""))]


@cache
def rows(month: str, kind: str) -> list[Row]:
    """The rows of the month's sheet by header; none where the month has no such sheet."""
    path = sheet_path(month, kind)
    if path is None:
        return []
    table = [[re.sub(r"\s", "", cell) if isinstance(cell, str) else cell for cell in row] for row in raw_rows(path)]
    header = next(n for n, row in enumerate(table) if FIRST_COLUMN[kind] in row)
    return [dict(zip(table[header], row, strict=True)) for row in table[header + 1 :]]


def day(value: object) -> date | None:
    """The day a cell means, in whichever of the six forms; None for an empty cell."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not value:
        return None
    for form in DATE_FORMS:
        try:
            return datetime.strptime(str(value), form).date()  # noqa: DTZ007 a day has no time zone
        except ValueError:
            continue
    raise AssertionError(f"no date: {value!r}")


def some_day(value: object) -> date:
    """The day of a cell that may not be empty."""
    found = day(value)
    assert found is not None
    return found


@cache
def names() -> dict[str, str]:
    """Short name by every name of a unit; fails where two units share one."""
    book: dict[str, str] = {}
    for row in rows("2020-06", "units"):
        for name in {row["单位编码"], row["全称"], row["简称"], *str(row["别名"]).split("、")} - {""}:
            assert name not in book, f"{name}: {book[name]} and {row['简称']}"
            book[str(name)] = str(row["简称"])
    return book


def working_days(first: date, last: date) -> int:
    """Working days after `first` up to and including `last`."""
    return sum(is_workday(first + timedelta(n)) for n in range(1, (last - first).days + 1))
