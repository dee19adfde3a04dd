"""The rows behind a cell, as its drawer lists them: a few of them, each with how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from disclosures.compliance import Rectification
from disclosures.duties.duty import Duty
from disclosures.lists import LISTS, furnished
from reports.cells import in_short
from reports.figures.figure import RowQuery
from reports.figures.rows import rows_of
from units.directory import Directory
from units.models import Office

SHOWN = 6
TITLE = 30
"""So much of a letter's title is shown, with what would name a person blotted out."""
RECTIFIED = {
    Rectification.IN_TIME: "按期整改",
    Rectification.LATE: "未按期整改",
    Rectification.PENDING: "在整改期限内",
}


@dataclass(frozen=True)
class DetailRow:
    """One row: what it is, more of it, how it stands, and its page."""

    title: str
    more: str
    state: str
    look: str = ""
    address: str = ""


@dataclass(frozen=True)
class DetailRows:
    """Some rows, and how many there are."""

    rows: tuple[DetailRow, ...] = ()
    total: int = 0

    @property
    def left_out(self) -> int:
        """How many are not shown."""
        return self.total - len(self.rows)


def rows_behind(query: RowQuery, office: Office, directory: Directory, as_of: date) -> DetailRows:
    """The first rows that `query` names; of a check round, which is a row of its own kind, none."""
    if query.kind == "media_rounds":
        return DetailRows()
    found = rows_of(query, office)
    if query.kind == "duties":
        duties: Iterable[Duty] = found
        listed = [_submission(duty) for duty in duties if duty.submission or duty.item]
        return DetailRows(tuple(listed), len(listed))
    kind = LISTS[query.kind]
    queryset: Any = found
    total = queryset.count()
    if kind.answered:
        queryset = queryset.with_limits()
    listed = furnished(
        queryset.select_related(*kind.related).order_by(f"-{kind.day}", "-pk")[:SHOWN], kind, directory, as_of
    )
    return DetailRows(tuple(_row(row, query.kind) for row in listed), total)


def _submission(duty: Duty) -> DetailRow:
    submission = duty.submission
    if submission is None:
        assert duty.item is not None
        address = reverse("record", args=["published_items", duty.item.pk])
        return DetailRow(duty.item.title, f"{in_short(duty.item.published_on)}公开", "已公开", "good", address)
    looks = {"通过": "good", "退回": "behind", "待审": "review"}
    words = {"通过": "审核通过", "退回": "已退回", "待审": "待审核"}
    more = f"{in_short(submission.submitted_on)}报送"
    if submission.review_words:
        more += f"，{submission.review_words}"
    return DetailRow(submission.title or "材料", more, words[submission.review], looks[submission.review])


def _row(row: Any, kind: str) -> DetailRow:
    address = reverse("record", args=[kind, row.pk])
    if kind == "published_items":
        return DetailRow(row.title, f"{in_short(row.published_on)}　{row.column or row.category}", "", "", address)
    if kind == "media_checks":
        state = RECTIFIED[row.rectification] if row.problem else "未发现问题"
        looks = {"按期整改": "mended", "未按期整改": "behind", "在整改期限内": "soon"}
        more = f"{in_short(row.checked_on)}检查" + (f"，{row.problem}" if row.problem else "")
        if row.rectify_by:
            more += f"，{in_short(row.rectify_by)}前整改"
        return DetailRow(
            f"{row.account.name}（{row.account.platform}）", more, state, looks.get(state, "good"), address
        )
    more = f"{in_short(row.received_on)}收到"
    more += f"，{in_short(row.due_day)}前答复" if row.due_day else ""
    more += f"，{in_short(row.answered_on)}答复" if row.answered else "，尚未答复"
    looks = {"on_time": "good", "late": "behind", "open": "soon"}
    title = f"{row.number}　{row.masked[:TITLE]}" if kind == "mailbox_cases" else row.number
    return DetailRow(title, more, row.state_in_words, looks[row.state.value], address)
