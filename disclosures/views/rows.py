"""Lists of records: filtered by their address, searched, sorted, paged, exported as they stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures import exporting
from disclosures.downloads import XLSX, download
from disclosures.filters import FILTERS, RowsFilter
from disclosures.lists import LISTS, CappedPaginator, FoundPaginator, ListKind, furnished, ordered
from disclosures.lists.columns import cells
from disclosures.lists.layout import PAGE_ROWS, arrange, layout_of, rearrange, shown_columns
from disclosures.models import ListLayout, SavedFilter
from disclosures.month_in_view import issue_date, look_at, month_in_view, month_switch
from disclosures.search.index import SEARCHED
from disclosures.search.newest import newest
from disclosures.selection import visible
from disclosures.views import duties as duty_pages
from disclosures.views import media_rounds
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period
from units.access import Access, access_of
from units.permissions import require
from units.roles import Permission

PAGES = {**duty_pages.PAGES, "media_rounds": media_rounds.rounds}
"""Lists without a table of their own."""
NOT_CONDITIONS = {"from", "to", "as_of", "page", "sort"}
"""Parameters that say which days, and how they are shown."""
PAGES_AHEAD = 3
"""A search through everything looks so many pages beyond the one asked for."""


def visible_records(kind: str, access: Access) -> QuerySet[Any]:
    """The records of a kind that the person may see; 404 for an unknown kind or where there is no office."""
    try:
        return visible(kind, access)
    except KeyError:
        raise Http404 from None


@require(*EVERY_READER)
def rows(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The list of a kind."""
    if kind in PAGES:
        return PAGES[kind](request)
    access = access_of(request)
    records = visible_records(kind, access)
    office = access.office_or_404
    listed = LISTS[kind]
    parameters = with_day_of_state(request)
    filtered = FILTERS[kind](parameters, records, office=office)
    filtered.form["q"].field.widget.attrs["placeholder"] = listed.searched
    span = filtered.span() if filtered.is_valid() else None
    period = _month_of(span) or month_in_view(request)
    if _month_of(span):
        look_at(request, period)
    as_of = filtered.form.cleaned_data.get("as_of") or issue_date(request, period)
    sort = request.GET.get("sort", "")
    layout = layout_of(access.person, listed)
    pages = _pages(request, listed, filtered, access, layout, as_of, sort)
    page = pages.get_page(request.GET.get("page"))
    columns = shown_columns(listed, layout)
    address = reverse("rows", args=[kind])
    given = request.GET.copy()
    for name in [name for name, value in request.GET.items() if not value]:
        del given[name]
    context = {
        "listed": listed,
        "filter": filtered,
        "fields": _fields(filtered, listed, access),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "columns": columns,
        "rows": [cells(row, columns, address) for row in furnished(page.object_list, listed, access.directory, as_of)],
        "as_of": as_of,
        "sort": sort if sort.removeprefix("-") in listed.sorts else "",
        "span": span,
        "unit_names": _unit_names(access, period),
        "narrowed": any(name not in NOT_CONDITIONS for name in given),
        "searched": given.get("q", ""),
        "layout": layout,
        "page_rows": PAGE_ROWS,
        "optional": [(column, column in columns) for column in listed.columns if not column.naming],
        "saved": _saved(request, listed, given),
        "query": _conditions(given).urlencode(safe=","),
        "export_address": _address(reverse("rows_export", args=[kind]), request.GET, without=("page",)),
        "all_days_address": _address(address, given, without=("from", "to", "as_of", "page")),
        "clear_address": _address(address, given, without=tuple(name for name in given if name not in ("from", "to"))),
        "may_edit": access.may(Permission.EDIT_RECORDS),
        "may_import": access.may(Permission.IMPORT_SHEETS),
    }
    if listed.day:
        context["month_switch"] = month_switch(request, period, lambda month: _of_month(request, month))
    return render(request, "disclosures/rows/list.html", context)


