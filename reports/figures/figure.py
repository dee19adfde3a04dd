"""Figure: one number of a notice, with the period it is about and the rows it counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from lanshan_portal.periods import Period


@dataclass(frozen=True)
class RowQuery:
    """The rows behind a figure: a sheet kind and the filters of its list, so that a number links to its rows.

    `filters` are (parameter, value) pairs of the kind's FilterSet (`disclosures/filters.py`); the same pairs select
    the rows in a test, in a list's address and in an export.
    """

    kind: str
    filters: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.kind}?{urlencode(self.filters)}" if self.filters else self.kind

    def narrowed(self, **filters: str) -> RowQuery:
        """The same rows, filtered further."""
        return RowQuery(self.kind, self.filters + tuple(filters.items()))


@dataclass(frozen=True)
class Figure:
    """A number as the notice states it.

    `name` is stable and dotted (`published.total`, `mailbox.by_unit.371302-D05`), `meaning` the same in Chinese for
    the reader who clicks it; `period` is the span it counts, `cut_off` the day it was counted up to where that is
    another day than the period's last.
    """

    name: str
    value: int
    period: Period
    query: RowQuery
    meaning: str = ""
    cut_off: date | None = None
    each: int = 1
    """How many units the value holds for, in “A、B各2件”; the query then selects `value * each` rows."""

    def __bool__(self) -> bool:
        return self.value != 0

    def as_json(self) -> dict[str, object]:
        """The figure as `compose_notice --format json` shows it."""
        return {
            "name": self.name,
            "value": self.value,
            "period": str(self.period),
            "cut_off": self.cut_off.isoformat() if self.cut_off else None,
            "query": str(self.query),
            "meaning": self.meaning,
            "each": self.each,
        }
