"""Work that need not hold up a page. Arguments are ids and names of kept files; each task calls one action."""

from __future__ import annotations

from celery import shared_task
from django.core.files.storage import default_storage

from disclosures.actions import imports
from units.models import Office, User


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
