"""From what stands in a cell to text, dates, numbers; every refusal is a whole sentence. Pure."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell whose content cannot be read at all: an error value, or a formula without a result."""

    shown: str
    sentence: str


Cell = str | int | float | date | datetime | time | timedelta | CellFault
"""What reading a workbook gives for one cell; an empty cell is the empty text."""

# Zero-width characters, marks of direction, soft hyphens, the byte order mark: never meant, never seen.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|_x000D_")
_UNSEEN_STARTS = frozenset(chr(code) for code in range(0xAD, 0xFF00) if _INVISIBLE.match(chr(code))) | {"\ufeff", "_"}
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_SPACES = re.compile("[ \t\u00a0\u3000\u2000-\u200a\u202f\u205f]+")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n\u0085\u2028\u2029]+[ \t]*")
# One class of characters, so that the search runs at the speed of C: nearly every cell is clean.
_ODD = re.compile("[\x00-\x1f\x7f-\xa0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\ufffe\uffff]")

LONGEST_NUMBER = 10**15
"""A spreadsheet keeps 15 digits of a number; the others have become zeros."""


def shown(cell: Cell) -> str:
    """The cell as the clerk knows it, for messages."""
    match cell:
        case CellFault():
            return cell.shown
        case datetime():
            return f"{cell:%Y-%m-%d}" if cell.time() == time() else f"{cell:%Y-%m-%d %H:%M}"
        case date():
            return cell.isoformat()
        case float() if cell.is_integer() and abs(cell) < 1e20:
            return str(int(cell))
        case float():
            return f"{cell:.15g}"
    return str(cell).strip()


def is_blank(cell: Cell) -> bool:
    """Whether nothing stands in the cell."""
    if not isinstance(cell, str):
        return False
    if not cell:
        return True
    # Only what begins with nothing to see can be nothing at all.
    return (cell[0].isspace() or cell[0] in _UNSEEN_STARTS) and not _INVISIBLE.sub("", cell).strip()


def text(cell: Cell, *, lines: bool = False) -> str:
    """The text of a cell, trimmed, without invisible characters; line breaks stay only where `lines`.

    Raises ValueError with a sentence for control characters and for numbers whose last digits are lost.
    """
    if isinstance(cell, str):
        odd = _ODD.search(cell) or "  " in cell or "_x000D_" in cell or cell[:1] == " " or cell[-1:] == " "
        return _cleaned(cell, lines=lines) if odd else cell
    if isinstance(cell, (int, float)) and abs(cell) >= LONGEST_NUMBER:
        raise ValueError("数字超过15位，电子表格已丢失末几位，请把该列设为文本格式后重新填写。")
    if isinstance(cell, (time, timedelta)):
        raise ValueError("单元格是时间，应为文字，请把该列设为文本格式后重新填写。")
    return shown(cell)


def _cleaned(value: str, *, lines: bool) -> str:
    value = _INVISIBLE.sub("", value)
    if found := _CONTROL.search(value):
        raise ValueError(f"含有看不见的控制字符（U+{ord(found[0]):04X}），请删除后重新填写。")
    value = _SPACES.sub(" ", value).strip(" \r\n\t\u0085\u2028\u2029")
    if lines:
        return _LINE_BREAK.sub("\n", value)
    return _LINE_BREAK.sub(_joint, value)


