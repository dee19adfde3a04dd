"""Duties: lists without a table of their own."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import reverse
from openpyxl import Workbook

from disclosures.compliance import Standing
from disclosures.downloads import XLSX, download
from disclosures.duties import BEHIND, Duty, Term, duties_of, terms_due
from disclosures.models import Requirement
from disclosures.month_in_view import issue_date, look_at, month_in_view, month_switch
from disclosures.selection import selected
from disclosures.sheets.page import BODY_FONT, BORDER, HEADER_FILL, HEADER_FONT, text_cell
from lanshan_portal.periods import Period, day_asked_for
from units import audit
from units.access import Access, access_of
from units.models import Office

STANDINGS = (
    (Standing.DONE.value, "按时完成"),
    (Standing.LATE.value, "逾期完成"),
    (Standing.MISSING.value, "未完成"),
    (Standing.AWAITED.value, "未到期"),
    (Standing.EXEMPT.value, "不适用"),
)
FILTER_CHOICES = (*STANDINGS, (BEHIND, "未按时完成"))
REQUIREMENT_PARAMETERS = ("term", "standing", "unit")


def duties(request: HttpRequest) -> HttpResponseBase:
    """One requirement's units; without a requirement, those that fall due in the month."""
    access = access_of(request)
    office = _office(access)
    if not request.GET.get("requirement"):
        return _requirements(request, access, office)
    as_of = _day(request.GET.get("as_of", ""), issue_date(request, month_in_view(request)))
    requirement, found = _selected(request, access, office, as_of)
    counts = Counter(row.standing.value for row in _selected(request, access, office, as_of, standing="")[1])
    standing = request.GET.get("standing", "")
    context = {
        "requirement": requirement,
        "term": _term(request.GET.get("term", "")),
        "due_on": found[0].due_on if found else None,
        "rows": [(row, dict(STANDINGS)[row.standing.value], _days_over(row, as_of)) for row in found],
        "as_of": as_of,
        "standing": standing,
        "choices": [
            (
                value,
                words,
                counts[value] if value != BEHIND else counts[Standing.LATE] + counts[Standing.MISSING],
                _address(request, standing=value),
            )
            for value, words in (("", "全部"), *FILTER_CHOICES)
            if value in ("", BEHIND) or counts[value]
        ],
        "total": sum(counts.values()),
        "export_address": f"{reverse('rows_export', args=['duties'])}?{request.GET.urlencode(safe=',')}",
    }
    return render(request, "disclosures/rows/duties.html", context)


def _selected(
    request: HttpRequest, access: Access, office: Office, as_of: date, **changed: str
) -> tuple[Requirement, list[Duty]]:
    code = request.GET["requirement"]
    requirement = Requirement.objects.filter(office=office, code=code).select_related("group").first()
    if requirement is None:
        raise Http404
    parameters = {name: request.GET.get(name, "") for name in REQUIREMENT_PARAMETERS} | changed
    try:
        found: Any = selected("duties", office, parameters | {"requirement": code, "as_of": as_of.isoformat()})
    except ValueError:
        raise Http404 from None
    return requirement, _own(found, access)


def _own(found: list[Duty], access: Access) -> list[Duty]:
    if access.reads_all_units:
        return found
    own = set(access.visible_units.values_list("pk", flat=True))
    return [duty for duty in found if duty.unit.unit_id in own]


def _requirements(request: HttpRequest, access: Access, office: Office) -> HttpResponseBase:
    """The terms that fall due between `from` and `to`, by default in the month in view."""
    period = _period(request)
    as_of = _day(request.GET.get("as_of", ""), issue_date(request, period))
    terms = terms_due(office, period.start, period.last)
    listed = []
    for term, found in duties_of(dict.fromkeys(terms, as_of), office).items():
        visible = _own(found, access)
        if not visible and not access.reads_all_units:
            continue
        counts = Counter(duty.standing for duty in visible)
        listed.append(
            {
                "term": term,
                "asked": len(visible),
                "done": counts[Standing.DONE] + counts[Standing.LATE],
                "late": counts[Standing.LATE],
                "missing": counts[Standing.MISSING],
                "awaited": counts[Standing.AWAITED],
                "own": visible[0] if len(visible) == 1 and not access.reads_all_units else None,
                "address": _address_of_term(term, as_of),
            }
        )
    address = reverse("rows", args=["duties"])
    context = {
        "listed": listed,
        "as_of": as_of,
        "period": period,
        "month_switch": month_switch(request, period, lambda month: f"{address}?from={month.start}&to={month.last}"),
    }
    return render(request, "disclosures/rows/requirements.html", context)


PAGES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {"duties": duties}


def export_duties(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The units of a requirement as they are listed, as a sheet to pass on."""
    access = access_of(request)
    if kind != "duties" or not request.GET.get("requirement"):
        raise Http404
    as_of = _day(request.GET.get("as_of", ""), issue_date(request, month_in_view(request)))
    requirement, found = _selected(request, access, _office(access), as_of)
    content = _workbook(requirement, found, as_of)
    audit.record(
        by=access.user,
        verb="rows.exported",
        office=access.office,
        data={"kind": kind, "filters": request.GET.dict(), "bytes": len(content)},
    )
    return download(
        content, name=f"{requirement.name}完成情况.xlsx", fallback=f"duties-{requirement.code}.xlsx", content_type=XLSX
    )


def _workbook(requirement: Requirement, found: list[Duty], as_of: date) -> bytes:
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = "完成情况"
    words = dict(STANDINGS)
    rows: list[list[Any]] = [
        [f"{requirement.name}（截至{as_of.isoformat()}）"],
        ["单位", "分组", "截止日期", "情况", "提交日期", "材料名称", "审核结果"],
    ]
    for duty in found:
        submission = duty.submission
        rows.append(
            [
                duty.unit.short_name,
                duty.unit.group,
                duty.due_on.isoformat(),
                words[duty.standing.value],
                submission.submitted_on.isoformat() if submission else "",
                submission.title if submission else "",
                submission.review if submission else "",
            ]
        )
    for values in rows:
        sheet.append([text_cell(sheet, value) for value in values])
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            cell.border = BORDER
            cell.font = HEADER_FONT if cell.row == 2 else BODY_FONT
            if cell.row == 2:
                cell.fill = HEADER_FILL
    for letter, width in zip("ABCDEFG", (18, 20, 12, 12, 12, 44, 10), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.print_title_rows = "2:2"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _address_of_term(term: Term, as_of: date) -> str:
    query = QueryDict(mutable=True)
    query["requirement"] = term.requirement.code
    if term.month:
        query["term"] = str(term.month)
    query["as_of"] = as_of.isoformat()
    return f"{reverse('rows', args=['duties'])}?{query.urlencode()}"


def _address(request: HttpRequest, **changed: str) -> str:
    query = request.GET.copy()
    for name, value in changed.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode(safe=',')}"


def _days_over(duty: Duty, as_of: date) -> int:
    match duty.standing:
        case Standing.MISSING:
            return (as_of - duty.due_on).days
        case Standing.LATE if duty.submission:
            return (duty.submission.submitted_on - duty.due_on).days
        case Standing.AWAITED:
            return (duty.due_on - as_of).days
    return 0


def _period(request: HttpRequest) -> Period:
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


def _term(code: str) -> Period | None:
    try:
        return Period.parse(code) if code else None
    except ValueError:
        return None


def _office(access: Access) -> Office:
    if access.office is None:
        raise Http404
    return access.office


def _day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        return day_asked_for(text)
    except ValueError:
        raise Http404 from None
