"""The month somebody is looking at: the one of the page, else the one last looked at, else the newest with data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest
from django.utils import timezone

from disclosures.months import months_with_data, newest_month
from lanshan_portal.periods import Period, PeriodKind, day_asked_for
from units.access import access_of

KEPT_AS = "month"


@dataclass(frozen=True)
class MonthChoice:
    """One line of the month menu."""

    period: Period
    address: str
    items: int
    current: bool


@dataclass(frozen=True)
class MonthSwitch:
    """The control that changes the month of a page: one back, one on, and a menu."""

    period: Period
    previous: str
    next: str
    choices: list[MonthChoice]


ISSUED_ON_KEPT_AS = "issued_on"


def month_in_view(request: HttpRequest) -> Period:
    """The period the page is about; remembered, so that every page opens on it."""
    kept: Period | None = getattr(request, "_month_in_view", None)
    if kept is None:
        kept = _of_session(request)
        if kept is None:
            office = access_of(request).office
            newest = newest_month(office) if office else None
            kept = newest or Period.month_of(timezone.localdate())
        request._month_in_view = kept  # type: ignore[attr-defined]
    return kept


def look_at(request: HttpRequest, period: Period) -> None:
    """Remember that the page is about `period`."""
    request._month_in_view = period  # type: ignore[attr-defined]
    if request.session.get(KEPT_AS) != str(period):
        request.session[KEPT_AS] = str(period)


def month_asked_for(request: HttpRequest) -> Period:
    """The period of the code in `?month=`, else the one in view; raises Http404 for the code of none."""
    code = request.GET.get("month", "")
    try:
        return Period.parse(code) if code else month_in_view(request)
    except ValueError:
        raise Http404 from None


def period_asked_for(request: HttpRequest) -> Period:
    """The days from `?from=` to `?to=`, else the period in view; a whole month is from now on in view.

    Raises Http404 for days that do not exist or do not follow each other.
    """
    first, last = request.GET.get("from", ""), request.GET.get("to", "")
    if not first or not last:
        return month_in_view(request)
    try:
        span = Period.window(day_asked_for(first), day_asked_for(last))
    except ValueError:
        raise Http404 from None
    month = Period.month_of(span.start)
    if (month.start, month.end) == (span.start, span.end):
        look_at(request, month)
        return month
    return span


def _of_session(request: HttpRequest) -> Period | None:
    session = getattr(request, "session", None)
    try:
        return Period.parse(session[KEPT_AS]) if session and KEPT_AS in session else None
    except ValueError:
        return None


def issue_date(request: HttpRequest, period: Period) -> date:
    """The day the page reckons from: `?issued_on=`, else the one last given for this period, else the usual one.

    A date that does not exist, or of a year that cannot be asked for, is ignored: the page then shows which day it uses.
    """
    given = request.GET.get("issued_on", "")
    if not given:
        return other_issue_date(request, period)
    try:
        day = day_asked_for(given)
    except ValueError:
        return period.usual_issue_date(timezone.localdate())
    kept: dict[str, str] = request.session.get(ISSUED_ON_KEPT_AS, {})
    if kept.get(str(period)) != given:
        request.session[ISSUED_ON_KEPT_AS] = {**kept, str(period): given}
    return day


def other_issue_date(request: HttpRequest, period: Period) -> date:
    """The day that a period besides the page's own is reckoned from: the one last given for it, else the usual one."""
    kept: dict[str, str] = request.session.get(ISSUED_ON_KEPT_AS, {})
    try:
        return day_asked_for(kept.get(str(period), ""))
    except ValueError:
        return period.usual_issue_date(timezone.localdate())


def month_switch(request: HttpRequest, period: Period, address: Callable[[Period], str]) -> MonthSwitch:
    """The switch of a page about `period`; `address` is the same page about another. Its menu is a year long."""
    last = Period.month_of(period.last)
    for _ in range(3):
        last = last.next()
    months = [last]
    for _ in range(11):
        months.append(months[-1].previous())
    office = access_of(request).office
    counts = months_with_data(office, months[-1].start, months[0].end) if office else {}
    offered = months if period.kind is PeriodKind.MONTH else [period, *months]
    return MonthSwitch(
        period=period,
        previous=address(period.previous()),
        next=address(period.next()),
        choices=[MonthChoice(each, address(each), counts.get(each.start, 0), each == period) for each in offered],
    )