def _pages(
    request: HttpRequest,
    listed: ListKind,
    filtered: RowsFilter,
    access: Access,
    layout: ListLayout,
    as_of: date,
    sort: str,
) -> CappedPaginator:
    """The pages of what is filtered; a search through everything is answered by the index, the newest first."""
    given = {name for name, value in request.GET.items() if value} - {"page"}
    by_index = given == {"q"} and access.reads_all_units and filtered.queryset.model in SEARCHED and filtered.is_valid()
    # What the index finds is fetched by its ids: the search is not done a second time.
    found = filtered.queryset if by_index else filtered.qs
    if listed.key == "media_accounts":
        found = found.as_seen_by(as_of)  # type: ignore[union-attr]
    found = ordered(found, listed, sort).select_related(*listed.related)
    if listed.answered:
        found = found.with_limits()  # type: ignore[attr-defined]
    if not by_index:
        return CappedPaginator(found, layout.page_rows)
    number = request.GET.get("page", "1")
    reach = layout.page_rows * ((int(number) if number.isdecimal() else 1) - 1)
    reach = min(reach, 10_000) + layout.page_rows * (1 if number == "1" else PAGES_AHEAD) + 1
    ids = newest(found.model, access.office_or_404, filtered.form.cleaned_data["q"], reach)
    return FoundPaginator(found, layout.page_rows, found=ids, reach=reach)


@require(*EVERY_READER)
def rows_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Exactly the rows of a list, all pages of it, as a sheet of the kind; a long one is written in the background."""
    if kind in PAGES:
        return duty_pages.export_duties(request, kind)
    access = access_of(request)
    visible_records(kind, access)
    wanted = exporting.Wanted(kind, with_day_of_state(request), request.GET.get("sort", ""))
    try:
        number = exporting.count(wanted, access)
    except ValueError:
        raise Http404 from None
    back = _address(reverse("rows", args=[kind]), request.GET, without=())
    if number > exporting.MOST:
        notes.refused(
            request, f"共超过{exporting.MOST:,}{LISTS[kind].measure}，一次不能全部导出，请缩小范围后分次导出。"
        )
        return redirect(back)
    at = timezone.now()
    if number > exporting.LARGE:
        exporting.begin(wanted, access, at=at)
        notes.done(request, f"共{number:,}{LISTS[kind].measure}，正在后台导出，完成后在页面右下角下载。")
        return redirect(back)
    exported = exporting.export(wanted, access, at=at)
    return download(exported.content, name=exported.name, fallback=exported.fallback, content_type=XLSX)


@require(*EVERY_READER)
@require_POST
def rows_layout(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Keep how the person wants to see a list, or forget it."""
    access = access_of(request)
    visible_records(kind, access)
    if "usual" in request.POST:
        rearrange(kind=LISTS[kind], user=access.person)
    else:
        rows_wanted = request.POST.get("page_rows", "")
        arrange(
            kind=LISTS[kind],
            user=access.person,
            columns=request.POST.getlist("columns"),
            dense="dense" in request.POST,
            page_rows=int(rows_wanted) if rows_wanted.isdecimal() else 0,
        )
    query = QueryDict(request.POST.get("query", ""))
    return redirect(_address(reverse("rows", args=[kind]), query, without=("page",)))


def with_day_of_state(request: HttpRequest) -> dict[str, str]:
    """The parameters; a state asked for without a day is meant as of the issue date in view."""
    parameters = {name: str(value) for name, value in request.GET.items() if value}
    if parameters.keys() & {"state", "rectified"} and "as_of" not in parameters:
        parameters["as_of"] = issue_date(request, month_in_view(request)).isoformat()
    return parameters


def _fields(filtered: RowsFilter, listed: ListKind, access: Access) -> list[Any]:
    names = [name for name in listed.parameters if name not in ("unit", "group") or access.reads_all_units]
    return [filtered.form[name] for name in names]


def _conditions(given: QueryDict) -> QueryDict:
    """What is kept of an address under a name: the conditions, without the days."""
    kept = given.copy()
    for name in NOT_CONDITIONS - {"sort"}:
        kept.pop(name, None)
    return kept


def _saved(request: HttpRequest, listed: ListKind, given: QueryDict) -> list[tuple[SavedFilter, str, bool]]:
    """The person's filters of the list, each with its address for the days in view, and whether it is the one in force."""
    days = {name: str(given[name]) for name in ("from", "to") if name in given}
    now = _conditions(given).urlencode(safe=",")
    shown = []
    for saved in SavedFilter.objects.filter(user=access_of(request).user, kind=listed.key):
        query = QueryDict(saved.query, mutable=True)
        query.update(days)
        shown.append((saved, _address(request.path, query, without=()), saved.query == now))
    return shown


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
    return [entry.short_name for entry in access.directory.at(day)]
