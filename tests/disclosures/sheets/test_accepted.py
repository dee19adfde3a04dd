"""Awkward files that are right all the same: they are read as the clerk meant them."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from disclosures.models import Arrangement, MailboxCase, PublishedItem, Requirement
from tests.sheets import ITEM_HEADERS, altered, drawn, imported, item, text_file, write_rows, xlsx
from units.models import Office

SHEET_XML = "xl/worksheets/sheet1.xml"


def below_merged_title(workbook: Any) -> None:
    sheet = workbook.add_worksheet()
    sheet.merge_range("A1:E2", "2020年6月份信息发布情况")
    write_rows(
        workbook,
        sheet,
        [["制表日期：2020年7月1日"], [" 标 题 ", "单\n位", "类别（必填）", "发布日期＊", "网址"], item()],
        first=2,
    )


def title_column_b(workbook: Any) -> None:
    sheet = workbook.add_worksheet()
    write_rows(workbook, sheet, [[None, *ITEM_HEADERS], [None, *item()]], first=4)


def notes_and_hidden_sheets(workbook: Any) -> None:
    notes = workbook.add_worksheet("填写说明")
    write_rows(workbook, notes, [ITEM_HEADERS, ["说明"]])
    hidden = workbook.add_worksheet("备份")
    write_rows(workbook, hidden, [ITEM_HEADERS, item(9)])
    hidden.hide()
    write_rows(workbook, workbook.add_worksheet("六月"), [ITEM_HEADERS, item()])


def styled_to_the_end(workbook: Any) -> None:
    sheet = workbook.add_worksheet()
    write_rows(workbook, sheet, [ITEM_HEADERS, item()])
    sheet.write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))


GOOD: dict[str, tuple[Callable[[], bytes], str]] = {
    "below_merged_title": (lambda: drawn(below_merged_title), "表.xlsx"),
    "begins_in_column_b": (lambda: drawn(title_column_b), "表.xlsx"),
    "notes_and_hidden_sheets": (lambda: drawn(notes_and_hidden_sheets), "表.xlsx"),
    "styled_to_the_last_cell": (lambda: drawn(styled_to_the_end), "表.xlsx"),
    "system_of_1904": (lambda: xlsx([ITEM_HEADERS, item()], date_1904=True), "表.xlsx"),
    "serial_of_1904": (lambda: xlsx([ITEM_HEADERS, item(发布日期=43983 - 1462)], date_1904=True), "表.xlsx"),
    "claims_all_columns_and_rows": (
        lambda: altered(
            xlsx([ITEM_HEADERS, item()]), SHEET_XML, lambda xml: xml.replace(b'ref="A1:E2"', b'ref="A1:XFD1048576"')
        ),
        "表.xlsx",
    ),
    "cells_without_place": (
        lambda: altered(
            xlsx([ITEM_HEADERS, item()]),
            SHEET_XML,
            lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml),
        ),
        "表.xlsx",
    ),
    "utf8": (lambda: text_file([ITEM_HEADERS, item()]), "表.csv"),
    "utf8_with_bom": (lambda: text_file([ITEM_HEADERS, item()], encoding="utf-8-sig"), "表.csv"),
    "gb18030": (lambda: text_file([ITEM_HEADERS, item()], encoding="gb18030"), "表.csv"),
    "tabs": (lambda: text_file([ITEM_HEADERS, item()], delimiter="\t"), "表.CSV"),
    "blank_rows_between": (lambda: xlsx([[], ITEM_HEADERS, [], [" ", "\u3000"], item(), []]), "表.xlsx"),
    "columns_reversed": (lambda: xlsx([ITEM_HEADERS[::-1], item()[::-1]]), "表.xlsx"),
    "header_repeated_on_page_two": (lambda: xlsx([ITEM_HEADERS, item(), ITEM_HEADERS]), "表.xlsx"),
    "invisible_characters": (
        lambda: xlsx([ITEM_HEADERS, item(标题="\ufeff 兰山街道召开\n第1次会议\u200b ", 单位="兰山\u00a0街道")]),
        "表.xlsx",
    ),
    "upper_case_extension": (lambda: xlsx([ITEM_HEADERS, item()]), "表.XLSX"),
}


@pytest.mark.parametrize("name", GOOD)
def test_sheet_is_read_as_it_was_meant(name: str, office: Office) -> None:
    content, file_name = GOOD[name]

    report = imported("published_items", content(), file_name=file_name)

    assert report.errors == ()
    stored = PublishedItem.objects.values_list("title", "unit__code", "category__name", "published_on", "url")
    assert list(stored) == [
        ("兰山街道召开第1次会议", "T01", "动态类", date(2020, 6, 1), "https://www.example.gov.cn/art_1.html")
    ]


@pytest.mark.parametrize(
    "written",
    [
        "2020-06-01", "2020/6/1", "2020.6.1", "2020年6月1日", "20200601", "２０２０．６．１", "2020 年 6 月 1 日",
        "2020-06-01 00:00:00", "2020-06-01T08:30", 43983, 43983.75, 20200601, date(2020, 6, 1),
    ],
)  # fmt: skip
def test_every_named_form_of_a_date(written: Any, office: Office) -> None:
    report = imported("published_items", xlsx([ITEM_HEADERS, item(发布日期=written)]))

    assert report.errors == ()
    assert PublishedItem.objects.get().published_on == date(2020, 6, 1)


@pytest.mark.parametrize("name", ["T01", "兰山街道办事处", "兰山街道", "兰山办", " 兰山 街道 "])
def test_unit_by_code_full_name_short_name_or_alias(name: str, office: Office) -> None:
    imported("published_items", xlsx([ITEM_HEADERS, item(单位=name)]))

    assert PublishedItem.objects.get().unit.code == "T01"


def test_unit_as_of_the_day_of_the_row(office: Office) -> None:
    imported("published_items", xlsx([ITEM_HEADERS, item(单位="区工商局", 发布日期=date(2019, 2, 14))]))

    assert PublishedItem.objects.get().unit.code == "D03"


def test_numbers_as_text_keep_their_look(office: Office) -> None:
    rows = [
        ["编号", "单位", "来信日期"],
        ["0012345678901234567890", "区教育局", "2020-6-1"],
        [7.0, "区教育局", "2020-6-1"],
    ]

    imported("mailbox_cases", xlsx(rows, constant_memory=False))

    assert sorted(MailboxCase.objects.values_list("number", flat=True)) == ["0012345678901234567890", "7"]


def test_merged_block_stands_in_each_of_its_rows(office: Office) -> None:
    def draw(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        write_rows(workbook, sheet, [ITEM_HEADERS, item(1), item(2, 单位=None), item(3, 单位=None)])
        sheet.merge_range("B2:B4", "李官镇")

    report = imported("published_items", drawn(draw))

    assert report.errors == ()
    assert report.warnings == ("“单位”有合并单元格（第2至4行），块内各行都按合并后的内容读取。",)
    assert set(PublishedItem.objects.values_list("unit__code", flat=True)) == {"T02"}


def test_notes_below_the_table_are_named_and_left_out(office: Office) -> None:
    rows = [
        [*ITEM_HEADERS, "点击量", "序号"],
        [*item(), 3, 1],
        ["合  计", None, None, None, None, 3],
        [None, None, None, None, "制表人：张某"],
    ]

    report = imported("published_items", xlsx(rows))

    assert report.errors == ()
    assert report.warnings == (
        "未识别的列已忽略：点击量、序号。",
        "第3行“合  计”不是数据行，未导入。",
        "第4行“制表人：张某”不是数据行，未导入。",
    )


def test_title_that_begins_like_a_note_is_data(office: Office) -> None:
    report = imported(
        "published_items", xlsx([ITEM_HEADERS, item(标题="合计投入2亿元"), item(2, 标题="审核通过名单公示")])
    )

    assert (report.new, report.warnings) == (2, ())


def test_old_dates_are_pointed_out(office: Office) -> None:
    report = imported("published_items", xlsx([ITEM_HEADERS, item(发布日期="1999-06-01")]))

    assert report.errors == ()
    assert report.warnings == ("第2行的“发布日期”早于2000年，请核对。",)


def test_group_whose_name_holds_a_comma_is_a_scope(office: Office) -> None:
    rows = [
        ["任务编号", "任务名称", "截止日期", "范围", "来源通报"],
        ["1", "甲", "2020-06-30", "镇街道、商城、经开区", "2020年5月"],
        ["2", "乙", "2020-06-30", "全部单位", date(2020, 5, 1)],
        ["3", "丙", "2020-06-30", "李官镇、教育局", "2020-05"],
    ]

    report = imported("requirements", xlsx(rows))

    assert report.errors == ()
    found = Requirement.objects.order_by("code")
    assert [(task.scope, task.group and task.group.name, task.source_month) for task in found] == [
        ("group", "镇街道、商城、经开区", "2020-05"),
        ("all", None, "2020-05"),
        ("listed", None, "2020-05"),
    ]
    assert sorted(found[2].units.values_list("code", flat=True)) == ["D01", "T02"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2020-06", "2020-06"),
        ("2020年6月份", "2020-06"),
        (date(2020, 6, 1), "2020-06"),
        ("2020-Q2", "2020-Q2"),
        ("2020年第二季度", "2020-Q2"),
        ("2020年上半年", "2020-H1"),
        ("2020-05-24..2020-08-29", "2020-05-24..2020-08-29"),
    ],
)
def test_period_of_a_notice(written: Any, code: str, office: Office) -> None:
    report = imported("arrangements", xlsx([["期次", "序号", "标题", "正文"], [written, 1, "甲", "一段\n二段"]]))

    assert report.errors == ()
    assert Arrangement.objects.values_list("term", "body").get() == (code, "一段\n二段")


@pytest.mark.slow
def test_one_bad_row_in_a_hundred_thousand_is_found(office: Office) -> None:
    rows = [item(number) for number in range(1, 100_000)]
    content = text_file([ITEM_HEADERS, *rows, item(100_000, 发布日期="2020-06-31")])

    report = imported("published_items", content, file_name="六月.csv")

    assert [(error.row, error.message) for error in report.errors] == [
        (100_001, "“2020-06-31”不存在：2020年6月只有30天。")
    ]
    assert not PublishedItem.objects.exists()
