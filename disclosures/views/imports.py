"""Sheets coming in: choose a kind, drop a file, read its errors or its preview, confirm."""

from __future__ import annotations

from typing import Any

from celery import Task
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions.imports import marked_copy
from disclosures.downloads import XLSX, download
from disclosures.forms import SheetForm
from disclosures.models import ImportBatch
from disclosures.sheets import SHEET_KINDS, SheetKind
from disclosures.sheets.errors import SheetRefused
from disclosures.sheets.templates import template
from disclosures.tasks import DONE, FAILED, QUEUED, WRITING, check_upload, import_upload
from disclosures.uploads import PendingUpload
from units import audit
from units.access import Access, access_of
from units.permissions import require
from units.roles import Permission

LARGE_BYTES = 2 * 1024 * 1024
"""A sheet of some thousand rows; larger ones are worked on outside the request."""
ERRORS_SHOWN = 200
OF_SETTINGS = {"office", "units", "rest_days"}
"""What these say holds for everything else, so they are the administrator's."""
OF_PEOPLE = {"accounts"}
"""Who may sign in and what they may do."""
FAMILIES = (
    ("每月数据", ("published_items", "applications", "mailbox_cases", "media_checks", "submissions")),
    ("任务与通报", ("requirements", "arrangements", "notice_texts")),
    ("基础资料", ("office", "units", "accounts", "media_accounts", "rest_days")),
)
SYMBOLS = {
    "published_items": "newspaper",
    "applications": "file-earmark-text",
    "mailbox_cases": "envelope-open",
    "media_checks": "phone",
    "submissions": "journal-check",
    "requirements": "list-check",
    "arrangements": "calendar2-check",
    "notice_texts": "file-earmark-richtext",
    "office": "building",
    "units": "people",
    "accounts": "person-badge",
    "media_accounts": "megaphone",
    "rest_days": "clock",
}


def open_kinds(access: Access) -> dict[str, SheetKind]:
    """The kinds the person may import; before there is an office, only the sheet that brings one in."""
    if access.office is None:
        return {"office": SHEET_KINDS["office"]}
    closed = set() if access.may(Permission.MANAGE_SETTINGS) else OF_SETTINGS
    closed |= set() if access.may(Permission.MANAGE_USERS) else OF_PEOPLE
    return {key: kind for key, kind in SHEET_KINDS.items() if key not in closed}


def _kind(access: Access, key: str) -> SheetKind:
    try:
        return open_kinds(access)[key]
    except KeyError:
        raise Http404 from None


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports(request: HttpRequest) -> HttpResponseBase:
    """Choose a kind."""
    access = access_of(request)
    kinds = open_kinds(access)
    newest: dict[str, ImportBatch] = {}
    for batch in ImportBatch.objects.filter(office=access.office, undone_at__isnull=True).order_by("-id")[:200]:
        newest.setdefault(batch.kind, batch)
    families = [
        (
            title,
            [
                {
                    "kind": kinds[key],
                    "symbol": SYMBOLS[key],
                    "required": [column.column_name for column in _columns(kinds[key], access) if column.required],
                    "newest": newest.get(key),
                }
                for key in keys
                if key in kinds
            ],
        )
        for title, keys in FAMILIES
    ]
    return render(
        request,
        "disclosures/imports/kinds.html",
        {"families": [(title, cards) for title, cards in families if cards], "no_office": access.office is None},
    )


def _columns(kind: SheetKind, access: Access) -> list[Any]:
    return list(kind.resource.fields.values())


