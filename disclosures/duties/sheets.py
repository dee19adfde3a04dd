"""Duties as workbooks to pass on: one task's units, and the table of who has handed in. No sheet kind reads them back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from disclosures.compliance import Standing
from disclosures.duties.duty import Duty
from disclosures.duties.matrix import DutyMatrix
from disclosures.models import Requirement
from disclosures.sheets.page import BODY_FONT, BORDER, HEADER_FILL, HEADER_FONT, text_cell
from lanshan_portal.periods import chinese_date

STANDINGS = (
    (Standing.DONE.value, "按时完成"),
    (Standing.LATE.value, "逾期完成"),
    (Standing.MISSING.value, "未完成"),
    (Standing.AWAITED.value, "未到期"),
    (Standing.EXEMPT.value, "不适用"),
)
"""How a unit stands, as lists and sheets say it."""


UNIT_HEADS = ["单位", "分组", "截止日期", "情况", "提交日期", "材料名称", "审核结果"]


def unit_cells(duty: Duty) -> list[str]:
    """One unit's line under UNIT_HEADS."""
    submission = duty.submission
    return [
        duty.unit.short_name,
        duty.unit.group,
        duty.due_on.isoformat(),
        dict(STANDINGS)[duty.standing.value],
        submission.submitted_on.isoformat() if submission else "",
        submission.title if submission else "",
        submission.review if submission else "",
    ]


def of_units(requirement: Requirement, found: Iterable[Duty], as_of: date) -> bytes:
    """One task's units as they are listed."""
    rows = [unit_cells(duty) for duty in found]
    title = f"{requirement.name}（截至{as_of.isoformat()}）"
    return plain_workbook("完成情况", title, UNIT_HEADS, rows, (18, 20, 12, 12, 12, 44, 10))


def of_matrix(matrix: DutyMatrix, title: str) -> bytes:
    """The table of who has handed in, one unit a line."""
    heads = [
        "单位",
        "分组",
        *(
            f"{column.term.name}（{chinese_date(column.term.due_on, with_year=False)}截止）"
            for column in matrix.columns
        ),
    ]
    rows = [
        [row.unit.short_name, row.unit.group, *(cell.told.words if cell else "" for cell in row.cells)]
        for row in matrix.rows
    ]
    return plain_workbook("报送情况", title, heads, rows, (18, 20, *([16] * len(matrix.columns))))


def plain_workbook(
    name: str, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
) -> bytes:
    """A workbook of one sheet: title, headings, rows; printed landscape on A4."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = name
    for values in ([title], heads, *rows):
        sheet.append([text_cell(sheet, value) for value in values])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.border = BORDER
            cell.font = HEADER_FONT if cell.row == 2 else BODY_FONT
            if cell.row == 2:
                cell.fill = HEADER_FILL
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "B3"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "2:2"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()
