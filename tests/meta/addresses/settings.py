"""Settings, and what a monitor asks."""

from tests.meta.answers import ADMINISTRATORS, EVERYBODY, GO, NOT_THERE, Address, instead

ADDRESSES = (
    Address("settings", "系统设置", ADMINISTRATORS),
    Address("settings_office", "机关", ADMINISTRATORS),
    Address("settings_terms", "信息类别", ADMINISTRATORS, ("categories",)),
    Address("settings_terms", "申请渠道", ADMINISTRATORS, ("channels",)),
    Address("settings_terms", "新媒体平台", ADMINISTRATORS, ("platforms",)),
    Address("settings_terms", "没有的种类", instead(ADMINISTRATORS, NOT_THERE), ("nothing",)),
    Address("settings_deadlines", "办理时限", ADMINISTRATORS),
    Address("settings_calendar", "工作日历", ADMINISTRATORS, ("2020",)),
    Address("settings_calendar_day", "工作日历的一天", ADMINISTRATORS, ("2020", "6", "25")),
    Address("settings_reminders", "催办和邮件", ADMINISTRATORS),
    Address("settings_test_mail", "发测试邮件", instead(ADMINISTRATORS, GO), method="POST"),
    Address("settings_notice", "通报设置", ADMINISTRATORS),
    Address("settings_notice_title", "通报标题预览", ADMINISTRATORS),
    Address("settings_fonts", "公文字体", ADMINISTRATORS),
    Address("settings_sample", "示例数据", ADMINISTRATORS),
    Address("settings_sample_load", "装入示例数据", instead(ADMINISTRATORS, GO), method="POST"),
    Address("settings_sample_remove", "移除示例数据", instead(ADMINISTRATORS, GO), method="POST"),
    Address("settings_state", "运行状态", ADMINISTRATORS),
    Address("settings_undo", "撤回一项设置的修改", instead(ADMINISTRATORS, GO), ("{change}",), method="POST"),
    Address("healthz", "监控：程序在运行", EVERYBODY),
    Address("readyz", "监控：所需服务正常", EVERYBODY),
)
