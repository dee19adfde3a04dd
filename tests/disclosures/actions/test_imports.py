"""Importing whole or not at all, importing again, updating, and taking back."""

import hashlib
import tracemalloc
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from disclosures.actions import imports
from disclosures.models import (
    Category,
    DeadlineRule,
    ImportBatch,
    ImportChange,
    MailboxCase,
    MediaCheck,
    PublishedItem,
    Submission,
)
from disclosures.sheets import marking
from disclosures.sheets.report import PreviewRow
from tests.sheets import ITEM_HEADERS, OFFICE, UNITS, altered, formulas_in, imported, item, text_file, xlsx
from units.models import AuditEvent, Office, Unit, UnitGroup, User


def items(*rows: list[Any]) -> bytes:
    return xlsx([ITEM_HEADERS, *rows])


def state() -> list[tuple[Any, ...]]:
    return list(PublishedItem.objects.order_by("pk").values_list("url", "title", "unit__code", "batch_id", "sheet_row"))


# --- in


def test_accepted_sheet_leaves_batch_file_and_event(office: Office, uploads: Path) -> None:
    clerk = User.objects.create(username="clerk")
    content = items(item(1), item(2))

    report = imports.import_sheet(
        kind="published_items", file_name="六月.xlsx", content=content, office=office, by=clerk
    )

    batch = report.batch
    assert batch is not None
    assert (batch.new, batch.updated, batch.unchanged, batch.file_name, batch.imported_by) == (
        2,
        0,
        0,
        "六月.xlsx",
        clerk,
    )
    assert batch.sha256 == hashlib.sha256(content).hexdigest()
    assert (uploads / batch.stored_as).read_bytes() == content
    assert "六月" not in batch.stored_as
    assert [row[3:] for row in state()] == [(batch.pk, 2), (batch.pk, 3)]
    event = AuditEvent.objects.first()
    assert event is not None
    assert (event.verb, event.by, event.target_id) == ("import.accepted", clerk, str(batch.pk))


def test_checking_writes_nothing_and_previews(office: Office, uploads: Path) -> None:
    imported("published_items", items(item(1)))
    before = (ImportBatch.objects.count(), state(), sorted(uploads.rglob("*")))

    report = imports.check_sheet(
        kind="published_items", file_name="六月.xlsx", content=items(item(1, 单位="李官镇"), item(2)), office=office
    )

    assert report.summary == "新增 1，更新 1，未变 0"
    assert report.preview[0][:2] == (2, "更新")
    assert report.preview[0].values["单位"] == "李官镇（原为兰山街道）"
    assert isinstance(report.preview[1], PreviewRow)
    assert (report.preview[1].row, report.preview[1].change) == (3, "新增")
    assert (ImportBatch.objects.count(), state(), sorted(uploads.rglob("*"))) == before


def test_same_sheet_again_changes_nothing_and_says_so(office: Office) -> None:
    content = items(*(item(n) for n in range(1, 31)))
    imported("published_items", content)
    before = state()

    report = imported("published_items", content)

    assert report.summary == "新增 0，更新 0，未变 30"
    assert state() == before
    assert not ImportChange.objects.filter(batch__kind="published_items").exists()


def test_another_sheet_with_the_same_key_updates(office: Office) -> None:
    imported("published_items", items(item(1), item(2)))

    report = imported("published_items", items(item(2, 标题="更正后的标题"), item(3)))

    assert report.summary == "新增 1，更新 1，未变 0"
    assert PublishedItem.objects.get(url__endswith="_2.html").title == "更正后的标题"


def test_items_without_their_addresses_are_pointed_out(office: Office) -> None:
    imported("published_items", items(*(item(n) for n in range(1, 8))))
    bare = xlsx([ITEM_HEADERS[:4], *(item(n)[:4] for n in range(0, 8))])

    report = imports.check_sheet(kind="published_items", file_name="六月.xlsx", content=bare, office=office)

    assert report.summary == "新增 8，更新 0，未变 0"
    assert report.warnings == (
        "第3、4、5、6、7等行与已有记录的单位、标题、发布日期相同，但网址不同（共7行），将作为新的信息另外计数；"
        "如系同一信息，请补填原来的网址后再导入。",
    )
    assert imported("published_items", bare).warnings == report.warnings
    assert imported("published_items", bare).warnings == ()


