"""The rows as a sheet of the same kind: it re-imports unchanged."""

from __future__ import annotations

import io
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import QuerySet
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.utils import get_column_letter

from disclosures.masking import masked
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.page import (
    BODY_FONT,
    BORDER,
    CENTRED,
    HEADER_FILL,
    HEADER_FONT,
    REQUIRED_FONT,
    TITLE_FONT,
    TOP,
    set_up_page,
    text_cell,
)
from lanshan_portal.periods import Period
from units.models import Office


def _nobody(done: int) -> None:
    """Nobody asks how far it is."""


def export(
    kind: str,
    office: Office | None,
    period: Period | None = None,
    queryset: QuerySet[Any] | None = None,
    *,
    blot_out: Collection[str] = (),
    heading: Collection[str] = (),
    in_order: bool = False,
    told: Callable[[int], None] = _nobody,
) -> bytes:
    """An .xlsx of the records of an office, of a period where the kind has one, or of just the rows of a queryset.

    In the columns of the attributes named by `blot_out`, numbers by which a person is found are masked. Lines of `heading`
    stand above the table, the first one as its title. `in_order`: as the queryset is ordered. `told` hears how many rows are
    written.
    """
    sheet_kind = SHEET_KINDS[kind]
    resource = sheet_kind.resource(office)
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(sheet_kind.title)
    set_up_page(sheet, header_row=len(heading) + 1)
    for index, column in enumerate(resource.columns, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = column.widget.width
    for number, line in enumerate(heading):
        cell = text_cell(sheet, line)
        cell.font = TITLE_FONT if number == 0 else BODY_FONT
        sheet.append([cell])
    headers = []
    for column in resource.columns:
        cell = WriteOnlyCell(sheet, column.header)
        cell.font = REQUIRED_FONT if column.required else HEADER_FONT
        cell.fill, cell.border, cell.alignment = HEADER_FILL, BORDER, CENTRED
        headers.append(cell)
    sheet.append(headers)
    rows = (
        resource.store().tuples(queryset) if in_order and queryset is not None else resource.rows_of(period, queryset)
    )
    try:
        for done, values in enumerate(rows):
            told(done)
            cells = [
                text_cell(sheet, masked(str(value)) if column.attribute in blot_out else value)
                for column, value in zip(resource.columns, resource.cells_of(values), strict=True)
            ]
            for cell in cells:
                cell.font, cell.border, cell.alignment = BODY_FONT, BORDER, TOP
            sheet.append(cells)
    finally:
        # Whoever is told may end it: a sheet that is left unfinished leaves its temporary file.
        output = io.BytesIO()
        workbook.save(output)
    return output.getvalue()
