"""What became of cases that must be answered in time: applications and letters are told by the same facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disclosures.answering import AnswerState, answer_state
from disclosures.clocks import DueDate
from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit, UnitShare, by_count_then_order
from units.directory import Directory


@dataclass(frozen=True)
class AnsweredCase:
    """One case as figures see it; `due_on` is None while its clock stands still."""

    unit_id: int
    state: AnswerState
    due_on: date | None = None
    answered: bool = True


@dataclass(frozen=True)
class UnitAnswers:
    """One unit's cases of a period, by state.

    `waiting` of the late ones are still unanswered; `next_due` is the first day on which an open one is due.
    """

    unit: NamedUnit
    total: int
    on_time: int
    late: int
    rows: RowQuery
    waiting: int = 0
    next_due: date | None = None

    @property
    def open(self) -> int:
        """How many are unanswered within their limit."""
        return self.total - self.on_time - self.late


@dataclass(frozen=True)
class AnswerFigures:
    """How many of a period's cases were answered in time, late, or are still open within their limit, by `as_of`."""

    as_of: date
    on_time: Figure
    late: Figure
    open: Figure
    late_by_unit: tuple[UnitShare, ...]
    by_unit: tuple[UnitAnswers, ...] = ()
    """Every unit with a case, for screens; the notice names late ones only."""

    @property
    def all_on_time(self) -> bool:
        """Whether every case was answered, and in time: only then may the notice say 均按时."""
        return not self.late and not self.open


def case_of(unit_id: int, due: DueDate | None, answered_on: date | None, as_of: date) -> AnsweredCase:
    """The case with that due date as it stands at the end of `as_of`."""
    answered = answered_on is not None and answered_on <= as_of
    return AnsweredCase(unit_id, answer_state(due, answered_on, as_of), due.day if due else None, answered)


def count_answers(
    name: str, cases: Iterable[AnsweredCase], *, period: Period, as_of: date, rows: RowQuery, directory: Directory
) -> AnswerFigures:
    """Count `cases` by state, and the late ones by unit."""
    cases = list(cases)
    states = Counter(case.state for case in cases)
    late_units = Counter(case.unit_id for case in cases if case.state is AnswerState.LATE)
    state_rows = rows.narrowed(as_of=as_of.isoformat())

    def figure(key: str, value: int, meaning: str, **filters: str) -> Figure:
        return Figure(f"{name}.{key}", value, period, state_rows.narrowed(**filters), meaning, cut_off=as_of)

    late_by_unit = []
    for unit_id, number in late_units.items():
        unit = NamedUnit.of(directory.entry(unit_id, period.last))
        late_by_unit.append(
            UnitShare(
                unit,
                figure(f"late_by_unit.{unit.code}", number, f"{unit.name}未按时答复件数", state="late", unit=unit.code),
            )
        )
    return AnswerFigures(
        as_of=as_of,
        on_time=figure("on_time", states[AnswerState.ON_TIME], "按时答复件数", state="on_time"),
        late=figure("late", states[AnswerState.LATE], "未按时答复件数", state="late"),
        open=figure("open", states[AnswerState.OPEN], "尚在办理期限内的件数", state="open"),
        late_by_unit=by_count_then_order(late_by_unit),
        by_unit=tuple(_unit_answers(cases, period, state_rows, directory)),
    )


def _unit_answers(
    cases: list[AnsweredCase], period: Period, rows: RowQuery, directory: Directory
) -> Iterable[UnitAnswers]:
    counts = Counter((case.unit_id, case.state) for case in cases)
    waiting = Counter(case.unit_id for case in cases if case.state is AnswerState.LATE and not case.answered)
    due: dict[int, date] = {}
    for case in cases:
        if case.state is AnswerState.OPEN and case.due_on:
            due[case.unit_id] = min(case.due_on, due.get(case.unit_id, case.due_on))
    for unit_id in dict.fromkeys(case.unit_id for case in cases):
        unit = NamedUnit.of(directory.entry(unit_id, period.last))
        yield UnitAnswers(
            unit=unit,
            total=sum(counts[unit_id, state] for state in AnswerState),
            on_time=counts[unit_id, AnswerState.ON_TIME],
            late=counts[unit_id, AnswerState.LATE],
            rows=rows.narrowed(unit=unit.code),
            waiting=waiting[unit_id],
            next_due=due.get(unit_id),
        )
