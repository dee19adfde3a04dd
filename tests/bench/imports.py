"""Import of a sheet of published items against import-export's own row loop, and against itself unchanged."""

from __future__ import annotations

import resource
from datetime import date, timedelta
from io import BytesIO

import tablib
import xlsxwriter
from django.db import connection, transaction
from import_export.resources import modelresource_factory

from disclosures.actions.imports import import_sheet
from disclosures.models import Category, ImportBatch, ImportChange, PublishedItem
from tests.bench.timing import report, seconds
from tests.district import District
from units.models import Office, Unit

HEADERS = ["标题", "单位", "类别", "栏目", "发布日期", "网址", "文号", "形成日期"]
DEFAULT_ROWS = 500
"""import-export's default path does some 200 rows a second; its rate does not depend on how many there are."""


def rows(number: int) -> list[list[object]]:
    """Rows as a clerk's export holds them."""
    units = ("兰山街道", "李官镇", "区教育局", "区司法局")
    first = date(2019, 1, 1)
    return [
        [
            f"关于做好第{index}批政务公开重点工作的通知",
            units[index % 4],
            "动态类" if index % 3 else "政务主动公开类",
            "公开-区政府信息公开-规划计划",
            (first + timedelta(index % 700)).isoformat(),
            f"http://www.lanshan.example/info/{index}.html",
            f"临兰政字〔2020〕{index}号" if index % 5 == 0 else "",
            (first + timedelta(index % 700)).isoformat() if index % 5 == 0 else "",
        ]
        for index in range(number)
    ]


def workbook(number: int) -> bytes:
    """The rows as xlsx."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet()
    for index, row in enumerate([HEADERS, *rows(number)]):
        for column, value in enumerate(row):
            sheet.write_string(index, column, str(value))
    book.close()
    return buffer.getvalue()


def import_export_default(number: int) -> None:
    """The same rows through a ModelResource as import-export makes it: one look-up and one save a row."""
    office = Office.objects.get()
    units = {version.short_name: version.unit_id for unit in Unit.objects.all() for version in unit.versions.all()}
    categories = dict(Category.objects.values_list("name", "id"))
    fields = [
        "office",
        "key",
        "title",
        "unit",
        "category",
        "column",
        "published_on",
        "url",
        "document_number",
        "formed_on",
    ]
    data = tablib.Dataset(headers=fields)
    for index, (title, unit, category, *others) in enumerate(rows(number)):
        data.append([office.pk, f"ie{index}", title, units[unit], categories[category], *others])
    maker = modelresource_factory(PublishedItem, meta_options={"fields": fields, "import_id_fields": ["office", "key"]})
    result = maker().import_data(data, raise_errors=True)
    assert result.totals["new"] == number


def clear() -> None:
    """No item and no batch left."""
    with transaction.atomic():
        PublishedItem.objects.all().delete()
        ImportChange.objects.all().delete()
        ImportBatch.objects.all().delete()


def measure() -> None:
    """10,000 and 100,000 rows against the default path's rate; peak memory; the unchanged sheet again."""
    district = District()
    target = "≥ 50" if connection.vendor == "postgresql" else "≥ 20"
    default_rate = DEFAULT_ROWS / seconds(lambda: import_export_default(DEFAULT_ROWS))
    clear()
    for number in (10_000, 100_000):
        content = workbook(number)

        def bring(content: bytes = content, number: int = number, *, new: bool) -> None:
            done = import_sheet(
                kind="published_items", file_name="items.xlsx", content=content, office=district.office, by=None
            )
            assert not done.errors, done.errors[:3]
            assert (done.new, done.unchanged) == ((number, 0) if new else (0, number))

        first = seconds(lambda: bring(new=True))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        again = seconds(lambda: bring(new=False))
        rate = number / first
        report(
            f"导入{number}行：本系统 / import-export 默认方式（行每秒）",
            rate / default_rate,
            target,
            f"{rate:.0f} 行/秒",
        )
        report(f"导入{number}行：首次 / 原样再导", first / again, "≥ 1.5", f"{number / again:.0f} 行/秒")
        report(f"导入{number}行后进程峰值内存 / 260 MB", peak / 260, "≤ 1", f"{peak:.0f} MB")
        clear()
