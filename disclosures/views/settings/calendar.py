"""工作日历: a year of rest and working days, changed day by day or by sheet."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from disclosures.calendar_year import year_page
from disclosures.calendar_years import years_awaited
from disclosures.models import CalendarYear, RestDay
from disclosures.settings_forms import RestDayForm, YearForm
from disclosures.views.settings.pages import history_of, say_saved
from lanshan_portal.periods import FIRST_YEAR, LAST_YEAR, chinese_date
from units.access import access_of, office_of
from units.actions import settings as actions
from units.permissions import require
from units.roles import Permission

PAGE = "工作日历"


@require(Permission.MANAGE_SETTINGS)
def settings_calendar(request: HttpRequest, year: int | None = None) -> HttpResponseBase:
    """The year as twelve months, and whether it is official; without a year, this one."""
    office, today = office_of(request), timezone.localdate()
    if year is None:
        return redirect("settings_calendar", today.year)
    _within(year)
    told = CalendarYear.objects.filter(year=year).first() or CalendarYear(year=year)
    form = YearForm(request.POST or None, initial={"official": told.official, "basis": told.basis})
    if request.method == "POST" and form.is_valid():
        told.official, told.basis = form.cleaned_data["official"], form.cleaned_data["basis"]
        event = actions.change(page=PAGE, records=[told], office=office, by=access_of(request).user)
        say_saved(request, event, PAGE)
        return redirect("settings_calendar", year)
    context = {
        "page": year_page(year),
        "form": form,
        "today": today,
        "previous": year - 1 if year > FIRST_YEAR else None,
        "next": year + 1 if year < LAST_YEAR else None,
        "years_awaited": years_awaited(today),
        "history": history_of(office, RestDay, CalendarYear),
    }
    return render(request, "settings/calendar.html", context)


@require(Permission.MANAGE_SETTINGS)
def settings_calendar_day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponseBase:
    """One day: by its weekday, a rest day, or a working day. A drawer where the calendar asks for it."""
    office = office_of(request)
    _within(year)
    try:
        asked = date(year, month, day)
    except ValueError:
        raise Http404 from None
    kept = RestDay.objects.filter(day=asked).first()
    initial = {"nature": kept.nature, "name": kept.name, "basis": kept.basis} if kept else {}
    # Beside the calendar it stands on one page with the year's form.
    form = RestDayForm(request.POST or None, initial=initial, auto_id="day_%s")
    if request.method == "POST" and form.is_valid():
        wanted = form.day(asked)
        if wanted and kept:
            kept.nature, kept.name, kept.basis = wanted.nature, wanted.name, wanted.basis
        event = actions.change(
            page=PAGE,
            records=[kept or wanted] if wanted else [],
            removed=[kept] if kept and not wanted else [],
            office=office,
            by=access_of(request).user,
        )
        say_saved(request, event, f"{chinese_date(asked)}的安排")
        return redirect("settings_calendar", year)
    beside = request.htmx and request.method != "POST"  # type: ignore[attr-defined]
    context = {"day": asked, "form": form, "weekday": "一二三四五六日"[asked.weekday()]}
    template = "settings/_calendar_day.html" if beside else "settings/calendar_day.html"
    return render(request, template, context)


def _within(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
