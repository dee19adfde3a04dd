"""The rows behind a figure in plain values, as an issued notice keeps them and a sheet shows them.

What an applicant wrote is kept with the numbers blotted out by which a person is found (个人信息保护法, article 6).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from disclosures.duties.sheets import UNIT_HEADS, unit_cells
from disclosures.exporting import CITIZENS_CONTENT
from disclosures.masking import masked
from disclosures.sheets import SHEET_KINDS
from reports.figures.figure import RowQuery
from reports.figures.rows import rows_of
from units.models import Office

ROUND_HEADS = ["检查轮次", "开始日期", "结束日期", "检查账号数", "发现问题数"]


@dataclass(frozen=True)
class RowTable:
    """Headings and rows, every cell as it is shown."""

    columns: list[str]
    rows: list[list[str]]


def table_of(query: RowQuery, office: Office) -> RowTable:
    """The rows that `query` names, in their natural order."""
    found = rows_of(query, office)
    if query.kind == "duties":
        return RowTable(UNIT_HEADS, [unit_cells(duty) for duty in found])
    if query.kind == "media_rounds":
        rounds = [[each.name, each.first_day, each.last_day, each.checked, each.found] for each in found]
        return RowTable(ROUND_HEADS, [_said(row) for row in rounds])
    resource = SHEET_KINDS[query.kind].resource(office)
    shown = [column for column in resource.columns]
    rows = []
    for values in resource.rows_of(None, found):  # type: ignore[arg-type]
        cells = resource.cells_of(values)
        rows.append(
            [
                masked(_word(value)) if column.attribute in CITIZENS_CONTENT else _word(value)
                for column, value in zip(shown, cells, strict=True)
            ]
        )
    return RowTable([column.header for column in shown], rows)


def _said(values: Iterable[Any]) -> list[str]:
    return [_word(value) for value in values]


def _word(value: Any) -> str:
    return "" if value is None else str(value)
