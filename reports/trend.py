"""How the months went: what was published by group, and how many units had problems. Pure; the months are counted already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from lanshan_portal.periods import Period
from reports.charts.months import MonthChart, MonthColumn
from reports.months import Month
from reports.tables import Table, TableCell, TableRow

FEWEST = 6
"""Months before the first that has data are left out, but so many stay."""
BELOW = "问题单位"


@dataclass(frozen=True)
class Trend:
    """The chart of some months and its table; `totals` are what the line beside the newest number shows."""

    chart: MonthChart
    table: Table
    totals: tuple[int | None, ...]
    published_before: int | None
    """What was published in the month before the last; None where nothing is known of it."""
    problems_before: int | None

    @property
    def parts(self) -> tuple[str, ...]:
        """The groups, in the order of their colours."""
        return self.chart.parts


def axis_label(period: Period, *, first: bool) -> str:
    """6月, and 2020.1 where a year begins: a month below its column."""
    month = period.start.month
    return f"{period.start.year}.{month}" if first or month == 1 else f"{month}月"


def trend(months: Sequence[Month], current: Period) -> Trend:
    """The trend of `months` (in order); the ones that lie in `current` stand out."""
    shown = _with_data(months)
    groups = _groups(shown)
    columns = tuple(
        MonthColumn(
            label=axis_label(month.period, first=at == 0),
            parts=_parts(month, groups),
            below=month.table.units_with_problems if month.has_data else None,
            current=month.period.start in current,
        )
        for at, month in enumerate(shown)
    )
    before = shown[-2] if len(shown) > 1 else None
    return Trend(
        chart=MonthChart(columns, groups, "月度信息发布量", "条", BELOW, "家"),
        table=_table(shown, groups),
        totals=tuple(column.total if column.parts is not None else None for column in columns),
        published_before=before.figures.published.total.value or None if before else None,
        problems_before=before.table.units_with_problems if before and before.has_data else None,
    )


def _with_data(months: Sequence[Month]) -> list[Month]:
    first = next((at for at, month in enumerate(months) if month.has_data), len(months))
    return list(months[min(first, max(len(months) - FEWEST, 0)) :])


def _groups(months: Sequence[Month]) -> tuple[str, ...]:
    """The groups of the months in the newest order; such as there are no more come last."""
    names = dict.fromkeys(share.wording for month in reversed(months) for share in month.figures.published.by_group)
    return tuple(names)


def _parts(month: Month, groups: Sequence[str]) -> tuple[int, ...] | None:
    if not month.figures.published.total:
        return None
    values = {share.wording: share.figure.value for share in month.figures.published.by_group}
    return tuple(values.get(group, 0) for group in groups)


def _table(months: Sequence[Month], groups: Sequence[str]) -> Table:
    rows = []
    for month in months:
        published = month.figures.published
        by_group = {share.wording: share.figure for share in published.by_group}
        known = bool(published.total)
        problems = TableCell(None)
        if month.has_data:
            address = f"{reverse('overview', args=[month.period])}?show=problems#matrix"
            problems = TableCell(month.table.units_with_problems, address, about="有问题的单位数")
        rows.append(
            TableRow(
                month.period.label,
                (
                    TableCell.of(published.total if known else None),
                    *(TableCell.of(by_group.get(group) if known else None) for group in groups),
                    problems,
                ),
            )
        )
    head = ("月份", "信息发布（条）", *(f"{group}（条）" for group in groups), "问题单位（家）")
    span = f"{months[0].period.label}至{months[-1].period.label}"
    return Table("月度趋势", f"{span}；问题单位按各月通报的印发日期计算", head, tuple(rows))
