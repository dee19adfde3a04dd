"""What stands beside a row: its unit as it was called then, its due day and state, when an account was last heard of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from disclosures.answering import answer_state
from disclosures.compliance import days_overdue, rectification
from disclosures.filters import STATES
from disclosures.lists.kinds import ListKind
from disclosures.masking import masked
from disclosures.models import MediaAccount, RestDay
from units.directory import Directory
from units.models import AuditEvent


def furnished(rows: Iterable[Any], kind: ListKind, directory: Directory, as_of: date) -> list[Any]:
    """The rows of a page with what their columns need: `unit_name` as of the row's day, `due_day` (`provisional` while its
    year has no official calendar) and `state`; of an account, how long it has been silent."""
    calendar = RestDay.objects.calendar() if kind.answered else None
    words = dict(STATES)
    listed = list(rows)
    former = former_names(listed) if kind.key == "media_accounts" else {}
    for row in listed:
        day: date = getattr(row, kind.day) if kind.day else as_of
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
        if kind.key == "media_accounts":
            row.former_names = former.get(row.pk, ())
            row.silent_days = (as_of - row.last_updated_on).days if row.last_updated_on else None
            row.overdue = row.checked_on is not None and days_overdue(
                row.last_updated_on, row.checked_on, row.platform.freshness_days
            )
    return listed


def former_names(accounts: list[MediaAccount]) -> dict[int, tuple[str, ...]]:
    """The names accounts bore before somebody changed them here, from the log."""
    events = AuditEvent.objects.filter(
        verb="record.edited", target_kind="mediaaccount", target_id__in=[str(account.pk) for account in accounts]
    ).order_by("id")
    names: dict[int, tuple[str, ...]] = {}
    for event in events:
        before = event.data.get("before", {}).get("账号名称")
        if before:
            names[int(event.target_id)] = (*names.get(int(event.target_id), ()), before)
    return names
