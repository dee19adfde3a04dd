"""Dates and periods as a notice writes them: read from the text, with the year its words leave out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lanshan_portal.periods import Period
from reports.checks.reading import CHINESE_DIGITS, number_of

DAY = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(\d{1,2})(?:日|号)")
MONTH = re.compile(r"(?:(\d{4})年)?(?<!\d)(\d{1,2})月(?!\d)份?")
HALF_A_YEAR = 183
LONG_AGO = 150

QUARTER = r"第?([一二三四1234])季度"
HALF = r"([上下])半年"
PERIOD = re.compile(
    rf"(?:(\d{{4}})年)?(?:(?P<quarter>{QUARTER})|(?P<half>{HALF})|"
    r"(?P<months>(\d{1,2})月?份?[—\-－~～至](\d{1,2})月(?!\d)份?)|"
    r"(?P<days>(\d{1,2})月(\d{1,2})日[—\-－~～至](?:(\d{4})年)?(\d{1,2})月(\d{1,2})日)|"
    r"(?P<month>(?<!\d)(\d{1,2})月(?!\d)份?))"
)


@dataclass(frozen=True)
class Mention:
    """A day as the text names it; `day` is None when no calendar has it."""

    words: str
    day: date | None
    start: int
    end: int


def real_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def days(sentence: str, near: date | None, *, ahead: bool = False) -> Iterator[Mention]:
    """Every day of the sentence. A missing year is that of `near`, or its neighbour where that is far likelier.

    `ahead`: the words look forward, so a day long past is next year's (12月 issue, 1月24日前).
    """
    year_said: int | None = None
    for found in DAY.finditer(sentence):
        year_said = int(found[1]) if found[1] else year_said
        month, number = int(found[2]), int(found[3])
        year = year_said or (near.year if near else 2000)
        day = real_day(year, month, number)
        if day and near and not year_said:
            if ahead and (near - day).days > LONG_AGO:
                day = real_day(year + 1, month, number) or day
            elif not ahead and (day - near).days > HALF_A_YEAR:
                day = real_day(year - 1, month, number) or day
        yield Mention(found[0], day, found.start(), found.end())


def issue_date(line: str) -> date | None:
    """The date a last line states, in arabic or in Chinese numerals."""
    if found := DAY.fullmatch(line):
        return real_day(int(found[1]), int(found[2]), int(found[3])) if found[1] else None
    if found := re.fullmatch(
        r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日", line
    ):
        year = int("".join(str(CHINESE_DIGITS.index(digit)) for digit in re.sub("[〇○]", "零", found[1])))
        return real_day(year, number_of(found[2]), number_of(found[3]))
    return None


def _period(found: re.Match[str], year: int) -> Period | None:
    groups = found.groupdict()
    try:
        if words := groups["quarter"]:
            name = words.removeprefix("第")[0]
            return Period.quarter(year, int(name) if name.isdigit() else CHINESE_DIGITS.index(name))
        if words := groups["half"]:
            return Period.half_year(year, 1 if words[0] == "上" else 2)
        if words := groups["months"]:
            first, last = map(int, re.findall(r"\d+", words))
            return _months(year, first, last)
        if words := groups["days"]:
            numbers = list(map(int, re.findall(r"\d+", words)))
            end_year = numbers.pop(2) if len(numbers) == 5 else year
            return Period.window(date(year, numbers[0], numbers[1]), date(end_year, numbers[2], numbers[3]))
        return Period.month(year, int(re.findall(r"\d+", groups["month"] or "")[0]))
    except ValueError:
        return None


def _months(year: int, first: int, last: int) -> Period:
    if (first, last) in ((1, 6), (7, 12)):
        return Period.half_year(year, 1 if first == 1 else 2)
    if last == first + 2 and first % 3 == 1:
        return Period.quarter(year, (first + 2) // 3)
    return Period.window(Period.month(year, first).start, Period.month(year, last).last)


def period_in(words: str, near: date | None) -> Period | None:
    """The first period the words name: 2020年6月份, 第二季度, 上半年, 1—5月, 5月24日至8月29日; a year alone is that year.

    A missing year is the one that puts the period nearest before `near`.
    """
    found = PERIOD.search(words)
    if not found:
        if whole := re.search(r"(20\d{2})年(?:度|全)", words):
            return Period.window(date(int(whole[1]), 1, 1), date(int(whole[1]), 12, 31))
        return None
    said = found[1]
    if said is None and near is None:
        return None
    year = int(said) if said else near.year if near else 0
    period = _period(found, year)
    if period and not said and near and (period.start - near).days > HALF_A_YEAR:
        period = _period(found, year - 1)
    return period
