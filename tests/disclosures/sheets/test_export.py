"""What the portal writes: re-imports unchanged, holds no formula, opens as a clerk expects."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from disclosures.models import PublishedItem, RestDay
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.export import export
from disclosures.sheets.templates import template
from lanshan_portal.periods import Period
from tests.sheets import ITEM_HEADERS, formulas_in, imported, item, xlsx
from units.models import Office

SHEETS: dict[str, list[list[Any]]] = {
    "accounts": [
        ["账号", "姓名", "角色", "单位", "职务", "电话", "邮箱", "起始日期"],
        ["wang", "王经办", "办公室经办", None, "+科员", "0539-8012345", "wang@example.gov.cn", "2020-01-01"],
        ["zhao", "赵联络", "单位联络员", "李官镇", None, None, None, "2020-01-01"],
        ["zhao", "赵联络", "单位分管领导", "李官镇", None, None, None, "2020-03-01"],
        ["qian", "钱联络", "单位联络员", "区工商局", None, None, None, "2018-01-01"],
    ],
    "media_accounts": [
        ["账号名称", "平台", "主办单位", "账号ID", "状态", "开设日期", "注销日期"],
        ["兰山教育", "微博", "区教育局", "@lanshan", None, "2015-01-01", None],
        ["兰山工商", "微信订阅号", "区工商局", "007", "已注销", "2015-01-01", "2019-03-01"],
    ],
    "published_items": [
        [*ITEM_HEADERS, "文号", "解读对象", "解读形式"],
        [*item(1, 标题="=HYPERLINK(1)"), "+86", "-1", "图解"],
        [*item(2, 标题="@提醒", 网址=None), "00123456789012345678", None, None],
        [*item(3, 单位="区工商局", 发布日期="2018-06-01"), None, None, None],
    ],
    "applications": [
        ["申请编号", "受理单位", "渠道", "收到日期", "申请人类型", "延期日期", "延期工作日数", "答复日期", "办理结果", "备注"],
        ["1", "区教育局", "网站", "2020-06-01", "自然人", "2020-06-20", 20, "2020-06-29", "3.1", "一行\n二行"],
        ["2", "区教育局", "信函", "2020-06-02", None, None, None, "2020-06-29", "其他", None],
    ],
    "mailbox_cases": [
        ["编号", "单位", "来信日期", "类型", "是否公开"],
        ["001", "区教育局", "2020-06-02", "咨询", "是"],
        ["2", "李官镇", "2020-06-02", None, None],
    ],
    "media_checks": [
        ["检查批次", "检查日期", "账号名称", "平台", "问题类型"],
        ["2020年7月第1次", "2020-07-08", "兰山教育", "微博", "超期更新"],
        ["2020年7月第1次", "2020-07-08", "兰山教育", "微博", "错别字"],
    ],
    "requirements": [
        ["任务编号", "任务名称", "布置日期", "截止日期", "范围", "频次"],
        ["1", "甲", "2020-05-01", "2020-06-30", "李官镇、区教育局", None],
        ["2", "乙", None, "2020-06-30", "镇街道、商城、经开区", "每月"],
        ["3", "丙", "2018-01-01", "2018-06-30", "区工商局", None],
    ],
    "submissions": [["任务编号", "期次", "单位", "提交日期"], ["1", None, "李官镇", "2020-06-28"], ["2", "2020-06", "李官镇", "2020-06-28"]],
    "arrangements": [["期次", "序号", "标题", "正文", "转为任务"], ["2020-06", 1, "甲", "正文", "是"], ["2020-05-24..2020-08-29", 1, "乙", "=正文", None]],
    "notice_texts": [["期次", "段落", "正文"], ["2020-06", "引言", "各镇街：\n现通报如下。"]],
    "rest_days": [["日期", "性质", "名称"], ["2020-06-25", "休息", "端午节"]],
}  # fmt: skip


@pytest.fixture
def full(office: Office) -> Office:
    for kind in SHEET_KINDS:
        if kind in SHEETS:
            report = imported(kind, xlsx(SHEETS[kind]))
            assert report.errors == (), kind
    return office


def test_every_kind_re_imports_unchanged_and_without_formula(full: Office) -> None:
    for kind in SHEET_KINDS:
        content = export(kind, full)

        report = imported(kind, content)

        assert (report.errors, report.warnings) == ((), ()), kind
        assert (report.new, report.updated) == (0, 0), kind
        assert report.unchanged > 0, kind
        assert formulas_in(content) == []


def test_export_of_a_month(full: Office) -> None:
    june = Period.month(2020, 6)

    def rows(kind: str) -> int:
        sheet = load_workbook(BytesIO(export(kind, full, june))).active
        assert sheet is not None
        return sheet.max_row - 1

    assert {kind: rows(kind) for kind in SHEET_KINDS} == {
        "office": 1,
        "units": 5,
        "accounts": 4,
        "rest_days": RestDay.objects.filter(day__year=2020, day__month=6).count(),
        "media_accounts": 2,
        "published_items": 2,
        "applications": 2,
        "mailbox_cases": 2,
        "media_checks": 0,
        "requirements": 2,
        "submissions": 2,
        "arrangements": 1,
        "notice_texts": 1,
    }


def test_export_of_what_is_filtered(full: Office) -> None:
    sheet = load_workbook(
        BytesIO(export("published_items", full, queryset=PublishedItem.objects.filter(unit__code="D03")))
    ).active

    assert sheet is not None
    assert [cell.value for cell in sheet["B"]] == ["单位*", "区工商局"]


def test_export_opens_as_a_clerk_expects(full: Office) -> None:
    sheet = load_workbook(BytesIO(export("published_items", full, Period.month(2020, 6)))).active

    assert sheet is not None
    assert sheet.freeze_panes == "A2"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet["E2"].value.date() == date(2020, 6, 1)
    assert sheet["E2"].number_format == "yyyy-mm-dd"
    assert {sheet["G2"].value, sheet["G3"].value} == {"+86", "00123456789012345678"}
    assert {sheet["G2"].data_type, sheet["G3"].data_type} == {"s"}


@pytest.mark.parametrize("kind", SHEET_KINDS)
def test_template_explains_offers_and_is_never_data(kind: str, full: Office) -> None:
    content = template(kind, full)
    workbook = load_workbook(BytesIO(content))
    resource = SHEET_KINDS[kind].resource(full)

    sheet = workbook.worksheets[0]
    assert sheet.title == SHEET_KINDS[kind].title
    assert [cell.value for cell in sheet[1]] == [column.header for column in resource.columns]
    assert str(sheet["A2"].value).startswith("【示例】")
    explained = {row[0] for row in workbook["填写说明"].iter_rows(min_row=4, values_only=True)}
    assert {column.column_name for column in resource.columns} <= explained
    offered = [column for column in resource.columns if column.widget.offered()]
    assert len(sheet.data_validations.dataValidation) == len(offered)
    assert formulas_in(content) == []
    report = imported(kind, content)
    assert [error.message for error in report.errors] == ["表头下面没有数据，请填写后再导入。"]
    assert report.warnings == ("第2行是模板的示例行，未导入。",)


def test_filled_template_is_imported_beside_its_example(full: Office) -> None:
    workbook = load_workbook(BytesIO(template("mailbox_cases", full)))
    workbook.worksheets[0].append(["90", "区教育局", "2020-06-03"])
    output = BytesIO()
    workbook.save(output)

    report = imported("mailbox_cases", output.getvalue())

    assert (report.new, report.warnings) == (1, ("第2行是模板的示例行，未导入。",))


def test_template_offers_units_of_today_and_words_of_the_office(full: Office) -> None:
    workbook = load_workbook(BytesIO(template("published_items", full)))
    lists = workbook["选项"]

    assert lists.sheet_state == "hidden"
    columns = [[cell for cell in column if cell] for column in lists.iter_cols(values_only=True)]
    assert columns[0] == ["兰山街道", "李官镇", "区教育局", "区市场监管局"]
    assert columns[1] == ["动态类", "政务主动公开类"]


# --- properties

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=40,
).filter(lambda text: text.strip() and not text.lstrip().startswith("【示例】"))
ROW = st.fixed_dictionaries(
    {
        "标题": TEXT,
        "单位": st.sampled_from(["兰山街道", "T02", "教育局", "兰山区教育局"]),
        "类别": st.sampled_from(["动态类", "政务主动公开类"]),
        "发布日期": st.dates(date(2000, 1, 1), date(2030, 12, 31)),
        "栏目": TEXT | st.none(),
        "文号": TEXT | st.none(),
    }
)
QUIET = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def sheet_of(rows: list[dict[str, Any]], order: list[str]) -> bytes:
    numbered = [row | {"网址": f"https://www.example.gov.cn/{number}"} for number, row in enumerate(rows)]
    return xlsx([order, *([row[name] for name in order] for row in numbered)])


@QUIET
@given(
    st.lists(ROW, min_size=1, max_size=8), st.permutations(["标题", "单位", "类别", "发布日期", "栏目", "文号", "网址"])
)
def test_what_was_imported_exports_and_re_imports_unchanged(
    office: Office, rows: list[dict[str, Any]], order: list[str]
) -> None:
    PublishedItem.objects.all().delete()
    first = imported("published_items", sheet_of(rows, order))
    if first.errors or first.new < len(rows):
        # Only a text that is nothing but invisible, or that reads like a note below a table, may keep a row out.
        assert all(error.message == "必填，不能为空。" for error in first.errors)
        return

    again = imported("published_items", export("published_items", office))

    assert again.summary == f"新增 0，更新 0，未变 {len(rows)}"


@QUIET
@given(
    st.lists(ROW, min_size=2, max_size=6),
    st.integers(0, 5),
    st.sampled_from(["单位", "类别", "发布日期", "网址"]),
    st.sampled_from(["不存在的内容", "2020-02-30", "#"]),
)
def test_one_corrupted_cell_keeps_every_row_out(
    office: Office, rows: list[dict[str, Any]], which: int, column: str, content: str
) -> None:
    PublishedItem.objects.all().delete()
    order = ["标题", "单位", "类别", "发布日期", "网址"]
    sheet = [[row["标题"], row["单位"], row["类别"], row["发布日期"], None] for row in rows]
    sheet[which % len(rows)][order.index(column)] = content

    report = imported("published_items", xlsx([order, *sheet]))

    assert any(error.row == which % len(rows) + 2 and error.column == column for error in report.errors)
    assert not PublishedItem.objects.exists()