def _joint(found: re.Match[str]) -> str:
    """A line break inside a title parts two words only where both are written in letters or digits."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return " " if before.isascii() and after.isascii() and before.isalnum() and after.isalnum() else ""


# --- Dates

EARLIEST, LATEST = date(1950, 1, 1), date(2099, 12, 31)
DATE_FORMS = "2020-06-01、2020/6/1、2020.6.1、2020年6月1日或20200601"
_YMD = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T ]?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?Z?$")
_SERIAL = re.compile(r"\d{5}(?:\.0+)?")
_YEAR_MONTH = re.compile(r"\d{4}[-/.年]\d{1,2}月?")
_DAY_FIRST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_NO_YEAR = re.compile(r"\d{1,2}[-/.月]\d{1,2}日?")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def day(cell: Cell, *, epoch_1904: bool = False) -> date:
    """The day a cell names: a date cell, a serial number, or any of `DATE_FORMS`; a time of day is dropped.

    Raises ValueError with a sentence when it names none, or one that does not exist.
    """
    match cell:
        case datetime():
            return _plausible(cell.date(), cell)
        case date():
            return _plausible(cell, cell)
        case int() | float():
            return _day_of_number(float(cell), epoch_1904=epoch_1904)
        case str():
            return _day_of_text(cell, epoch_1904=epoch_1904)
    raise ValueError(f"“{shown(cell)}”不是日期，应写作{DATE_FORMS}。")


def _plausible(found: date, cell: Cell) -> date:
    if not EARLIEST <= found <= LATEST:
        raise ValueError(
            f"“{shown(cell)}”的年份不合理（应在1950年至2099年之间），可能是数字被设成了日期格式，请重新填写日期。"
        )
    return found


def _day_of_number(number: float, *, epoch_1904: bool) -> date:
    whole = int(number) if isfinite(number) else 0
    if number == whole and 19500101 <= whole <= 20991231:
        return _existing(whole // 10000, whole // 100 % 100, whole % 100, str(whole))
    if 18264 <= whole <= 73050:
        return (_EPOCH_1904 if epoch_1904 else _EPOCH) + timedelta(days=whole)
    raise ValueError(f"“{shown(number)}”不是日期，应写作{DATE_FORMS}。")


def _day_of_text(value: str, *, epoch_1904: bool) -> date:
    given = text(value)
    plain = unicodedata.normalize("NFKC", given).replace("—", "-").replace("–", "-")
    without_time = _TIME.sub("", plain) if ":" in plain or "时" in plain else plain
    compact = "".join(without_time.split())
    if found := _YMD.fullmatch(compact) or _EIGHT.fullmatch(compact):
        return _existing(int(found[1]), int(found[2]), int(found[3]), given)
    if _SERIAL.fullmatch(compact):
        return _day_of_number(float(compact), epoch_1904=epoch_1904)
    if _YEAR_MONTH.fullmatch(compact):
        raise ValueError(f"“{given}”缺少日，应写作{DATE_FORMS}。")
    if _DAY_FIRST.fullmatch(compact) or _NO_YEAR.fullmatch(compact):
        raise ValueError(f"“{given}”缺少四位年份，应写作{DATE_FORMS}。")
    raise ValueError(f"“{given}”不是日期，应写作{DATE_FORMS}。")


def _existing(year: int, month: int, number: int, given: str) -> date:
    if not 1 <= month <= 12:
        raise ValueError(f"“{given}”不存在：没有{month}月。")
    if not EARLIEST.year <= year <= LATEST.year:
        raise ValueError(f"“{given}”的年份不合理（应在1950年至2099年之间），请核对。")
    days = monthrange(year, month)[1]
    if not 1 <= number <= days:
        raise ValueError(f"“{given}”不存在：{year}年{month}月只有{days}天。")
    return date(year, month, number)


# --- Numbers, yes and no


def whole_number(cell: Cell) -> int:
    """The whole number in a cell; raises ValueError with a sentence when there is none."""
    if isinstance(cell, (int, float)):
        if isfinite(cell) and cell == int(cell):
            return int(cell)
    elif isinstance(cell, str):
        plain = unicodedata.normalize("NFKC", text(cell)).replace(",", "")
        if found := re.fullmatch(r"([+-]?\d{1,9})(?:\.0+)?", plain):
            return int(found[1])
    raise ValueError(f"“{shown(cell)}”不是整数，应填阿拉伯数字，例如 20。")


_YES, _NO = {"是", "y", "yes", "true", "1", "√", "✓"}, {"否", "n", "no", "false", "0", "×", "✗"}


def yes_or_no(cell: Cell) -> bool:
    """是 or 否 as a truth value; raises ValueError with a sentence for anything else."""
    plain = unicodedata.normalize("NFKC", text(cell)).casefold()
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise ValueError(f"“{shown(cell)}”应填“是”或“否”。")


# --- Months and periods

MONTH_FORMS = "2020-06 或 2020年6月"
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?份?|(\d{2}))")


def month(cell: Cell) -> str:
    """The code (2020-06) of the month a cell names; raises ValueError with a sentence when it names none."""
    if isinstance(cell, date):
        # 2020-06 typed into a cell that is not text becomes the first of the month.
        if cell.day == 1:
            return f"{cell:%Y-%m}"
        raise ValueError(f"“{shown(cell)}”是某一天，应为月份，写作 {MONTH_FORMS}。")
    if isinstance(cell, float) and not cell.is_integer():
        # 2020.10 typed as a number is 2020.1: January and October cannot be told apart.
        raise ValueError(f"“{shown(cell)}”是小数，无法判断月份，请写作 {MONTH_FORMS}。")
    given = text(cell)
    compact = "".join(unicodedata.normalize("NFKC", given).split())
    if found := _MONTH.fullmatch(compact):
        year, number = int(found[1]), int(found[2] or found[3])
        if 1 <= number <= 12 and EARLIEST.year <= year <= LATEST.year:
            return f"{year}-{number:02d}"
        raise ValueError(f"“{given}”不是月份，应写作 {MONTH_FORMS}。")
    raise ValueError(f"“{given}”不是月份，应写作 {MONTH_FORMS}。")