@require(Permission.IMPORT_SHEETS)
def imports_kind(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Drop a file."""
    access = access_of(request)
    chosen = _kind(access, kind)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        sheet = form.cleaned_data["sheet"]
        assert access.user is not None
        upload = PendingUpload.keep(
            sheet.chunks(),
            kind=kind,
            file_name=sheet.name,
            user_id=access.user.pk,
            office_id=access.office.pk if access.office else None,
            at=timezone.now(),
        )
        _run(check_upload, upload)
        return redirect("imports_check", kind, upload.token)
    return render(
        request,
        "disclosures/imports/upload.html",
        {
            "kind": chosen,
            "form": form,
            "columns": _columns(chosen, access),
            "key_in_words": chosen.resource.key_in_words,
            "limit": settings.UPLOAD_MAX_BYTES,
        },
        status=422 if form.errors else 200,
    )


def _run(task: Task, upload: PendingUpload, waiting: str = "") -> None:
    """Work on it here when it is small, by a worker when it is large; `waiting` is its step until then."""
    upload.progressed(waiting)
    if upload.size <= LARGE_BYTES:
        task(upload.token)
        return
    try:
        task.delay(upload.token)
    except Exception:
        upload.progressed(FAILED)
        raise


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports_template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The empty sheet of a kind."""
    access = access_of(request)
    chosen = _kind(access, kind)
    return download(
        template(kind, access.office),
        name=f"{chosen.title}（模板）.xlsx",
        fallback=f"{kind}-template.xlsx",
        content_type=XLSX,
    )


def _upload(request: HttpRequest, kind: str, token: str) -> tuple[Access, SheetKind, PendingUpload]:
    access = access_of(request)
    chosen = _kind(access, kind)
    assert access.user is not None
    upload = PendingUpload.find(
        token,
        kind=kind,
        user_id=access.user.pk,
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
    _, chosen, upload = _upload(request, kind, token)
    progress = upload.progress()
    step = progress.get("step", "")
    context = {"kind": chosen, "upload": upload, "progress": progress}
    if progress.get("batch"):
        upload.discard()
        return _go(request, reverse("batches_one", args=[progress["batch"]]))
    if step == FAILED:
        return render(request, "disclosures/imports/failed.html", context, status=500)
    report = upload.report()
    if report is None or step not in ("", DONE):
        if request.htmx:  # type: ignore[attr-defined]
            return render(request, "disclosures/imports/_progress.html", context)
        return render(request, "disclosures/imports/progress.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        return _go(request, request.path)
    context |= {
        "report": report,
        "headers": list(report.preview[0].values) if report.preview else [],
        "errors": report.errors[:ERRORS_SHOWN],
        "whole_file": [error for error in report.errors if error.row is None],
        "rows_concerned": len({error.row for error in report.errors if error.row is not None}),
        "changes": report.new + report.updated,
        "ignored": [warning for warning in report.warnings],
    }
    page = "preview.html" if report.accepted else "errors.html"
    return render(request, f"disclosures/imports/{page}", context)


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    """Lead the whole page on, asked for by htmx or not."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_confirm(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Import what was checked and found in order; what has been confirmed once is not imported again."""
    _, _, upload = _upload(request, kind, token)
    report = upload.report()
    if report is None or not report.accepted or not upload.confirm():
        return redirect("imports_check", kind, token)
    _run(import_upload, upload, waiting=QUEUED)
    batch = upload.progress().get("batch")
    if batch:
        upload.discard()
        messages.success(request, f"“{upload.file_name}”已导入。")
        return redirect("batches_one", batch)
    return redirect("imports_check", kind, token)


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_discard(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """Leave it, unless it is about to be written."""
    _, _, upload = _upload(request, kind, token)
    progress = upload.progress()
    if progress.get("step") in (QUEUED, WRITING) or progress.get("batch"):
        return redirect("imports_check", kind, token)
    upload.discard()
    messages.success(request, f"已放弃导入“{upload.file_name}”，没有写入任何数据。")
    return redirect("imports_kind", kind)


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports_marked(request: HttpRequest, kind: str, token: str) -> HttpResponseBase:
    """The clerk's own sheet with its errors marked in place."""
    access, _, upload = _upload(request, kind, token)
    try:
        content = marked_copy(kind=kind, file_name=upload.file_name, content=upload.content(), office=access.office)
    except SheetRefused:
        raise Http404 from None
    audit.record(
        by=access.user,
        verb="import.marked_copy",
        office=access.office,
        data={"kind": kind, "file": upload.file_name},
    )
    name = upload.file_name.rpartition(".")[0] or upload.file_name
    return download(content, name=f"{name}（标出错误）.xlsx", fallback=f"{kind}-errors.xlsx", content_type=XLSX)
