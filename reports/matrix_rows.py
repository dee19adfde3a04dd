"""The rows of the table of units as markup.

Written in Python: half a thousand cells through the template engine take three times as long as counting all they show.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lanshan_portal.addresses import rows_address
from lanshan_portal.components import icon
from lanshan_portal.periods import Period
from reports.cells import Cell, State
from reports.overview import Column, Matrix, UnitRow

NAMELESS = {State.DONE, State.NONE}
"""States that show a sign instead of words."""


@dataclass(frozen=True)
class RowsOf:
    """What the rows need besides the table: the month, who may be ticked, what is folded away, what went on for months."""

    period: Period
    ticks: bool = False
    folded: Collection[int] = ()
    initials: Mapping[int, str] = field(default_factory=dict)
    in_a_row: Mapping[int, int] = field(default_factory=dict)


def unit_address(period: Period) -> Callable[[str], str]:
    """Where a unit's month is shown in full, by its code; looked up once, not once a row."""
    pattern = reverse("overview_unit", args=[period, "CODE"])
    return lambda code: pattern.replace("CODE", quote(code, safe=""))


def rows(table: Matrix, of: RowsOf) -> list[tuple[str, int, SafeString]]:
    """The groups: name, number of units, and their rows."""
    address, largest = unit_address(of.period), table.largest
    tick = str(icon("check-lg"))
    # What a folded table leaves of a group is a matter of the style sheet; searching unfolds it.
    return [
        (
            name,
            len(units),
            mark_safe(
                "".join(_row(row, at, table.columns, of, address(row.unit.code), largest, tick) for row in units)
            ),
        )
        for at, (name, units) in enumerate(table.groups, start=1)
    ]


def _row(
    row: UnitRow, group: int, columns: tuple[Column, ...], of: RowsOf, address: str, largest: int, tick: str
) -> str:
    unit = row.unit
    name = escape(unit.name)
    words = escape(f"{unit.name} {unit.code} {of.initials.get(unit.unit_id, '')}")
    rest = ' class="is-rest"' if unit.unit_id in of.folded else ""
    ticked = ""
    if of.ticks:
        ticked = (
            f'<td class="tick-cell"><input type="checkbox" name="unit" value="{escape(unit.code)}" form="tick-bar"'
            f' data-tick data-problems="{row.problems}" aria-label="选择{name}"></td>'
        )
    cells = "".join(
        _cell(column, cell, f"{address}?cell={quote(column.key, safe='')}", tick)
        for column, cell in zip(columns, row.cells, strict=True)
    )
    return (
        f'<tr data-words="{words}" data-of="g{group}"{rest}>{ticked}'
        f'<th class="matrix-unit" scope="row"><a href="{address}" data-drawer title="{name}：本月全部情况">{name}</a></th>'
        f"<td>{_problems(row, of.in_a_row.get(unit.unit_id, 0))}</td>{cells}<td>{_amount(row, largest)}</td></tr>"
    )


def _problems(row: UnitRow, months: int) -> str:
    if not row.problems:
        return '<span class="problem-none" aria-label="没有问题" role="img">—</span>'
    again = f'<small class="problem-again">连续{months}期</small>' if months > 1 else ""
    return f'<span class="problem-count">{row.problems}</span>{again}'


def _cell(column: Column, cell: Cell, address: str, tick: str) -> str:
    """A chip that opens the cell; not among the stops of the Tab key, where half a thousand would be in the way: arrows lead
    to it."""
    sentence = escape(f"{column.title}：{cell.sentence}")
    shown = escape(cell.words)
    if cell.state in NAMELESS:
        sign = tick if cell.state is State.DONE else f'<span aria-hidden="true">{shown}</span>'
        shown = f'{sign}<span class="visually-hidden">{sentence}</span>'
    return (
        f'<td><a class="chip chip-{cell.state}" href="{escape(address)}" data-drawer tabindex="-1" title="{sentence}">'
        f"{shown}</a></td>"
    )


def _amount(row: UnitRow, largest: int) -> str:
    low, title = (" is-low", "明显少于同组单位") if row.low else ("", "查看发布的信息")
    width = round(row.published.value / largest * 100)
    return (
        f'<a class="amount{low}" href="{escape(rows_address(row.published.query))}" title="{title}">'
        '<svg class="amount-bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{width}" height="6"/></svg><b>{row.published.value}</b></a>'
    )
