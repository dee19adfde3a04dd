"""The table of units as a sheet to take along: every cell in words."""

from __future__ import annotations

from datetime import date

from lanshan_portal.periods import Period, chinese_date
from reports.cells import Cell, State
from reports.overview import Matrix
from reports.tables import Table, TableCell, TableRow


def as_table(shown: Matrix, period: Period, as_of: date) -> Table:
    """Exactly the rows that are shown, in their order."""
    rows = []
    for name, units in shown.groups:
        rows.append(TableRow(name))
        rows += [
            TableRow(
                row.unit.name,
                (
                    TableCell(row.problems),
                    *(TableCell(in_words(cell)) for cell in row.cells),
                    TableCell(row.published.value),
                ),
            )
            for row in units
        ]
    head = ("单位", "问题（项）", *(f"{column.title}（{column.note}）" for column in shown.columns), "信息发布（条）")
    return Table("单位落实情况", f"{period.label}，情况按{chinese_date(as_of)}计算", head, tuple(rows))


def in_words(cell: Cell) -> str:
    """A cell's words; of one that shows a sign, what the sign means."""
    match cell.state:
        case State.DONE:
            return "达标"
        case State.NONE:
            # Of what somebody marked as not applicable there are rows; of what does not concern the unit there are none.
            return "不适用" if cell.query else "—"
    return cell.words
