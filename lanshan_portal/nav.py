"""What the side navigation offers, in order; who sees an entry follows from its permissions."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from lanshan_portal.periods import Period
from units.roles import Permission

TAB_BAR = 4
"""How many entries there is room for at the foot of a phone's screen, beside the one that opens the others."""
EVERY_READER = (Permission.READ_ALL_UNITS, Permission.READ_OWN_UNIT)
DECIDERS = (Permission.REVIEW_SUBMISSIONS, Permission.APPROVE_EXEMPTIONS)


@dataclass(frozen=True)
class NavEntry:
    """One entry: its words, its page, its symbol, and any one of the permissions that opens it."""

    label: str
    url_name: str
    icon: str
    permissions: tuple[Permission, ...]
    argument: str = ""
    of_month: bool = False
    """Whether the address carries the month: a page of its own for each, or a list of that month's rows."""
    in_tab_bar: bool = False
    """Whether it is wanted at the foot of a phone's screen; of those wanted, the first that there is room for are there."""
    unless: tuple[Permission, ...] = ()
    """Whoever holds one of these has another way there."""
    counted: str = ""
    """The number shown beside it, by its name among those `shown_nav` is given."""
    also: tuple[str, ...] = ()
    """Other kinds of lists, and how the names of other pages begin, that lie under it."""

    def address(self, month: Period) -> str:
        """Where the entry leads while `month` is the month in view."""
        if self.of_month and not self.argument:
            return reverse(self.url_name, args=[month])
        address = reverse(self.url_name, args=[self.argument] if self.argument else [])
        return f"{address}?from={month.start}&to={month.last}" if self.of_month else address

    def holds(self, view_name: str, arguments: dict[str, object]) -> bool:
        """Whether the page of that name and arguments lies under this entry."""
        if view_name.startswith(self.also):
            return True
        if self.argument:
            of_list = view_name == "rows" or view_name.startswith("record")
            return of_list and arguments.get("kind") in (self.argument, *self.also)
        return view_name == self.url_name or view_name.startswith(f"{self.url_name}_")


@dataclass(frozen=True)
class NavGroup:
    """Entries under one heading."""

    title: str
    entries: tuple[NavEntry, ...]


NAV = (
    NavGroup(
        "日常监管",
        (
            NavEntry("总览", "overview", "house-door", EVERY_READER, of_month=True, in_tab_bar=True),
            NavEntry("单位台账", "units", "people", (Permission.READ_ALL_UNITS,)),
            NavEntry(
                "工作任务",
                "rows",
                "list-check",
                EVERY_READER,
                "duties",
                of_month=True,
                in_tab_bar=True,
                also=("duty", "duties", "requirements", "exceptions"),
            ),
            NavEntry("报送审核", "reviews", "clipboard-check", DECIDERS, in_tab_bar=True, counted="reviews"),
            NavEntry("催办", "reminders", "megaphone", (Permission.REMIND,), in_tab_bar=True),
            NavEntry(
                "消息",
                "messages",
                "bell",
                (Permission.READ_OWN_UNIT,),
                unless=(Permission.READ_ALL_UNITS,),
                in_tab_bar=True,
                counted="messages",
            ),
            NavEntry("网站信息", "rows", "newspaper", EVERY_READER, "published_items", of_month=True, in_tab_bar=True),
            NavEntry("依申请公开", "rows", "file-earmark-text", EVERY_READER, "applications", of_month=True),
            NavEntry("部门信箱", "rows", "envelope-open", EVERY_READER, "mailbox_cases", of_month=True),
            NavEntry(
                "政务新媒体",
                "rows",
                "phone",
                EVERY_READER,
                "media_checks",
                of_month=True,
                also=("media_rounds", "media_accounts", "rounds_"),
            ),
        ),
    ),
    NavGroup(
        "通报",
        (
            NavEntry(
                "通报预览",
                "notice",
                "file-earmark-richtext",
                (Permission.PREVIEW_NOTICE,),
                of_month=True,
                in_tab_bar=True,
                also=("drafts_",),
            ),
            NavEntry("印发的通报", "issued_all", "journal-check", EVERY_READER, also=("issued", "consultation")),
            NavEntry("整改", "rectifications", "exclamation-circle", EVERY_READER),
        ),
    ),
    NavGroup(
        "分析",
        (NavEntry("统计分析", "statistics", "bar-chart", (Permission.READ_ALL_UNITS,)),),
    ),
    NavGroup(
        "数据",
        (
            NavEntry("导入数据", "imports", "upload", (Permission.IMPORT_SHEETS,)),
            NavEntry("导入记录", "batches", "clock-history", (Permission.IMPORT_SHEETS,)),
        ),
    ),
    NavGroup(
        "管理",
        (
            NavEntry("账号", "accounts", "person-badge", (Permission.MANAGE_USERS,)),
            NavEntry("操作日志", "log", "journal-text", (Permission.READ_LOG,)),
            NavEntry("系统设置", "settings", "gear", (Permission.MANAGE_SETTINGS,)),
        ),
    ),
)


@dataclass(frozen=True)
class ShownEntry:
    """An entry as one page shows it."""

    entry: NavEntry
    address: str
    current: bool
    count: int = 0
    in_tab_bar: bool = False
    """Whether it stands at the foot of a phone's screen: one of the first wanted there, or one of a few."""


def shown_nav(
    permissions: frozenset[Permission],
    month: Period,
    view_name: str,
    arguments: dict[str, object],
    counts: dict[str, int],
) -> list[tuple[str, list[ShownEntry]]]:
    """The groups and entries open to somebody with `permissions`, the current one marked; empty groups are left out."""
    open_to = [
        entry
        for group in NAV
        for entry in group.entries
        if not permissions.isdisjoint(entry.permissions) and permissions.isdisjoint(entry.unless)
    ]
    few = len(open_to) <= TAB_BAR
    in_tab_bar = open_to if few else [entry for entry in open_to if entry.in_tab_bar][:TAB_BAR]
    groups = []
    for group in NAV:
        entries = [
            ShownEntry(
                entry,
                entry.address(month),
                entry.holds(view_name, arguments),
                counts.get(entry.counted, 0),
                entry in in_tab_bar,
            )
            for entry in group.entries
            if entry in open_to
        ]
        if entries:
            groups.append((group.title, entries))
    return groups
