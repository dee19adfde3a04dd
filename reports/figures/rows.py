"""The rows behind a figure."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from disclosures.selection import selected
from reports.figures.figure import RowQuery
from units.models import Office


def rows_of(query: RowQuery, office: Office) -> QuerySet[Any] | list[Any]:
    """The rows that `query` names, as their list shows them; there are `value * each` of them for a figure."""
    return selected(query.kind, office, dict(query.filters))
