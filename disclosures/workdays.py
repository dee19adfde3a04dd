"""Working-day arithmetic over a calendar handed in. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from lanshan_portal.periods import ONE_DAY

SATURDAY = 5


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked: the weekday decides unless the day is listed as resting or working.

    `official_years` are those whose arrangement the State Council has published; any other year is provisional.
    """

    resting: frozenset[date] = field(default_factory=frozenset)
    working: frozenset[date] = field(default_factory=frozenset)
    official_years: frozenset[int] = field(default_factory=frozenset)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        if day in self.working:
            return True
        return day.weekday() < SATURDAY and day not in self.resting

    def days_after(self, day: date) -> Iterator[date]:
        """The working days after `day`, in order: day 1, day 2, and so on without end."""
        while True:
            day += ONE_DAY
            if self.is_workday(day):
                yield day

    def add(self, day: date, working_days: int) -> date:
        """The day `working_days` working days after `day`; the day after it is day 1 (practice; 民法典 art. 201).

        Zero working days is the day itself, worked or not; raises ValueError for a negative number.
        """
        if working_days < 0:
            raise ValueError("工作日数不能为负数。")
        if working_days == 0:
            return day
        for number, reached in enumerate(self.days_after(day), start=1):
            if number == working_days:
                return reached
        raise AssertionError("unreachable: days_after has no end")

    def between(self, after: date, until: date) -> int:
        """How many working days lie after `after` up to and including `until`; negative when `until` is earlier."""
        if until < after:
            return -self.between(until, after)
        day, count = after, 0
        while day < until:
            day += ONE_DAY
            count += self.is_workday(day)
        return count

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether any year from `first` to `last` still awaits its official arrangement."""
        return any(year not in self.official_years for year in range(first.year, last.year + 1))
