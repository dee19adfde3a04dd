"""Statistics: months side by side, as a chart, as a table, as a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from disclosures.downloads import XLSX, download
from disclosures.models import RestDay
from disclosures.month_in_view import month_in_view, other_issue_date
from lanshan_portal.addresses import same_page
from reports.months import months_of
from reports.statistics.columns import by_column
from reports.statistics.comparison import Comparison
from reports.statistics.forms import MonthsForm
from reports.statistics.subjects import COLUMN, RATE, SUBJECTS, TOTAL, WAYS, Subject
from reports.tables import workbook
from units import audit
from units.access import access_of, office_of
from units.models import Office, Unit
from units.permissions import require
from units.roles import Permission

USUAL_MONTHS = 12
SPANS = ((6, "近6个月"), (12, "近12个月"), (24, "近24个月"))


@dataclass(frozen=True)
class Wanted:
    """What is compared, told apart how, by which measure. What does not go together gives way to what does."""

    subject: Subject
    way: str
    measure: str

    @classmethod
    def of(cls, asked: QueryDict) -> Wanted:
        """What the address asks for."""
        subject = SUBJECTS.get(asked.get("what", ""), next(iter(SUBJECTS.values())))
        way = asked.get("by", "")
        measures = [measure.key for measure in subject.measures] + ([RATE] if subject.rate else [])
        measure = asked.get("measure", "")
        return cls(subject, way if way in subject.ways else TOTAL, measure if measure in measures else measures[0])


@require(Permission.READ_ALL_UNITS)
@require_safe
def statistics(request: HttpRequest) -> HttpResponseBase:
    """The page."""
    office, wanted, form = office_of(request), Wanted.of(request.GET), _months(request)
    context: dict[str, Any] = {
        "form": form,
        "asked": {"what": wanted.subject.key, "by": wanted.way, "measure": wanted.measure},
        "subjects": [(subject, same_page(request, what=subject.key)) for subject in SUBJECTS.values()],
        "subject": wanted.subject,
        "ways": [(way, WAYS[way], same_page(request, by=way)) for way in wanted.subject.ways],
        "measures": _measures(request, wanted),
        "spans": [(words, _span(request, months)) for months, words in SPANS],
        "export_address": f"{reverse('statistics_export')}?{request.GET.urlencode()}",
    }
    if form.is_valid():
        comparison = _compared(request, office, wanted, form)
        context |= {"comparison": comparison, "table": comparison.table(), "chart": comparison.chart()}
    return render(request, "reports/statistics.html", context)


@require(Permission.READ_ALL_UNITS)
@require_safe
def statistics_export(request: HttpRequest) -> HttpResponseBase:
    """The table as a sheet, exactly as the page shows it."""
    office, wanted, form = office_of(request), Wanted.of(request.GET), _months(request)
    if not form.is_valid():
        raise Http404
    comparison = _compared(request, office, wanted, form)
    content = workbook(comparison.table())
    title = f"{comparison.title}（{comparison.span}）"
    audit.record(
        by=access_of(request).user,
        verb="table.exported",
        office=office,
        data={"title": title, "filters": request.GET.dict(), "bytes": len(content)},
    )
    fallback = f"statistics-{wanted.subject.key}-{comparison.periods[0]}-{comparison.periods[-1]}.xlsx"
    return download(content, name=f"{title}.xlsx", fallback=fallback, content_type=XLSX)


def _months(request: HttpRequest) -> MonthsForm:
    """The months asked for; without any, the year up to the month in view."""
    if "from" in request.GET or "to" in request.GET:
        return MonthsForm(request.GET)
    months = month_in_view(request).months_back(USUAL_MONTHS)
    return MonthsForm({"from": str(months[0]), "to": str(months[-1])})


def _compared(request: HttpRequest, office: Office, wanted: Wanted, form: MonthsForm) -> Comparison:
    directory = Unit.objects.filter(office=office).directory()
    issue_dates = {period: other_issue_date(request, period) for period in form.periods}
    months = months_of(office, issue_dates, directory, RestDay.objects.calendar())
    subject, way = wanted.subject, wanted.way
    lines = by_column(office, months) if way == COLUMN else [subject.lines(month, way) for month in months]
    return Comparison.of(subject, way, wanted.measure, form.periods, lines)


def _measures(request: HttpRequest, wanted: Wanted) -> list[tuple[str, str, str]]:
    """The measures to choose from; told apart by nothing, all of them stand in the table."""
    subject = wanted.subject
    keys = [measure.key for measure in subject.measures] + ([RATE] if subject.rate else [])
    if wanted.way == TOTAL or len(keys) < 2:
        return []
    return [(key, subject.measure(key).words, same_page(request, measure=key)) for key in keys]


def _span(request: HttpRequest, months: int) -> str:
    wanted = month_in_view(request).months_back(months)
    return same_page(request, **{"from": str(wanted[0]), "to": str(wanted[-1])})
