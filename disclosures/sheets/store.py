"""Where a sheet's records are kept: what is there already, writing in bulk, and taking a batch back."""

from __future__ import annotations

import io
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import DateField, Model, QuerySet

from disclosures.models import ImportBatch, ImportChange
from disclosures.sheets.errors import RowError
from disclosures.sheets.watch import UNWATCHED, WRITE, Watch
from units.models import Office, User

CHUNK = 5_000


class Record(NamedTuple):
    """A row that was read: its number in the sheet, its key, and its values in the order of `stored`."""

    row: int
    key: str
    values: tuple[Any, ...]


class Stored(NamedTuple):
    """A record as it is kept, and the batch and row that last wrote it."""

    pk: int
    values: tuple[Any, ...]
    batch_id: int | None = None
    sheet_row: int | None = None


class Change(NamedTuple):
    """A record to be written; `before` is None for a new one."""

    record: Record
    before: Stored | None


class Irreversible(Exception):
    """A batch cannot be taken back; the message is the sentence for the clerk."""


class Unwritable(Exception):
    """A row that was in order when it was checked cannot be written now; `error` says which and why."""

    def __init__(self, error: RowError) -> None:
        super().__init__(str(error))
        self.error = error


class Store(ABC):
    """The records of one kind in one office."""

    stored: tuple[str, ...]
    watch: Watch = UNWATCHED
    """Who hears how far a long write is."""

    @abstractmethod
    def current(self, keys: Sequence[str]) -> dict[str, Stored]:
        """What is kept under these keys."""

    @abstractmethod
    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        """Write all changes, and keep for the batch what the changed records were before; may raise Unwritable."""

    @abstractmethod
    def restore(self, batch: ImportBatch) -> None:
        """Take back what a batch wrote; raises ProtectedError when others refer to it."""

    @abstractmethod
    def tuples(self, rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
        """The rows of a queryset as values in the order of `stored`."""


def as_json(attributes: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    """Values as an ImportChange keeps them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in zip(attributes, values, strict=True)
    }


class ModelStore(Store):
    """Records of a model with a key: of a SheetRecord by office and digest, of others by the column `key_column`."""

    def __init__(
        self, model: type[Model], stored: tuple[str, ...], *, office: Office | None, key_column: str = "key"
    ) -> None:
        self.model = model
        self.stored = stored
        self.office = office
        self.key_column = key_column
        concrete = {field.attname for field in model._meta.concrete_fields}
        self.columns = tuple(name for name in stored if name in concrete)
        """Columns of the table itself."""
        self.has_batch = "batch_id" in concrete

    # --- what is there

    def _scope(self) -> QuerySet[Any]:
        rows = self.model._default_manager.order_by()
        return rows.filter(office=self.office) if self.office is not None else rows

    def current(self, keys: Sequence[str]) -> dict[str, Stored]:
        if self._empty:
            return {}
        origin = ("batch_id", "sheet_row") if self.has_batch else ()
        end = 2 + len(self.columns)
        rows = self._scope().filter(**{f"{self.key_column}__in": keys})
        found = {
            self.key_text(row[0]): Stored(row[1], row[2:end], *row[end:])
            for row in rows.values_list(self.key_column, "pk", *self.columns, *origin)
        }
        return self.with_lists(found) if found else found

    @cached_property
    def _empty(self) -> bool:
        """Whether there is nothing yet: a first import need not look."""
        return not self._scope().exists()

    def key_text(self, key: Any) -> str:
        """The key as the resource gives it."""
        return key.isoformat() if isinstance(key, date) else str(key)

    def with_lists(self, found: dict[str, Stored]) -> dict[str, Stored]:
        """Add the values that live in other tables; none here."""
        return found

    def tuples(self, rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
        return rows.values_list(*self.columns).iterator(chunk_size=CHUNK)

    # --- writing

    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        self._keep_before(changes, batch)
        names = [*self.columns]
        if self.has_batch:
            names += ["batch_id", "sheet_row"]
        fixed: tuple[Any, ...] = ()
        if self.key_column not in self.columns:
            names.append(self.key_column)
        if self.office is not None:
            names.append("office_id")
            fixed = (self.office.pk,)
        target = [name for name in ("office_id", self.key_column) if name in names]
        width = len(self.columns)

        def rows() -> Iterator[tuple[Any, ...]]:
            self.watch.step(WRITE)
            for done, (record, _) in enumerate(changes):
                self.watch.progress(done, len(changes))
                origin = (batch.pk, record.row) if self.has_batch else ()
                own_key = (record.key,) if self.key_column not in self.columns else ()
                yield (*record.values[:width], *origin, *own_key, *fixed)

        upsert(self.model, names, target, rows(), count=len(changes))

    def _keep_before(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        kept = (
            ImportChange(
                batch=batch,
                record_id=before.pk,
                earlier_batch_id=before.batch_id,
                before=as_json(self.stored, before.values) | {"sheet_row": before.sheet_row},
            )
            for _, before in changes
            if before is not None
        )
        ImportChange.objects.bulk_create(kept, batch_size=1_000)

    def write_one(self, record: Record, *, pk: int | None, by: User | None, at: datetime) -> Any:
        """Write a record entered by hand: a new one, or the one of `pk`, whose key may change; its batch stays known."""
        kept: Any = self._scope().get(pk=pk) if pk is not None else self.model()
        for name, value in zip(self.columns, record.values, strict=False):
            setattr(kept, name, value)
        if self.key_column not in self.columns:
            setattr(kept, self.key_column, record.key)
        if self.office is not None:
            kept.office_id = self.office.pk
        kept.edited_by, kept.edited_at = by, at
        kept.save()
        return kept

    # --- taking back

    def restore(self, batch: ImportBatch) -> None:
        changed = {change.record_id: change for change in batch.changes.all()}
        self.delete(self._scope().filter(batch=batch).exclude(pk__in=changed) if self.has_batch else None)
        fields = {field.attname: field for field in self.model._meta.concrete_fields}
        records = list(self.model._default_manager.filter(pk__in=changed))
        for record in records:
            change = changed[record.pk]
            for name in self.columns:
                setattr(record, name, fields[name].to_python(change.before[name]))
            if self.has_batch:
                record.batch_id = change.earlier_batch_id  # type: ignore[attr-defined]
                record.sheet_row = change.before["sheet_row"]  # type: ignore[attr-defined]
        names = [*self.columns, *(("batch_id", "sheet_row") if self.has_batch else ())]
        if records:
            self.model._default_manager.bulk_update(records, [fields[name].name for name in names], batch_size=500)

    def delete(self, new: QuerySet[Any] | None) -> None:
        """Delete the records a batch made."""
        if new is not None:
            new.delete()


# --- the one bulk write, behind one function for both databases


def upsert(
    model: type[Model], names: Sequence[str], target: Sequence[str], rows: Iterable[tuple[Any, ...]], *, count: int
) -> None:
    """Insert rows, or update those whose `target` exists and that differ; `names` are the columns of each row."""
    if not count:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    table = connection.ops.quote_name(model._meta.db_table)
    quoted = [connection.ops.quote_name(str(fields[name].column)) for name in names]
    changing = [column for name, column in zip(names, quoted, strict=True) if name not in target]
    conflict = ", ".join(column for name, column in zip(names, quoted, strict=True) if name in target)
    updates = ", ".join(f"{column} = excluded.{column}" for column in changing)
    old, new = (", ".join(f"{prefix}.{column}" for column in changing) for prefix in (table, "excluded"))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            listed = ", ".join(quoted)
            cursor.execute(f"CREATE TEMPORARY TABLE staged_rows ON COMMIT DROP AS SELECT {listed} FROM {table} LIMIT 0")
            _copy(cursor, f"COPY staged_rows ({listed}) FROM STDIN", rows)
            cursor.execute(
                f"INSERT INTO {table} ({listed}) SELECT {listed} FROM staged_rows "
                f"ON CONFLICT ({conflict}) DO UPDATE SET {updates} WHERE ({old}) IS DISTINCT FROM ({new})"
            )
            cursor.execute("DROP TABLE staged_rows")
        else:
            places = ", ".join(["%s"] * len(names))
            differs = " OR ".join(f"{table}.{column} IS NOT excluded.{column}" for column in changing)
            statement = (
                f"INSERT INTO {table} ({', '.join(quoted)}) VALUES ({places}) "
                f"ON CONFLICT ({conflict}) DO UPDATE SET {updates} WHERE {differs}"
            )
            days = [at for at, name in enumerate(names) if isinstance(fields[name], DateField)]
            # Row by row through one prepared statement: faster here than bulk_create, which may bind 999 values at once.
            cursor.executemany(statement, (_bound(row, days) for row in rows))  # type: ignore[arg-type]


def _bound(row: tuple[Any, ...], days: Sequence[int]) -> list[Any]:
    """A row as SQLite takes it: its days as text."""
    bound = list(row)
    for at in days:
        if bound[at] is not None:
            bound[at] = bound[at].isoformat()
    return bound


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_TO_ESCAPE = re.compile(r"[\\\t\n\r]")


def _copied(value: Any) -> str:
    """A value in the text format of COPY."""
    if isinstance(value, str):
        return value.translate(_ESCAPES) if _TO_ESCAPE.search(value) else value
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _copy(cursor: Any, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Send rows in pieces, so that the whole sheet never stands in memory twice."""
    piece: list[str] = []
    for row in rows:
        piece.append("\t".join(map(_copied, row)))
        if len(piece) == CHUNK:
            cursor.copy_expert(statement, io.StringIO("\n".join(piece) + "\n"))
            piece.clear()
    if piece:
        cursor.copy_expert(statement, io.StringIO("\n".join(piece) + "\n"))
