"""Which months an office has data of: what a month menu offers."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Max, Min

from disclosures.models import DisclosureApplication, MailboxCase, PublishedItem
from lanshan_portal.periods import Period
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

    Counted by day, as the covering index has them: a month would have to be made of every day first.
    """
    days = (
        PublishedItem.objects.filter(office=office, published_on__gte=first, published_on__lt=end)
        .order_by()
        .values_list("published_on")
        .annotate(items=Count("*"))
    )
    months: dict[date, int] = {}
    for day, items in days:
        month = day.replace(day=1)
        months[month] = months.get(month, 0) + items
    return months
