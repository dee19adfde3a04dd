"""Who has handed in: units by the tasks of a month, or by the months of one task. Nothing is counted anew here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from disclosures.compliance import Standing
from disclosures.duties.duty import Duty, Term, duties_of, terms_due, terms_of
from disclosures.duties.states import Stage, Told, told
from disclosures.models import Requirement
from lanshan_portal.addresses import duty_address
from lanshan_portal.periods import Period
from units.directory import DirectoryEntry
from units.models import Office

MONTHS = 12


@dataclass(frozen=True)
class Cell:
    """One unit's duty in one column."""

    duty: Duty
    told: Told
    address: str


@dataclass(frozen=True)
class Column:
    """A term, and how many of the units it asks have done it."""

    term: Term
    asked: int
    done: int


@dataclass(frozen=True)
class Row:
    """One unit: a cell for each column, None where it is not asked."""

    unit: DirectoryEntry
    cells: tuple[Cell | None, ...]

    def number(self, *stages: Stage) -> int:
        """How many of its duties are at one of those stages."""
        return sum(cell is not None and cell.told.stage in stages for cell in self.cells)

    @property
    def open(self) -> int:
        """How many it still has to do something about."""
        return self.number(Stage.OPEN, Stage.RETURNED)


@dataclass(frozen=True)
class DutyMatrix:
    """Units in their groups, by columns."""

    columns: tuple[Column, ...]
    groups: tuple[tuple[str, tuple[Row, ...]], ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row."""
        return tuple(row for _, rows in self.groups for row in rows)

    def only(self, *stages: Stage, group: str = "") -> DutyMatrix:
        """The units of a group that have a duty at one of those stages (none given: every unit)."""
        kept = [
            (name, tuple(row for row in rows if not stages or row.number(*stages)))
            for name, rows in self.groups
            if group in ("", name)
        ]
        return replace(self, groups=tuple((name, rows) for name, rows in kept if rows))


def of_month(office: Office, period: Period, day: date) -> DutyMatrix:
    """The terms that fall due in `period`, as they stand at the end of `day`."""
    return _matrix(terms_due(office, period.start, period.last), office, day)


def of_requirement(office: Office, requirement: Requirement, last: Period, day: date) -> DutyMatrix:
    """The terms of a monthly requirement in the twelve months up to `last`."""
    first = last
    for _ in range(MONTHS - 1):
        first = first.previous()
    return _matrix(terms_of(requirement, first.start, last.last), office, day)


def _matrix(terms: list[Term], office: Office, day: date) -> DutyMatrix:
    found = duties_of(dict.fromkeys(terms, day), office)
    cells: dict[int, dict[Term, Cell]] = {}
    units: dict[int, DirectoryEntry] = {}
    columns = []
    for term, duties in found.items():
        counts = Counter(duty.standing for duty in duties)
        columns.append(
            Column(term, len(duties) - counts[Standing.EXEMPT], counts[Standing.DONE] + counts[Standing.LATE])
        )
        for duty in duties:
            address = duty_address(term.requirement.code, term.code, duty.unit.code)
            cells.setdefault(duty.unit.unit_id, {})[term] = Cell(duty, told(duty, day), address)
            units[duty.unit.unit_id] = duty.unit
    groups: dict[tuple[int, str], list[Row]] = {}
    for unit in sorted(units.values(), key=lambda entry: (entry.group_position, entry.group_id, entry.order)):
        row = Row(unit, tuple(cells[unit.unit_id].get(column.term) for column in columns))
        groups.setdefault((unit.group_id, unit.group), []).append(row)
    return DutyMatrix(tuple(columns), tuple((name, tuple(rows)) for (_, name), rows in groups.items()))
