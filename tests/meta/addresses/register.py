"""The register of units."""

from tests.meta.answers import ADMINISTRATOR, GO, OFFICE, OK, OWN, UNTAKEN, Address, answers, instead

KEEPERS = answers(OK, ADMINISTRATOR)
DONE_BY_KEEPERS = instead(KEEPERS, GO)

ADDRESSES = (
    Address("units", "单位台账", OFFICE),
    Address("units_export", "导出单位台账", OFFICE),
    Address("units_register", "一个单位的台账", OWN, ("U01",)),
    Address("units_new", "新建单位", KEEPERS),
    Address("units_correct", "更正单位的名称和分组", KEEPERS, ("U01",)),
    Address("units_change", "单位自某日起变更", KEEPERS, ("U01",)),
    Address("units_change_undo", "撤销单位最近的变更", DONE_BY_KEEPERS, ("U01",), method="POST"),
    Address("units_dissolve", "停用单位", KEEPERS, ("U01",)),
    Address("units_reinstate", "恢复停用的单位", DONE_BY_KEEPERS, ("U01",), method="POST"),
    Address("units_alias_add", "增加别名，须填写名称", instead(KEEPERS, UNTAKEN), ("U01",), method="POST"),
    Address("units_alias_remove", "删除别名", DONE_BY_KEEPERS, ("U01", "{alias}"), method="POST"),
    Address("units_order", "单位排序", KEEPERS),
    Address("units_groups", "单位分组", KEEPERS),
    Address("units_groups_rename", "分组改名，须填写名称", instead(KEEPERS, UNTAKEN), ("{group}",), method="POST"),
    Address("units_groups_move", "调整分组次序", DONE_BY_KEEPERS, ("{group}",), method="POST"),
    Address("units_groups_remove", "删除没有单位的分组", DONE_BY_KEEPERS, ("{group}",), method="POST"),
)
