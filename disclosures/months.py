"""Which months an office has data of: what a month menu offers."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from django.db.models import Count, Max, Min

from disclosures.models import DisclosureApplication, MailboxCase, PublishedItem
from disclosures.spans import which
from lanshan_portal.periods import Period
from units import audit
from units.models import Office

DATED = ((PublishedItem, "published_on"), (MailboxCase, "received_on"), (DisclosureApplication, "received_on"))


def newest_month(office: Office) -> Period | None:
    """The last month that any item, letter or application of the office belongs to; one look-up in an index each."""
    days = [
        model._default_manager.filter(office=office).order_by().aggregate(newest=Max(field))["newest"]
        for model, field in DATED
    ]
    found = [day for day in days if day]
    return Period.month_of(max(found)) if found else None


def oldest_day(office: Office) -> date | None:
    """The first day to which any item, letter or application of the office belongs."""
    days = [
        model._default_manager.filter(office=office).order_by().aggregate(oldest=Min(field))["oldest"]
        for model, field in DATED
    ]
    return min((day for day in days if day), default=None)


def months_with_data(office: Office, first: date, end: date) -> dict[date, int]:
    """How many items were published in each month from `first` to `end` (excluded), by the month's first day.

    Counted again only after an event of the log by which that may have changed: every page with a month menu asks for it.
    """
    return _counted(office, first, end, audit.changes())


@lru_cache(maxsize=64)
def _counted(office: Office, first: date, end: date, mark: str) -> dict[date, int]:
    months = list(Period(first, end).months())
    items = PublishedItem.objects.published_in(office, Period(first, end)).order_by()
    counted = items.annotate(at=which(months, "published_on")).values_list("at").annotate(items=Count("*"))
    return {months[at].start: number for at, number in counted}


forget = _counted.cache_clear
