"""Sheets come in, whole or not at all, and can be taken back as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, ProtectedError, Q

from disclosures import standard
from disclosures.models import ImportBatch, ImportChange
from disclosures.models.sheet_record import SheetRecord
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.checking import COMPARED_AT_ONCE, Reading, compare, read_sheet
from disclosures.sheets.errors import SheetRefused
from disclosures.sheets.marking import faultless, marked
from disclosures.sheets.report import NEW, UPDATED, PreviewRow, SheetReport
from disclosures.sheets.signature import detect
from disclosures.sheets.store import Change, Irreversible, Unwritable
from disclosures.sheets.watch import UNWATCHED, Watch
from units import audit
from units.models import Office, User

PREVIEW_ROWS = 10
FIRST_FEW = 5


class UndoRefused(Exception):
    """A batch cannot be undone; the message is the sentence for the clerk."""


def check_sheet(
    *, kind: str, file_name: str, content: bytes, office: Office | None, watch: Watch = UNWATCHED
) -> SheetReport:
    """What importing the sheet would do; writes nothing."""
    report, _, _ = _checked(kind=kind, file_name=file_name, content=content, office=office, watch=watch)
    return report


@transaction.atomic
def import_sheet(
    *,
    kind: str,
    file_name: str,
    content: bytes,
    office: Office | None,
    by: User | None,
    upload: str = "",
    watch: Watch = UNWATCHED,
) -> SheetReport:
    """Write every row of a sheet, or none when anything in it is wrong; the report says which.

    The file is kept under its SHA-256, the batch remembers what it changed. A new office also gets its standard words.
    An `upload` that has become a batch already is not written again: the report is of that batch. What `watch` raises ends
    the work with nothing written.
    """
    if office is not None:
        # Two sheets of one office never interleave: the second sees what the first wrote.
        # no_key: what refers to the office may still be inserted meanwhile (PostgreSQL's FOR NO KEY UPDATE).
        office = Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if upload and (written := ImportBatch.objects.filter(upload=upload).first()):
        return _report_of(written)
    report, reading, changes = _checked(kind=kind, file_name=file_name, content=content, office=office, watch=watch)
    if reading is None or report.errors:
        return report
    try:
        with transaction.atomic():
            batch = _written(
                reading, report, changes, office=office, content=content, by=by, upload=upload, watch=watch
            )
    except Unwritable as refused:
        return replace(report, new=0, updated=0, unchanged=0, errors=(refused.error,), preview=())
    return replace(report, batch=batch)


def _written(
    reading: Reading,
    report: SheetReport,
    changes: list[Change],
    *,
    office: Office | None,
    content: bytes,
    by: User | None,
    upload: str,
    watch: Watch,
) -> ImportBatch:
    """Write what was checked; its batch."""
    kind, file_name = report.kind, report.file_name
    batch = ImportBatch.objects.create(
        office=office if kind != "office" else None,
        kind=kind,
        file_name=file_name[-255:],
        sha256=report.sha256,
        new=report.new,
        updated=report.updated,
        unchanged=report.unchanged,
        warnings=list(report.warnings),
        imported_by=by,
        upload=upload,
    )
    store = reading.resource.store()
    store.watch = watch
    store.write(changes, batch)
    if kind == "office":
        batch.office = Office.objects.get(code=reading.records[0].key)
        if report.new:
            standard.furnish(batch.office)
    batch.stored_as = _keep(content, report.sha256, detect(file_name, content).value)
    batch.save(update_fields=["office", "stored_as"])
    audit.record(
        by=by,
        verb="import.accepted",
        office=batch.office,
        target=batch,
        data={
            "kind": kind,
            "file": batch.file_name,
            "sha256": batch.sha256,
            "new": batch.new,
            "updated": batch.updated,
            "unchanged": batch.unchanged,
        },
    )
    return batch


def _report_of(batch: ImportBatch) -> SheetReport:
    return SheetReport(
        batch.kind,
        batch.file_name,
        batch.sha256,
        batch.new,
        batch.updated,
        batch.unchanged,
        warnings=tuple(batch.warnings),
        batch=batch,
    )


def _checked(
    *, kind: str, file_name: str, content: bytes, office: Office | None, watch: Watch
) -> tuple[SheetReport, Reading | None, list[Change]]:
    """The report of a sheet, and what a write needs."""
    base: dict[str, Any] = {
        "kind": kind,
        "file_name": file_name,
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    try:
        reading = read_sheet(kind=kind, file_name=file_name, content=content, office=office, watch=watch)
    except SheetRefused as refused:
        return SheetReport(**base, errors=refused.errors), None, []
    if reading.errors:
        faultless = len(reading.faultless) if all(error.row is not None for error in reading.errors) else 0
        return (
            SheetReport(
                **base,
                errors=tuple(reading.errors),
                warnings=tuple(reading.warnings),
                faultless=faultless,
            ),
            reading,
            [],
        )
    changes, unchanged = compare(reading, watch)
    new = sum(1 for change in changes if change.before is None)
    report = SheetReport(
        **base,
        new=new,
        updated=len(changes) - new,
        unchanged=unchanged,
        warnings=(*reading.warnings, *reading.resource.remarks(changes), *_edited_by_hand(reading, changes)),
        preview=tuple(_preview(reading, change) for change in changes[:PREVIEW_ROWS]),
    )
    return report, reading, changes


def _edited_by_hand(reading: Reading, changes: list[Change]) -> Iterator[str]:
    """What a sheet takes back that somebody changed by hand."""
    model = reading.resource.model
    if not issubclass(model, SheetRecord):
        return
    rows = {change.before.pk: change.record.row for change in changes if change.before is not None}
    found: list[int] = []
    for start in range(0, len(rows), COMPARED_AT_ONCE):
        ids = list(rows)[start : start + COMPARED_AT_ONCE]
        edited = model._default_manager.filter(
            Q(batch__isnull=True) | Q(edited_at__gt=F("batch__imported_at")), pk__in=ids, edited_at__isnull=False
        )
        found += [rows[pk] for pk in edited.order_by().values_list("pk", flat=True)]
    if found:
        found.sort()
        listed = "、".join(map(str, found[:FIRST_FEW])) + ("等" if len(found) > FIRST_FEW else "")
        yield f"第{listed}行的记录曾由手工登记或修改（共{len(found)}行），导入后将改为表中的内容，请核对。"


def _preview(reading: Reading, change: Change) -> PreviewRow:
    """A change as the page shows it; where a cell changes, what it was stands behind it."""
    resource = reading.resource
    headers = [column.column_name for column in resource.columns]
    now = [str(cell) for cell in resource.cells_of(change.record.values)]
    if change.before is None:
        return PreviewRow(change.record.row, NEW, dict(zip(headers, now, strict=True)))
    was = [str(cell) for cell in resource.cells_of(change.before.values)]
    cells = [
        new if new == old else f"{new or '（空）'}（原为{old or '空'}）" for new, old in zip(now, was, strict=True)
    ]
    return PreviewRow(change.record.row, UPDATED, dict(zip(headers, cells, strict=True)))


def _keep(content: bytes, sha256: str, extension: str) -> str:
    """Where the file is kept: named by its content, so the same sheet is kept once and says nothing of its name."""
    name = f"sheets/{sha256}.{extension}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


@transaction.atomic
def undo_batch(*, batch: ImportBatch, by: User | None, at: datetime) -> ImportBatch:
    """Take back everything a batch wrote: its new records go, those it changed are what they were.

    Raises UndoRefused when it is undone already, a later batch built on it, or other records refer to its rows.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.office_id is not None:
        Office.objects.select_for_update(no_key=True).get(pk=batch.office_id)
    if batch.undone_at is not None:
        raise UndoRefused("该批次已经撤销，不能重复撤销。")
    if later := _built_upon(batch):
        raise UndoRefused(f"“{later.file_name}”在其后又更新了其中的记录，请先撤销后面的批次。")
    kind = SHEET_KINDS[batch.kind]
    try:
        with transaction.atomic():
            kind.resource(batch.office).store().restore(batch)
    except ProtectedError as protected:
        users = sorted({str(record._meta.verbose_name) for record in protected.protected_objects})
        raise UndoRefused(f"该批次新增的记录已被{'、'.join(users)}引用，请先撤销引用它们的批次。") from None
    except Irreversible as reason:
        raise UndoRefused(str(reason)) from None
    batch.undone_at, batch.undone_by = at, by
    batch.save(update_fields=["undone_at", "undone_by"])
    audit.record(by=by, verb="import.undone", office=batch.office, target=batch, data={"kind": batch.kind})
    return batch


