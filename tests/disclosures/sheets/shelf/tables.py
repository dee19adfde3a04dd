"""Files that open, and hold what cannot be right: headers, dates, cells, units, rows. `published_items` unless `kind` says else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.disclosures.sheets.shelf.awkward import SHEET_XML, Awkward, items, whole, with_cell
from tests.sheets import ITEM_HEADERS, altered, drawn, item, text_file, write_rows, xlsx

DATES = "2020-06-01、2020/6/1、2020.6.1、2020年6月1日或20200601"


def with_formula(formula: str, value: Any) -> Callable[[], bytes]:
    def draw(workbook: Any) -> None:
        sheet = workbook.add_worksheet()
        write_rows(workbook, sheet, [ITEM_HEADERS, item(1)])
        sheet.write_formula("B2", formula, None, value)

    return lambda: drawn(draw)


def several_sheets(hidden: bool) -> bytes:
    def draw(workbook: Any) -> None:
        first = workbook.add_worksheet("封面")
        first.write("A1", "说明")
        for name in ("六月",) if hidden else ("六月", "七月"):
            sheet = workbook.add_worksheet(name)
            write_rows(workbook, sheet, [ITEM_HEADERS, item()])
            if hidden:
                sheet.hide()

    return drawn(draw)


TABLES = (
    # --- headers
    Awkward(
        "no_header_at_all",
        lambda: xlsx([["甲", "乙"], ["1", "2"]]),
        whole(
            "工作表“Sheet1”前100行没有找到表头，必填列为：“标题”、“单位”、“类别”、“发布日期”。请使用本系统下载的模板。"
        ),
    ),
    Awkward(
        "required_headers_missing",
        lambda: xlsx([["六月份发布情况"], ["标题", "单位", "网址"], ["甲", "兰山街道", ""]]),
        whole("第2行最像表头，但缺少必填列：“类别”、“发布日期”。请补齐后再导入。"),
    ),
    Awkward(
        "header_twice",
        lambda: xlsx([[*ITEM_HEADERS, "单位"], [*item(), "李官镇"]]),
        ((None, "单位", "第1行的表头“单位”出现了2次（B列、F列），请只保留一列。"),),
    ),
    Awkward("header_without_rows", lambda: items(), whole("表头下面没有数据，请填写后再导入。")),
    Awkward(
        "another_kind",
        lambda: xlsx([["编号", "单位", "来信日期"], ["1", "兰山街道", "2020-06-01"]]),
        whole(
            "第1行最像表头，但缺少必填列：“标题”、“类别”、“发布日期”。请补齐后再导入。这张表的表头符合“部门信箱”，请核对所选的表格种类。"
        ),
    ),
    Awkward(
        "only_in_hidden_sheet",
        lambda: several_sheets(hidden=True),
        whole("表头在隐藏的工作表“六月”中，请取消隐藏后再导入。"),
    ),
    Awkward(
        "two_sheets_fit",
        lambda: several_sheets(hidden=False),
        whole("工作簿中有2张工作表（“六月”、“七月”）的表头都符合，请只保留一张，或分开导入。"),
    ),
    # --- dates
    Awkward(
        "day_that_is_not",
        with_cell(发布日期="2020-02-30"),
        ((3, "发布日期", "“2020-02-30”不存在：2020年2月只有29天。"),),
    ),
    Awkward(
        "chinese_day_that_is_not",
        with_cell(发布日期="2020年6月31日"),
        ((3, "发布日期", "“2020年6月31日”不存在：2020年6月只有30天。"),),
    ),
    Awkward("month_13", with_cell(发布日期="2020.13.1"), ((3, "发布日期", "“2020.13.1”不存在：没有13月。"),)),
    Awkward(
        "dates_of_1900",
        with_cell(发布日期=date(1900, 2, 14)),
        (
            (
                3,
                "发布日期",
                "“1900-02-14”的年份不合理（应在1950年至2099年之间），可能是数字被设成了日期格式，请重新填写日期。",
            ),
        ),
    ),
    Awkward(
        "date_without_year", with_cell(发布日期="6月1日"), ((3, "发布日期", f"“6月1日”缺少四位年份，应写作{DATES}。"),)
    ),
    Awkward(
        "date_without_day", with_cell(发布日期="2020年6月"), ((3, "发布日期", f"“2020年6月”缺少日，应写作{DATES}。"),)
    ),
    Awkward(
        "date_in_words", with_cell(发布日期="六月一日"), ((3, "发布日期", f"“六月一日”不是日期，应写作{DATES}。"),)
    ),
    Awkward("number_as_date", with_cell(发布日期=7), ((3, "发布日期", f"“7”不是日期，应写作{DATES}。"),)),
    # --- cells
    Awkward("missing_required_cell", with_cell(类别=None), ((3, "类别", "必填，不能为空。"),)),
    Awkward("error_value", with_formula("=X1", "#REF!"), ((2, "单位", "单元格引用已失效（#REF!），请改为实际内容。"),)),
    Awkward(
        "lookup_failed",
        with_formula("=VLOOKUP(1,A:B,2)", "#N/A"),
        ((2, "单位", "单元格显示 #N/A（查找不到），请改为实际内容。"),),
    ),
    Awkward(
        "formula_without_result",
        lambda: altered(with_formula("=Z1", "")(), SHEET_XML, lambda xml: xml.replace(b't="str"', b"")),
        ((2, "单位", "单元格是公式，但文件中没有它的计算结果，请用 Excel 或 WPS 打开并保存，或改为实际内容。"),),
    ),
    Awkward(
        "long_number_lost",
        with_cell(标题=12345678901234567890),
        ((3, "标题", "数字超过15位，电子表格已丢失末几位，请把该列设为文本格式后重新填写。"),),
    ),
    Awkward(
        "control_character",
        lambda: text_file([ITEM_HEADERS, item(标题="会议\x07通知")]),
        ((2, "标题", "含有看不见的控制字符（U+0007），请删除后重新填写。"),),
        "六月.csv",
    ),
    Awkward("too_long", with_cell(标题="长" * 301), ((3, "标题", "内容有301个字，超过300个字的上限，请精简。"),)),
    Awkward(
        "not_an_address",
        with_cell(网址="www.example.gov.cn"),
        ((3, "网址", "网址应以 http:// 或 https:// 开头，中间没有空格。"),),
    ),
    Awkward(
        "unknown_category",
        with_cell(类别="通知公告"),
        ((3, "类别", "本机关没有设置信息类别“通知公告”，已设置的有：动态类、政务主动公开类。"),),
    ),
    # --- units
    Awkward(
        "unknown_unit", with_cell(单位="兰山街道办"), ((3, "单位", "单位台账中没有“兰山街道办”，是否为：兰山街道。"),)
    ),
    Awkward(
        "dissolved_unit",
        with_cell(单位="区工商局"),
        ((3, "单位", "“区工商局”已于2019年2月15日停用，并入区市场监管局。"),),
    ),
    Awkward(
        "unit_not_yet_founded",
        with_cell(单位="区市场监管局", 发布日期=date(2018, 6, 1)),
        ((3, "单位", "“区市场监管局”自2019年2月15日起设立，2018年6月1日时尚不存在。"),),
    ),
    # --- rows
    Awkward(
        "same_address_twice",
        lambda: items(item(1), item(2), item(3, 网址="https://www.example.gov.cn/art_1.html")),
        ((4, "标题", "与第2行重复（网址；没有网址的，单位、标题和发布日期相同），请删除其中一行。"),),
    ),
    Awkward(
        "all_errors_at_once",
        lambda: xlsx([["标题行"], [], ITEM_HEADERS, item(1, 单位="某局", 发布日期="2020-6-31"), item(2, 类别="甲")]),
        (
            (4, "单位", "单位台账中没有“某局”。"),
            (4, "发布日期", "“2020-6-31”不存在：2020年6月只有30天。"),
            (5, "类别", "本机关没有设置信息类别“甲”，已设置的有：动态类、政务主动公开类。"),
        ),
    ),
    # --- rules of other kinds
    Awkward(
        "answered_before_received",
        lambda: xlsx(
            [
                ["申请编号", "受理单位", "渠道", "收到日期", "答复日期"],
                ["1", "区教育局", "网站", "2020-06-10", "2020-06-09"],
            ]
        ),
        ((2, "答复日期", "答复日期早于收到日期，请核对。"),),
        kind="applications",
    ),
    Awkward(
        "extension_beyond_the_law",
        lambda: xlsx(
            [
                ["申请编号", "受理单位", "渠道", "收到日期", "延期日期", "延期工作日数"],
                ["1", "区教育局", "网站", "2020-06-10", "2020-06-20", 30],
            ]
        ),
        ((2, "延期工作日数", "延期最长不得超过20个工作日（《中华人民共和国政府信息公开条例》第三十三条）。"),),
        kind="applications",
    ),
    Awkward(
        "correction_never_asked_for",
        lambda: xlsx(
            [
                ["申请编号", "受理单位", "渠道", "收到日期", "补正收到日期"],
                ["1", "区教育局", "网站", "2020-06-10", "2020-06-15"],
            ]
        ),
        ((2, "补正收到日期", "填写了补正收到日期，却没有补正通知日期，请补填。"),),
        kind="applications",
    ),
    Awkward(
        "unknown_task",
        lambda: xlsx([["任务编号", "单位", "提交日期"], ["2020-05-01", "区教育局", "2020-06-10"]]),
        ((2, "任务编号", "工作任务表中没有编号“2020-05-01”，请先导入工作任务。"),),
        kind="submissions",
    ),
    Awkward(
        "unknown_account",
        lambda: xlsx([["检查批次", "检查日期", "账号名称", "平台"], ["7月第1次", "2020-07-08", "兰山教育", "微博"]]),
        ((2, "账号名称", "新媒体账号表中没有微博账号“兰山教育”，请核对，或先导入新媒体账号。"),),
        kind="media_checks",
    ),
    Awkward(
        "scope_of_nobody",
        lambda: xlsx([["任务编号", "任务名称", "截止日期", "范围"], ["1", "报送", "2020-06-30", "区教育局、区某局"]]),
        (
            (
                2,
                "范围",
                "单位台账中没有“区某局”，是否为：区教育局。范围应填“全部单位”、分组名称"
                "（“镇街道、商城、经开区”、“政府各部门”）或以“、”分隔的单位。",
            ),
        ),
        kind="requirements",
    ),
    Awkward(
        "unit_name_taken",
        lambda: xlsx(
            [
                ["单位编码", "全称", "简称", "分组", "类型", "排序"],
                ["D09", "兰山区教育和体育局", "教育局", "政府各部门", "部门", 9],
            ]
        ),
        ((2, "简称", "“教育局”已是单位“区教育局”的名称，同一时期两个单位不能同名。"),),
        kind="units",
    ),
    Awkward(
        "successor_of_nobody",
        lambda: xlsx(
            [
                ["单位编码", "全称", "简称", "分组", "类型", "排序", "停用日期", "并入单位"],
                ["D09", "兰山区粮食局", "区粮食局", "政府各部门", "部门", 9, "2019-02-15", "区发展局"],
            ]
        ),
        ((2, "并入单位", "单位台账和本表中都没有“区发展局”，请核对，或把该单位补入本表。"),),
        kind="units",
    ),
    Awkward(
        "dissolved_before_founded",
        lambda: xlsx(
            [
                ["单位编码", "全称", "简称", "分组", "类型", "排序", "启用日期", "停用日期"],
                ["D09", "兰山区粮食局", "区粮食局", "政府各部门", "部门", 9, "2019-02-15", "2018-01-01"],
            ]
        ),
        ((2, "停用日期", "停用日期应晚于启用日期，请核对。"),),
        kind="units",
    ),
    Awkward(
        "period_of_no_form",
        lambda: xlsx([["期次", "序号", "标题", "正文"], ["六月", 1, "甲", "乙"]]),
        ((2, "期次", "“六月”不是可识别的期间，应写作 2020-06、2020-Q2、2020-H1 或 2020-05-24..2020-08-29。"),),
        kind="arrangements",
    ),
)
