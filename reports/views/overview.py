"""The month at a glance for the office: every unit, what blocks the notice, what comes near, how the months went."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.downloads import XLSX, download
from disclosures.month_in_view import month_switch
from disclosures.open_items import open_items
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period, PeriodKind
from reports import matrix_rows
from reports.charts.sparks import spark
from reports.checks.finding import Level
from reports.dates_ahead import dates_ahead
from reports.events import lately
from reports.matrix_sheet import as_table
from reports.models import NoticeDraft
from reports.months import longest_by_unit
from reports.overview import Matrix, UnitRow
from reports.tables import workbook
from reports.trend import Trend, trend
from reports.views.in_view import InView, in_view
from reports.views.own import own_month
from units import audit
from units.models import Unit
from units.permissions import require
from units.roles import Permission

UNITS_SHOWN = 12
"""Rows of the table before it is unfolded, besides those with problems."""
FINDINGS_SHOWN, DUTIES_SHOWN = 3, 2
PROBLEMS_ONLY, OFFICIAL = "problems", "official"


@require(*EVERY_READER)
@require_safe
def overview(request: HttpRequest, period: Period) -> HttpResponseBase:
    """The overview of `period`, as of the issue date; people of a unit see their own unit's month."""
    seen = in_view(request, period)
    if not seen.access.reads_all_units:
        return own_month(seen)
    context = frame_of(seen, "overview")
    if not seen.month.has_data:
        return render(request, "reports/overview.html", context)
    gone = trend(seen.year, period)
    context |= figures_of(seen, gone) | _table_of(seen) | _notice_of(seen) | _beside(seen)
    return render(request, "reports/overview.html", context)


def frame_of(seen: InView, view_name: str) -> dict[str, Any]:
    """What every page about a month of the whole office begins with."""
    access = seen.access
    return {
        "period": seen.period,
        "issued_on": seen.issued_on,
        "issued_today": seen.issued_today,
        "has_data": seen.month.has_data,
        "month_switch": month_switch(seen.request, seen.period, lambda month: reverse(view_name, args=[month])),
        "may_import": access.may(Permission.IMPORT_SHEETS),
        "may_remind": access.may(Permission.REMIND),
        "may_except": access.may(Permission.GRANT_EXCEPTIONS),
        "may_preview": access.may(Permission.PREVIEW_NOTICE),
    }


def figures_of(seen: InView, gone: Trend) -> dict[str, Any]:
    """The strip of key figures, and how they went."""
    figures, table = seen.prepared.figures, seen.month.table
    categories = figures.published.by_category
    is_month = seen.period.kind is PeriodKind.MONTH
    published, problems = figures.published.total.value, table.units_with_problems
    return {
        "figures": figures,
        "with_problems": problems,
        "all_units": len(table.rows),
        "kpi_category": categories[-1] if categories else None,
        "other_categories": categories[:-1],
        "duties": figures.duties,
        "duties_first": figures.duties[:DUTIES_SHOWN],
        "duties_more": len(figures.duties[DUTIES_SHOWN:]),
        "spark": spark(gone.totals),
        "trend": gone,
        "published_more": published - gone.published_before if is_month and gone.published_before is not None else None,
        "problems_more": problems - gone.problems_before if is_month and gone.problems_before is not None else None,
    }


def _table_of(seen: InView) -> dict[str, Any]:
    asked, table = seen.request.GET, seen.month.table
    show, group, sort = asked.get("show", ""), asked.get("group", ""), asked.get("sort", "")
    shown = _ordered(table.only(group=group, with_problems=show == PROBLEMS_ONLY), show, sort)
    in_full = bool(show or group or asked.get("all"))
    folded = set() if in_full else {row.unit.unit_id for row in _without_problems(shown)[UNITS_SHOWN:]}
    of = matrix_rows.RowsOf(
        period=seen.period,
        ticks=seen.access.may(Permission.REMIND, Permission.GRANT_EXCEPTIONS),
        folded=folded,
        initials=dict(Unit.objects.filter(office=seen.office).values_list("pk", "initials")),
        in_a_row=longest_by_unit(seen.in_a_row),
    )
    urgent = _urgent(seen)
    return {
        "urgent": len(urgent),
        "urgent_query": urlencode([("month", str(seen.period)), *(("unit", code) for code in urgent)]),
        "columns": shown.columns,
        "rows": matrix_rows.rows(shown, of),
        "ticks": of.ticks,
        "folded": folded,
        "groups": [(name, short_name(name), len(rows)) for name, rows in table.groups],
        "show": show,
        "group": group,
        "sort": sort,
    }


def _urgent(seen: InView) -> list[str]:
    """The codes of the units that would be named for something they can still mend, and have not by today."""
    named = [row.unit for row in seen.month.table.rows if any(cell.is_problem and not cell.over for cell in row.cells)]
    today = timezone.localdate()
    if named and today != seen.issued_on:
        directory = seen.prepared.directory
        still = open_items(
            seen.office, seen.period, today, unit_ids={unit.unit_id for unit in named}, directory=directory
        )
        named = [unit for unit in named if unit.unit_id in still]
    return [unit.code for unit in named]


def short_name(group: str) -> str:
    """镇街道等, for 镇街道、商城、经开区: what fits a button."""
    first, _, others = group.partition("、")
    return f"{first[:6]}等" if others else group[:8]


