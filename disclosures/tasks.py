"""Work that need not hold up a page. Arguments are ids and names of kept files; each task calls one action."""

from __future__ import annotations

from celery import shared_task
from django.core.files.storage import default_storage
from django.utils import timezone

# A worker does the jobs that these modules register, whichever page asked for them.
from disclosures import jobs, sample  # noqa: F401
from disclosures.actions import hand_over, imports, mail, reminders  # noqa: F401
from disclosures.uploads import PendingUpload
from lanshan_portal.condition import worker_lives
from units.models import Office, User


@shared_task
def run_job(pk: int) -> None:
    """Do the work of a job."""
    jobs.run(pk)


@shared_task
def sweep_jobs() -> None:
    """Take up jobs that lost their worker; the schedule calls it every half minute."""
    worker_lives()
    jobs.sweep(timezone.now())


@shared_task
def pass_on_messages() -> None:
    """Give successors what the people before them have not read, once their day has come; the schedule calls it."""
    hand_over.pass_on_all(timezone.localdate())


@shared_task
def send_mail() -> None:
    """Send the mail that is due; the schedule calls it every minute."""
    mail.send_due(at=timezone.now())


CHECKING, QUEUED, WRITING, DONE, FAILED = "checking", "queued", "writing", "done", "failed"
"""How far a task has come with an upload (`PendingUpload.progress`); queued is confirmed and not yet begun."""


@shared_task
def check_upload(token: str) -> None:
    """Check an upload that waits for its answer, and keep the report beside it."""
    upload = PendingUpload.of_token(token)
    if upload is None or upload.report() is not None:
        return
    upload.progressed(CHECKING)
    try:
        report = imports.check_sheet(
            kind=upload.kind, file_name=upload.file_name, content=upload.content(), office=_office(upload)
        )
    except Exception:
        upload.progressed(FAILED)
        raise
    upload.reported(report)
    upload.progressed(DONE)


@shared_task
def import_upload(token: str) -> None:
    """Import an upload, once; its batch, or the errors that came up since its check, are kept beside it."""
    upload = PendingUpload.of_token(token)
    if upload is None or not upload.take():
        return
    upload.progressed(WRITING)
    try:
        report = imports.import_sheet(
            kind=upload.kind,
            file_name=upload.file_name,
            content=upload.content(),
            office=_office(upload),
            by=User.objects.get(pk=upload.user_id),
        )
    except Exception:
        upload.progressed(FAILED)
        raise
    upload.reported(report)
    upload.progressed(DONE, batch=report.batch.pk if report.batch else None)


def _office(upload: PendingUpload) -> Office | None:
    return Office.objects.get(pk=upload.office_id) if upload.office_id else None


@shared_task
def import_kept_sheet(
    kind: str, stored_as: str, file_name: str, office_id: int | None, by_id: int | None
) -> int | None:
    """Import a file that lies in the uploads folder; the id of its batch, None when it has errors.

    Safe to run twice: the second run finds every row as it is.
    """
    with default_storage.open(stored_as) as stored:
        content = stored.read()
    report = imports.import_sheet(
        kind=kind,
        file_name=file_name,
        content=content,
        office=Office.objects.get(pk=office_id) if office_id is not None else None,
        by=User.objects.get(pk=by_id) if by_id is not None else None,
    )
    return report.batch.pk if report.batch else None
