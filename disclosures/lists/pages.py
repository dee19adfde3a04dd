"""Which rows make a page: counted up to a cap, fetched for the page alone."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from disclosures.lists.kinds import ListKind

COUNT_CAP = 10_000
"""A list is counted and paged up to here: counting a million rows for a page nobody turns to would hold everybody up."""


def ordered(rows: QuerySet[Any], kind: ListKind, sort: str) -> QuerySet[Any]:
    """The rows in the order asked for (`-` in front: downwards), by default the list's own."""
    if sort.removeprefix("-") not in kind.sorts:
        return rows.order_by(*kind.default_order)
    return rows.order_by(sort, *kind.default_order)


class CappedPaginator(Paginator):
    """Pages of at most COUNT_CAP rows; `capped` tells whether there are more.

    A page is found by the ids alone, which the order's index holds, and only its own rows are fetched: the last page costs
    what the first does.
    """

    @cached_property
    def reached(self) -> int:
        """The number of rows, or COUNT_CAP + 1 where there are more."""
        rows: Any = self.object_list
        return int(rows.order_by()[: COUNT_CAP + 1].count())

    @cached_property
    def count(self) -> int:
        """The number of rows that can be paged through."""
        return min(self.reached, COUNT_CAP)

    @property
    def capped(self) -> bool:
        """Whether there are more rows than are counted."""
        return self.reached > COUNT_CAP

    def page(self, number: Any) -> Page[Any]:
        """The rows of a page."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        return Page(self.rows_of(self.ids(first, min(first + self.per_page, self.count))), number, self)

    def ids(self, first: int, end: int) -> list[int]:
        """The ids of the rows from `first` to before `end`, in order."""
        rows: Any = self.object_list
        return list(rows.values_list("pk", flat=True)[first:end])

    def rows_of(self, ids: list[int]) -> list[Any]:
        """The rows of those ids, in their order."""
        rows: Any = self.object_list
        found = {row.pk: row for row in rows.order_by().filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]


class FoundPaginator(CappedPaginator):
    """Pages of a search through everything: `found` holds the ids as far as they were looked for, up to `reach`."""

    def __init__(self, rows: QuerySet[Any], per_page: int, *, found: list[int], reach: int) -> None:
        super().__init__(rows, per_page)
        self.found, self.reach = found, reach

    @cached_property
    def reached(self) -> int:
        """The number of rows found so far."""
        return len(self.found)

    @property
    def capped(self) -> bool:
        """Whether there may be more."""
        return len(self.found) == self.reach

    def ids(self, first: int, end: int) -> list[int]:
        """The ids of the rows from `first` to before `end`, in order."""
        return self.found[first:end]
