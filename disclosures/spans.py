"""Periods in queries: which of several a row's day lies in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, IntegerField, Value, When

from lanshan_portal.periods import Period


def which(periods: Sequence[Period], field: str) -> Case:
    """The place among `periods` (apart from each other, in order) of the one that the day in `field` lies in, or NULL.

    Comparisons alone: SQLite would cut each day to its month in Python, once a row.
    """
    cases, reached = [], date.min
    for at, period in enumerate(periods):
        if reached < period.start:
            cases.append(When(**{f"{field}__lt": period.start}, then=Value(None)))
        cases.append(When(**{f"{field}__lt": period.end}, then=Value(at)))
        reached = period.end
    return Case(*cases, output_field=IntegerField())
