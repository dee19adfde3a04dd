"""An empty sheet of a kind: headers, notes, drop-downs and one example row that is never taken for data."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation

from disclosures.sheets import SHEET_KINDS, SheetKind
from disclosures.sheets.cells import DATE_FORMS
from disclosures.sheets.page import (
    BODY_FONT,
    BORDER,
    CENTRED,
    FONT,
    HEADER_FILL,
    HEADER_FONT,
    REQUIRED_FONT,
    TOP,
    as_text,
    set_up_page,
)
from disclosures.sheets.resources.base import EXAMPLE_MARK, SheetResource
from disclosures.sheets.workbook import NOTES_SHEET
from units.models import Office

LISTS_SHEET = "选项"
ROWS_WITH_LISTS = 5_000
EXAMPLE_FONT = Font(name=FONT, size=11, italic=True, color="7F7F7F")

GENERAL_NOTES = (
    "表头标 * 的列必填；列的先后次序可以调整，可以在表头上方加标题行，但表头文字不要改动。",
    f"日期可填 Excel 日期，也可写作{DATE_FORMS}。",
    "单位可填单位编码、全称、简称或别名，以该行日期当时的名称为准。",
    "整张表要么全部导入，要么全部不导入；有错误时会逐行列出，并可下载标好错误的表格。",
    "同一张表可以重复导入：内容相同的行不会重复，改动过的行按识别依据更新。",
    "表中没有的列保持原值不变；列在而单元格为空，表示清空该项。",
    f"第一格以“{EXAMPLE_MARK}”开头的示例行不会导入，可以保留，也可以删除。",
)


def template(kind: str, office: Office | None) -> bytes:
    """The .xlsx a clerk fills in; with an office, its units and words are offered in drop-downs."""
    sheet_kind = SHEET_KINDS[kind]
    resource = sheet_kind.resource(office)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = sheet_kind.title
    _write_headers(sheet, resource)
    _write_example(sheet, resource)
    _write_notes(workbook.create_sheet(NOTES_SHEET), sheet_kind, resource)
    _write_lists(workbook, sheet, resource)
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _write_headers(sheet: Any, resource: SheetResource) -> None:
    for index, column in enumerate(resource.columns, start=1):
        cell = sheet.cell(1, index, column.header)
        cell.font = REQUIRED_FONT if column.required else HEADER_FONT
        cell.fill, cell.border, cell.alignment = HEADER_FILL, BORDER, CENTRED
        cell.comment = Comment(_told(column), "填写说明", width=280, height=110)
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.widget.width
        # A whole column as text: numbers with leading zeros and long numbers stay what was typed.
        sheet.column_dimensions[letter].number_format = column.widget.number_format
    sheet.row_dimensions[1].height = 24
    set_up_page(sheet)


def _told(column: Any) -> str:
    return f"{column.widget.form}。{column.note}" if column.note else f"{column.widget.form}。"


def _write_example(sheet: Any, resource: SheetResource) -> None:
    for index, column in enumerate(resource.columns, start=1):
        cell = sheet.cell(2, index, f"{EXAMPLE_MARK}{column.example}" if index == 1 else column.example)
        as_text(cell)
        cell.font, cell.border, cell.alignment = EXAMPLE_FONT, BORDER, TOP


def _write_notes(sheet: Any, kind: SheetKind, resource: SheetResource) -> None:
    """The sheet of notes: what each column is, then what holds for every sheet."""
    sheet.append([f"{kind.title}：{kind.description}同一条记录的识别依据：{resource.key_in_words}。"])
    sheet.append([])
    sheet.append(["列", "必填", "怎样填写", "说明", "示例"])
    for cell in sheet[3]:
        cell.font, cell.fill, cell.border, cell.alignment = HEADER_FONT, HEADER_FILL, BORDER, CENTRED
    for column in resource.columns:
        sheet.append(
            [column.column_name, "必填" if column.required else "", column.widget.form, column.note, column.example]
        )
        for cell in sheet[sheet.max_row]:
            as_text(cell)
            cell.font, cell.border, cell.alignment = BODY_FONT, BORDER, TOP
    sheet.append([])
    for number, note in enumerate(GENERAL_NOTES, start=1):
        sheet.append([f"{number}. {note}"])
    for letter, width in zip("ABCDE", (18, 8, 46, 46, 34), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet["A1"].font = Font(name=FONT, size=12, bold=True)


def _write_lists(workbook: Any, sheet: Any, resource: SheetResource) -> None:
    """Drop-downs, from lists on a hidden sheet: there a list may be of any length."""
    lists = workbook.create_sheet(LISTS_SHEET)
    lists.sheet_state = "hidden"
    used = 0
    for index, column in enumerate(resource.columns, start=1):
        offered = column.widget.offered()
        if not offered:
            continue
        used += 1
        for row, value in enumerate(offered, start=1):
            as_text(lists.cell(row, used, value))
        letter = get_column_letter(used)
        source = f"{quote_sheetname(LISTS_SHEET)}!${letter}$1:${letter}${len(offered)}"
        validation = DataValidation(type="list", formula1=source, allow_blank=True)
        validation.showErrorMessage = column.widget.strict
        validation.errorTitle, validation.error = "不在选项中", f"“{column.column_name}”请从下拉列表中选择。"
        validation.add(f"{get_column_letter(index)}3:{get_column_letter(index)}{ROWS_WITH_LISTS}")
        sheet.add_data_validation(validation)
    if not used:
        workbook.remove(lists)
