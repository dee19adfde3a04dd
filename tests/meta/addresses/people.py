"""Accounts, appointments, handing over, one's own account, the log."""

from tests.meta.answers import (
    ADMINISTRATOR,
    AUDITOR,
    GO,
    OK,
    OWN,
    SIGNED_IN,
    UNTAKEN,
    Address,
    answers,
    instead,
)

MANAGERS = answers(OK, ADMINISTRATOR)
DONE_BY_MANAGERS = instead(MANAGERS, GO)
LOG_READERS = answers(OK, ADMINISTRATOR, AUDITOR)

ADDRESSES = (
    Address("account", "本人账号、本人操作记录", SIGNED_IN),
    Address("accounts", "账号列表", MANAGERS),
    Address("accounts_export", "导出账号", MANAGERS),
    Address("accounts_new", "新建账号", MANAGERS),
    Address("accounts_roles", "角色与权限", MANAGERS),
    Address("accounts_one", "一个账号", MANAGERS, ("{account}",)),
    Address("accounts_edit", "修改账号资料", MANAGERS, ("{account}",)),
    Address("accounts_password", "发放初始密码，密码条只显示一次", MANAGERS, ("{account}",), method="POST"),
    Address("accounts_slips", "为选中的账号生成密码条", DONE_BY_MANAGERS, method="POST"),
    Address("accounts_unlock", "解除账号锁定", DONE_BY_MANAGERS, ("{account}",), method="POST"),
    Address("accounts_deactivate", "停用账号", DONE_BY_MANAGERS, ("{account}",), method="POST"),
    Address("accounts_activate", "启用账号", DONE_BY_MANAGERS, ("{account}",), method="POST"),
    Address("accounts_appoint", "任命，须填写角色", instead(MANAGERS, UNTAKEN), ("{account}",), method="POST"),
    Address("accounts_end", "终止任职，须填写日期", instead(MANAGERS, UNTAKEN), ("{account}", "{held}"), method="POST"),
    Address("accounts_resume", "恢复任职", DONE_BY_MANAGERS, ("{account}", "{held}"), method="POST"),
    Address("accounts_withdraw", "撤销任命", DONE_BY_MANAGERS, ("{account}", "{held}"), method="POST"),
    Address("accounts_hand_over", "办理交接", MANAGERS),
    Address("units_hand_over", "一个单位的交接单", OWN, ("U01",)),
    Address("log", "操作日志", LOG_READERS),
    Address("log_export", "导出操作日志", LOG_READERS, method="POST"),
)
