"""Months side by side: the figures and the table of each. Past ones are kept while nothing that they count has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports.figures import notice_figures
from reports.figures.notice_figures import NoticeFigures
from reports.overview import Matrix, matrix
from units import audit
from units.directory import Directory
from units.models import Office

KEPT = 72
"""How many months a process keeps: three years, or two for three offices; a month is some 200 KB."""

Key = tuple[int, Period, date, str]


def has_data(figures: NoticeFigures) -> bool:
    """Whether anything came in that the period is about; that something was asked is not yet anything."""
    counted = [figures.published.total, figures.mailbox.total, figures.applications.total]
    counted += [number for duty in figures.duties for number in (duty.done, duty.late_count)]
    return any(counted)


@dataclass(frozen=True)
class Month:
    """A month as its notice tells it: the figures, and the table of units made of them."""

    figures: NoticeFigures
    table: Matrix

    @property
    def period(self) -> Period:
        """The month."""
        return self.figures.period

    @property
    def has_data(self) -> bool:
        """Whether anything came in that the month is about."""
        return has_data(self.figures)

    @classmethod
    def of(cls, figures: NoticeFigures, directory: Directory, calendar: WorkingCalendar) -> Month:
        """The month of those figures."""
        units = directory.during(figures.period)
        return cls(figures, matrix(figures, units, figures.issued_on, calendar))


class _Kept:
    """The months last asked for, by what they were counted from; values never change, so threads may share them."""

    def __init__(self, size: int) -> None:
        self._months: OrderedDict[Key, Month] = OrderedDict()
        self._size = size
        self._lock = Lock()

    def get(self, key: Key) -> Month | None:
        with self._lock:
            if key in self._months:
                self._months.move_to_end(key)
            return self._months.get(key)

    def put(self, key: Key, month: Month) -> None:
        with self._lock:
            self._months[key] = month
            while len(self._months) > self._size:
                self._months.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._months.clear()


_kept = _Kept(KEPT)
forget = _kept.clear


def months_of(
    office: Office, issue_dates: Mapping[Period, date], directory: Directory, calendar: WorkingCalendar
) -> list[Month]:
    """The months (in order) by their days of issue, as their own overviews show them.

    What was counted before is counted again only when an event of the log says that something may have changed: what is
    wanted is then read in as many queries as one month takes.
    """
    # Read before the rows: what is written meanwhile makes another mark, never an old number under a new one.
    mark = audit.changes()
    found = {period: _kept.get((office.pk, period, day, mark)) for period, day in issue_dates.items()}
    wanted = {period: issue_dates[period] for period, month in found.items() if month is None}
    if wanted:
        built = notice_figures.build_each(office, wanted, directory=directory, calendar=calendar)
        for period, figures in built.items():
            found[period] = month = Month.of(figures, directory, calendar)
            _kept.put((office.pk, period, wanted[period], mark), month)
    return [month for month in found.values() if month is not None]


Problem = tuple[int, str]
"""A unit and what it is named for, the same in every month."""


def in_a_row(months: Sequence[Month], directory: Directory) -> dict[Problem, int]:
    """For each problem of the last month, in how many months on end it has been one, that month included.

    What a unit was named for before it went into another stands against the other.
    """
    *before, last = months
    counts = dict.fromkeys(_problems(last, directory, last.period.last), 1)
    going_on = set(counts)
    for month in reversed(before):
        going_on &= _problems(month, directory, last.period.last)
        for problem in going_on:
            counts[problem] += 1
    return counts


def _problems(month: Month, directory: Directory, day: date) -> set[Problem]:
    return {
        (answering, column.subject)
        for row in month.table.rows
        if row.problems
        for answering in [_heir(row.unit.unit_id, directory, day)]
        for column, cell in month.table.cells(row)
        if cell.is_problem
    }


def _heir(unit_id: int, directory: Directory, day: date) -> int:
    heir = directory.heir(unit_id, day)
    return heir.unit_id if heir else unit_id


def longest_by_unit(counts: Mapping[Problem, int]) -> dict[int, int]:
    """For each unit the longest run among its problems, where it is one: twice in a row and more."""
    longest: dict[int, int] = {}
    for (unit_id, _), number in counts.items():
        if number > 1:
            longest[unit_id] = max(number, longest.get(unit_id, 0))
    return longest


def own_ids(unit_id: int, directory: Directory, day: date, ids: Iterable[int]) -> set[int]:
    """Of some units those that the unit answers for on `day`: itself, and what went into it."""
    return {each for each in ids if _heir(each, directory, day) == unit_id}
