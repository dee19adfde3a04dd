"""The month a page is about, as the pages of the top floor see it: its notice, its table, and the months before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from disclosures.month_in_view import issue_date, look_at, other_issue_date
from lanshan_portal.periods import Period
from reports.months import Month, Problem, in_a_row, months_of
from reports.preparation import PreparedNotice, prepare
from units.access import Access, access_of, office_of
from units.models import Office

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class InView:
    """A request's month: counted anew, while the months before are those that were counted when they last changed."""

    request: HttpRequest
    access: Access
    office: Office
    period: Period
    issued_on: date
    prepared: PreparedNotice

    @property
    def issued_today(self) -> bool:
        """Whether the day the page reckons from is the day it is read on."""
        return self.issued_on == timezone.localdate()

    @cached_property
    def month(self) -> Month:
        """The month's figures with its table of units."""
        return Month.of(self.prepared.figures, self.prepared.directory, self.prepared.calendar)

    @cached_property
    def year(self) -> list[Month]:
        """The twelve months up to this one; each as its own overview shows it."""
        months = self.period.months_back(MONTHS_SHOWN)
        before = {month: other_issue_date(self.request, month) for month in months if month != self.period}
        counted = {
            month.period: month
            for month in months_of(self.office, before, self.prepared.directory, self.prepared.calendar)
        }
        return [self.month if month == self.period else counted[month] for month in months]

    @cached_property
    def in_a_row(self) -> dict[Problem, int]:
        """In how many months on end each problem has been one; of a longer period nothing is said."""
        return in_a_row(self.year, self.prepared.directory) if self.year[-1] is self.month else {}


def in_view(request: HttpRequest, period: Period) -> InView:
    """What the request's page is about; remembers the month. 404 where there is no office."""
    access, office = access_of(request), office_of(request)
    look_at(request, period)
    issued_on = issue_date(request, period)
    return InView(request, access, office, period, issued_on, prepare(office, period, issued_on))
