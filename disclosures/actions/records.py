"""Single records: entered, changed, removed and brought back by hand, by the rules of their sheet.

A record is the same whichever way it came: it has the sheet's natural key, and a later sheet finds it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError

from disclosures.lists import LISTS
from disclosures.masking import masked
from disclosures.models import ImportBatch, RemovedRecord
from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.keys import digest
from disclosures.sheets.resources.base import SheetResource
from disclosures.sheets.store import ModelStore, Record
from units import audit
from units.models import Office, User


class RecordRefused(Exception):
    """A record cannot be written or removed so; the message is the sentence for the clerk."""


@dataclass(frozen=True)
class Difference:
    """A column in which two versions of a record differ."""

    column: str
    before: str
    after: str


class ChangedMeanwhile(Exception):
    """Somebody else changed the record while it was edited: who, when, and what is different now from what was begun with."""

    def __init__(self, who: str, at: datetime | None, version: str, differences: list[Difference]) -> None:
        super().__init__(who)
        self.who, self.at, self.version, self.differences = who, at, version, differences


def version_of(resource: SheetResource, record: Any) -> str:
    """A text that changes with every change of the record, by hand or by sheet."""
    edited = record.edited_at.isoformat() if record.edited_at else ""
    return digest([str(record.batch_id), edited, *map(str, stored_values(resource, record))])


def stored_values(resource: SheetResource, record: Any) -> tuple[Any, ...]:
    """The values of a record in the order of the resource's `stored`."""
    return tuple(getattr(record, name) for name in resource.stored)


@transaction.atomic
def add(*, kind: str, office: Office, record: Record, by: User | None, at: datetime) -> Any:
    """Enter a new record; raises RecordRefused when there is one with its natural key."""
    resource, store = _opened(kind, office)
    _refuse_double(store, resource, record, None)
    made = store.write_one(record, pk=None, by=by, at=at)
    audit.record(
        by=by, verb="record.added", office=office, target=made, data={"kind": kind, "name": _name(resource, made)}
    )
    return made


@transaction.atomic
def edit(
    *, kind: str, office: Office, pk: int, record: Record, version: str, by: User | None, at: datetime
) -> list[Difference]:
    """Change a record; what was different before is in the answer, empty when nothing was.

    Raises ChangedMeanwhile when it is no longer of that `version`, RecordRefused when another has the natural key it would get.
    """
    resource, store = _opened(kind, office)
    kept = store.model._default_manager.select_for_update().get(pk=pk, office=office)
    before = stored_values(resource, kept)
    now = version_of(resource, kept)
    values = _settled(resource, record, kept)
    changed = differences(resource, before, values)
    if now != version:
        who, when = _last_writer(kept)
        raise ChangedMeanwhile(who, when, now, differences(resource, values, before))
    if before == values:
        return []
    _refuse_double(store, resource, record, pk)
    made = store.write_one(record._replace(values=values), pk=pk, by=by, at=at)
    audit.record(
        by=by,
        verb="record.edited",
        office=office,
        target=made,
        data={
            "kind": kind,
            "name": _name(resource, made),
            "before": {each.column: each.before for each in changed},
            "after": {each.column: each.after for each in changed},
        },
    )
    return changed


@transaction.atomic
def remove(*, kind: str, office: Office, pk: int, by: User | None, at: datetime) -> RemovedRecord:
    """Remove a record that nothing refers to; it can be brought back. Raises RecordRefused otherwise."""
    resource, store = _opened(kind, office)
    kept = store.model._default_manager.select_for_update().get(pk=pk, office=office)
    removed = RemovedRecord.objects.create(
        office=office,
        kind=kind,
        record_id=pk,
        title=_name(resource, kept)[:300],
        values=_whole(kept),
        removed_by=by,
        removed_at=at,
    )
    audit.record(
        by=by, verb="record.removed", office=office, target=kept, data={"kind": kind, "name": _name(resource, kept)}
    )
    try:
        with transaction.atomic():
            kept.delete()
    except ProtectedError as protected:
        users = sorted({str(each._meta.verbose_name) for each in protected.protected_objects})
        raise RecordRefused(f"这条记录已被{'、'.join(users)}引用，不能删除。") from None
    return removed


