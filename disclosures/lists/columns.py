"""The columns of the lists: each knows its heading and how a row's cell reads.

Cells are put together here and not in a template: a page holds hundreds, and a template takes twenty times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.template.defaultfilters import truncatechars
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lanshan_portal.periods import chinese_date

Cell = Callable[[Any], str]
"""From a furnished row to the HTML of its cell; what comes from a record is escaped."""
NOTHING = '<span class="quiet">—</span>'


@dataclass(frozen=True)
class ListColumn:
    """A column: its key among the saved ones, heading, cell, look, and what it sorts by.

    `naming` marks the one that leads to the record; it is always shown. `extra` ones are shown only when asked for.
    """

    key: str
    heading: str
    cell: Cell
    css: str = ""
    sort: str = ""
    naming: bool = False
    extra: bool = False


def cells(row: Any, columns: Iterable[ListColumn], address: str) -> SafeString:
    """The cells of a row; `address` is the list's, under which each record has its page."""
    parts = []
    for column in columns:
        content = column.cell(row)
        if column.naming:
            parts.append(f'<th scope="row" class="{column.css}"><a href="{address}{row.pk}/">{content}</a></th>')
        else:
            parts.append(f'<td class="{column.css}">{content}</td>')
    return mark_safe("".join(parts))


# --- what cells say


def words(name: str, *, longest: int = 0) -> Cell:
    """A text of the record, or a dash."""

    def cell(row: Any) -> str:
        value = str(getattr(row, name))
        if longest:
            value = truncatechars(value, longest)
        return escape(value) if value else NOTHING

    return cell


def day(name: str) -> Cell:
    """A day as 2020-06-01, or a dash."""

    def cell(row: Any) -> str:
        value: date | None = getattr(row, name)
        return value.isoformat() if value else NOTHING

    return cell


def of_related(*path: str) -> Cell:
    """The name of what the record belongs to."""

    def cell(row: Any) -> str:
        for name in path:
            row = getattr(row, name)
        return escape(str(row))

    return cell


def chosen(name: str) -> Cell:
    """The label of one of a fixed list."""

    def cell(row: Any) -> str:
        return escape(getattr(row, f"get_{name}_display")()) or NOTHING

    return cell


def yes_or_no(name: str) -> Cell:
    """是, 否, or a dash."""
    return lambda row: {True: "是", False: "否"}.get(getattr(row, name), NOTHING)


def chip(tone: str, text: str) -> str:
    """A state: always a word, never colour alone."""
    return f'<span class="chip chip-{tone}">{escape(text)}</span>'


def web_address(row: Any) -> str:
    """The item on the website, where it has an address."""
    if not row.url:
        return NOTHING
    return f'<a href="{escape(row.url)}" rel="noreferrer noopener" target="_blank">打开</a>'


def due_day(row: Any) -> str:
    """The day an answer is due, and whether that may still change."""
    if not row.due_day:
        return '<span class="quiet">等待补正</span>'
    if not row.provisional:
        return str(row.due_day.isoformat())
    note = "该年度放假安排尚未公布，按周一至周五计算"
    return f'{row.due_day.isoformat()}<span class="quiet" title="{note}">暂定</span>'


def answered_day(row: Any) -> str:
    """The day of the answer, as far as it is known on the day of counting."""
    return str(row.answered_on.isoformat()) if row.answered else NOTHING


def answer(row: Any) -> str:
    """How a case stands."""
    match row.state:
        case "late":
            return chip("behind", f"逾期{row.days_over}天" if row.days_over else "逾期答复")
        case "open":
            return chip("plain", "在期限内")
    return chip("good", "按时答复")


def finding(row: Any) -> str:
    """What a check found."""
    return chip("soon", row.problem) if row.problem else '<span class="quiet">未发现问题</span>'


def rectified(row: Any) -> str:
    """Whether a finding was put right."""
    if not row.problem:
        return NOTHING
    match row.rectification:
        case "in_time":
            return chip("mended", "已整改")
        case "pending":
            return chip("soon", f"限{chinese_date(row.rectify_by, with_year=False)}")
    return chip("behind", "未按期整改" if row.rectified_on else "未整改")


def account_state(row: Any) -> str:
    """Whether an account is in use."""
    tone = {"正常": "good", "暂停": "soon"}.get(row.state, "plain")
    return chip(tone, row.state)


def account_name(row: Any) -> str:
    """The name, and those it bore before."""
    former = "、".join(row.former_names)
    return f"{escape(row.name)}<small>曾用名 {escape(former)}</small>" if former else escape(row.name)


def silence(row: Any) -> str:
    """How long it is since the last update that a check has seen; said loudly where that check found it too long."""
    if row.silent_days is None:
        return NOTHING
    words = f"{row.silent_days}天"
    return f"{words} {chip('behind', '检查时超期')}" if row.overdue and row.state == "正常" else words


ANSWER = (
    ListColumn("due", "应答复日期", due_day, "date"),
    ListColumn("answered_on", "答复日期", answered_day, "date"),
    ListColumn("state", "情况", answer),
)
"""What applications and letters end with."""
UNIT = "unit__position"
"""Units are sorted in their official order."""
