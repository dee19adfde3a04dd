"""Days as a hand types them a hundred times in a row: 6-20, 6.20, 6月20日, 0620; the year follows from a day nearby. Pure."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from disclosures.sheets import cells

_MONTH_AND_DAY = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?")
_FOUR = re.compile(r"(\d{2})(\d{2})")


def day_before(text: str, day: date) -> date:
    """The last day of that name up to `day`; raises ValueError with a sentence when there is none."""
    return _completed(text, day, backwards=True)


def day_after(text: str, day: date) -> date:
    """The first day of that name from `day` on; raises ValueError with a sentence when there is none."""
    return _completed(text, day, backwards=False)


def _completed(text: str, near: date, *, backwards: bool) -> date:
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    found = _MONTH_AND_DAY.fullmatch(plain) or _FOUR.fullmatch(plain)
    if not found:
        return cells.day(text)
    month, number = int(found[1]), int(found[2])
    # 29 February may be up to eight years away.
    for years in range(9):
        year = near.year - years if backwards else near.year + years
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        if day <= near if backwards else day >= near:
            return day
    raise ValueError(f"“{text.strip()}”不存在，请核对月份和日期。")
