"""The month at a glance: each unit's cells, from the figures of the notice. Pure; nothing is counted here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from disclosures.compliance import Standing
from lanshan_portal.periods import chinese_date
from reports.figures.answers import AnswerFigures, UnitAnswers
from reports.figures.duties import DutyFigures
from reports.figures.figure import Figure, RowQuery
from reports.figures.media import UnitMedia
from reports.figures.notice_figures import NoticeFigures
from reports.figures.shares import NamedUnit
from units.directory import DirectoryEntry

SOON_DAYS = 7
"""A duty due within this many days is told as near."""


class State(StrEnum):
    """How a cell looks; its words say the same."""

    DONE = "done"
    BEHIND = "behind"
    SOON = "soon"
    MENDED = "mended"
    AWAITED = "awaited"
    COUNT = "count"
    NONE = "none"


@dataclass(frozen=True)
class Cell:
    """One unit under one heading: its state, its words, a fuller sentence, and the rows behind it."""

    state: State
    words: str = ""
    sentence: str = ""
    query: RowQuery | None = None
    over: bool = False
    """Whether nothing can be done about it any more: it was done, too late."""

    @property
    def is_problem(self) -> bool:
        """Whether the notice would have to name the unit for it."""
        return self.state is State.BEHIND


NOTHING = Cell(State.NONE, "—", "不适用")


@dataclass(frozen=True)
class Column:
    """A heading of the table, the line below it, and what the whole column's rows are."""

    title: str
    note: str
    query: RowQuery | None = None


