"""The month at a glance: for the office every unit, for a liaison the own one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from disclosures.models import ImportBatch, PublishedItem
from disclosures.month_in_view import issue_date, look_at, month_switch
from disclosures.sheets import SHEET_KINDS
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period
from reports.checks.finding import Level
from reports.dates_ahead import dates_ahead
from reports.figures.notice_figures import NoticeFigures
from reports.overview import Column, Matrix, matrix
from reports.preparation import PreparedNotice, prepare
from units.access import Access, access_of
from units.models import Office, Unit
from units.permissions import require

UNITS_SHOWN = 20
"""Rows of the table before it is unfolded, besides those with problems."""
FINDINGS_SHOWN = 3
WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFORMATION: 2}


@require(*EVERY_READER)
def overview(request: HttpRequest, period: Period) -> HttpResponseBase:
    """The overview of `period`, as of the issue date."""
    access = access_of(request)
    if access.office is None:
        raise Http404
    look_at(request, period)
    issued_on = issue_date(request, period)
    prepared = prepare(access.office, period, issued_on)
    table = matrix(prepared.figures, prepared.directory.during(period), issued_on)
    context = {
        "period": period,
        "issued_on": issued_on,
        "figures": prepared.figures,
        "month_switch": month_switch(request, period, lambda month: reverse("overview", args=[month])),
        "has_data": has_data(prepared.figures),
    }
    if not access.reads_all_units:
        return render(request, "reports/unit_overview.html", context | _of_own_unit(access, table, issued_on))
    context |= _of_office(request, access.office, period, prepared, table, issued_on)
    return render(request, "reports/overview.html", context)


def has_data(figures: NoticeFigures) -> bool:
    """Whether anything came in that the period is about; that something was asked every month is not yet anything."""
    counted = [figures.published.total, figures.mailbox.total, figures.applications.total]
    counted += [duty.done for duty in (*figures.follow_ups, *figures.problems)]
    counted += [duty.late_count for duty in (*figures.follow_ups, *figures.problems)]
    return any(counted)


def _of_office(
    request: HttpRequest, office: Office, period: Period, prepared: PreparedNotice, table: Matrix, issued_on: date
) -> dict[str, Any]:
    figures = prepared.figures
    show = request.GET.get("show", "")
    group = request.GET.get("group", "")
    shown = table.only(group=group, with_problems=show == "problems")
    shown = shown if show == "official" else shown.problems_first()
    order = {row.unit.unit_id for row in [row for row in shown.rows if not row.problems][UNITS_SHOWN:]}
    findings = sorted(prepared.findings, key=lambda finding: WEIGHT[finding.level])
    blocking = [finding for finding in findings if finding.level is not Level.INFORMATION]
    before = PublishedItem.objects.published_in(office, period.previous()).count()
    categories = figures.published.by_category
    batches = ImportBatch.objects.filter(office=office).select_related("imported_by")[:4]
    return {
        "matrix": shown,
        "folded": order,
        "initials": dict(Unit.objects.filter(office=office).values_list("pk", "initials")),
        "all_units": len(table.rows),
        "with_problems": table.units_with_problems,
        "groups": [(name, len(rows)) for name, rows in table.groups],
        "show": show,
        "group": group,
        "kpi_category": categories[-1] if categories else None,
        "other_categories": categories[:-1],
        "difference": figures.published.total.value - before if before else None,
        "duties": [*figures.follow_ups, *figures.problems],
        "findings": findings,
        "blocking": blocking,
        "first_findings": blocking[:FINDINGS_SHOWN],
        "notice": prepared.notice,
        "dates_ahead": dates_ahead(office, issued_on),
        "batches": [(batch, SHEET_KINDS.get(batch.kind, batch.kind)) for batch in batches],
    }


def _of_own_unit(access: Access, table: Matrix, issued_on: date) -> dict[str, Any]:
    own = set(access.visible_units.values_list("pk", flat=True))
    rows = [row for row in table.rows if row.unit.unit_id in own]
    cells = [(row, column, cell) for row in rows for column, cell in zip(table.columns, row.cells, strict=True)]
    assert access.office is not None
    return {
        "rows": [
            (row, [(column, cell) for owner, column, cell in cells if owner is row and not _is_duty(column)])
            for row in rows
        ],
        "several": len(rows) > 1,
        "duties": [(row, column, cell) for row, column, cell in cells if _is_duty(column) and cell.query],
        "problems": [(row, column, cell) for row, column, cell in cells if cell.is_problem and not cell.over],
        "over": [(row, column, cell) for row, column, cell in cells if cell.is_problem and cell.over],
        "dates_ahead": dates_ahead(access.office, issued_on, unit_ids=own),
    }


def _is_duty(column: Column) -> bool:
    return column.query is not None and column.query.kind == "duties"
