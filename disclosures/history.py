"""What became of a record: the sheets that wrote it, and what people changed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from disclosures.models import ImportBatch, ImportChange
from units.audit import VERBS
from units.models import AuditEvent

HAND = ("record.added", "record.edited", "record.removed", "record.restored")


@dataclass(frozen=True)
class Step:
    """One thing that happened to a record: when, by whom, what, and what it changed (column, before, after)."""

    at: datetime
    who: str
    words: str
    changes: tuple[tuple[str, str, str], ...] = ()
    batch: ImportBatch | None = None


def history_of(record: Any, kind: str) -> list[Step]:
    """The steps of a record, the newest first; two queries."""
    events = AuditEvent.objects.filter(
        target_kind=record._meta.model_name, target_id=str(record.pk), verb__in=HAND
    ).select_related("by")
    steps = [
        Step(
            event.at,
            str(event.by or "命令行"),
            VERBS[event.verb].words,
            tuple(
                (column, event.data["before"][column], after) for column, after in event.data.get("after", {}).items()
            ),
        )
        for event in events
    ]
    written = ImportChange.objects.filter(
        record_id=record.pk, batch__kind=kind, batch__office=record.office_id, batch__undone_at__isnull=True
    ).select_related("batch__imported_by")
    batches = {change.batch_id: change.batch for change in written}
    if record.batch is not None:
        batches[record.batch.pk] = record.batch
    for batch in batches.values():
        steps.append(Step(batch.imported_at, str(batch.imported_by or "命令行"), "导入", batch=batch))
    return sorted(steps, key=lambda step: step.at, reverse=True)
