"""What each list shows: its words, its order, what it can be sorted by, what belongs beside a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from disclosures.answering import answer_state
from disclosures.compliance import rectification
from disclosures.filters import STATES
from disclosures.masking import masked
from disclosures.models import RestDay
from units.models import Office, Unit

COUNT_CAP = 10_000
"""A list is counted and paged up to here: counting a million rows for a page nobody turns to would hold everybody up."""


@dataclass(frozen=True)
class ListKind:
    """A list of records: title, measure word, day, what it can be sorted by (first: its order), related tables."""

    key: str
    title: str
    measure: str
    day: str
    sorts: dict[str, str]
    related: tuple[str, ...] = ()
    answered: bool = False
    citizens_words: str = ""
    """The field that holds what an applicant or a letter writer wrote; lists blot out numbers in it."""
    empty: str = ""
    parameters: tuple[str, ...] = field(default=("from", "to", "unit"))


LISTS: dict[str, ListKind] = {
    kind.key: kind
    for kind in (
        ListKind(
            "published_items",
            "网站信息",
            "条",
            "published_on",
            {"published_on": "发布日期", "unit__position": "单位", "title": "标题"},
            ("category",),
            empty="网站后台导出的信息发布表导入后，在这里逐条查看。",
            parameters=("from", "to", "group", "unit", "category", "column"),
        ),
        ListKind(
            "applications",
            "依申请公开",
            "件",
            "received_on",
            {"received_on": "收到日期", "unit__position": "受理单位"},
            ("channel",),
            answered=True,
            citizens_words="content",
            empty="依申请公开登记表导入后，在这里逐件查看。",
            parameters=("from", "to", "channel", "unit", "state", "as_of"),
        ),
        ListKind(
            "mailbox_cases",
            "部门信箱",
            "件",
            "received_on",
            {"received_on": "来信日期", "unit__position": "单位"},
            answered=True,
            citizens_words="title",
            empty="部门信箱来信表导入后，在这里逐件查看。",
            parameters=("from", "to", "unit", "state", "as_of"),
        ),
        ListKind(
            "media_checks",
            "政务新媒体",
            "次",
            "checked_on",
            {"checked_on": "检查日期", "unit__position": "主办单位"},
            ("account__platform",),
            empty="新媒体检查表导入后，在这里逐次查看。",
            parameters=("from", "to", "platform", "unit", "found", "problem", "rectified", "as_of"),
        ),
    )
}


class CappedPaginator(Paginator):
    """Pages of at most COUNT_CAP rows; `capped` tells whether there are more."""

    @cached_property
    def reached(self) -> int:
        """The number of rows, or COUNT_CAP + 1 where there are more."""
        rows: Any = self.object_list
        return len(rows) if isinstance(rows, list) else rows.order_by()[: COUNT_CAP + 1].count()

    @cached_property
    def count(self) -> int:
        """The number of rows that can be paged through."""
        return min(self.reached, COUNT_CAP)

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.reached > COUNT_CAP


def ordered(rows: QuerySet[Any], kind: ListKind, sort: str) -> QuerySet[Any]:
    """The rows in the order asked for (`-` in front: downwards), by default the newest first."""
    name = sort.removeprefix("-")
    if name not in kind.sorts:
        return rows.order_by(f"-{kind.day}", "-pk")
    return rows.order_by(sort, f"-{kind.day}", "-pk")


def furnished(rows: Iterable[Any], kind: ListKind, office: Office, as_of: date) -> list[Any]:
    """The rows of a page with what their templates need: `unit_name` as of the row's day, `due_day` (`provisional` while its
    year has no official calendar) and `state`."""
    directory = Unit.objects.filter(office=office).directory()
    calendar = RestDay.objects.calendar() if kind.answered else None
    words = dict(STATES)
    listed = list(rows)
    for row in listed:
        day: date = getattr(row, kind.day)
        row.day = day
        # What a list shows of words that a citizen wrote.
        row.masked = masked(getattr(row, kind.citizens_words)) if kind.citizens_words else ""
        row.unit_name = directory.entry(row.unit_id, day).short_name
        if calendar is not None:
            due = row.due(calendar)
            row.due_day = due.day if due else None
            row.provisional = due is not None and due.provisional
            row.state = answer_state(due, row.answered_on, as_of)
            row.state_in_words = words[row.state.value]
            row.answered = row.answered_on is not None and row.answered_on <= as_of
            row.days_over = (as_of - due.day).days if due and not row.answered and due.day < as_of else 0
        if kind.key == "media_checks" and row.problem:
            row.rectification = rectification(row.rectified_on, row.rectify_by, as_of)
    return listed