def test_column_that_is_absent_is_left_and_empty_cell_clears(office: Office) -> None:
    imported("published_items", xlsx([[*ITEM_HEADERS, "栏目", "文号"], [*item(), "动态", "兰政〔2020〕1号"]]))

    imported("published_items", xlsx([[*ITEM_HEADERS, "栏目"], [*item(标题="新标题"), None]]))

    assert PublishedItem.objects.values_list("title", "column", "document_number").get() == (
        "新标题",
        "",
        "兰政〔2020〕1号",
    )


def test_one_bad_row_keeps_all_out(office: Office) -> None:
    report = imported("published_items", items(item(1), item(2, 单位="某某处"), item(3)))

    assert [str(error) for error in report.errors] == ["第3行 “单位” 某某处：单位台账中没有“某某处”。"]
    assert not PublishedItem.objects.exists()
    assert report.as_json() == {
        "kind": "published_items",
        "file": "表.xlsx",
        "sha256": report.sha256,
        "new": 0,
        "updated": 0,
        "unchanged": 0,
        "errors": [{"row": 3, "column": "单位", "value": "某某处", "message": "单位台账中没有“某某处”。"}],
        "warnings": [],
    }


def test_sheet_before_any_office_is_refused(db: None) -> None:
    report = imports.import_sheet(kind="units", file_name="单位.xlsx", content=xlsx(UNITS), office=None, by=None)

    assert [error.message for error in report.errors] == ["尚未导入机关，请先导入“机关”表。"]


def test_backslashes_tabs_and_quotes_arrive_as_they_are(office: Office) -> None:
    title = "C:\\目录\\N '单' \"双\" %s {}"
    rows = [["编号", "单位", "来信日期", "标题"], ["\\N", "区教育局", "2020-06-01", title]]

    imported("mailbox_cases", xlsx(rows))

    assert MailboxCase.objects.values_list("number", "title").get() == ("\\N", title)


# --- office, units


def test_new_office_gets_the_standard_words_and_limits(db: None) -> None:
    imported("office", xlsx(OFFICE))

    office = Office.objects.get()
    assert list(Category.objects.filter(office=office).values_list("name", flat=True)) == ["动态类", "政务主动公开类"]
    assert DeadlineRule.objects.filter(office=office).count() == 3


def test_office_sheet_has_one_row(db: None) -> None:
    report = imported("office", xlsx([*OFFICE, ["371303", *OFFICE[1][1:]]]))

    assert [error.message for error in report.errors] == ["本表只能有1行数据，现有2行。"]


def test_second_office_is_pointed_out(office: Office) -> None:
    report = imported("office", xlsx([OFFICE[0], ["371303", *OFFICE[1][1:]]]))

    assert report.warnings == ("政区代码 371303 与现有机关（371302）不同，将新建一个机关；如系笔误，请更正后再导入。",)


def test_office_at_work_corrects_only_itself(office: Office) -> None:
    other = xlsx([OFFICE[0], ["371303", *OFFICE[1][1:]]])

    report = imports.import_sheet(kind="office", file_name="机关.xlsx", content=other, office=office, by=None)

    assert [str(error) for error in report.errors] == [
        "第2行 “政区代码” 371303：不是本机关的政区代码（371302），不能在此更正或新建其他机关，请由系统管理员用命令导入。"
    ]
    assert Office.objects.count() == 1
    own = xlsx([OFFICE[0], [*OFFICE[1][:8], "兰政办字"]])
    report = imports.import_sheet(kind="office", file_name="机关.xlsx", content=own, office=office, by=None)
    assert report.summary == "新增 0，更新 1，未变 0"


