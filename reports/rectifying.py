"""What is to be rectified after an issued notice: by which units, by when, what of it comes again, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qs

from disclosures.models import RestDay
from lanshan_portal.periods import Period
from reports.models import IssuedNotice, NamedUnit, Rectification
from units.directory import Directory

WORKING_DAYS = 10
"""Within so many working days after a notice it is proposed that everything be rectified."""
BACK_AGAIN = 5
"""Within so many after it was sent back."""
AGAIN_WITHIN = 12
"""Months within which the same thing again is a repetition."""


def subjects_of(named: Iterable[NamedUnit]) -> list[str]:
    """What the sentences name a unit for: the kind of the rows, of a task its code."""
    return list(dict.fromkeys(_subject(query) for each in named for query in each.queries))


def _subject(query: str) -> str:
    kind, _, filters = query.partition("?")
    requirement = parse_qs(filters).get("requirement")
    return f"task.{requirement[0]}" if requirement else kind


def to_open(issued: IssuedNotice) -> dict[int, list[NamedUnit]]:
    """The units the notice names that have nothing to rectify after it yet, each with its sentences.

    What a unit was to rectify after the notice that this one corrects, it does not have to rectify twice.
    """
    named: dict[int, list[NamedUnit]] = {}
    for row in issued.named.select_related("unit"):
        named.setdefault(row.unit_id, []).append(row)
    there = Rectification.objects.filter(notice__office=issued.office, notice__period=issued.period, unit__in=named)
    for each in there:
        rows = named.get(each.unit_id, [])
        if each.notice_id == issued.pk or set(subjects_of(rows)) <= set(each.subjects):
            named.pop(each.unit_id, None)
    return named


def due_proposed(after: date, today: date, working_days: int = WORKING_DAYS) -> date:
    """The day by which it is to be rectified unless another is given: counted from today where that is past already."""
    calendar = RestDay.objects.calendar()
    proposed = calendar.add(after, working_days)
    return proposed if proposed >= today else calendar.add(today, working_days)


@dataclass(frozen=True)
class Repetition:
    """The last time the same was to be rectified, and in how many notices on end; None, 1: for the first time."""

    earlier: Rectification | None
    in_a_row: int


def repetition(
    unit_id: int, subjects: Sequence[str], issued: IssuedNotice, directory: Directory, earlier: Sequence[Rectification]
) -> Repetition:
    """Whether the unit, or one that went into it, was to rectify any of the same; `earlier` as `earlier_than` has them."""
    own = {unit_id, *directory.answered_for(unit_id, issued.issued_on)}
    same = [each for each in earlier if each.unit_id in own and set(each.subjects) & set(subjects)]
    runs = [_run(issued.span, {each.notice.span for each in same if subject in each.subjects}) for subject in subjects]
    return Repetition(same[0] if same else None, max(runs, default=1))


def _run(period: Period, told: set[Period]) -> int:
    """How many periods on end, the last of them included."""
    number = 1
    while (period := period.previous()) in told:
        number += 1
    return number


def earlier_than(issued: IssuedNotice) -> list[Rectification]:
    """What was to be rectified after the notices of the twelve months before, the newest first."""
    since = _months_before(issued.issued_on, AGAIN_WITHIN)
    found = Rectification.objects.filter(
        notice__office=issued.office, notice__issued_on__gte=since, notice__issued_on__lte=issued.issued_on
    ).exclude(notice__period=issued.period)
    return list(found.select_related("notice").order_by("-notice__issued_on", "-id"))


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    found = Period.month(year, month + 1)
    return found.start.replace(day=min(day.day, found.last.day))


# --- how it stands


@dataclass(frozen=True)
class Counts:
    """How many there are of each state, and how many are overdue."""

    by_state: dict[str, int]
    overdue: int

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_state.values())

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """Each state with its words and its number."""
        return [(value, words, self.by_state.get(value, 0)) for value, words in Rectification.State.choices]


def counted(rows: Iterable[Rectification], day: date) -> Counts:
    """The counts of those rows."""
    by_state: dict[str, int] = {}
    overdue = 0
    for each in rows:
        by_state[each.state] = by_state.get(each.state, 0) + 1
        overdue += each.days_over(day) > 0
    return Counts(by_state, overdue)


@dataclass(frozen=True)
class Line:
    """A rectification as lists show it: with its unit's name on the day and how it stands."""

    rectification: Rectification
    unit_name: str
    days_over: int
    again: str

    @classmethod
    def of(cls, each: Rectification, directory: Directory, day: date) -> Line:
        """It on that day."""
        name = directory.entry(each.unit_id, each.notice.issued_on).short_name
        return cls(each, name, each.days_over(day), again_in_words(each))


def again_in_words(each: Rectification) -> str:
    """连续2期, 一年内再次, or nothing."""
    if each.in_a_row > 1:
        return f"连续{each.in_a_row}期"
    return "一年内再次" if each.repeat_of_id else ""


def seen_by(own: Iterable[int], directory: Directory, day: date) -> list[int]:
    """The units whose rectifications are seen by who sees those units: of what went into them too."""
    return list(dict.fromkeys(other for unit_id in own for other in (unit_id, *directory.answered_for(unit_id, day))))
