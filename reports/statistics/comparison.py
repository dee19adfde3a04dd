"""Comparison: lines by months of one subject, told apart one way, as a table and as a chart. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from lanshan_portal.periods import Period
from reports.charts.lanes import Lane, LaneChart, LaneGroup
from reports.charts.months import MonthChart, MonthColumn
from reports.statistics.subjects import GROUP, RATE, TOTAL, UNIT, WAYS, LineOfMonth, Subject
from reports.tables import Table, TableCell, TableRow
from reports.trend import axis_label

PARTS = 5
"""A column is told apart into so many parts; the smallest lines are one more together."""
REST = "其余"


@dataclass(frozen=True)
class Line:
    """One line: its name, its group, and its numbers month by month (None: nothing is known, or it was not there)."""

    key: str
    name: str
    group: str
    months: tuple[LineOfMonth | None, ...]

    def values(self, measure: str) -> list[int | None]:
        """The numbers of a measure."""
        return [month.numbers[measure].value if month else None for month in self.months]

    def total(self, measure: str) -> int | None:
        """All months of a measure together; None where nothing is known of any."""
        known = [value for value in self.values(measure) if value is not None]
        return sum(known) if known else None


@dataclass(frozen=True)
class Comparison:
    """Some months of a subject, told apart one way, by one measure."""

    subject: Subject
    way: str
    measure: str
    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    known: tuple[bool, ...]
    """Of which months anything is known."""

    @classmethod
    def of(
        cls,
        subject: Subject,
        way: str,
        measure: str,
        periods: Sequence[Period],
        lines: Sequence[Sequence[LineOfMonth] | None],
    ) -> Comparison:
        """The lines of each month put side by side by their keys; the newest month gives the order and the names."""
        by_month = [{line.key: line for line in month or ()} for month in lines]
        newest = {line.key: line for month in by_month for line in month.values()}
        seen = dict.fromkeys(key for month in reversed(by_month) for key in month)
        ordered = sorted(seen, key=lambda key: newest[key].place)
        return cls(
            subject,
            way,
            measure,
            tuple(periods),
            tuple(
                Line(key, newest[key].name, newest[key].group, tuple(month.get(key) for month in by_month))
                for key in ordered
            ),
            tuple(month is not None for month in lines),
        )

    @property
    def has_data(self) -> bool:
        """Whether anything is known at all."""
        return any(self.known)

    @property
    def is_rate(self) -> bool:
        """Whether the measure is a share."""
        return self.measure == RATE

    @property
    def title(self) -> str:
        """部门信箱按时答复率，按单位; of all measures together the subject alone."""
        if self.way == TOTAL:
            return self.subject.title
        words = self.subject.measure(self.measure).words
        said = self.subject.title if self.subject.title.endswith(words) else f"{self.subject.title}{words}"
        return f"{said}，按{WAYS[self.way]}"

    @property
    def span(self) -> str:
        """2019年7月至2020年6月."""
        first, last = self.periods[0].label, self.periods[-1].label
        return first if first == last else f"{first}至{last}"

    # --- numbers

    def _cell(self, line: Line, at: int) -> TableCell:
        month = line.months[at]
        if month is None:
            return TableCell(None)
        if self.is_rate:
            numbers = {key: number.value for key, number in month.numbers.items()}
            share = self.subject.share(numbers)
            return TableCell(share, month.numbers[self.subject.measures[0].key].address, percent=True)
        number = month.numbers[self.measure]
        return TableCell(number.value, number.address, about=f"{line.name}{self.periods[at].label}")

    def _sum(self, lines: Iterable[Line]) -> TableCell:
        """All months of some lines together."""
        lines = list(lines)
        if self.is_rate:
            numbers = {key: sum(line.total(key) or 0 for line in lines) for key in self.subject.counted}
            return TableCell(self.subject.share(numbers), percent=True)
        known = [total for line in lines if (total := line.total(self.measure)) is not None]
        return TableCell(sum(known) if known else None)

    # --- the table

    def table(self) -> Table:
        """Every line with every month, and the sum of them."""
        unit = f"，单位：{self.subject.measure(self.measure).unit}" if self.way != TOTAL else ""
        head = ("指标" if self.way == TOTAL else WAYS[self.way], *(period.label for period in self.periods), "合计")
        return Table(self.title, f"{self.span}{unit}；“—”表示没有数据或没有办件", head, tuple(self._rows()))

    def _rows(self) -> Iterator[TableRow]:
        if self.way == TOTAL:
            yield from self._measures()
        elif self.way == UNIT:
            yield from self._by_unit()
        else:
            for line in self.lines:
                yield self._row(line)
                if self.way == GROUP and not self.is_rate:
                    yield self._per_unit(line)

    def _row(self, line: Line) -> TableRow:
        cells = tuple(self._cell(line, at) for at in range(len(self.periods)))
        return TableRow(line.name, (*cells, self._sum([line])))

    def _measures(self) -> Iterator[TableRow]:
        """Told apart by nothing: every measure is a row of its own."""
        keys = [measure.key for measure in self.subject.measures] + ([RATE] if self.subject.rate else [])
        for line in self.lines:
            for key in keys:
                one = Comparison(self.subject, TOTAL, key, self.periods, (line,), self.known)
                measure = self.subject.measure(key)
                row = one._row(line)
                yield TableRow(f"{measure.words}（{measure.unit}）", row.cells, strong=key == RATE)

    def _by_unit(self) -> Iterator[TableRow]:
        """Units within their group, and the middle of each group: a unit is measured by its like alone."""
        for group in dict.fromkeys(line.group for line in self.lines):
            own = [line for line in self.lines if line.group == group]
            yield TableRow(group)
            yield from (self._row(line) for line in own)
            months = [self._middle([self._cell(line, at) for line in own]) for at in range(len(self.periods))]
            total = self._middle([self._sum([line]) for line in own])
            yield TableRow("同组中位数", (*months, total), strong=True)

    def _middle(self, cells: Iterable[TableCell]) -> TableCell:
        known = [float(cell.value) for cell in cells if cell.value is not None]
        if not known:
            return TableCell(None)
        middle = median(known)
        return TableCell(middle if self.is_rate else _plain(middle), percent=self.is_rate)

    def _per_unit(self, line: Line) -> TableRow:
        """What a group has for each of its units: groups of different size are compared by this alone."""
        cells = []
        for month in line.months:
            known = month is not None and month.units
            cells.append(
                TableCell(_plain(month.numbers[self.measure].value / month.units) if known and month else None)
            )
        whole, units = line.total(self.measure), sum(month.units for month in line.months if month)
        cells.append(TableCell(_plain(whole / units) if whole is not None and units else None))
        return TableRow(f"{line.name}，平均每家", tuple(cells), strong=True)

    # --- the chart

    def chart(self) -> MonthChart | LaneChart:
        """Columns by month where the lines are parts of a whole; lanes where each stands for itself."""
        if self.way == UNIT or (self.is_rate and self.way != TOTAL):
            return self._lanes()
        return self._months()

    def _lanes(self) -> LaneChart:
        unit = self.subject.measure(self.measure).unit
        groups = []
        for group in dict.fromkeys(line.group for line in self.lines):
            own = [line for line in self.lines if line.group == group]
            groups.append(LaneGroup(group or self.span, tuple(Lane(line.name, self._lane(line)) for line in own)))
        return LaneChart(tuple(groups), f"{self.title}，{self.span}合计", unit)

    def _lane(self, line: Line) -> int | None:
        value = self._sum([line]).value
        return None if value is None else round(float(value) * 100) if self.is_rate else int(value)

    def _months(self) -> MonthChart:
        parts = self._parts()
        columns = tuple(
            MonthColumn(
                axis_label(period, first=at == 0),
                tuple(sum(values[at] or 0 for values in part) for _, part in parts) if self.known[at] else None,
            )
            for at, period in enumerate(self.periods)
        )
        unit = self.subject.measures[0].unit
        names = tuple(name for name, _ in parts)
        return MonthChart(columns, names, self.title, unit, even=True, tones=self._tones())

    def _tones(self) -> tuple[str, ...]:
        """The colours of measures that make up a whole."""
        if self.way != TOTAL or len(self.subject.parts) < 2:
            return ()
        return tuple(self.subject.measure(key).tone for key in self.subject.parts)

    def _parts(self) -> list[tuple[str, list[list[int | None]]]]:
        """The parts of a column: the measures that make up the whole, or the largest lines and the rest of them."""
        if self.way == TOTAL:
            keys = self.subject.parts or tuple(measure.key for measure in self.subject.measures)
            return [(self.subject.measure(key).words, [line.values(key) for line in self.lines]) for key in keys]
        ordered = sorted(self.lines, key=lambda line: -(line.total(self.measure) or 0))
        largest = {line.key for line in (ordered[:PARTS] if len(ordered) > PARTS + 1 else ordered)}
        parts = [(line.name, [line.values(self.measure)]) for line in self.lines if line.key in largest]
        others = [line.values(self.measure) for line in self.lines if line.key not in largest]
        return [*parts, (REST, others)] if others else parts


def _plain(value: float) -> float | int:
    """Whole where it is; otherwise with one decimal."""
    return int(value) if float(value).is_integer() else round(value, 1)