def test_import_locks_the_office_without_its_key(office: Office) -> None:
    with CaptureQueriesContext(connection) as queries:
        imported("published_items", items(item()))

    locks = [query["sql"] for query in queries if " FOR " in query["sql"]]
    assert [sql.endswith("FOR NO KEY UPDATE") for sql in locks] == [True] * (connection.vendor == "postgresql")


def test_office_that_is_corrected_keeps_its_words(office: Office) -> None:
    Category.objects.filter(name="动态类").delete()

    imported("office", xlsx([OFFICE[0], [*OFFICE[1][:8], "兰政办字"]]))

    assert list(Category.objects.values_list("name", flat=True)) == ["政务主动公开类"]


def test_units_get_groups_in_order_names_and_initials(office: Office) -> None:
    assert list(UnitGroup.objects.values_list("name", "position")) == [("镇街道、商城、经开区", 1), ("政府各部门", 2)]
    unit = Unit.objects.get(code="D03")
    assert unit.initials == "qgsj"
    assert unit.successor == Unit.objects.get(code="D02")
    assert str(unit) == "区工商局"


def test_corrected_name_stays_as_an_alias(office: Office) -> None:
    rows = [UNITS[0], [*UNITS[3][:2], "兰山区教体局", *UNITS[3][3:]]]

    report = imported("units", xlsx(rows))

    assert report.warnings == ("第2行：单位D01的简称由“区教育局”改为“兰山区教体局”，原名留作别名。",)
    assert set(Unit.objects.get(code="D01").aliases.values_list("name", "kept")) == {
        ("教育局", False),
        ("区教育局", True),
    }
    assert imported("units", xlsx(rows)).summary == "新增 0，更新 0，未变 1"


# --- what depends on other records


def test_checks_and_submissions_find_accounts_and_tasks(office: Office) -> None:
    imported(
        "media_accounts",
        xlsx([["账号名称", "平台", "主办单位", "开设日期"], ["兰山教育", "微博", "区教育局", "2015-1-1"]]),
    )
    imported(
        "media_checks",
        xlsx([["检查批次", "检查日期", "账号名称", "平台"], ["7月第1次", "2020-07-08", "兰山 教育", "微博"]]),
    )
    imported(
        "requirements",
        xlsx([["任务编号", "任务名称", "截止日期", "范围", "频次"], ["1", "报送", "2020-06-30", "全部单位", "每月"]]),
    )
    headers = ["任务编号", "期次", "单位", "提交日期"]
    report = imported(
        "submissions", xlsx([headers, ["1", "2020-06", "教育局", "2020-06-28"], ["1", None, "教育局", "2020-06-29"]])
    )

    assert MediaCheck.objects.get().unit.code == "D01"
    assert [str(error) for error in report.errors] == ["第3行 “期次”：该任务为每月任务，应填写期次，例如 2020-06。"]
    assert not Submission.objects.exists()


def test_check_keeps_the_unit_that_ran_the_account_then(office: Office) -> None:
    accounts = [["账号名称", "平台", "主办单位"], ["兰山发布", "微博", "区教育局"]]
    checks = xlsx([["检查批次", "检查日期", "账号名称", "平台"], ["7月第1次", "2020-07-08", "兰山发布", "微博"]])
    imported("media_accounts", xlsx(accounts))
    imported("media_checks", checks)
    imported("media_accounts", xlsx([accounts[0], ["兰山发布", "微博", "李官镇"]]))

    assert imported("media_checks", checks).summary == "新增 0，更新 0，未变 1"
    assert MediaCheck.objects.get().unit.code == "D01"


# --- the sheet back


