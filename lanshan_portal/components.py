"""Template tags of every page: icons, the address of rows, dates and sizes as an office writes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from lanshan_portal.addresses import rows_address
from lanshan_portal.notes import undo_address
from lanshan_portal.periods import Period, chinese_date

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """One symbol of the sprite; decoration, so readers of the screen aloud skip it."""
    sprite = static("vendor/bootstrap-icons/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>', sprite, name
    )


PNG_SIZE = slice(16, 24)
"""Where a PNG says how wide and how high it is, four bytes each."""


@register.simple_tag
@lru_cache(maxsize=64)
def picture_size(path: str) -> tuple[int, int]:
    """Width and height of a static PNG, so that a page keeps its place while the picture comes.

    Raises FileNotFoundError where there is no such picture.
    """
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(path)
    head = Path(found).read_bytes()[PNG_SIZE]
    return int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")


@register.filter
def undo(tags: str) -> str:
    """The address that takes back what a note tells, or nothing."""
    return undo_address(tags)


@register.filter
def rows_url(query: Any) -> str:
    """The address of the list that shows the rows of a RowQuery."""
    return rows_address(query)


@register.filter
def grouped(number: int) -> str:
    """1,550: with separators, for the large numbers of a screen only; a notice has none."""
    return f"{number:,}"


@register.filter
def signed(number: int) -> str:
    """+86, −3, 持平: a difference."""
    if number == 0:
        return "持平"
    return f"+{number:,}" if number > 0 else f"−{-number:,}"


@register.filter
def day_in_words(day: date | datetime | None) -> str:
    """2020年7月6日."""
    return chinese_date(_date(day)) if day else ""


@register.filter
def last_day(excluded: date | None) -> date | None:
    """The last day of a span of which the day after is kept: what began again on the 26th lasted through the 25th."""
    return excluded - timedelta(days=1) if excluded else None


@register.filter
def month_in_words(code: str) -> str:
    """2020年8月, of 2020-08: how records name the month of their term."""
    return Period.parse(code).label if code else ""


@register.filter
def short_day(day: date | datetime | None) -> str:
    """7月6日."""
    return chinese_date(_date(day), with_year=False) if day else ""


@register.filter
def moment(at: datetime | None) -> str:
    """7月6日 09:30, with its year where that is not this one."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{chinese_date(local.date(), with_year=local.year != timezone.localdate().year)} {local:%H:%M}"


@register.filter
def clock_after(span: timedelta) -> str:
    """09:42: the time of day `span` from now."""
    return f"{timezone.localtime() + span:%H:%M}"


@register.filter
def minutes(span: timedelta) -> int:
    """A span in whole minutes."""
    return round(span.total_seconds() / 60)


@register.filter
def size_in_words(size: int) -> str:
    """38 KB, 1.2 MB, 76.3 GB."""
    if size < 1024**2:
        return f"{max(1, round(size / 1024))} KB"
    number, unit = (size / 1024**2, "MB") if size < 1024**3 else (size / 1024**3, "GB")
    return f"{number:.1f} {unit}".replace(".0 ", " ")


@register.filter
def share_of(part: int, whole: int) -> str:
    """37.9%: a part in its whole; nothing where there is no whole."""
    return f"{part / whole * 100:.1f}%" if whole else "—"


@register.filter
def parts(shares: Iterable[Any], total: int) -> list[tuple[int, int]]:
    """Where each share begins and how wide it is, of a bar 1000 wide with gaps of 6 between."""
    places, start = [], 0.0
    for share in shares:
        width = share.figure.value / total * 1000 if total else 0
        if width:
            places.append((round(start), max(1, round(width) - 6)))
        start += width
    return places


@register.filter
def at(words: dict[Any, str], key: Any) -> str:
    """The entry of a table for a key, or nothing."""
    return words.get(key, "")


WIDE_FIELDS = {"q": "field-find", "unit": "field-wide", "group": "field-group"}


@register.filter
def field_width(name: str) -> str:
    """The style of a filter's field by its name: where names and words stand, there is more room."""
    return WIDE_FIELDS.get(name, "")


def _date(day: date | datetime) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
