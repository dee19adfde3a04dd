"""A sheet between check and import: its errors or its preview, names to be remembered, confirming, giving up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures import jobs
from disclosures.actions.imports import faultless_copy, marked_copy
from disclosures.downloads import XLSX, download
from disclosures.models import ImportBatch, Job
from disclosures.sheets import SheetKind
from disclosures.sheets.errors import SheetRefused
from disclosures.uploads import sheet_jobs
from disclosures.uploads.pending import PendingUpload
from disclosures.views.imports import kind_of
from lanshan_portal import notes
from units import audit
from units.access import Access, access_of
from units.actions import register
from units.models import UnitAlias
from units.permissions import require
from units.roles import Permission

ERRORS_SHOWN = 200
NAMES_SHOWN = 30


def _written(access: Access, token: str) -> ImportBatch | None:
    """The batch an upload of that token became, for its uploader: the address of a check leads on to it."""
    return ImportBatch.objects.filter(upload=token, imported_by=access.person, office=access.office).first()


def _upload(request: HttpRequest, kind: str, token: str) -> tuple[Access, SheetKind, PendingUpload]:
    access = access_of(request)
    chosen = kind_of(access, kind)
    upload = PendingUpload.find(
        token,
        kind=kind,
        user_id=access.person.pk,
        office_id=access.office.pk if access.office else None,
        at=timezone.now(),
    )
    if upload is None:
        raise Http404
    return access, chosen, upload


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports_check(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """What the check said: errors, or a preview; while a worker is at it, how far it has come."""
    access = access_of(request)
    if written := _written(access, token):
        if upload := PendingUpload.of_token(token):
            _put_away(upload.job())
            upload.discard()
        return notes.go_on(request, reverse("batches_one", args=[written.pk]))
    _, chosen, upload = _upload(request, kind, token)
    job = upload.job()
    context: dict[str, Any] = {"kind": chosen, "upload": upload, "job": job}
    if job is not None and job.is_active:
        context["progress"] = jobs.progress_of(job)
        page = "_progress.html" if request.htmx else "progress.html"  # type: ignore[attr-defined]
        return render(request, f"disclosures/imports/{page}", context)
    if request.htmx:  # type: ignore[attr-defined]
        return notes.go_on(request, request.path)
    report = upload.report()
    if report is None or (job is not None and job.kind == sheet_jobs.IMPORT_SHEET and job.state == Job.State.FAILED):
        failed = job is None or job.state == Job.State.FAILED
        return render(request, "disclosures/imports/failed.html", context, status=500 if failed else 200)
    _put_away(job)
    context |= {
        "report": report,
        "headers": list(report.preview[0].values) if report.preview else [],
        "errors": report.errors[:ERRORS_SHOWN],
        "whole_file": [error for error in report.errors if error.row is None],
        "rows_concerned": len({error.row for error in report.errors if error.row is not None}),
        "changes": report.new + report.updated,
        "same_file": _same_file(access, kind, report.sha256),
        "unknown_units": list(report.unknown_units.items())[:NAMES_SHOWN],
        "units": [(entry.short_name, entry.full_name) for entry in access.directory.at(timezone.localdate())],
        "nearest": {name: access.directory.nearest(name, timezone.localdate()) for name in report.unknown_units},
    }
    page = "preview.html" if report.accepted else "errors.html"
    return render(request, f"disclosures/imports/{page}", context)


def _same_file(access: Access, kind: str, sha256: str) -> ImportBatch | None:
    """The batch that brought the very same file before, unless it is undone."""
    before = ImportBatch.objects.filter(office=access.office, kind=kind, sha256=sha256, undone_at__isnull=True)
    return before.select_related("imported_by").first()


def _put_away(job: Job | None) -> None:
    """Whoever sees the outcome needs no note of it any more."""
    if job is not None and not job.is_active and not job.put_away:
        Job.objects.filter(pk=job.pk).update(put_away=True)


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_confirm(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Import what was checked and found in order; however often it is confirmed, it is written once."""
    access = access_of(request)
    if written := _written(access, token):
        return redirect("batches_one", written.pk)
    access, _, upload = _upload(request, kind, token)
    report, job = upload.report(), upload.job()
    if report is None or not report.accepted or (job is not None and job.is_active):
        return redirect("imports_check", kind, token)
    sheet_jobs.bring_in(upload, by=access.person, at=timezone.now())
    if written := _written(access, token):
        upload.discard()
        notes.done(request, f"“{upload.file_name}”已导入。")
        return redirect("batches_one", written.pk)
    return redirect("imports_check", kind, token)


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_discard(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Leave it, unless it is being written."""
    access = access_of(request)
    if written := _written(access, token):
        return redirect("batches_one", written.pk)
    _, _, upload = _upload(request, kind, token)
    job = upload.job()
    if job is not None and job.is_active:
        return redirect("imports_check", kind, token)
    _put_away(job)
    upload.discard()
    notes.done(request, f"已放弃导入“{upload.file_name}”，没有写入任何数据。")
    return redirect("imports_kind", kind)


# --- the sheet with its errors


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports_marked(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """The clerk's own sheet with its errors marked in place; with `?rows=faulty` the rows with errors alone."""
    access, _, upload = _upload(request, kind, token)
    faulty_only = request.GET.get("rows") == "faulty"
    try:
        content = marked_copy(
            kind=kind,
            file_name=upload.file_name,
            content=upload.content(),
            office=access.office,
            faulty_only=faulty_only,
        )
    except SheetRefused:
        raise Http404 from None
    audit.record(
        by=access.person,
        verb="import.marked_copy",
        office=access.office,
        data={"kind": kind, "file": upload.file_name},
    )
    what = "有错误的行" if faulty_only else "标出错误"
    return download(content, name=f"{_stem(upload)}（{what}）.xlsx", fallback=f"{kind}-errors.xlsx", content_type=XLSX)


def _stem(upload: PendingUpload) -> str:
    return upload.file_name.rpartition(".")[0] or upload.file_name


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_faultless(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Make a sheet of the rows without errors: a file of its own, checked and accepted whole like any other."""
    access, _, upload = _upload(request, kind, token)
    report = upload.report()
    if report is None or not report.faultless:
        return redirect("imports_check", kind, token)
    try:
        content = faultless_copy(kind=kind, file_name=upload.file_name, content=upload.content(), office=access.office)
    except SheetRefused as refused:
        notes.refused(request, str(refused))
        return redirect("imports_check", kind, token)
    faulty = len({error.row for error in report.errors if error.row is not None})
    at = timezone.now()
    made = PendingUpload.keep(
        [content],
        kind=kind,
        file_name=f"{_stem(upload)[-240:]}（没有错误的行）.xlsx",
        user_id=access.person.pk,
        office_id=upload.office_id,
        at=at,
        origin=f"只含“{upload.file_name}”中没有错误的{report.faultless:,}行，有错误的{faulty:,}行不在其中，请改正后另行导入。",
    )
    sheet_jobs.check(made, by=access.person, at=at)
    return redirect("imports_check", kind, made.token)


# --- names of units


@require(Permission.IMPORT_SHEETS, Permission.MANAGE_SETTINGS)
@require_POST
def imports_aliases(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Remember what the sheet's unknown names mean, once and for all, and check the sheet again."""
    access, _, upload = _upload(request, kind, token)
    report = upload.report()
    today = timezone.localdate()
    remembered: list[UnitAlias] = []
    for number, name in enumerate(report.unknown_units if report else ()):
        meant = request.POST.get(f"unit-{number}", "").strip()
        if not meant:
            continue
        try:
            remembered.append(
                register.add_alias(
                    unit=register.unit_named(access.directory, meant, today), name=name, by=access.person
                )
            )
        except register.ChangeRefused as refused:
            notes.refused(request, str(refused))
    if remembered:
        listed = "、".join(f"“{alias.name}”即{alias.unit}" for alias in remembered)
        ids = "-".join(str(alias.pk) for alias in remembered)
        notes.done(request, f"已记住：{listed}。", undo=reverse("imports_aliases_forget", args=[kind, token, ids]))
        _check_again(upload, access, timezone.now())
    return redirect("imports_check", kind, token)


@require(Permission.IMPORT_SHEETS, Permission.MANAGE_SETTINGS)
@require_POST
def imports_aliases_forget(request: HttpRequest, kind: str, token: str, ids: str) -> HttpResponseBase:
    """Forget names that were just remembered."""
    access = access_of(request)
    wanted = [int(each) for each in ids.split("-") if each.isdecimal() and len(each) < 18]
    found = UnitAlias.objects.filter(pk__in=wanted, kept=True, unit__office=access.office).select_related("unit")
    for alias in found:
        register.remove_alias(alias=alias, by=access.person)
    notes.done(request, "已不再记住刚才的别名。")
    if _written(access, token):
        return redirect("imports_check", kind, token)
    _, _, upload = _upload(request, kind, token)
    _check_again(upload, access, timezone.now())
    return redirect("imports_check", kind, token)


def _check_again(upload: PendingUpload, access: Access, at: datetime) -> None:
    upload.forget_report()
    sheet_jobs.check(upload, by=access.person, at=at)
