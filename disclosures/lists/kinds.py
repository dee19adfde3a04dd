"""The lists: each with its words, its columns and its parameters."""

from __future__ import annotations

from dataclasses import dataclass, field

from disclosures.lists.columns import (
    ANSWER,
    UNIT,
    ListColumn,
    account_name,
    account_state,
    chosen,
    day,
    finding,
    of_related,
    rectified,
    silence,
    web_address,
    words,
    yes_or_no,
)


@dataclass(frozen=True)
class ListKind:
    """A list of records: title, measure word, the day that orders it (none: it is a register), columns, related tables."""

    key: str
    title: str
    measure: str
    day: str
    columns: tuple[ListColumn, ...]
    related: tuple[str, ...] = ()
    answered: bool = False
    citizens_words: str = ""
    """The field that holds what an applicant or a letter writer wrote; lists blot out numbers in it."""
    empty: str = ""
    searched: str = ""
    """What its search field looks in, as the field says it."""
    parameters: tuple[str, ...] = field(default=("q", "from", "to", "unit"))
    register: tuple[str, ...] = ()
    """The order of a register; a list by days is ordered by `day`, the newest first."""

    @property
    def default_order(self) -> tuple[str, ...]:
        """How the list is ordered unless somebody asks for more."""
        return self.register or (f"-{self.day}", "-pk")

    @property
    def nothing(self) -> str:
        """The sentence of an empty list."""
        return "所选日期内没有记录" if self.day else f"还没有{self.title}"

    @property
    def nothing_of_unit(self) -> str:
        """The same for who sees an own unit only."""
        return "所选日期内没有本单位的记录" if self.day else f"还没有本单位的{self.title}"

    @property
    def sorts(self) -> frozenset[str]:
        """What the list can be sorted by."""
        return frozenset(column.sort for column in self.columns if column.sort)


LISTS: dict[str, ListKind] = {
    kind.key: kind
    for kind in (
        ListKind(
            "published_items",
            "网站信息",
            "条",
            "published_on",
            (
                ListColumn("published_on", "发布日期", day("published_on"), "date", sort="published_on"),
                ListColumn("title", "标题", words("title"), "wide", sort="title", naming=True),
                ListColumn("unit", "单位", words("unit_name"), "nowrap", sort=UNIT),
                ListColumn("category", "类别", of_related("category", "name"), "nowrap"),
                ListColumn("column", "栏目", words("column"), "quiet"),
                ListColumn("document_number", "文号", words("document_number"), "quiet nowrap"),
                ListColumn("formed_on", "形成日期", day("formed_on"), "date", extra=True),
                ListColumn("interprets", "解读对象", words("interprets", longest=40), "quiet", extra=True),
                ListColumn("form", "解读形式", words("form"), "nowrap", extra=True),
                ListColumn("url", "网址", web_address, "nowrap", extra=True),
            ),
            ("category",),
            empty="网站后台导出的信息发布表导入后，在这里逐条查看。",
            searched="标题、文号",
            parameters=("q", "from", "to", "group", "unit", "category"),
        ),
        ListKind(
            "applications",
            "依申请公开",
            "件",
            "received_on",
            (
                ListColumn("received_on", "收到日期", day("received_on"), "date", sort="received_on"),
                ListColumn("number", "申请编号", words("number"), "nowrap", naming=True),
                ListColumn("unit", "受理单位", words("unit_name"), "nowrap", sort=UNIT),
                ListColumn("channel", "渠道", of_related("channel", "name"), "nowrap"),
                ListColumn("content", "申请内容", words("masked", longest=28)),
                ListColumn("applicant_kind", "申请人类型", words("applicant_kind"), "nowrap", extra=True),
                *ANSWER,
                ListColumn("result", "办理结果", chosen("result"), extra=True),
            ),
            ("channel",),
            answered=True,
            citizens_words="content",
            empty="依申请公开登记表导入后，在这里逐件查看。",
            searched="申请编号、申请内容",
            parameters=("q", "from", "to", "channel", "unit", "state", "as_of"),
        ),
        ListKind(
            "mailbox_cases",
            "部门信箱",
            "件",
            "received_on",
            (
                ListColumn("received_on", "来信日期", day("received_on"), "date", sort="received_on"),
                ListColumn("number", "编号", words("number"), "nowrap", naming=True),
                ListColumn("unit", "单位", words("unit_name"), "nowrap", sort=UNIT),
                ListColumn("title", "标题", words("masked")),
                ListColumn("kind", "类型", words("kind"), "nowrap"),
                *ANSWER,
                ListColumn("published", "是否公开", yes_or_no("published"), "nowrap", extra=True),
            ),
            answered=True,
            citizens_words="title",
            empty="部门信箱来信表导入后，在这里逐件查看。",
            searched="编号、标题",
            parameters=("q", "from", "to", "unit", "state", "as_of"),
        ),
        ListKind(
            "media_checks",
            "新媒体检查",
            "次",
            "checked_on",
            (
                ListColumn("checked_on", "检查日期", day("checked_on"), "date", sort="checked_on"),
                ListColumn("account", "账号", of_related("account", "name"), naming=True),
                ListColumn("platform", "平台", of_related("account", "platform", "name"), "nowrap"),
                ListColumn("unit", "主办单位", words("unit_name"), "nowrap", sort=UNIT),
                ListColumn("round", "检查批次", words("round"), "quiet"),
                ListColumn("last_updated_on", "最近更新", day("last_updated_on"), "date"),
                ListColumn("problem", "检查结果", finding),
                ListColumn("description", "问题说明", words("description", longest=40), "quiet", extra=True),
                ListColumn("rectified", "整改", rectified, "nowrap"),
                ListColumn("rectified_on", "整改完成日期", day("rectified_on"), "date", extra=True),
            ),
            ("account__platform",),
            empty="开展一轮检查，或导入新媒体检查表后，在这里逐次查看。",
            searched="账号、检查批次",
            parameters=("q", "from", "to", "platform", "unit", "found", "problem", "rectified", "as_of"),
        ),
        ListKind(
            "media_accounts",
            "新媒体账号",
            "个",
            "",
            (
                ListColumn("platform", "平台", of_related("platform", "name"), "nowrap", sort="platform__position"),
                ListColumn("name", "账号名称", account_name, sort="name", naming=True),
                ListColumn("unit", "主办单位", words("unit_name"), "nowrap", sort=UNIT),
                ListColumn("state", "状态", account_state, "nowrap", sort="state"),
                ListColumn("last_updated_on", "最近更新", day("last_updated_on"), "date", sort="last_updated_on"),
                ListColumn("silence", "距今", silence, "num nowrap"),
                ListColumn("checked_on", "最近检查", day("checked_on"), "date"),
                ListColumn("account_id", "账号ID", words("account_id"), "quiet", extra=True),
                ListColumn("opened_on", "开设日期", day("opened_on"), "date", extra=True),
                ListColumn("closed_on", "注销日期", day("closed_on"), "date", extra=True),
            ),
            ("platform",),
            empty="各单位主办的账号登记或导入后，在这里查看更新情况。",
            searched="账号名称、账号ID",
            parameters=("q", "platform", "unit", "account_state"),
            register=("platform__position", UNIT, "pk"),
        ),
    )
}
