"""Sheets coming in: choose a kind, drop a file or several, paste cells. What follows is `checks.py` and `bundles.py`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.downloads import XLSX, download
from disclosures.forms import MOST_SHEETS, SheetForm, SheetsForm
from disclosures.models import ImportBatch
from disclosures.sheets import SHEET_KINDS, SheetKind
from disclosures.sheets.pasted import FILE_NAME, as_sheet
from disclosures.sheets.templates import template
from disclosures.uploads import sheet_jobs
from disclosures.uploads.pending import PendingUpload
from disclosures.views import bundles
from units.access import Access, access_of
from units.permissions import require
from units.roles import Permission

PASTED = "内容由粘贴而来，行号按粘贴内容从第1行数起。"
HEADED = "内容由粘贴而来，没有表头，已按模板的列次序读取；行号从第2行数起。"
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


def kind_of(access: Access, key: str) -> SheetKind:
    """A kind the person may import; 404 for another."""
    try:
        return open_kinds(access)[key]
    except KeyError:
        raise Http404 from None


@require(Permission.IMPORT_SHEETS)
def imports(request: HttpRequest) -> HttpResponseBase:
    """Choose a kind, or bring several files at once: each is recognised by its header."""
    access = access_of(request)
    form = SheetsForm(request.POST, request.FILES) if request.method == "POST" else SheetsForm()
    if form.is_valid():
        bundle = bundles.bring(form.cleaned_data["sheets"], access, open_kinds(access), at=timezone.now())
        return redirect("imports_bundle", bundle.token)
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
                    "required": [column.column_name for column in _columns(kinds[key]) if column.required],
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
        {
            "families": [(title, cards) for title, cards in families if cards],
            "no_office": access.office is None,
            "form": form,
            "limit": settings.UPLOAD_MAX_BYTES,
            "most": MOST_SHEETS,
        },
        status=422 if form.errors else 200,
    )


def _columns(kind: SheetKind) -> list[Any]:
    return list(kind.resource.fields.values())


@require(Permission.IMPORT_SHEETS)
def imports_kind(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Drop a file, or paste a block of cells."""
    access = access_of(request)
    chosen = kind_of(access, kind)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if form.is_valid():
        at = timezone.now()
        sheet = form.cleaned_data["sheet"]
        if sheet is not None:
            chunks, name, origin = sheet.chunks(), sheet.name, ""
        else:
            content, headed = as_sheet(chosen, form.cleaned_data["pasted"])
            chunks, name, origin = [content], FILE_NAME, HEADED if headed else PASTED
        upload = PendingUpload.keep(
            chunks,
            kind=kind,
            file_name=name,
            user_id=access.person.pk,
            office_id=access.office.pk if access.office else None,
            at=at,
            origin=origin,
        )
        sheet_jobs.check(upload, by=access.person, at=at)
        return redirect("imports_check", kind, upload.token)
    return render(
        request,
        "disclosures/imports/upload.html",
        {
            "kind": chosen,
            "form": form,
            "columns": _columns(chosen),
            "key_in_words": chosen.resource.key_in_words,
            "limit": settings.UPLOAD_MAX_BYTES,
        },
        status=422 if form.errors else 200,
    )


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports_template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The empty sheet of a kind."""
    access = access_of(request)
    chosen = kind_of(access, kind)
    return download(
        template(kind, access.office),
        name=f"{chosen.title}（模板）.xlsx",
        fallback=f"{kind}-template.xlsx",
        content_type=XLSX,
    )
