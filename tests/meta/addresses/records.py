"""Single records, filters of one's own, searching, and rounds of checks."""

from tests.meta.answers import (
    ASKS,
    CLERKS,
    EVERY_READER,
    GO,
    NOT_THERE,
    OFFICE,
    OWN,
    SIGNED_IN,
    STAFF,
    Address,
    answers,
    instead,
)

ITS_OWNER = answers(GO, STAFF, otherwise=NOT_THERE)
ENTER = instead(CLERKS, GO)

ADDRESSES = (
    Address("search", "查找，只在本人可见的范围内", EVERY_READER, query="?q=信息"),
    Address("rows", "新媒体账号，单位人员只见本单位", EVERY_READER, ("media_accounts",)),
    Address("rows_layout", "设置本人的列表显示", instead(EVERY_READER, GO), ("published_items",), method="POST"),
    Address("record", "一个新媒体账号", OWN, ("media_accounts", "{media_account}")),
    Address("record_new", "登记一条网站信息", CLERKS, ("published_items",)),
    Address("record_edit", "修改一条网站信息", CLERKS, ("published_items", "{item}")),
    Address("record_remove", "删除记录", ENTER, ("media_accounts", "{media_account}"), method="POST"),
    Address("record_restore", "恢复删除的记录", ENTER, ("mailbox_cases", "{removed}"), method="POST"),
    Address("saved_filters_add", "保存筛选", instead(EVERY_READER, GO), ("published_items",), method="POST"),
    Address("saved_filters", "本人的筛选", SIGNED_IN),
    Address("saved_filters_rename", "筛选改名，只有本人可以", ITS_OWNER, ("{filter}",), method="POST"),
    Address("saved_filters_remove", "删除筛选，只有本人可以", ITS_OWNER, ("{filter}",), method="POST"),
    Address("saved_filters_restore", "恢复本人刚删除的筛选", instead(SIGNED_IN, GO), method="POST"),
    Address("rounds_new", "开始新一轮检查", CLERKS),
    Address("rounds_one", "一轮检查", OFFICE, ("{round}",)),
    Address("rounds_save", "录入检查情况", instead(CLERKS, ASKS), ("{round}",), method="POST"),
    Address("rounds_finish", "完成检查", ENTER, ("{round}",), method="POST"),
    Address("rounds_reopen", "退回检查", ENTER, ("{round}",), method="POST"),
    Address("rounds_abandon", "放弃一轮检查", ENTER, ("{round}",), method="POST"),
    Address("entry_screenshots_add", "添加截图", instead(CLERKS, ASKS), ("{entry}",), method="POST"),
    Address("entry_screenshot", "检查中的截图", OFFICE, ("{entry}", "{shot}")),
    Address("entry_screenshots_remove", "移除截图", ENTER, ("{entry}", "{shot}"), method="POST"),
    Address("entry_screenshots_restore", "恢复截图", ENTER, ("{entry}", "{shot}"), method="POST"),
    Address("check_screenshot", "检查结果的截图", OWN, ("{check}", "{shot}")),
)
