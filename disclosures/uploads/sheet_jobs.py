"""Sheets checked and imported: small ones at once, large ones in the background, either way once.

What an upload became is told by its batch, which is written in the same transaction as its rows: a worker may die at any
moment, and whoever takes the work up again finds either nothing written or everything.
"""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from disclosures import jobs
from disclosures.actions import imports
from disclosures.models import ImportBatch, Job
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.report import SheetReport
from disclosures.sheets.watch import STEPS, UNWATCHED, WRITE, Watch
from disclosures.uploads.pending import PendingUpload
from units.models import Office, User

LARGE_BYTES = 2 * 1024 * 1024
"""A sheet of some ten thousand rows; larger ones are worked on in the background."""
CHECK_SHEET, IMPORT_SHEET = "check_sheet", "import_sheet"
GONE = "上传的文件已超过一天，请重新上传。"


def check(upload: PendingUpload, *, by: User, at: datetime) -> None:
    """Have the upload checked: its report is there at once, or its job is under way."""
    _do(CHECK_SHEET, upload, f"核对{_named(upload)}", by=by, at=at)


def bring_in(upload: PendingUpload, *, by: User, at: datetime) -> None:
    """Have the upload imported: its batch is there at once, or its job is under way."""
    _do(IMPORT_SHEET, upload, f"导入{_named(upload)}", by=by, at=at)


def _named(upload: PendingUpload) -> str:
    return f"{SHEET_KINDS[upload.kind].title}“{upload.file_name[-120:]}”"


def _do(kind: str, upload: PendingUpload, title: str, *, by: User, at: datetime) -> None:
    if upload.size <= LARGE_BYTES:
        (checked if kind == CHECK_SHEET else imported)(upload)
        return
    job = jobs.begin(kind=kind, title=title, by=by, office=_office(upload), arguments={"token": upload.token}, at=at)
    upload.given_to(job)


def checked(upload: PendingUpload, watch: Watch = UNWATCHED) -> SheetReport:
    """Check the upload and keep the report beside it."""
    report = imports.check_sheet(
        kind=upload.kind,
        file_name=upload.file_name,
        content=upload.content(),
        office=_office(upload),
        watch=watch,
    )
    upload.reported(report)
    return report


def imported(upload: PendingUpload, watch: Watch = UNWATCHED) -> SheetReport:
    """Import the upload, once; errors that came up since its check become its report."""
    report = imports.import_sheet(
        kind=upload.kind,
        file_name=upload.file_name,
        content=upload.content(),
        office=_office(upload),
        by=User.objects.get(pk=upload.user_id),
        upload=upload.token,
        watch=watch,
    )
    if report.batch is None:
        upload.reported(report)
    return report


def _office(upload: PendingUpload) -> Office | None:
    return Office.objects.get(pk=upload.office_id) if upload.office_id else None


# --- in the background


def _upload_of(job: Job) -> PendingUpload:
    upload = PendingUpload.of_token(job.arguments["token"])
    if upload is None:
        raise jobs.Refused(GONE)
    return upload


@jobs.work(CHECK_SHEET, *STEPS[:WRITE])
def check_sheet(run: jobs.Run) -> jobs.Outcome:
    """Check a large upload."""
    upload = _upload_of(run.job)
    report = checked(upload, run)
    sentence = report.summary if report.accepted else f"有{len(report.errors):,}处错误，没有写入。"
    return jobs.Outcome(sentence, address=reverse("imports_check", args=[upload.kind, upload.token]))


@jobs.work(IMPORT_SHEET, *STEPS)
def import_sheet(run: jobs.Run) -> jobs.Outcome:
    """Import a large upload, unless it is written already."""
    written = ImportBatch.objects.filter(upload=run.job.arguments["token"]).first()
    if written is not None:
        return _outcome_of(written)
    upload = _upload_of(run.job)
    report = imported(upload, run)
    if report.batch is None:
        address = reverse("imports_check", args=[upload.kind, upload.token])
        return jobs.Outcome(f"核对后又出现{len(report.errors):,}处错误，没有写入。", address=address)
    return _outcome_of(report.batch)


def _outcome_of(batch: ImportBatch) -> jobs.Outcome:
    counts = f"新增 {batch.new:,}，更新 {batch.updated:,}，未变 {batch.unchanged:,}。"
    return jobs.Outcome(counts, address=reverse("batches_one", args=[batch.pk]))