def _ordered(table: Matrix, show: str, sort: str) -> Matrix:
    """In the order asked for; a column there is not this month is passed over."""
    if sort:
        try:
            return table.ordered_by(sort.removeprefix("-"), reverse=sort.startswith("-"))
        except KeyError:
            pass
    return table if show == OFFICIAL else table.problems_first()


def _without_problems(table: Matrix) -> list[Any]:
    return [row for row in table.rows if not row.problems]


def _notice_of(seen: InView) -> dict[str, Any]:
    """The steps of the notice: what is not in yet, what the checks found, what is still to be reviewed."""
    findings = seen.prepared.findings
    blocking = [finding for finding in findings if finding.level is not Level.INFORMATION]
    figures = seen.prepared.figures
    reviews = [
        (duty, waiting)
        for duty in figures.duties
        if (waiting := sum(each.awaits_review or each.awaits_approval for each in duty.units))
    ]
    not_in = [
        (words, kind)
        for words, kind, total in (
            ("网站信息", "published_items", figures.published.total),
            ("部门信箱", "mailbox_cases", figures.mailbox.total),
            ("依申请公开", "applications", figures.applications.total),
            ("新媒体检查", "media_checks", figures.media.rounds),
        )
        if not total
    ]
    newest = NoticeDraft.objects.newest_of(seen.office, seen.period)
    issued = newest is not None and newest.stage == newest.Stage.ISSUED
    draft = None if issued else newest
    to_check = len(blocking) + len(reviews)
    return {
        "draft": draft,
        "is_issued": issued,
        "step": _step(draft, to_check, issued=issued),
        "later_steps": LATER_STEPS,
        "notice": seen.prepared.notice,
        "findings": findings,
        "blocking": blocking,
        "first_findings": blocking[:FINDINGS_SHOWN],
        "reviews": reviews,
        "not_in": not_in,
        "to_check": to_check,
    }


LATER_STEPS = (
    (3, "形成初稿", "逐段修改，数字随数据更新"),
    (4, "审核签发", "初稿送审，签发领导审定"),
    (5, "印发", "发各单位签收，问题转入整改"),
)
"""The steps after the data are in and checked: number, title, what it is."""


def _step(draft: NoticeDraft | None, to_check: int, *, issued: bool) -> int:
    """The step the notice is at, from 2; beyond the last when it is issued and nothing corrects it."""
    if draft and not draft.may_be_changed:
        return 5 if draft.approved_at else 4
    if issued:
        return 6
    return 2 if to_check else 3


def _beside(seen: InView) -> dict[str, Any]:
    return {"lately": lately(seen.office, seen.prepared.directory), **_ahead(seen)}


def _ahead(seen: InView) -> dict[str, Any]:
    """What falls due soon, and of that what falls due on the very day."""
    directory, calendar = seen.prepared.directory, seen.prepared.calendar
    ahead = dates_ahead(seen.office, seen.issued_on, directory=directory, calendar=calendar)
    return {"dates_ahead": ahead, "due_today": [each for each in ahead if each.day == seen.issued_on]}


@require(Permission.READ_ALL_UNITS)
@require_safe
def overview_brief(request: HttpRequest, period: Period) -> HttpResponseBase:
    """The same month on one page to read and to print: for who signs the notice."""
    seen = in_view(request, period)
    context = frame_of(seen, "overview_brief")
    if seen.month.has_data:
        context |= figures_of(seen, trend(seen.year, period)) | {"named": _named(seen)} | _ahead(seen)
    return render(request, "reports/brief.html", context)


def _named(seen: InView) -> list[tuple[str, list[dict[str, Any]]]]:
    """The units that would be named, by group: each with its problems and for how many months they have been so."""
    table = seen.month.table.only(with_problems=True).problems_first()
    address = matrix_rows.unit_address(seen.period)

    def told(row: UnitRow) -> dict[str, Any]:
        problems = [
            (column, cell, seen.in_a_row.get((row.unit.unit_id, column.subject), 1))
            for column, cell in table.cells(row)
            if cell.is_problem
        ]
        return {"unit": row.unit, "address": address(row.unit.code), "problems": problems}

    return [(group, [told(row) for row in rows]) for group, rows in table.groups]


@require(Permission.READ_ALL_UNITS)
@require_safe
def overview_export(request: HttpRequest, period: Period, what: str) -> HttpResponseBase:
    """The table of units, or the trend, as a sheet."""
    seen = in_view(request, period)
    if what == "units":
        show, sort = request.GET.get("show", ""), request.GET.get("sort", "")
        group = request.GET.get("group", "")
        shown = _ordered(seen.month.table.only(group=group, with_problems=show == PROBLEMS_ONLY), show, sort)
        table = as_table(shown, period, seen.issued_on)
    elif what == "trend":
        table = trend(seen.year, period).table
    else:
        raise Http404
    content = workbook(table)
    title = f"{period.label}{table.title}"
    audit.record(
        by=seen.access.user, verb="table.exported", office=seen.office, data={"title": title, "bytes": len(content)}
    )
    return download(content, name=f"{title}.xlsx", fallback=f"{what}-{period}.xlsx", content_type=XLSX)
