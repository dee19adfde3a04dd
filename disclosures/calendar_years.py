"""Which years still await the State Council's arrangement of rest days."""

from __future__ import annotations

from datetime import date

from disclosures.models import CalendarYear

ANNOUNCED_FROM = 11
"""The arrangement of the next year is announced in the last weeks of October or in November; from here on it is missed."""


def years_awaited(today: date) -> list[int]:
    """This year, and towards its end the next, where the arrangement is not in the calendar."""
    wanted = [today.year, *([today.year + 1] if today.month >= ANNOUNCED_FROM else [])]
    official = set(CalendarYear.objects.filter(official=True, year__in=wanted).values_list("year", flat=True))
    return [year for year in wanted if year not in official]
