"""The register of units: the list as of a day, its export, and one unit's file."""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from disclosures.downloads import XLSX, download
from disclosures.register import ALL, STANDINGS, RegisterRow, Standing, file_of, in_groups, register
from disclosures.sheets.export import export
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import chinese_date
from units import audit
from units.access import access_of, office_of
from units.directory import Directory
from units.forms.register import AliasForm, RegisterFilterForm
from units.log import events_about
from units.models import Office, Unit, UnitGroup
from units.permissions import require
from units.roles import ROLES, Permission
from units.views.accounts import directory_of

PAGE_ROWS = 200
EVENTS_SHOWN = 10


def own_unit(request: HttpRequest, code: str) -> Unit:
    """A unit the person may read of; 404 for any other."""
    return get_object_or_404(access_of(request).visible_units.select_related("office"), code=code)


def groups_of(office: Office) -> QuerySet[UnitGroup]:
    """The office's groups in their order."""
    return UnitGroup.objects.filter(office=office)


@require(Permission.READ_ALL_UNITS)
@require_safe
def units(request: HttpRequest) -> HttpResponseBase:
    """The units as of a day, by default those that exist today."""
    office, directory = office_of(request), directory_of(office_of(request))
    form, found, as_of = _found(request, office, directory)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    asked = {name: value for name, value in form.data.items() if value and name in form.fields}
    context = {
        "form": form,
        "narrowed": any(asked.get(name) for name in ("q", "group")) or _standing(form) != Standing.IN_FORCE,
        "as_of": as_of,
        "is_today": as_of == timezone.localdate(),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "groups": in_groups(page.object_list),
        "without_liaison": sum(1 for row in found if not row.liaisons and row.standing is Standing.IN_FORCE),
        "any_unit": len(directory) > 0,
        "export_address": f"{reverse('units_export')}?{urlencode(asked)}",
        "may_edit": access_of(request).may(Permission.MANAGE_SETTINGS),
    }
    return render(request, "disclosures/units/list.html", context, status=422 if form.errors else 200)


@require(Permission.READ_ALL_UNITS)
@require_safe
def units_export(request: HttpRequest) -> HttpResponseBase:
    """The units that are listed, as a sheet of the kind: what each is called now."""
    office = office_of(request)
    form, found, _ = _found(request, office, directory_of(office))
    if form.errors:
        raise Http404
    content = export("units", office, None, Unit.objects.filter(pk__in=[row.unit_id for row in found]))
    audit.record(
        by=access_of(request).user,
        verb="rows.exported",
        office=office,
        data={"kind": "units", "filters": request.GET.dict(), "bytes": len(content)},
    )
    return download(content, name="单位台账.xlsx", fallback="units.xlsx", content_type=XLSX)


def _found(
    request: HttpRequest, office: Office, directory: Directory
) -> tuple[RegisterFilterForm, list[RegisterRow], date]:
    """The form, the units it selects, and the day they are told of."""
    today = timezone.localdate()
    groups = list(groups_of(office).values_list("name", flat=True))
    given = {name: str(value) for name, value in request.GET.items() if value}
    form = RegisterFilterForm(
        {"standing": Standing.IN_FORCE.value, "as_of": today.isoformat(), **given}, groups=groups, standings=STANDINGS
    )
    if not form.is_valid():
        return form, [], today
    asked = form.cleaned_data
    as_of: date = asked["as_of"] or today
    found = register(
        office, as_of, directory, words=asked["q"], group=asked["group"], standing=asked["standing"] or ALL
    )
    return form, found, as_of


def _standing(form: RegisterFilterForm) -> str:
    return form.cleaned_data.get("standing", "") if form.is_valid() else ""


@require(*EVERY_READER)
@require_safe
def units_register(request: HttpRequest, code: str) -> HttpResponseBase:
    """One unit's file."""
    return unit_page(request, own_unit(request, code))


def unit_page(request: HttpRequest, unit: Unit, alias_form: AliasForm | None = None) -> HttpResponse:
    """The page of a unit's file, with the form that was refused, if one was."""
    access, office, today = access_of(request), office_of(request), timezone.localdate()
    found = file_of(unit, today, directory_of(office))
    may_edit = access.may(Permission.MANAGE_SETTINGS)
    context = {
        "file": found,
        "unit": unit,
        "today": today,
        "people": [
            (each, ROLES[each.role], each.since <= today and not (each.until and each.until <= today))
            for each in found.memberships
        ],
        "aliases": list(unit.aliases.all()),
        "events": events_about(unit, EVENTS_SHOWN) if access.reads_all_units else [],
        "may_edit": may_edit,
        "may_manage_users": access.may(Permission.MANAGE_USERS),
        "alias_form": alias_form or AliasForm(),
        "may_take_back": may_edit and len(found.names) > 1 and found.names[0].valid_from is not None,
        "last_change": chinese_date(found.names[0].valid_from) if found.names[0].valid_from else "",
    }
    refused = alias_form is not None and alias_form.errors
    return render(request, "disclosures/units/one.html", context, status=422 if refused else 200)
