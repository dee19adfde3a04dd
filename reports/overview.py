"""The month at a glance: each unit's cells, from the figures of the notice. Pure; nothing is counted here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from disclosures.workdays import WorkingCalendar
from reports.cells import Cell, State, answer_cell, duty_cell, in_short, media_cell, month_said
from reports.figures.answers import AnswerFigures, UnitAnswers
from reports.figures.duties import DutyFigures
from reports.figures.figure import Figure, RowQuery
from reports.figures.notice_figures import NoticeFigures
from reports.figures.shares import NamedUnit
from units.directory import DirectoryEntry

__all__ = ["Cell", "Column", "Matrix", "State", "UnitRow", "matrix"]

PUBLISHED, PROBLEMS = "published", "problems"
"""What a table can be ordered by, besides its columns."""


@dataclass(frozen=True)
class Column:
    """A heading of the table, the line below it, and what the whole column's rows are.

    `key` tells it from the others of its month; `subject` is the same in every month, so that what is wrong twice in a row is
    found.
    """

    key: str
    subject: str
    title: str
    note: str
    query: RowQuery
    due_on: date | None = None
    """Of a duty."""

    @property
    def is_duty(self) -> bool:
        """Whether it is something the office asked for."""
        return self.due_on is not None


@dataclass(frozen=True)
class UnitRow:
    """One unit: its cells in the order of the columns, and how much it published."""

    unit: NamedUnit
    group: str
    published: Figure
    cells: tuple[Cell, ...]
    low: bool = False
    """Whether it published markedly less than its group does."""

    @cached_property
    def problems(self) -> int:
        """How many cells are problems."""
        return sum(cell.is_problem for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Units by what the month asks of them, in groups."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[UnitRow, ...]], ...]

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """Every row."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def largest(self) -> int:
        """The most that any unit published, which scales the bars; 1 where nobody did."""
        return max((row.published.value for row in self.rows), default=0) or 1

    @property
    def units_with_problems(self) -> int:
        """How many units have any."""
        return sum(row.problems > 0 for row in self.rows)

    def row(self, unit_id: int) -> UnitRow | None:
        """That unit's row, where it existed in the period."""
        return next((row for row in self.rows if row.unit.unit_id == unit_id), None)

    def cells(self, row: UnitRow) -> Iterable[tuple[Column, Cell]]:
        """The row's cells, each with its column."""
        return zip(self.columns, row.cells, strict=True)

    def problems_first(self) -> Matrix:
        """The same units, within each group those with most problems first, otherwise in official order."""
        return self._ordered(lambda row: -row.problems)

    def ordered_by(self, key: str, *, reverse: bool = False) -> Matrix:
        """The same units, within each group by a column, by what they published or by their problems.

        What needs a hand comes first, and who published most; reversed, the other end. Ties stay in official order. Raises
        KeyError for a column there is not.
        """
        if key == PUBLISHED:
            return self._ordered(lambda row: -row.published.value, reverse=reverse)
        if key == PROBLEMS:
            return self._ordered(lambda row: -row.problems, reverse=reverse)
        at = {column.key: place for place, column in enumerate(self.columns)}[key]
        return self._ordered(lambda row: row.cells[at].urgency, reverse=reverse)

    def _ordered(self, by: Callable[[UnitRow], int | tuple[int, int]], *, reverse: bool = False) -> Matrix:
        groups = []
        for name, rows in self.groups:
            # Turned round twice, so that equals keep the official order whichever end comes first.
            ordered = sorted(reversed(rows), key=by)[::-1] if reverse else sorted(rows, key=by)
            groups.append((name, tuple(ordered)))
        return replace(self, groups=tuple(groups))

    def only(self, *, group: str = "", with_problems: bool = False) -> Matrix:
        """The units of a group, or those with problems; groups without any are left out."""
        kept = [
            (name, tuple(row for row in rows if row.problems or not with_problems))
            for name, rows in self.groups
            if group in ("", name)
        ]
        return replace(self, groups=tuple((name, rows) for name, rows in kept if rows))


def matrix(figures: NoticeFigures, units: dict[int, DirectoryEntry], today: date, calendar: WorkingCalendar) -> Matrix:
    """Every unit of the period (`directory.during`) under each duty and each indicator of the notice.

    `today` is the day from which what is left of duties not yet due is reckoned, near or far in working days of `calendar`.
    """
    duties = figures.duties
    by_duty = [{each.unit.unit_id: each for each in duty.units} for duty in duties]
    media = {each.unit.unit_id: each for each in figures.media.by_unit}
    answers = [
        ("来信", figures.mailbox.total, _by_unit(figures.mailbox.answers)),
        ("申请", figures.applications.total, _by_unit(figures.applications.answers)),
    ]
    published = {share.unit.unit_id: share for share in figures.published.by_unit}
    groups: dict[tuple[int, str], list[UnitRow]] = {}
    for entry in sorted(units.values(), key=lambda unit: (unit.group_position, unit.group_id, unit.order)):
        share = published[entry.unit_id]
        cells = (
            *(
                duty_cell(duty, own.get(entry.unit_id), today, calendar)
                for duty, own in zip(duties, by_duty, strict=True)
            ),
            media_cell(figures.media, entry.unit_id, media.get(entry.unit_id)),
            *(
                answer_cell(
                    what,
                    figures.period,
                    cases.get(entry.unit_id),
                    any_came=bool(total),
                    today=today,
                    calendar=calendar,
                )
                for what, total, cases in answers
            ),
        )
        row = UnitRow(share.unit, entry.group, share.figure, cells)
        groups.setdefault((entry.group_id, entry.group), []).append(row)
    return Matrix(_columns(figures), tuple((name, _with_low(rows)) for (_, name), rows in groups.items()))


def _columns(figures: NoticeFigures) -> tuple[Column, ...]:
    several = len(list(figures.period.months())) > 1
    checked = f"{month_said(figures.media.period)}巡检" if figures.media.rounds else "没有巡检"
    return (
        *(_duty_column(duty, several=several) for duty in figures.duties),
        Column("media", "media", "新媒体更新", checked, figures.media.found.query),
        Column("mailbox", "mailbox", "部门信箱", "按时答复/收到", figures.mailbox.total.query),
        Column("applications", "applications", "依申请公开", "按时答复/收到", figures.applications.total.query),
    )


def _duty_column(duty: DutyFigures, *, several: bool) -> Column:
    term = f".{duty.term}" if duty.term else ""
    name = f"{duty.name}（{month_said(duty.term)}）" if duty.term and several else duty.name
    return Column(
        key=f"task.{duty.code}{term}",
        subject=f"task.{duty.code}",
        title=name,
        note=f"{in_short(duty.due_on)}止",
        query=duty.asked.query,
        due_on=duty.due_on,
    )


def _by_unit(answers: AnswerFigures) -> dict[int, UnitAnswers]:
    return {each.unit.unit_id: each for each in answers.by_unit}


def _with_low(rows: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    """Mark those below a quarter of their group's median: few enough to catch the eye, no ranking."""
    rows = list(rows)
    values = sorted(row.published.value for row in rows)
    limit = values[len(values) // 2] / 4
    return tuple(replace(row, low=True) if row.published.value < limit else row for row in rows)
