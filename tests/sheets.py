"""Workbooks and csv files built in code, and a small district that came in by sheet as everything does."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from disclosures.actions import imports
from disclosures.sheets.report import SheetReport
from units.models import Office

Rows = Sequence[Sequence[Any]]


def xlsx(rows: Rows, *, sheet: str = "Sheet1", others: dict[str, Rows] | None = None, **options: Any) -> bytes:
    """A workbook of one sheet (and `others`); dates are written as dates, a text beginning with = as text."""

    def fill(workbook: Any) -> None:
        for name, content in {sheet: rows, **(others or {})}.items():
            write_rows(workbook, workbook.add_worksheet(name), content)

    return drawn(fill, **options)


def drawn(draw: Callable[[Any], None], **options: Any) -> bytes:
    """A workbook drawn by hand with xlsxwriter, for what rows alone cannot say."""
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, {"strings_to_formulas": False, "strings_to_urls": False, **options})
    draw(workbook)
    workbook.close()
    return output.getvalue()


def write_rows(workbook: Any, worksheet: Any, rows: Rows, first: int = 0) -> None:
    """Write rows from row `first` (counted from 0) on."""
    as_date = workbook.add_format({"num_format": "yyyy-mm-dd"})
    for number, cells in enumerate(rows, start=first):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                worksheet.write_datetime(number, column, cell, as_date)
            elif cell is not None:
                worksheet.write(number, column, cell)


def text_file(rows: Rows, *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """A csv file."""
    output = io.StringIO(newline="")
    csv.writer(output, delimiter=delimiter).writerows(rows)
    return output.getvalue().encode(encoding)


def altered(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of its archive changed."""
    source = zipfile.ZipFile(io.BytesIO(content))
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return output.getvalue()


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip file of these parts, the same bytes at any time: two test processes must name their tests alike."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def formulas_in(content: bytes) -> list[bytes]:
    """Every formula of a workbook; there must be none in what the portal writes."""
    found: list[bytes] = []
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        for name in workbook.namelist():
            if name.startswith("xl/worksheets/"):
                found += re.findall(rb"<f[ >/].*?</c>", workbook.read(name))
    return found


OFFICE = [
    ["政区代码", "政区名称", "级别词", "政府名称", "机关名称", "机关简称", "科室", "主送机关", "发文机关代字"],
    [
        "371302",
        "临沂市兰山区",
        "区",
        "兰山区人民政府",
        "临沂市兰山区人民政府办公室",
        "区政府办公室",
        "区政府办公室政务公开科",
        "各镇人民政府、街道办事处，区政府有关部门",
        "临兰政办字",
    ],
]
UNITS = [
    ["单位编码", "全称", "简称", "别名", "分组", "类型", "排序", "启用日期", "停用日期", "并入单位"],
    ["T01", "兰山街道办事处", "兰山街道", "兰山办", "镇街道、商城、经开区", "街道", 1, None, None, None],
    ["T02", "李官镇人民政府", "李官镇", None, "镇街道、商城、经开区", "镇", 2, None, None, None],
    ["D01", "兰山区教育局", "区教育局", "教育局", "政府各部门", "部门", 101, None, None, None],
    [
        "D02",
        "兰山区市场监督管理局",
        "区市场监管局",
        "区市场监督管理局",
        "政府各部门",
        "部门",
        102,
        date(2019, 2, 15),
        None,
        None,
    ],
    [
        "D03",
        "兰山区工商行政管理局",
        "区工商局",
        None,
        "政府各部门",
        "部门",
        103,
        None,
        date(2019, 2, 15),
        "区市场监管局",
    ],
]
ITEM_HEADERS = ["标题", "单位", "类别", "发布日期", "网址"]


def item(number: int = 1, **changed: Any) -> list[Any]:
    """A good row under ITEM_HEADERS."""
    row = {
        "标题": f"兰山街道召开第{number}次会议",
        "单位": "兰山街道",
        "类别": "动态类",
        "发布日期": date(2020, 6, 1),
        "网址": f"https://www.example.gov.cn/art_{number}.html",
    }
    return list({**row, **changed}.values())


def imported(kind: str, content: bytes, office: Office | None = None, file_name: str = "表.xlsx") -> SheetReport:
    """Import, for the office there is if none is named; an office itself comes in as by the command."""
    if kind != "office":
        office = office or Office.objects.first()
    return imports.import_sheet(kind=kind, file_name=file_name, content=content, office=office, by=None)


def a_district() -> Office:
    """兰山区 with two groups and five units, one of them dissolved."""
    for kind, rows in (("office", OFFICE), ("units", UNITS)):
        report = imported(kind, xlsx(rows))
        assert not report.errors, report.errors
    return Office.objects.get()
