"""Addresses that several apps need: the list behind a number, a period in an address."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from lanshan_portal.periods import Period


class Rows(Protocol):
    """A kind of rows and the parameters that select them (`reports.figures.figure.RowQuery`)."""

    @property
    def kind(self) -> str: ...

    @property
    def filters(self) -> tuple[tuple[str, str], ...]: ...


def rows_address(query: Rows) -> str:
    """The list of those rows."""
    address = _list_of(query.kind, get_script_prefix())
    return f"{address}?{urlencode(query.filters, safe=',')}" if query.filters else address


def duty_address(requirement: str, term: str, unit: str) -> str:
    """One unit's duty, by the codes of the requirement, its term (empty for once) and the unit: where the unit hands in
    and the office reviews."""
    return reverse("duty", args=[requirement, term, unit])


def same_page(request: HttpRequest, **changed: str) -> str:
    """The page of the request with those parameters changed, or without them where nothing is given."""
    query = request.GET.copy()
    for name, value in changed.items():
        if value:
            query[name] = value
        else:
            query.pop(name, None)
    return f"{request.path}?{query.urlencode(safe=',')}"


def next_page(request: HttpRequest, otherwise: str) -> str:
    """The page a form asks to be led back to (`next`), where it is one of ours."""
    page = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure())
    return page if ours else otherwise


@lru_cache(maxsize=64)
def _list_of(kind: str, prefix: str) -> str:
    """The page of a kind under the portal's prefix: a page asks for it hundreds of times."""
    return reverse("rows", args=[kind])


class PeriodConverter:
    """A period's code in an address: 2020-06, 2020-Q2, 2020-H1, 2020-05-24..2020-08-29."""

    regex = r"\d{4}-(?:\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2}|Q[1-4]|H[12]|\d{2})"

    def to_python(self, value: str) -> Period:
        """The period; a code of none (2020-13) makes the address one that does not exist."""
        return Period.parse(value)

    def to_url(self, value: Period | str) -> str:
        """Its code."""
        return str(value)


ONCE = "once"
"""What stands for the term of something asked once."""


class TermConverter:
    """The term of a duty in an address: the month of a monthly one, or once."""

    regex = rf"{ONCE}|\d{{4}}-\d{{2}}"

    def to_python(self, value: str) -> str:
        """Its code, empty for once; a month that is none makes the address one that does not exist."""
        return "" if value == ONCE else str(Period.parse(value))

    def to_url(self, value: str) -> str:
        """As it stands in the address; takes once itself too."""
        return value or ONCE


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class MomentConverter:
    """A moment in an address, to the microsecond: it names everything that one act did."""

    regex = r"\d{16}"

    def to_python(self, value: str) -> datetime:
        """The moment."""
        return EPOCH + int(value) * MICROSECOND

    def to_url(self, value: datetime | str) -> str:
        """Its digits."""
        return value if isinstance(value, str) else str((value - EPOCH) // MICROSECOND)