def _built_upon(batch: ImportBatch) -> ImportBatch | None:
    """The newest later batch that changed records this one wrote, unless it is undone."""
    changes = ImportChange.objects.filter(batch__undone_at__isnull=True)
    direct = changes.filter(earlier_batch_id=batch.pk)
    # Units and offices keep no batch of their own: what a later batch of the kind touched is told by its changes.
    same_kind = changes.filter(
        batch__kind=batch.kind,
        batch__office=batch.office,
        batch__gt=batch.pk,
        earlier_batch_id__isnull=True,
        record_id__in=batch.changes.values("record_id"),
    )
    later = (direct | same_kind).order_by("-batch_id").select_related("batch").first()
    return later.batch if later else None


def marked_copy(
    *, kind: str, file_name: str, content: bytes, office: Office | None, faulty_only: bool = False
) -> bytes:
    """The clerk's own sheet as .xlsx with every error marked in place: yellow cells, comments, a column 错误说明.

    `faulty_only`: only its header and the rows with errors. Raises SheetRefused when the file cannot be read as a sheet of
    the kind.
    """
    reading = read_sheet(kind=kind, file_name=file_name, content=content, office=office)
    return marked(file_name=file_name, content=content, reading=reading, faulty_only=faulty_only)


def faultless_copy(*, kind: str, file_name: str, content: bytes, office: Office | None) -> bytes:
    """A new .xlsx of the rows without errors: a sheet of its own, which can be accepted whole.

    Raises SheetRefused when the file cannot be read as a sheet of the kind, or no row is without errors.
    """
    reading = read_sheet(kind=kind, file_name=file_name, content=content, office=office)
    if not reading.faultless:
        raise SheetRefused("没有一行是没有错误的，请改正后重新上传。")
    return faultless(reading)
