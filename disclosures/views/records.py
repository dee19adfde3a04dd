"""One record: what is known of it, and entering, changing, removing it by hand."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures.actions import records
from disclosures.exporting import CITIZENS_CONTENT
from disclosures.history import history_of
from disclosures.lists import LISTS, ListKind, furnished
from disclosures.masking import masked
from disclosures.models import MediaAccount, RemovedRecord
from disclosures.month_in_view import issue_date, month_in_view
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.record_form import RecordForm, cells_of
from disclosures.views.rows import visible_records
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from units import audit
from units.access import Access, access_of
from units.models import Office, Unit
from units.permissions import require
from units.roles import Permission

HIDDEN_FIELDS = {"id", "office", "key", "batch", "sheet_row", "unit", "edited_at", "edited_by"}
ALIKE = ("unit_id", "category_id", "channel_id", "platform_id", "published_on", "received_on", "round", "checked_on")
"""What the next record entered in a row is likely to have in common with the one before."""


def _listed(kind: str) -> ListKind:
    try:
        return LISTS[kind]
    except KeyError:
        raise Http404 from None


@require(*EVERY_READER)
def record(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """One record: what its sheet said, when it is due, which sheet brought it, and what became of it."""
    access = access_of(request)
    found, listed = _found(request, access, kind, pk)
    (row,) = furnished([found], listed, access.directory, _as_of(request, listed))
    in_full = access.may(Permission.READ_APPLICATION_CONTENT)
    facts = []
    for field in row._meta.concrete_fields:
        if field.name in HIDDEN_FIELDS:
            continue
        value = getattr(row, f"get_{field.name}_display", lambda field=field: getattr(row, field.name))()
        if field.name in CITIZENS_CONTENT and value:
            if in_full:
                audit.record(by=access.user, verb="application.read", office=access.office, target=row)
            else:
                value = masked(value)
        facts.append((field.verbose_name, value))
    context = {
        "listed": listed,
        "row": row,
        "facts": facts,
        "title": str(row),
        "history": history_of(row, kind),
        "may_edit": access.may(Permission.EDIT_RECORDS),
        "screenshots": list(row.screenshots.all()) if kind == "media_checks" else [],
    }
    return render(request, "disclosures/records/record.html", context)


def _found(request: HttpRequest, access: Access, kind: str, pk: int) -> tuple[Any, ListKind]:
    """The record, if the person may see it."""
    rows = visible_records(kind, access)
    listed = _listed(kind)
    rows = rows.select_related("batch", "batch__imported_by", "edited_by", *listed.related)
    if listed.answered:
        rows = rows.with_limits()  # type: ignore[attr-defined]
    if rows.model is MediaAccount:
        rows = rows.as_seen_by(_as_of(request, listed))  # type: ignore[attr-defined]
    return get_object_or_404(rows, pk=pk), listed


def _as_of(request: HttpRequest, listed: ListKind) -> Any:
    """The day by which a record's state is told: today; of an account, the day its register is reckoned from."""
    return timezone.localdate() if listed.day else issue_date(request, month_in_view(request))


@require(Permission.EDIT_RECORDS)
def record_new(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Enter a record; `again` leads on to the next one, with what that is likely to share filled in."""
    access = access_of(request)
    office, listed = access.office_or_404, _listed(kind)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        office=office,
        initial=_alike(request, access, kind, office),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = records.add(kind=kind, office=office, record=form.record, by=access.user, at=timezone.now())
        except records.RecordRefused as refused:
            form.add_error(None, str(refused))
        else:
            _say(request, form, f"已登记“{made}”。")
            if "again" in request.POST:
                return redirect(f"{reverse('record_new', args=[kind])}?like={made.pk}")
            return redirect("record", kind, made.pk)
    return _form_page(request, access, form, listed, {"heading": f"登记{listed.title}"})


def _alike(request: HttpRequest, access: Access, kind: str, office: Office) -> dict[str, str]:
    """What the record just entered leaves for the next."""
    like = request.GET.get("like", "")
    before = visible_records(kind, access).filter(pk=like).first() if like.isdecimal() and len(like) < 18 else None
    if before is None:
        return {}
    resource = SHEET_KINDS[kind].resource(office)
    cells = cells_of(kind, office, records.stored_values(resource, before))
    return {name: value for name, value in cells.items() if name in ALIKE}


@require(Permission.EDIT_RECORDS)
def record_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Change a record; whoever was quicker is told of, and nothing of either is lost."""
    access = access_of(request)
    office = access.office_or_404
    kept, listed = _found(request, access, kind, pk)
    resource = SHEET_KINDS[kind].resource(office)
    initial = cells_of(kind, office, records.stored_values(resource, kept))
    form = RecordForm(request.POST if request.method == "POST" else None, kind=kind, office=office, initial=initial)
    version = request.POST.get("version", "") or records.version_of(resource, kept)
    more: dict[str, Any] = {"heading": f"修改{listed.title}", "kept": kept}
    if request.method == "POST" and form.is_valid():
        try:
            changed = records.edit(
                kind=kind, office=office, pk=pk, record=form.record, version=version, by=access.user, at=timezone.now()
            )
        except records.ChangedMeanwhile as meanwhile:
            version = meanwhile.version
            more["meanwhile"] = meanwhile
        except records.RecordRefused as refused:
            form.add_error(None, str(refused))
        else:
            words = f"已保存修改：{'、'.join(each.column for each in changed)}。" if changed else "内容没有变化。"
            _say(request, form, words)
            return redirect("record", kind, pk)
    if kind == "applications" and access.may(Permission.READ_APPLICATION_CONTENT) and kept.content:
        audit.record(by=access.user, verb="application.read", office=office, target=kept)
    return _form_page(request, access, form, listed, more | {"version": version})


def _say(request: HttpRequest, form: RecordForm, words: str) -> None:
    notes.done(request, " ".join([words, *form.warnings]))


def _form_page(
    request: HttpRequest, access: Access, form: RecordForm, listed: ListKind, more: dict[str, Any]
) -> HttpResponse:
    initials = dict(Unit.objects.filter(office=access.office).values_list("pk", "initials"))
    units = [
        (entry.short_name, f"{initials.get(entry.unit_id, '')} {entry.full_name}")
        for entry in access.directory.at(timezone.localdate())
    ]
    context = {"form": form, "listed": listed, "units": units} | more
    failed = bool(form.errors) or "meanwhile" in more
    return render(request, "disclosures/records/form.html", context, status=422 if failed else 200)


@require(Permission.EDIT_RECORDS)
@require_POST
def record_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Remove a record; it can be taken back."""
    access = access_of(request)
    _found(request, access, kind, pk)
    try:
        removed = records.remove(kind=kind, office=access.office_or_404, pk=pk, by=access.user, at=timezone.now())
    except records.RecordRefused as refused:
        notes.refused(request, str(refused))
        return redirect("record", kind, pk)
    notes.done(request, f"已删除“{removed.title}”。", undo=reverse("record_restore", args=[kind, removed.pk]))
    return redirect("rows", kind)


@require(Permission.EDIT_RECORDS)
@require_POST
def record_restore(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Bring a removed record back."""
    access = access_of(request)
    removed = get_object_or_404(RemovedRecord, pk=pk, kind=_listed(kind).key, office=access.office)
    try:
        kept = records.restore(removed=removed, by=access.user, at=timezone.now())
    except records.RecordRefused as refused:
        notes.refused(request, str(refused))
        return redirect("rows", kind)
    notes.done(request, f"已恢复“{removed.title}”。")
    return redirect("record", kind, kept.pk)