@transaction.atomic
def restore(*, removed: RemovedRecord, by: User | None, at: datetime) -> Any:
    """Bring a removed record back as it was; raises RecordRefused when it is back, or another has taken its place."""
    removed = RemovedRecord.objects.select_for_update().get(pk=removed.pk)
    if removed.restored_at is not None:
        raise RecordRefused("这条记录已经恢复。")
    resource, store = _opened(removed.kind, removed.office)
    values = dict(removed.values)
    if store.current([values["key"]]):
        raise RecordRefused(f"已有{resource.key_in_words}相同的记录，不能恢复。")
    related = values.pop("related", {})
    fields = {field.attname: field for field in store.model._meta.concrete_fields}
    kept = store.model(**{name: fields[name].to_python(value) for name, value in values.items() if name in fields})
    if not ImportBatch.objects.filter(pk=kept.batch_id).exists():  # type: ignore[attr-defined]
        kept.batch_id = None  # type: ignore[attr-defined]
    kept.save(force_insert=True)
    for name, ids in related.items():
        getattr(kept, name).set(ids)
    removed.restored_at = at
    removed.save(update_fields=["restored_at"])
    audit.record(
        by=by,
        verb="record.restored",
        office=removed.office,
        target=kept,
        data={"kind": removed.kind, "name": removed.title},
    )
    return kept


def differences(resource: SheetResource, before: tuple[Any, ...], after: tuple[Any, ...]) -> list[Difference]:
    """The columns in which two versions differ, as their cells read; what citizens wrote with numbers blotted out."""
    found = []
    cells = zip(resource.columns, resource.cells_of(before), resource.cells_of(after), strict=True)
    for column, old, new in cells:
        if old != new:
            shown = [_as_text(value) for value in (old, new)]
            if column.attribute in resource.citizens:
                shown = [masked(text) for text in shown]
            found.append(Difference(column.column_name, *shown))
    return found


def _as_text(cell: Any) -> str:
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _opened(kind: str, office: Office) -> tuple[SheetResource, ModelStore]:
    """The resource and the store, while no sheet of the office is being written: the second sees what the first wrote."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    resource = SHEET_KINDS[kind].resource(office)
    store = resource.store()
    assert isinstance(store, ModelStore)
    assert kind in LISTS
    return resource, store


def _refuse_double(store: ModelStore, resource: SheetResource, record: Record, pk: int | None) -> None:
    there = store.current([record.key]).get(record.key)
    if there is not None and there.pk != pk:
        raise RecordRefused(f"已有相同的记录（{resource.key_in_words}相同），请修改那一条，或核对填写的内容。")


def _settled(resource: SheetResource, record: Record, kept: Any) -> tuple[Any, ...]:
    """The values to write: what a record keeps from its first day on stays, unless it now belongs to something else."""
    values = list(record.values)
    anchors = [name for name in resource.derived if name not in resource.settled]
    if all(getattr(kept, name) == values[resource.stored.index(name)] for name in anchors):
        for name in resource.settled:
            values[resource.stored.index(name)] = getattr(kept, name)
    return tuple(values)


def _last_writer(record: Any) -> tuple[str, datetime | None]:
    if record.edited_since_batch:
        return str(record.edited_by or "系统"), record.edited_at
    return str(record.batch.imported_by or "命令行"), record.batch.imported_at


def _name(resource: SheetResource, record: Any) -> str:
    """What the log calls a record."""
    name = str(record)
    return masked(name) if resource.citizens else name


def _whole(record: Model) -> dict[str, Any]:
    """Every column of a record, and what it is tied to by tables between, for JSON."""
    values: dict[str, Any] = {}
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        values[field.attname] = value.isoformat() if isinstance(value, date) else value
    related = {
        field.name: list(getattr(record, field.name).values_list("pk", flat=True))
        for field in record._meta.many_to_many
    }
    return values | ({"related": related} if related else {})
