"""Search everywhere: what an office has that holds the words, group by group, as far as the person may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from disclosures.lists import LISTS
from disclosures.masking import masked
from disclosures.models import MediaAccount, Requirement
from disclosures.months import newest_month, oldest_day
from disclosures.search.index import SEARCHED
from disclosures.search.newest import containing, found, newest, words_of
from disclosures.selection import visible
from lanshan_portal.periods import Period, chinese_date
from units.access import Access
from units.models import Office
from units.roles import Permission

SHOWN = 6
"""Rows of a group on the page; its list has the others."""
MONTHS_BACK = 36
"""Notices of so many months are looked through."""
NOTICE = "政务公开工作情况的通报"


@dataclass(frozen=True)
class Hit:
    """One thing found: its name, what stands beside it, and its page."""

    title: str
    note: str
    address: str


@dataclass(frozen=True)
class Found:
    """What was found of one sort: the first few, whether there are more, and the list of them all."""

    title: str
    symbol: str
    hits: tuple[Hit, ...]
    more: bool = False
    address: str = ""


def everywhere(query: str, access: Access, today: date) -> list[Found]:
    """What holds every word of the query; sorts of which nothing was found are left out.

    The number of queries does not grow with what is found.
    """
    if access.office is None or not words_of(query):
        return []
    groups = (_units, _tasks, _items, _letters, _applications, _accounts, _notices)
    return [group for look in groups for group in [look(query, access, today)] if group and group.hits]


def _few(hits: Iterator[Hit]) -> tuple[tuple[Hit, ...], bool]:
    """The first hits, and whether there are others."""
    listed: list[Hit] = []
    for hit in hits:
        if len(listed) == SHOWN:
            return tuple(listed), True
        listed.append(hit)
    return tuple(listed), False


def _units(query: str, access: Access, today: date) -> Found:
    lookups = ("versions__short_name", "versions__full_name", "aliases__name", "initials", "code")
    rows = access.visible_units.filter(containing(query, *lookups)).distinct().order_by("position", "pk")
    hits, more = _few(
        Hit(entry.short_name, f"{entry.full_name}，{entry.group}", _unit_address(entry.code))
        for pk in rows.values_list("pk", flat=True)[: SHOWN + 1]
        for entry in [access.directory.entry(pk, today)]
    )
    return Found("单位", "building", hits, more)


def _unit_address(code: str) -> str:
    """The unit's page; in a portal without such pages, what it published."""
    try:
        return reverse("units_one", args=[code])
    except NoReverseMatch:
        return f"{reverse('rows', args=['published_items'])}?{urlencode({'unit': code})}"


def _tasks(query: str, access: Access, today: date) -> Found:
    rows = Requirement.objects.filter(containing(query, "name", "code", "basis"), office=access.office)
    rows = rows.prefetch_related("units").order_by("-due_on", "code")[:60]
    own = set(access.visible_units.values_list("pk", flat=True))
    hits, more = _few(
        Hit(
            task.name,
            f"{task.code}，{chinese_date(task.due_on)}截止" if task.recurrence == "一次" else f"{task.code}，每月",
            f"{reverse('rows', args=['duties'])}?{urlencode({'requirement': task.code})}",
        )
        for task in rows
        if access.reads_all_units or own & {entry.unit_id for entry in task.asked_of(access.directory, task.due_on)}
    )
    return Found("工作任务", "list-check", hits, more)


def _records(kind: str, query: str, access: Access) -> tuple[list[Any], bool]:
    """The newest records of a list that hold the words, and whether there are others."""
    listed = LISTS[kind]
    rows: QuerySet[Any] = visible(kind, access)
    assert access.office is not None
    if access.reads_all_units:
        ids = newest(rows.model, access.office, query, SHOWN + 1)
        by_id = rows.in_bulk(ids)
        found_rows = [by_id[pk] for pk in ids]
    else:
        found_rows = list(found(rows, query).order_by(*listed.default_order)[: SHOWN + 1])
    return found_rows[:SHOWN], len(found_rows) > SHOWN


def _of_list(kind: str, symbol: str, query: str, access: Access, told: Callable[[Any], tuple[str, list[str]]]) -> Found:
    listed = LISTS[kind]
    assert SEARCHED[visible(kind, access).model]
    rows, more = _records(kind, query, access)
    hits = []
    for row in rows:
        title, notes = told(row)
        day = getattr(row, listed.day)
        unit = access.directory.entry(row.unit_id, day).short_name
        address = reverse("record", args=[kind, row.pk])
        hits.append(Hit(title, "，".join([unit, chinese_date(day), *filter(None, notes)]), address))
    return Found(listed.title, symbol, tuple(hits), more, f"{reverse('rows', args=[kind])}?{urlencode({'q': query})}")


def _items(query: str, access: Access, today: date) -> Found:
    return _of_list(
        "published_items", "newspaper", query, access, lambda item: (item.title, [item.document_number, item.column])
    )


def _letters(query: str, access: Access, today: date) -> Found:
    return _of_list(
        "mailbox_cases", "envelope-open", query, access, lambda case: (case.number, [masked(case.title)[:40]])
    )


def _applications(query: str, access: Access, today: date) -> Found:
    return _of_list(
        "applications", "file-earmark-text", query, access, lambda case: (case.number, [masked(case.content)[:40]])
    )


def _accounts(query: str, access: Access, today: date) -> Found:
    rows = visible("media_accounts", access).filter(containing(query, "name", "account_id"))
    accounts: list[MediaAccount] = list(
        rows.select_related("platform").order_by("platform__position", "pk")[: SHOWN + 1]
    )
    hits, more = _few(
        Hit(
            account.name,
            f"{account.platform.name}，{access.directory.entry(account.unit_id, today).short_name}，{account.state}",
            reverse("record", args=["media_accounts", account.pk]),
        )
        for account in accounts
    )
    address = f"{reverse('rows', args=['media_accounts'])}?{urlencode({'q': query})}"
    return Found("新媒体账号", "megaphone", hits, more, address)


def _notices(query: str, access: Access, today: date) -> Found | None:
    """The notices of the last years, by month or by the words of their title."""
    if not access.may(Permission.PREVIEW_NOTICE) or access.office is None:
        return None
    words = words_of(query)
    hits, more = _few(
        Hit(f"关于{month.in_title}{NOTICE}", month.label, reverse("notice", args=[month]))
        for month in _months(access.office)
        if all(word in f"关于{month.in_title}{NOTICE} {month} {month.label}" for word in words)
    )
    return Found("通报", "file-earmark-richtext", hits, more)


def _months(office: Office) -> Iterator[Period]:
    """The months a notice can be about, the newest first: from the newest data three years back, if there is so much."""
    month, oldest = newest_month(office), oldest_day(office)
    for _ in range(MONTHS_BACK):
        if month is None or oldest is None or month.last < oldest:
            return
        yield month
        month = month.previous()
