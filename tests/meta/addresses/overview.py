"""The month at a glance in its parts, a unit's year, statistics."""

from tests.meta.answers import NOT_THERE, OFFICE, OWN, Address, instead

STREET = ("U01",)

ADDRESSES = (
    Address("overview_brief", "一页简报，供签发领导", OFFICE, ("2020-06",)),
    Address("overview_export", "导出单位落实情况", OFFICE, ("2020-06", "units")),
    Address("overview_export", "导出月度趋势", OFFICE, ("2020-06", "trend")),
    Address("overview_export", "没有的表", instead(OFFICE, NOT_THERE), ("2020-06", "nothing")),
    Address("overview_unit", "一个单位的月份，单位人员只见本单位", OWN, ("2020-06", *STREET)),
    Address("overview_unit", "一个单位的一项", OWN, ("2020-06", *STREET), "?cell=mailbox"),
    Address("units_one", "一个单位的全年，单位人员只见本单位", OWN, STREET),
    Address("statistics", "统计分析", OFFICE),
    Address("statistics_export", "导出统计表", OFFICE),
)
