"""Lists of records: filtered by their address, sorted, paged, exported as they stand; and one record."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from disclosures.downloads import XLSX, download
from disclosures.filters import FILTERS, RowsFilter
from disclosures.lists import LISTS, CappedPaginator, ListKind, furnished, ordered
from disclosures.masking import masked
from disclosures.month_in_view import issue_date, look_at, month_in_view, month_switch
from disclosures.selection import records
from disclosures.sheets.export import export
from disclosures.views import duties as duty_pages
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period
from units import audit
from units.access import Access, access_of
from units.models import Office, Unit
from units.permissions import require
from units.roles import Permission

PAGE_ROWS = 50
CITIZENS_CONTENT = {"content"}
"""The fields in which an applicant tells a request: in full only for who may read it, and every reading is noted."""


def visible_records(kind: str, access: Access) -> QuerySet[Any]:
    """The records of a kind that the person may see; 404 for an unknown kind or where there is no office."""
    if kind not in FILTERS or access.office is None:
        raise Http404
    rows = records(kind, access.office)
    return rows if access.reads_all_units else rows.filter(unit__in=access.visible_units)


@require(*EVERY_READER)
def rows(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of a kind."""
    if kind in duty_pages.PAGES:
        return duty_pages.PAGES[kind](request)
    access = access_of(request)
    visible = visible_records(kind, access)
    office = _office(access)
    listed = LISTS[kind]
    filtered = FILTERS[kind](_with_day_of_state(request), visible, office=office)
    span = filtered.span() if filtered.is_valid() else None
    period = _month_of(span) or month_in_view(request)
    if _month_of(span):
        look_at(request, period)
    as_of = filtered.form.cleaned_data.get("as_of") or issue_date(request, period)
    sort = request.GET.get("sort", "")
    found = ordered(filtered.qs, listed, sort).select_related(*listed.related)
    pages = CappedPaginator(found.with_limits() if listed.answered else found, PAGE_ROWS)  # type: ignore[attr-defined]
    page = pages.get_page(request.GET.get("page"))
    context = {
        "listed": listed,
        "filter": filtered,
        "fields": _fields(filtered, listed, access),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "rows": furnished(page.object_list, listed, office, as_of),
        "as_of": as_of,
        "sort": sort,
        "span": span,
        "unit_names": _unit_names(access, period),
        "narrowed": _narrowed(request.GET),
        "month_switch": month_switch(request, period, lambda month: _of_month(request, month)),
        "export_address": _address(reverse("rows_export", args=[kind]), request.GET, without=("page",)),
        "all_address": _address(reverse("rows", args=[kind]), QueryDict(), without=()),
    }
    return render(request, f"disclosures/rows/{kind}.html", context)


@require(*EVERY_READER)
def rows_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Exactly the rows of a list, all pages of it, as a sheet of the kind; contents as on the page of one record."""
    if kind in duty_pages.PAGES:
        return duty_pages.export_duties(request, kind)
    access = access_of(request)
    visible = visible_records(kind, access)
    filtered = FILTERS[kind](_with_day_of_state(request), visible, office=_office(access))
    if not filtered.is_valid():
        raise Http404
    in_full = access.may(Permission.READ_APPLICATION_CONTENT)
    content = export(kind, _office(access), None, filtered.qs, blot_out=() if in_full else CITIZENS_CONTENT)
    if in_full and kind == "applications":
        audit.record(
            by=access.user,
            verb="application.read",
            office=access.office,
            data={"exported": filtered.qs.count(), "filters": request.GET.dict()},
        )
    period = _month_of(filtered.span())
    audit.record(
        by=access.user,
        verb="rows.exported",
        office=access.office,
        data={"kind": kind, "filters": request.GET.dict(), "bytes": len(content)},
    )
    title = LISTS[kind].title
    return download(
        content,
        name=f"{title}（{period.label}）.xlsx" if period else f"{title}.xlsx",
        fallback=f"{kind}-{period}.xlsx" if period else f"{kind}.xlsx",
        content_type=XLSX,
    )


HIDDEN_FIELDS = {"id", "office", "key", "batch", "sheet_row", "unit"}


@require(*EVERY_READER)
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """One record: what its sheet said, when it is due, and which sheet brought it."""
    access = access_of(request)
    visible = visible_records(kind, access).select_related("batch", "batch__imported_by", *LISTS[kind].related)
    listed = LISTS[kind]
    found = get_object_or_404(visible.with_limits() if listed.answered else visible, pk=pk)  # type: ignore[attr-defined]
    (row,) = furnished([found], listed, _office(access), timezone.localdate())
    facts = []
    for field in row._meta.concrete_fields:
        if field.name in HIDDEN_FIELDS:
            continue
        value = getattr(row, f"get_{field.name}_display", lambda field=field: getattr(row, field.name))()
        if field.name in CITIZENS_CONTENT and value:
            if access.may(Permission.READ_APPLICATION_CONTENT):
                audit.record(
                    by=access.user,
                    verb="application.read",
                    office=access.office,
                    target=row,
                )
            else:
                value = masked(value)
        facts.append((field.verbose_name, value))
    context = {"listed": listed, "row": row, "facts": facts, "title": str(row)}
    return render(request, "disclosures/rows/record.html", context)


def _office(access: Access) -> Office:
    if access.office is None:
        raise Http404
    return access.office


def _with_day_of_state(request: HttpRequest) -> dict[str, str]:
    """The parameters; a state asked for without a day is meant as of the issue date in view."""
    parameters = {name: str(value) for name, value in request.GET.items() if value}
    if parameters.keys() & {"state", "rectified"} and "as_of" not in parameters:
        parameters["as_of"] = issue_date(request, month_in_view(request)).isoformat()
    return parameters


def _fields(filtered: RowsFilter, listed: ListKind, access: Access) -> list[Any]:
    names = [name for name in listed.parameters if name != "unit" or access.reads_all_units]
    return [filtered.form[name] for name in names if name != "group" or access.reads_all_units]


def _narrowed(given: QueryDict) -> bool:
    return any(value for name, value in given.items() if name not in ("from", "to", "as_of", "page", "sort"))


def _month_of(span: Period | None) -> Period | None:
    if span is None:
        return None
    month = Period.month_of(span.start)
    return month if (month.start, month.end) == (span.start, span.end) else None


def _of_month(request: HttpRequest, month: Period) -> str:
    given = request.GET.copy()
    given["from"], given["to"] = month.start.isoformat(), month.last.isoformat()
    return _address(request.path, given, without=("page",))


def _address(path: str, given: QueryDict, *, without: tuple[str, ...]) -> str:
    kept = given.copy()
    for name in without:
        kept.pop(name, None)
    return f"{path}?{kept.urlencode(safe=',')}" if kept else path


def _unit_names(access: Access, period: Period) -> list[str]:
    if not access.reads_all_units:
        return []
    day = min(period.last, timezone.localdate())
    return [entry.short_name for entry in Unit.objects.filter(office=access.office).directory().at(day)]
