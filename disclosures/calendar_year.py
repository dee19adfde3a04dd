"""A year as twelve months of days, each rest or work, with the holidays it holds. Pure but for the reading of the table."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from disclosures.models import CalendarYear, RestDay
from disclosures.workdays import SATURDAY


@dataclass(frozen=True)
class CalendarDay:
    """One day: what it is by its weekday, and what the table makes of it."""

    day: date
    rest_day: RestDay | None

    @property
    def is_weekend(self) -> bool:
        """Whether it is a Saturday or a Sunday."""
        return self.day.weekday() >= SATURDAY

    @property
    def rests(self) -> bool:
        """Whether nobody works."""
        return self.rest_day.nature == RestDay.Nature.REST if self.rest_day else self.is_weekend

    @property
    def mark(self) -> str:
        """休 or 班 where the table says so."""
        if self.rest_day is None:
            return ""
        return "休" if self.rests else "班"

    @property
    def sentence(self) -> str:
        """10月1日，国庆节，休息."""
        name = f"，{self.rest_day.name}" if self.rest_day and self.rest_day.name else ""
        return f"{self.day.month}月{self.day.day}日{name}，{'休息' if self.rests else '上班'}"


@dataclass(frozen=True)
class Holiday:
    """Rest days of one name in a row, with the working days that make up for them."""

    name: str
    first: date
    last: date
    make_up: tuple[date, ...]

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True)
class YearPage:
    """The year: its months as weeks of days (None outside the month), its holidays, and whether it is official."""

    year: int
    months: tuple[tuple[int, tuple[tuple[CalendarDay | None, ...], ...]], ...]
    holidays: tuple[Holiday, ...]
    told: CalendarYear | None
    working_days: int

    @property
    def official(self) -> bool:
        """Whether the State Council's arrangement is in the table."""
        return self.told is not None and self.told.official


def year_page(year: int) -> YearPage:
    """The year as the table has it; two queries."""
    listed = {row.day: row for row in RestDay.objects.filter(day__year=year)}
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(366 if calendar.isleap(year) else 365)]
    cells = {day: CalendarDay(day, listed.get(day)) for day in days}
    weeks = calendar.Calendar()
    months = tuple(
        (
            month,
            tuple(
                tuple(cells[day] if day.month == month else None for day in week)
                for week in weeks.monthdatescalendar(year, month)
            ),
        )
        for month in range(1, 13)
    )
    return YearPage(
        year=year,
        months=months,
        holidays=holidays(listed.values()),
        told=CalendarYear.objects.filter(year=year).first(),
        working_days=sum(not cell.rests for cell in cells.values()),
    )


def holidays(rows: Iterable[RestDay]) -> tuple[Holiday, ...]:
    """The named rest days in a row, each with the working days of the same name nearest to it."""
    rests = sorted((row for row in rows if row.nature == RestDay.Nature.REST), key=lambda row: row.day)
    works = sorted(row.day for row in rows if row.nature == RestDay.Nature.WORK)
    runs: list[list[RestDay]] = []
    for row in rests:
        if runs and runs[-1][-1].name == row.name and row.day - runs[-1][-1].day == timedelta(days=1):
            runs[-1].append(row)
        else:
            runs.append([row])
    make_up: dict[int, list[date]] = {}
    for day in works:
        nearest = min(range(len(runs)), key=lambda number: _distance(day, runs[number]), default=None)
        if nearest is not None:
            make_up.setdefault(nearest, []).append(day)
    return tuple(
        Holiday(run[0].name, run[0].day, run[-1].day, tuple(make_up.get(number, ()))) for number, run in enumerate(runs)
    )


def _distance(day: date, run: list[RestDay]) -> int:
    return min(abs((day - run[0].day).days), abs((day - run[-1].day).days))
