"""Tasks: one duty, what was handed in, reviews, exceptions, setting tasks."""

from tests.meta.answers import (
    ADMINISTRATOR,
    CLERKS,
    EVERY_READER,
    GO,
    LEADER,
    LIAISON,
    NEIGHBOUR,
    NOT_THERE,
    OFFICE,
    OK,
    OWN,
    REVIEWER,
    STAFF,
    Address,
    answers,
    instead,
)

REVIEWERS = answers(OK, ADMINISTRATOR, STAFF, REVIEWER)
APPROVERS = answers(OK, ADMINISTRATOR, REVIEWER, LEADER)
GRANTERS = answers(OK, ADMINISTRATOR, STAFF, REVIEWER)
DECIDERS = answers(OK, ADMINISTRATOR, STAFF, REVIEWER, LEADER)
HANDS_IN = answers(OK, ADMINISTRATOR, STAFF, LIAISON) | {NEIGHBOUR: NOT_THERE}
"""Who acts for the unit, and the office for any."""
MOMENT = "1590000000000000"
DUTY = ("T-1", "once", "U01")

ADDRESSES = (
    Address("duty", "一个单位的一项任务", OWN, DUTY),
    Address("duty", "没有这一期的任务", instead(EVERY_READER, NOT_THERE), ("T-1", "2020-06", "U01")),
    Address("duty_hand_in", "报送材料；内容有误时回到原页", HANDS_IN, DUTY, method="POST"),
    Address("duty_withdraw", "撤回报送", instead(HANDS_IN, GO), ("{version}",), method="POST"),
    Address("duty_receipt", "报送回执", OWN, ("{receipt}",)),
    Address("duty_file", "报送的文件", OWN, ("{version}", "{file}")),
    Address("duties_matrix", "报送情况表", OFFICE, query="?month=2020-06"),
    Address("duties_matrix_export", "导出报送情况表", OFFICE, query="?month=2020-06"),
    Address("reviews", "报送审核", DECIDERS),
    Address("reviews_one", "审核一份材料", REVIEWERS, ("{submission}",)),
    Address("reviews_decide", "批量审核", instead(REVIEWERS, GO), method="POST"),
    Address("reviews_undo", "撤回本人的审核", instead(REVIEWERS, GO), (MOMENT,), method="POST"),
    Address("reviews_reopen", "撤销审核", instead(REVIEWERS, GO), ("{submission}",), method="POST"),
    Address("reviews_exemption", "批准标记不适用", instead(APPROVERS, GO), ("{exemption}",), method="POST"),
    Address("exceptions_new", "办理延期，标记不适用", GRANTERS, query="?duty=T-1::U01"),
    Address("exceptions_undo", "撤回本人的办理", instead(GRANTERS, GO), (MOMENT,), method="POST"),
    Address("extensions_revoke", "撤销延期", instead(GRANTERS, GO), ("{extension}",), method="POST"),
    Address("exemptions_revoke", "撤销不适用", instead(DECIDERS, GO), ("{exemption}",), method="POST"),
    Address("requirements_new", "布置任务", CLERKS),
    Address("requirements_copy", "复制上月任务", CLERKS),
    Address("requirements_asked", "任务布置给哪些单位", CLERKS, method="POST"),
    Address("requirements_edit", "修改任务", CLERKS, ("{requirement}",)),
    Address("requirements_end", "停止每月任务", instead(CLERKS, GO), ("{requirement}",), method="POST"),
    Address("requirements_delete", "删除任务", instead(CLERKS, GO), ("{requirement}",), method="POST"),
    Address("requirements_restore", "恢复删除的任务", instead(CLERKS, GO), ("{deletion}",), method="POST"),
    Address(
        "requirements_file",
        "任务的附件，布置到的单位可以下载",
        OWN,
        ("{requirement}", "{attachment}"),
    ),
)
