"""One unit: its month beside the table (the drawer), and its page of everything about it over a year."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.month_in_view import month_in_view, month_switch
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period
from reports.cell_rows import rows_behind
from reports.cells import Cell, State
from reports.events import about_units
from reports.matrix_rows import unit_address
from reports.mending import HandedIn, handed_in_since, mending
from reports.overview import Column, UnitRow
from reports.unit_year import unit_year
from reports.views.in_view import InView, in_view
from units.access import Access, access_of
from units.models import Unit
from units.people import acting_for, leading
from units.permissions import require
from units.roles import Permission

STEPS_SHOWN = 12
QUIET = (State.DONE, State.NONE, State.COUNT, State.MENDED, State.UNKNOWN)
"""States that need nobody's hand; the others stand first."""


def _unit(access: Access, code: str) -> Unit:
    """The unit of that code, where the person may read its records; 404 otherwise."""
    return get_object_or_404(access.visible_units, code=code)


@require(*EVERY_READER)
@require_safe
def overview_unit(request: HttpRequest, period: Period, code: str) -> HttpResponseBase:
    """One unit's month: every cell with its rows and what can be done; `?cell=` one of them alone.

    Beside the table as a fragment, without a script as a page.
    """
    unit = _unit(access_of(request), code)
    seen = in_view(request, period)
    row = seen.month.table.row(unit.pk)
    if row is None:
        raise Http404
    only = request.GET.get("cell", "")
    cells = [each for each in seen.month.table.cells(row) if only in ("", each[0].key)]
    if not cells:
        raise Http404
    first = timezone.make_aware(datetime.combine(seen.year[0].period.start, time()))
    since = handed_in_since({unit.pk}, seen.issued_on)
    steps = about_units(seen.office, {unit.pk}, seen.prepared.directory, since=first, limit=STEPS_SHOWN)
    context = {
        "unit": unit,
        "row": row,
        "period": period,
        "issued_on": seen.issued_on,
        "people": acting_for(unit, timezone.localdate()),
        "chips": [each for each in seen.month.table.cells(row) if each[1].state not in QUIET],
        "details": [_detail(each, row, seen, since) for each in sorted(cells, key=lambda each: each[1].urgency)],
        "only": only,
        "steps": steps,
        "address": unit_address(period)(unit.code),
        "may_hand_in": seen.access.units_for(Permission.HAND_IN).filter(pk=unit.pk).exists(),
        "reads_all": seen.access.reads_all_units,
    }
    fragment = getattr(request, "htmx", False)
    return render(request, "reports/_unit_drawer.html" if fragment else "reports/unit_month.html", context)


def _detail(each: tuple[Column, Cell], row: UnitRow, seen: InView, since: HandedIn) -> dict[str, Any]:
    """One cell in full: its rows, for how many months it has been so, and the steps that mend it."""
    column, cell = each
    months = seen.in_a_row.get((row.unit.unit_id, column.subject), 1)
    return {
        "column": column,
        "cell": cell,
        "months": months if cell.is_problem and months > 1 else 0,
        "rows": rows_behind(cell.query, seen.office, seen.prepared.directory, seen.issued_on) if cell.query else None,
        "mending": mending(cell.query, seen.prepared.figures, row.unit.unit_id, since)
        if cell.is_problem and cell.query
        else None,
        "steps": _steps(column, cell, row, seen),
    }


def _steps(column: Column, cell: Cell, row: UnitRow, seen: InView) -> list[tuple[str, str, str]]:
    """What the office can do about the cell: words, symbol, address."""
    access, query = seen.access, f"?{urlencode({'unit': row.unit.code, 'month': str(seen.period)})}"
    found = []
    if cell.is_problem and not cell.over and access.may(Permission.REMIND):
        found.append(("催办", "megaphone", reverse("reminders_new") + query))
    open_duty = (
        column.is_duty and not cell.over and cell.state in (State.BEHIND, State.SOON, State.AWAITED, State.REVIEW)
    )
    if open_duty and access.may(Permission.GRANT_EXCEPTIONS):
        exceptions = reverse("exceptions_new")
        found.append(("延期", "clock", f"{exceptions}{query}&kind=extension"))
        found.append(("标记不适用", "slash-circle", f"{exceptions}{query}&kind=exemption"))
    return found


@require(*EVERY_READER)
@require_safe
def units_one(request: HttpRequest, code: str) -> HttpResponseBase:
    """Everything about one unit: this month, the year up to it, its register, its people."""
    unit = _unit(access_of(request), code)
    seen = in_view(request, _month_asked_for(request))
    today = timezone.localdate()
    page = reverse("units_one", args=[unit.code])
    context = {
        "unit": unit,
        "period": seen.period,
        "issued_on": seen.issued_on,
        "month_switch": month_switch(request, seen.period, lambda month: f"{page}?month={month}"),
        "people": list(acting_for(unit, today)),
        "leaders": list(leading(unit, today)),
        "reads_all": seen.access.reads_all_units,
        "address": unit_address(seen.period)(unit.code),
    } | unit_year(unit, seen.office, seen.year, seen.month, seen.prepared.directory, seen.prepared.calendar)
    return render(request, "reports/unit.html", context)


def _month_asked_for(request: HttpRequest) -> Period:
    """`?month=`, else the month in view; a code of none is passed over."""
    try:
        return Period.parse(request.GET["month"])
    except (KeyError, ValueError):
        return month_in_view(request)
