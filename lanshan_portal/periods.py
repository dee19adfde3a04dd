"""Period: the span of days a figure or a notice is about. Pure; nothing here asks what day it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ONE_DAY = timedelta(days=1)
FIRST_YEAR, LAST_YEAR = 1950, 2099
"""The years a code or an address may name: a notice of none other exists, and every neighbour of one has a date."""

QUARTER_NAMES = ("第一季度", "第二季度", "第三季度", "第四季度")
HALF_NAMES = ("上半年", "下半年")


class PeriodKind(StrEnum):
    """How a period is counted; it decides what it is called and which period follows."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    WINDOW = "window"


MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6}


def chinese_date(day: date, *, with_year: bool = True) -> str:
    """2020年7月6日 or 7月6日: arabic digits, no leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日" if with_year else f"{day.month}月{day.day}日"


def within_years(day: date) -> bool:
    """Whether the day lies in the years that can be asked for."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def day_asked_for(text: str) -> date:
    """The day 2020-06-01 names; raises ValueError when there is none, or none in the years that can be asked for."""
    day = date.fromisoformat(text)
    if not within_years(day):
        raise ValueError(f"“{text}”不在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
    return day


def _first_of_month(year: int, month_index: int) -> date:
    """The first day of the month `month_index` months after January of `year` (may be negative)."""
    return date(year + month_index // 12, month_index % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """A half-open span of days, `start` included and `end` excluded, with its kind.

    The code (`str`) is 2020-06, 2020-Q2, 2020-H1 or 2020-05-24..2020-08-29 (both days included).
    """

    start: date
    end: date
    kind: PeriodKind = PeriodKind.WINDOW

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"期间的截止日期须晚于起始日期：{self.start}至{self.end}")

    # --- making one

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """The calendar month."""
        return cls._of_months(PeriodKind.MONTH, year, month - 1)

    @classmethod
    def quarter(cls, year: int, number: int) -> Period:
        """Quarter 1 to 4 of a year."""
        return cls._of_months(PeriodKind.QUARTER, year, (number - 1) * 3)

    @classmethod
    def half_year(cls, year: int, number: int) -> Period:
        """Half 1 or 2 of a year."""
        return cls._of_months(PeriodKind.HALF_YEAR, year, (number - 1) * 6)

    @classmethod
    def window(cls, first: date, last: date) -> Period:
        """From `first` to `last`, both included."""
        return cls(first, last + ONE_DAY, PeriodKind.WINDOW)

    @classmethod
    def month_of(cls, day: date) -> Period:
        """The month that holds `day`."""
        return cls.month(day.year, day.month)

    @classmethod
    def _of_months(cls, kind: PeriodKind, year: int, month_index: int) -> Period:
        return cls(_first_of_month(year, month_index), _first_of_month(year, month_index + MONTHS_IN[kind]), kind)

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period a code names, of the years 1950 to 2099; raises ValueError with a Chinese sentence when it names
        none."""
        found = cls._named(text.strip())
        if found is None:
            raise ValueError(f"“{text}”不是可识别的期间，应写作 2020-06、2020-Q2、2020-H1 或 2020-05-24..2020-08-29。")
        if not (within_years(found.start) and within_years(found.last)):
            raise ValueError(f"“{text}”不在{FIRST_YEAR}年至{LAST_YEAR}年之间，请改用这一范围内的期间。")
        return found

    @classmethod
    def _named(cls, code: str) -> Period | None:
        try:
            if found := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", code):
                return cls.month(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4})-Q([1-4])", code):
                return cls.quarter(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4})-H([12])", code):
                return cls.half_year(int(found[1]), int(found[2]))
            if found := re.fullmatch(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})", code):
                return cls.window(date.fromisoformat(found[1]), date.fromisoformat(found[2]))
        except (ValueError, OverflowError):
            pass
        return None

    @classmethod
    def around(cls, periods: Iterable[Period]) -> Period:
        """The window that holds all of some periods; there is at least one."""
        periods = list(periods)
        return cls(min(each.start for each in periods), max(each.end for each in periods))

    # --- asking it

    def __str__(self) -> str:
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.start:%Y-%m}"
            case PeriodKind.QUARTER:
                return f"{self.start.year}-Q{(self.start.month + 2) // 3}"
            case PeriodKind.HALF_YEAR:
                return f"{self.start.year}-H{(self.start.month + 5) // 6}"
        return f"{self.start.isoformat()}..{self.last.isoformat()}"

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> date:
        """The last day of the period, included."""
        return self.end - ONE_DAY

    def next(self) -> Period:
        """The period that follows: of the same kind, or a window of the same length."""
        return self._shifted(1)

    def previous(self) -> Period:
        """The period before: of the same kind, or a window of the same length."""
        return self._shifted(-1)

    def _shifted(self, steps: int) -> Period:
        if self.kind is PeriodKind.WINDOW:
            length = self.end - self.start
            return Period(self.start + steps * length, self.end + steps * length, self.kind)
        return self._of_months(self.kind, self.start.year, self.start.month - 1 + steps * MONTHS_IN[self.kind])

    def months(self) -> Iterator[Period]:
        """Each calendar month that the period touches, in order."""
        month = Period.month_of(self.start)
        while month.start < self.end:
            yield month
            month = month.next()

    def months_back(self, number: int) -> list[Period]:
        """The last `number` calendar months up to the one that holds the period's last day, in order."""
        months = [Period.month_of(self.last)]
        while len(months) < number:
            months.append(months[-1].previous())
        return months[::-1]

    def usual_issue_date(self, today: date) -> date:
        """The day its notice is reckoned from unless one is given: today, but for a period long past the last day of
        the month after it, so that what came in years later does not move an old notice."""
        return min(today, Period.month_of(self.end).last)

    # --- naming it

    @property
    def label(self) -> str:
        """As menus and lists write it: 2020年6月, 2020年第二季度, 2020年上半年, 2020年5月24日至8月29日."""
        if self.kind is PeriodKind.WINDOW:
            same_year = self.start.year == self.last.year
            return f"{chinese_date(self.start)}至{chinese_date(self.last, with_year=not same_year)}"
        name = f"{self.start.month}月" if self.kind is PeriodKind.MONTH else self.in_text
        return f"{self.start.year}年{name}"

    @property
    def in_title(self) -> str:
        """As a notice's title writes it: 2020年6月份, 2020年第二季度."""
        return f"{self.start.year}年{self.in_text}" if self.kind is not PeriodKind.WINDOW else self.label

    @property
    def in_text(self) -> str:
        """As a notice's sentences write it, without the year: 6月份, 第二季度, 上半年, 5月24日至8月29日."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.start.month}月份"
            case PeriodKind.QUARTER:
                return QUARTER_NAMES[(self.start.month - 1) // 3]
            case PeriodKind.HALF_YEAR:
                return HALF_NAMES[(self.start.month - 1) // 6]
        if self.start == self.last:
            return chinese_date(self.start, with_year=False)
        if self.start.year != self.last.year:
            return self.label
        return f"{chinese_date(self.start, with_year=False)}至{chinese_date(self.last, with_year=False)}"
