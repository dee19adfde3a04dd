"""Several files at once: each recognised by its header, all of them in one overview."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures import jobs
from disclosures.models import ImportBatch
from disclosures.sheets import SHEET_KINDS, SheetKind
from disclosures.sheets.errors import SheetRefused
from disclosures.sheets.recognising import recognise_kind
from disclosures.sheets.report import SheetReport
from disclosures.uploads import bundle_jobs
from disclosures.uploads.pending import Bundle, PendingUpload
from lanshan_portal import notes
from units.access import Access, access_of
from units.permissions import require
from units.roles import Permission


@dataclass(frozen=True)
class Member:
    """One file of a bundle: its upload with its report, or the batch it has become."""

    file_name: str
    kind: SheetKind
    upload: PendingUpload | None = None
    report: SheetReport | None = None
    batch: ImportBatch | None = None

    @property
    def is_ready(self) -> bool:
        """Whether it can be imported as it is, and would change something."""
        return self.report is not None and self.report.accepted and bool(self.report.new + self.report.updated)


def bring(
    files: Iterable[UploadedFile[Any]], access: Access, kinds: Mapping[str, SheetKind], *, at: datetime
) -> Bundle:
    """Keep several files and have them checked; a file that is no sheet is named with the reason."""
    office_id = access.office.pk if access.office else None
    uploads, refused = [], []
    for file in files:
        name = str(file.name)
        content = file.read()
        try:
            kind = recognise_kind(name, content, kinds)
        except SheetRefused as reason:
            refused.append((name, reason.errors[0].message))
            continue
        uploads.append(
            PendingUpload.keep(
                [content], kind=kind.key, file_name=name, user_id=access.person.pk, office_id=office_id, at=at
            )
        )
    # In the order in which an empty portal is loaded: units before what names them.
    order = list(SHEET_KINDS)
    uploads.sort(key=lambda upload: order.index(upload.kind))
    bundle = Bundle.keep(uploads, refused, user_id=access.person.pk, office_id=office_id, at=at)
    bundle_jobs.check(bundle, by=access.person, at=at)
    return bundle


def _bundle(request: HttpRequest, token: str) -> Bundle:
    access = access_of(request)
    office_id = access.office.pk if access.office else None
    bundle = Bundle.find(token, user_id=access.person.pk, office_id=office_id, at=timezone.now())
    if bundle is None:
        raise Http404
    return bundle


@require(Permission.IMPORT_SHEETS)
@require_safe
def imports_bundle(request: HttpRequest, token: str) -> HttpResponseBase:
    """What became of each file."""
    bundle = _bundle(request, token)
    job = bundle.job()
    context: dict[str, Any] = {"bundle": bundle, "job": job}
    if job is not None and job.is_active:
        context["progress"] = jobs.progress_of(job)
        page = "_progress.html" if request.htmx else "bundle_progress.html"  # type: ignore[attr-defined]
        return render(request, f"disclosures/imports/{page}", context)
    if request.htmx:  # type: ignore[attr-defined]
        return notes.go_on(request, request.path)
    members = _members(bundle)
    context |= {
        "members": members,
        "total": len(members) + len(bundle.refused),
        "ready": [member for member in members if member.is_ready],
        "faulty": [member for member in members if member.report and not member.report.accepted],
        "imported": [member for member in members if member.batch],
    }
    return render(request, "disclosures/imports/bundle.html", context)


def _members(bundle: Bundle) -> list[Member]:
    batches = {batch.upload: batch for batch in ImportBatch.objects.filter(upload__in=bundle.uploads)}
    members = []
    for token in bundle.uploads:
        upload = PendingUpload.of_token(token)
        if batch := batches.get(token):
            members.append(Member(batch.file_name, SHEET_KINDS[batch.kind], batch=batch))
        elif upload:
            members.append(Member(upload.file_name, SHEET_KINDS[upload.kind], upload, upload.report()))
    return members


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_bundle_confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """Import every file without errors, in the order of their kinds."""
    bundle = _bundle(request, token)
    job = bundle.job()
    if job is None or not job.is_active:
        access = access_of(request)
        before = ImportBatch.objects.filter(upload__in=bundle.uploads).count()
        bundle_jobs.bring_in(bundle, by=access.person, at=timezone.now())
        done = ImportBatch.objects.filter(upload__in=bundle.uploads).count() - before
        if done:
            notes.done(request, f"已导入{done}个文件。")
    return redirect("imports_bundle", token)


@require(Permission.IMPORT_SHEETS)
@require_POST
def imports_bundle_again(request: HttpRequest, token: str) -> HttpResponseBase:
    """Check the files that are left once more: what they lacked may be there now."""
    bundle = _bundle(request, token)
    job = bundle.job()
    if job is None or not job.is_active:
        access = access_of(request)
        for upload in bundle.members():
            upload.forget_report()
        bundle_jobs.check(bundle, by=access.person, at=timezone.now())
    return redirect(reverse("imports_bundle", args=[token]))
