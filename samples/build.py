"""Write the sample's sheets: `python samples/build.py [OUTDIR]` (default: beside this file).

The output is committed. The same program writes the same bytes, so a change of the sample is a readable change of this
package plus its output; a test compares both.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
if __name__ == "__main__":
    # As a script, Python looks for modules in this folder; the package lies one above.
    sys.path[0] = str(HERE.parent)

from samples.calendar_2020 import rest_day_rows  # noqa: E402
from samples.district import office_rows, unit_rows  # noqa: E402
from samples.letters import application_rows, case_rows  # noqa: E402
from samples.media import account_rows, check_rows  # noqa: E402
from samples.notices import arrangement_rows, text_rows  # noqa: E402
from samples.published import item_rows  # noqa: E402
from samples.sheets import Sheet  # noqa: E402
from samples.tasks import requirement_rows, submission_rows  # noqa: E402

TASK_COLUMNS = [
    "任务编号",
    "任务名称",
    "来源通报",
    "布置日期",
    "截止日期",
    "统计截止日期",
    "范围",
    "频次",
    "依据文件",
    "栏目路径",
    "通报位置",
    "问题标题",
    "问题说明",
    "动作",
]
SUBMISSION_COLUMNS = ["任务编号", "期次", "单位", "提交日期", "材料名称", "审核结果", "采用级别"]
ARRANGEMENT_COLUMNS = ["期次", "序号", "标题", "正文", "截止日期", "栏目路径", "转为任务"]
CASE_COLUMNS = ["编号", "来信日期", "单位", "类型", "标题", "答复日期", "是否公开"]
CHECK_COLUMNS = [
    "序号",
    "检查批次",
    "检查日期",
    "平台",
    "账号名称",
    "最近更新日期",
    "问题类型",
    "问题说明",
    "整改期限",
    "整改完成日期",
]
ITEM_COLUMNS = [
    "序号",
    "发布日期",
    "标题",
    "类别",
    "栏目",
    "单位",
    "网址",
    "文号",
    "形成日期",
    "解读对象",
    "解读形式",
    "点击量",
]
APPLICATION_COLUMNS = [
    "申请编号",
    "受理单位",
    "渠道",
    "收到日期",
    "申请人类型",
    "申请内容",
    "补正通知\n日期",
    "补正收到\n日期",
    "征求意见\n发出日期",
    "征求意见\n收到日期",
    "延期日期",
    "延期\n工作日数",
    "答复日期",
    "办理结果",
    "备注",
]
OFFICE_COLUMNS = [
    "政区代码",
    "政区名称",
    "级别词",
    "政府名称",
    "机关名称",
    "机关简称",
    "科室",
    "主送机关",
    "发文机关代字",
]
UNIT_COLUMNS = ["排序", "单位编码", "全称", "简称", "别名", "分组", "类型", "启用日期", "停用日期", "并入单位", "备注"]
ACCOUNT_COLUMNS = ["序号", "平台", "账号名称", "主办单位", "账号ID", "状态", "开设日期", "注销日期"]

Rows = list[dict[str, object]]


def numbered(rows: Rows) -> Rows:
    """The rows with the running number that a clerk adds and the portal ignores."""
    return [{"序号": n, **row} for n, row in enumerate(rows, 1)]


def june() -> Iterator[Sheet]:
    """The month of the notice: all twelve kinds."""
    month = "2020-06"
    yield Sheet(f"{month}/01-office.xlsx", OFFICE_COLUMNS, office_rows(), "通报机关信息表")
    yield Sheet(
        f"{month}/02-units.xlsx",
        UNIT_COLUMNS,
        unit_rows(),
        "临沂市兰山区政务公开责任单位名录",
        "2020年6月整理　排序为公文行文顺序　标注“机构改革撤销”的单位仅供查询历史数据",
    )
    yield Sheet(f"{month}/03-rest_days.xlsx", ["日期", "性质", "名称", "依据"], rest_day_rows())
    yield Sheet(
        f"{month}/04-media_accounts.xlsx",
        ACCOUNT_COLUMNS,
        numbered(account_rows()),
        "全区政务新媒体账号台账",
        "填报：区政府办公室政务公开科　截至2020年7月1日",
    )
    yield Sheet(
        f"{month}/05-published_items.xlsx",
        ITEM_COLUMNS,
        numbered(item_rows(month)),
        "兰山区政府门户网站信息发布明细（2020年6月）",
        "导出时间：2020年7月1日　网站后台导出，未上网页的信息无网址",
    )
    yield Sheet(
        f"{month}/06-applications.xlsx",
        APPLICATION_COLUMNS,
        application_rows(month),
        "2020年6月份政府信息公开申请办理台账",
    )
    yield Sheet(f"{month}/07-mailbox_cases.csv", CASE_COLUMNS, case_rows(month), "部门信箱办理情况（2020年6月）")
    yield Sheet(
        f"{month}/08-media_checks.xlsx",
        CHECK_COLUMNS,
        numbered(check_rows(month)),
        "全区政务新媒体检查情况表（2020年7月第1次）",
        "问题类型为空的为未发现问题",
    )
    yield Sheet(f"{month}/09-requirements.xlsx", TASK_COLUMNS, requirement_rows(month), "政务公开工作任务清单")
    yield Sheet(f"{month}/10-submissions.csv", SUBMISSION_COLUMNS, submission_rows(month), encoding="utf-8-sig")
    yield Sheet(f"{month}/11-arrangements.xlsx", ARRANGEMENT_COLUMNS, arrangement_rows(month), "7月份工作安排")
    yield Sheet(f"{month}/12-notice_texts.xlsx", ["期次", "段落", "正文"], text_rows(month))


def neighbour(month: str, note: str) -> Iterator[Sheet]:
    """The month before or after: only the kinds that a month changes. Office, units and accounts are June's."""
    items, label = numbered(item_rows(month)), f"2020年{int(month[-2:])}月"
    if month == "2020-05":
        yield Sheet(f"{month}/05-published_items.csv", ITEM_COLUMNS, items, "网站信息发布明细（2020年5月）", note)
        yield Sheet(
            f"{month}/06-applications.xlsx",
            APPLICATION_COLUMNS,
            application_rows(month),
            f"{label}份政府信息公开申请办理台账",
        )
    else:
        yield Sheet(f"{month}/05-published_items.csv", ITEM_COLUMNS, items, encoding="utf-8-sig")
    yield Sheet(f"{month}/07-mailbox_cases.csv", CASE_COLUMNS, case_rows(month), f"部门信箱办理情况（{label}）")
    yield Sheet(f"{month}/08-media_checks.xlsx", CHECK_COLUMNS, numbered(check_rows(month)), "全区政务新媒体检查情况表")
    yield Sheet(f"{month}/09-requirements.xlsx", TASK_COLUMNS, requirement_rows(month), "政务公开工作任务清单")
    yield Sheet(f"{month}/10-submissions.xlsx", SUBMISSION_COLUMNS, submission_rows(month), "任务报送情况")
    yield Sheet(f"{month}/11-arrangements.xlsx", ARRANGEMENT_COLUMNS, arrangement_rows(month))
    yield Sheet(f"{month}/12-notice_texts.xlsx", ["期次", "段落", "正文"], text_rows(month))


def build(folder: Path) -> list[Path]:
    """Write every sheet of the sample below `folder`."""
    sheets = (
        *june(),
        *neighbour("2020-05", "导出时间：2020年6月1日"),
        *neighbour("2020-07", ""),
    )
    return [sheet.write(folder) for sheet in sheets]


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    for path in build(target):
        print(path.relative_to(target))
