"""What was published by column of the website: the one way to tell apart that no notice counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count

from disclosures.models import PublishedItem
from disclosures.spans import which
from lanshan_portal.addresses import rows_address
from lanshan_portal.periods import Period
from reports.figures.figure import RowQuery
from reports.months import Month
from reports.statistics.subjects import LineOfMonth, Number
from units.models import Office

SHOWN = 25
REST = "其余栏目"


def by_column(office: Office, months: Sequence[Month]) -> list[list[LineOfMonth] | None]:
    """For each month its columns: those with most items in all the months, the others together. One query."""
    periods = [month.period for month in months]
    items = PublishedItem.objects.published_in(office, Period.around(periods)).order_by()
    counted = items.annotate(at=which(periods, "published_on")).values_list("at", "column").annotate(items=Count("*"))
    by_month: list[Counter[str]] = [Counter() for _ in periods]
    for at, column, number in counted:
        if at is not None:
            by_month[at][column] += number
    totals = sum(by_month, Counter[str]())
    most = [column for column, _ in totals.most_common() if column][:SHOWN]
    return [
        _lines(period, columns, most, rest=len(most) < len(totals)) if columns else None
        for period, columns in zip(periods, by_month, strict=True)
    ]


def _lines(period: Period, columns: Counter[str], most: Sequence[str], *, rest: bool) -> list[LineOfMonth]:
    days = (("from", period.start.isoformat()), ("to", period.last.isoformat()))
    lines = [
        LineOfMonth(
            column,
            column,
            {"items": Number(columns[column], rows_address(RowQuery("published_items", (*days, ("column", column)))))},
        )
        for column in most
    ]
    if rest:
        others = columns.total() - sum(columns[column] for column in most)
        lines.append(LineOfMonth(REST, REST, {"items": Number(others)}))
    return lines
