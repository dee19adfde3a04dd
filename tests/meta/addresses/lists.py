"""The overview and the lists of records."""

from tests.meta.answers import EVERY_READER, NOT_THERE, OFFICE_ELSE_NOT_THERE, OWN, Address, instead

ADDRESSES = (
    Address("overview", "总览；单位人员看到的是本单位", EVERY_READER, ("2020-06",)),
    Address("rows", "网站信息列表，单位人员只见本单位", EVERY_READER, ("published_items",)),
    Address("rows", "依申请公开列表，单位人员只见本单位", EVERY_READER, ("applications",)),
    Address("rows", "部门信箱列表，单位人员只见本单位", EVERY_READER, ("mailbox_cases",)),
    Address("rows", "政务新媒体列表，单位人员只见本单位", EVERY_READER, ("media_checks",)),
    Address("rows", "工作任务列表，单位人员只见本单位", EVERY_READER, ("duties",)),
    Address("rows", "一项任务的完成情况，单位人员只见本单位", EVERY_READER, ("duties",), "?requirement=T-1"),
    Address("rows", "新媒体检查轮次", OFFICE_ELSE_NOT_THERE, ("media_rounds",)),
    Address("rows", "没有的种类", instead(EVERY_READER, NOT_THERE), ("nothing",)),
    Address("rows_export", "导出网站信息，单位人员只有本单位", EVERY_READER, ("published_items",)),
    Address("rows_export", "导出依申请公开，单位人员只有本单位", EVERY_READER, ("applications",)),
    Address("rows_export", "导出一项任务的完成情况", EVERY_READER, ("duties",), "?requirement=T-1"),
    Address("record", "一条网站信息", OWN, ("published_items", "{item}")),
    Address("record", "一件申请", OWN, ("applications", "{application}")),
    Address("record", "一件来信", OWN, ("mailbox_cases", "{letter}")),
    Address("record", "一次新媒体检查", OWN, ("media_checks", "{check}")),
)
