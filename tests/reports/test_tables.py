"""Tables: how a cell reads, and the sheet that is taken along."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from reports.figures.figure import RowQuery
from reports.tables import Table, TableCell, TableRow, workbook

TABLE = Table(
    "信箱办理",
    "2020年6月",
    ("单位", "收到", "按时答复率"),
    (
        TableRow("政府各部门"),
        TableRow("=区教育局", (TableCell(1550, "/rows/"), TableCell(0.9, percent=True))),
        TableRow("合计", (TableCell(None), TableCell("待核")), strong=True),
    ),
)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (TableCell(None), "—"),
        (TableCell(0), "0"),
        (TableCell(1550), "1,550"),
        (TableCell(12.5), "12.5"),
        (TableCell(0.379, percent=True), "37.9%"),
        (TableCell(None, percent=True), "—"),
        (TableCell("待核"), "待核"),
        (TableCell.rows(3, RowQuery("published_items", (("unit", "U01"),))), "3"),
    ],
)
def test_a_cell_reads(cell, shown):
    assert cell.shown == shown


def test_the_sheet_holds_numbers_as_numbers_and_no_formula():
    sheet = load_workbook(BytesIO(workbook(TABLE))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "信箱办理"
    assert rows[2] == ("单位", "收到", "按时答复率")
    assert rows[3][0] == "政府各部门"
    assert rows[4] == ("=区教育局", 1550, 0.9)
    assert sheet["A5"].data_type == "s"
    assert sheet["B5"].number_format == "#,##0"
    assert sheet["C5"].number_format == "0.0%"
    assert rows[5] == ("合计", "—", "待核")


def test_the_sheet_prints_on_a4_with_its_heading_on_each_page():
    sheet = load_workbook(BytesIO(workbook(TABLE))).active
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert sheet["B5"].border.left.style == "thin"
    assert sheet.freeze_panes == "B4"