def test_large_workbook_comes_back_by_its_values(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marking, "LARGEST_KEPT", 0)
    content = xlsx([["六月"], [], ITEM_HEADERS, item(1, 标题="=1+1"), item(2, 单位="某某处")])

    marked = imports.marked_copy(kind="published_items", file_name="六月.xlsx", content=content, office=office)

    sheet = load_workbook(BytesIO(marked)).active
    assert sheet is not None
    assert (sheet["F3"].value, sheet["F4"].value, sheet["F5"].value) == (
        "错误说明",
        None,
        "单位：单位台账中没有“某某处”。",
    )
    assert sheet["B5"].comment.text == "单位台账中没有“某某处”。"
    assert (sheet["A4"].value, sheet["D4"].value.date()) == ("=1+1", date(2020, 6, 1))
    assert formulas_in(marked) == []


def test_only_a_readable_sheet_can_be_marked(office: Office) -> None:
    twice = imported("published_items", xlsx([[*ITEM_HEADERS, "单位"], [*item(), "李官镇"]]))
    wrong = imported("published_items", items(item(单位="某某处")))

    assert (twice.can_be_marked, wrong.can_be_marked) == (False, True)


def test_empty_cells_of_a_required_column_are_marked_too(office: Office) -> None:
    content = items(item(标题=None))

    marked = imports.marked_copy(kind="published_items", file_name="六月.xlsx", content=content, office=office)

    sheet = load_workbook(BytesIO(marked)).active
    assert sheet is not None
    assert (sheet["A2"].fill.fgColor.rgb, sheet["A2"].comment.text) == ("00FFFF00", "必填，不能为空。")


@pytest.mark.parametrize("file_name", ["六月.xlsx", "六月.csv"])
def test_marked_copy_shows_each_error_in_its_place(file_name: str, office: Office) -> None:
    rows = [["六月"], ITEM_HEADERS, item(1, 标题="=1+1"), item(2, 单位="某某处", 发布日期="2020-06-31")]
    content = xlsx(rows) if file_name.endswith("xlsx") else text_file(rows)

    marked = imports.marked_copy(kind="published_items", file_name=file_name, content=content, office=office)

    sheet = load_workbook(BytesIO(marked)).active
    assert sheet is not None
    assert sheet["F2"].value == "错误说明"
    assert sheet["F3"].value is None
    assert sheet["F4"].value == "单位：单位台账中没有“某某处”。\n发布日期：“2020-06-31”不存在：2020年6月只有30天。"
    assert sheet["B4"].fill.fgColor.rgb == "00FFFF00"
    assert sheet["B4"].comment.text == "单位台账中没有“某某处”。"
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s"
    assert sheet["B3"].fill.fill_type is None
    assert formulas_in(marked) == []


def test_a_second_office_keeps_its_own(office: Office) -> None:
    imported("published_items", items(item()))
    imported("office", xlsx([OFFICE[0], ["371328", "临沂市蒙阴县", "县", *OFFICE[1][3:]]]))
    other = Office.objects.get(code="371328")
    imported("units", xlsx(UNITS), other)

    report = imported("published_items", items(item(标题="另一机关")), other)

    assert report.summary == "新增 1，更新 0，未变 0"
    assert PublishedItem.objects.get(office=office).title == "兰山街道召开第1次会议"


@pytest.mark.parametrize(
    "stray",
    [
        b'<row r="20000"><c r="XFD20000" s="1"/></row></sheetData>',
        b'<row r="1048576"><c r="A1048576" s="1"/></row></sheetData>',
        b'</sheetData><mergeCells count="1"><mergeCell ref="H1:XFD1048576"/></mergeCells>',
    ],
    ids=["empty_cell_far_right", "empty_cell_far_down", "merged_to_the_end"],
)
def test_marked_copy_does_not_fill_the_rectangle(stray: bytes, office: Office) -> None:
    content = altered(
        items(item(单位="某某处")), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", stray)
    )

    tracemalloc.start()
    try:
        marked = imports.marked_copy(kind="published_items", file_name="六月.xlsx", content=content, office=office)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    sheet = load_workbook(BytesIO(marked)).active
    assert sheet is not None
    assert (sheet["B2"].comment.text, sheet["B2"].fill.fgColor.rgb) == ("单位台账中没有“某某处”。", "00FFFF00")
    assert peak < 50 * 1024 * 1024
