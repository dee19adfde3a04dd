"""Duties: lists without a table of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from disclosures.compliance import Standing
from disclosures.downloads import XLSX, download
from disclosures.duties.duty import BEHIND, Duty, Term, duties_of, terms_due
from disclosures.duties.sheets import STANDINGS, of_units
from disclosures.duties.states import told
from disclosures.models import Requirement
from disclosures.month_in_view import issue_date, month_in_view, month_switch, period_asked_for
from disclosures.selection import selected
from disclosures.views import my_duties
from lanshan_portal.addresses import same_page
from lanshan_portal.periods import Period, day_asked_for
from units import audit
from units.access import Access, access_of
from units.models import Office, Unit
from units.roles import Permission

FILTER_CHOICES = (*STANDINGS, (BEHIND, "未按时完成"))
REQUIREMENT_PARAMETERS = ("term", "standing", "unit")


def duties(request: HttpRequest) -> HttpResponseBase:
    """One requirement's units; without a requirement, what falls due in the month, or what one's own unit has to do."""
    access = access_of(request)
    office = access.office_or_404
    if request.GET.get("requirement"):
        return _units(request, access, office)
    period = period_asked_for(request)
    switch = month_switch(request, period, _of_month)
    if not access.reads_all_units:
        return my_duties.my_duties(request, access, office, period, switch)
    as_of = _day(request.GET.get("as_of", ""), issue_date(request, period))
    context = {
        "listed": [_line(term, found, as_of) for term, found in _terms(office, period, as_of).items()],
        "as_of": as_of,
        "period": period,
        "month_switch": switch,
        "may_manage": access.may(Permission.MANAGE_REQUIREMENTS),
    }
    return render(request, "disclosures/rows/requirements.html", context)


def _terms(office: Office, period: Period, as_of: date) -> dict[Term, list[Duty]]:
    return duties_of(dict.fromkeys(terms_due(office, period.start, period.last), as_of), office)


def _line(term: Term, found: list[Duty], as_of: date) -> dict[str, Any]:
    counts = Counter(duty.standing for duty in found)
    return {
        "term": term,
        "asked": len(found) - counts[Standing.EXEMPT],
        "exempt": counts[Standing.EXEMPT],
        "done": counts[Standing.DONE] + counts[Standing.LATE],
        "late": counts[Standing.LATE],
        "missing": counts[Standing.MISSING],
        "awaited": counts[Standing.AWAITED],
        "to_review": sum(duty.awaits_review for duty in found),
        "address": _address_of_term(term, as_of),
    }


# --- one task's units


def _units(request: HttpRequest, access: Access, office: Office) -> HttpResponseBase:
    as_of = _day(request.GET.get("as_of", ""), issue_date(request, month_in_view(request)))
    requirement, found = _selected(request, access, office, as_of)
    month = _term(request.GET.get("term", ""))
    if month is None and requirement.recurrence == Requirement.Recurrence.MONTHLY:
        return redirect(same_page(request, term=str(month_in_view(request))))
    term = Term(requirement, month)
    every = _own(duties_of({term: as_of}, office)[term], access)
    counts = Counter(row.standing.value for row in every)
    standing = request.GET.get("standing", "")
    context = {
        "requirement": requirement,
        "term": term,
        "rows": [(row, told(row, as_of)) for row in found],
        "as_of": as_of,
        "standing": standing,
        "choices": [
            (
                value,
                words,
                counts[value] if value != BEHIND else counts[Standing.LATE] + counts[Standing.MISSING],
                same_page(request, standing=value),
            )
            for value, words in (("", "全部"), *FILTER_CHOICES)
            if value in ("", BEHIND) or counts[value]
        ],
        "total": len(every) - counts[Standing.EXEMPT],
        "export_address": f"{reverse('rows_export', args=['duties'])}?{request.GET.urlencode(safe=',')}",
        "initials": dict(Unit.objects.filter(office=office).values_list("pk", "initials")),
        "may_manage": access.may(Permission.MANAGE_REQUIREMENTS),
        "may_grant": access.may(Permission.GRANT_EXCEPTIONS),
        "may_remind": access.may(Permission.REMIND),
    }
    if month:
        before, after = (same_page(request, term=str(each)) for each in (month.previous(), month.next()))
        context |= {"before": before, "after": after}
    return render(request, "disclosures/rows/duties.html", context)


def _selected(
    request: HttpRequest, access: Access, office: Office, as_of: date, **changed: str
) -> tuple[Requirement, list[Duty]]:
    code = request.GET["requirement"]
    requirements = Requirement.objects.filter(office=office, code=code).select_related("group")
    requirement = requirements.prefetch_related("attachments", "units").first()
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


def export_duties(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The units of a requirement as they are listed, as a sheet to pass on; rounds are exported as checks."""
    access = access_of(request)
    if kind != "duties" or not request.GET.get("requirement"):
        raise Http404
    as_of = _day(request.GET.get("as_of", ""), issue_date(request, month_in_view(request)))
    requirement, found = _selected(request, access, access.office_or_404, as_of)
    content = of_units(requirement, found, as_of)
    audit.record(
        by=access.user,
        verb="rows.exported",
        office=access.office,
        data={"kind": kind, "filters": request.GET.dict(), "bytes": len(content)},
    )
    return download(
        content, name=f"{requirement.name}完成情况.xlsx", fallback=f"duties-{requirement.code}.xlsx", content_type=XLSX
    )


# --- rounds


PAGES: dict[str, Callable[[HttpRequest], HttpResponseBase]] = {"duties": duties}


# --- addresses and parameters


def _of_month(month: Period) -> str:
    return f"{reverse('rows', args=['duties'])}?from={month.start}&to={month.last}"


def _address_of_term(term: Term, as_of: date) -> str:
    query = QueryDict(mutable=True)
    query["requirement"] = term.requirement.code
    if term.month:
        query["term"] = str(term.month)
    query["as_of"] = as_of.isoformat()
    return f"{reverse('rows', args=['duties'])}?{query.urlencode()}"


def _term(code: str) -> Period | None:
    try:
        return Period.parse(code) if code else None
    except ValueError:
        return None


def _day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        return day_asked_for(text)
    except ValueError:
        raise Http404 from None