@dataclass(frozen=True)
class UnitRow:
    """One unit: its cells in the order of the columns, and how much it published."""

    unit: NamedUnit
    group: str
    published: Figure
    cells: tuple[Cell, ...]
    low: bool = False
    """Whether it published markedly less than its group does."""

    @property
    def problems(self) -> int:
        """How many cells are problems."""
        return sum(cell.is_problem for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Units by what the month asks of them, in groups; `largest` scales the bars."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[UnitRow, ...]], ...]

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """Every row."""
        return tuple(row for _, rows in self.groups for row in rows)

    @property
    def largest(self) -> int:
        """The most that any unit published; 1 where nobody did."""
        return max((row.published.value for row in self.rows), default=0) or 1

    @property
    def units_with_problems(self) -> int:
        """How many units have any."""
        return sum(row.problems > 0 for row in self.rows)

    def problems_first(self) -> Matrix:
        """The same units, within each group those with most problems first, otherwise in official order."""
        return Matrix(
            self.columns,
            tuple((name, tuple(sorted(rows, key=lambda row: -row.problems))) for name, rows in self.groups),
        )

    def only(self, *, group: str = "", with_problems: bool = False) -> Matrix:
        """The units of a group, or those with problems; groups without any are left out."""
        kept = [
            (name, tuple(row for row in rows if row.problems or not with_problems))
            for name, rows in self.groups
            if group in ("", name)
        ]
        return Matrix(self.columns, tuple((name, rows) for name, rows in kept if rows))


def matrix(figures: NoticeFigures, units: dict[int, DirectoryEntry], today: date) -> Matrix:
    """Every unit of the period (`directory.during`) under each duty and each indicator of the notice.

    `today` is the day the remaining days of duties not yet due are reckoned from.
    """
    duties = (*figures.follow_ups, *figures.problems)
    columns = (
        *(Column(duty.name, f"{chinese_date(duty.due_on, with_year=False)}止", duty.asked.query) for duty in duties),
        Column("新媒体检查", "检查结果", figures.media.found.query),
        Column("部门信箱", "按时答复/收到", figures.mailbox.total.query),
        Column("依申请公开", "按时答复/收到", figures.applications.total.query),
    )
    by_duty = [{unit.unit_id: standing for unit, standing in duty.standings} for duty in duties]
    media = {each.unit.unit_id: each for each in figures.media.by_unit}
    letters = _by_unit(figures.mailbox.answers)
    applications = _by_unit(figures.applications.answers)
    published = {share.unit.unit_id: share for share in figures.published.by_unit}
    groups: dict[tuple[int, str], list[UnitRow]] = {}
    for entry in sorted(units.values(), key=lambda unit: (unit.group_position, unit.group_id, unit.order)):
        share = published[entry.unit_id]
        cells = (
            *(
                _duty_cell(duty, standing.get(entry.unit_id), share.unit, today)
                for duty, standing in zip(duties, by_duty, strict=True)
            ),
            _media_cell(media.get(entry.unit_id)),
            _answer_cell(letters.get(entry.unit_id)),
            _answer_cell(applications.get(entry.unit_id)),
        )
        row = UnitRow(share.unit, entry.group, share.figure, cells)
        groups.setdefault((entry.group_id, entry.group), []).append(row)
    return Matrix(columns, tuple((name, _with_low(rows)) for (_, name), rows in groups.items()))


def _by_unit(answers: AnswerFigures) -> dict[int, UnitAnswers]:
    return {each.unit.unit_id: each for each in answers.by_unit}


def _with_low(rows: Iterable[UnitRow]) -> tuple[UnitRow, ...]:
    """Mark those below a quarter of their group's median: few enough to catch the eye, no ranking."""
    rows = list(rows)
    values = sorted(row.published.value for row in rows)
    limit = values[len(values) // 2] / 4
    return tuple(
        UnitRow(row.unit, row.group, row.published, row.cells, low=row.published.value < limit) for row in rows
    )


def _duty_cell(duty: DutyFigures, standing: Standing | None, unit: NamedUnit, today: date) -> Cell:
    if standing is None:
        return NOTHING
    query = duty.asked.query.narrowed(unit=unit.code)
    match standing:
        case Standing.EXEMPT:
            return Cell(State.NONE, "—", f"{duty.name}：不适用", query.narrowed(standing=standing))
        case Standing.DONE:
            return Cell(State.DONE, "", f"{duty.name}：按时完成", query)
        case Standing.LATE:
            # Where lateness itself is told, the notice names the unit although it has handed in by now.
            state = State.BEHIND if unit in duty.named else State.MENDED
            return Cell(state, "逾期完成", f"{duty.name}：截止日期以后完成", query, over=True)
        case Standing.MISSING:
            days = (duty.as_of - duty.due_on).days
            words = f"逾期{days}天" if days > 0 else "未完成"
            return Cell(State.BEHIND, words, f"{duty.name}：截至{chinese_date(duty.as_of)}未完成", query)
    left = (duty.due_on - today).days
    if 0 <= left <= SOON_DAYS:
        return Cell(State.SOON, f"剩{left}天" if left else "今天截止", f"{duty.name}：尚未报送", query)
    return Cell(State.AWAITED, "待报", f"{duty.name}：未到截止日期", query)


def _media_cell(found: UnitMedia | None) -> Cell:
    if found is None:
        return NOTHING
    if found.late:
        return Cell(
            State.BEHIND, f"未整改{found.late}次", f"检查发现问题{found.found}次，未按期整改{found.late}次", found.rows
        )
    if found.pending:
        return Cell(State.SOON, f"待整改{found.pending}次", f"检查发现问题{found.found}次，尚在整改期限内", found.rows)
    if found.found:
        return Cell(State.MENDED, "已整改", f"检查发现问题{found.found}次，均已按期整改", found.rows)
    return Cell(State.DONE, "", f"检查{found.checked}次，未发现问题", found.rows)


def _answer_cell(cases: UnitAnswers | None) -> Cell:
    if cases is None:
        return Cell(State.NONE, "—", "没有收到")
    if cases.late:
        return Cell(State.BEHIND, f"未按时{cases.late}件", f"收到{cases.total}件，未按时答复{cases.late}件", cases.rows)
    words = f"{cases.on_time}/{cases.total}"
    if cases.on_time < cases.total:
        open_cases = cases.total - cases.on_time
        return Cell(State.AWAITED, words, f"收到{cases.total}件，{open_cases}件在办理期限内", cases.rows)
    return Cell(State.COUNT, words, f"收到{cases.total}件，均按时答复", cases.rows)
