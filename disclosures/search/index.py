"""The index of searching: every pair of neighbouring characters of what is searched, kept by the database itself.

Chinese has no spaces, and the usual indexes do not find one character or two: PostgreSQL's `simple` configuration takes a
whole sentence for one word, pg_trgm and FTS5's trigrams begin at three. So each record is indexed under the pairs of its
words (兰山街道: 兰山, 山街, 街道, and 道 alone at the end), and `disclosures/search/newest.py` looks there.

- **PostgreSQL**: a stored generated column `pairs` (tsvector) with a GIN index. It needs no extension and no superuser.
- **SQLite**: an FTS5 table beside each table, filled by triggers. Its row numbers begin with the day of the record, so that
  it gives the newest first of itself.

Whoever writes a record, one by one or in bulk, need not know of any of it. `keep` makes what is missing after every
`migrate`: on SQLite a migration that alters a table takes the table's triggers away. To alter the type of a searched column
on PostgreSQL, a migration drops the column `pairs` first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error, Warning
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from disclosures.models import DisclosureApplication, MailboxCase, PublishedItem

LONGEST = 10_000
"""So many characters of a record's words are searched; a PostgreSQL index of more than a megabyte would refuse the record."""
DAY_SHIFT = 40
"""On SQLite a row of the index has the number day << 40 | id; days count as julian days."""
ID_MASK = (1 << DAY_SHIFT) - 1


@dataclass(frozen=True)
class Searched:
    """What is searched of a model: its own words, those a citizen wrote, and the day its list is ordered by."""

    model: type[Model]
    fields: tuple[str, ...]
    day: str
    citizens: tuple[str, ...] = ()
    """Fields in which lists blot out numbers: their letters and digits are not searched either (`disclosures/search/newest.py`)."""

    @property
    def table(self) -> str:
        """The table of the records."""
        return self.model._meta.db_table

    @property
    def index(self) -> str:
        """The index (PostgreSQL) or the table of pairs (SQLite) beside it."""
        return f"{self.table}_pairs"

    def words(self, vendor: str, owner: str = "", *, citizens: bool = True) -> str:
        """The SQL of the searched words of a row of `owner`: a field a line, letters of the alphabet in small."""
        prefix = f"{owner}." if owner else ""
        names = (*self.fields, *(self.citizens if citizens else ()))
        break_, first = ("E'\\n'", "left") if vendor == "postgresql" else ("char(10)", "substr")
        parts = [self._field(name, prefix, first) for name in names]
        joined = f" || {break_} || ".join(parts)
        return f'lower(({joined}) COLLATE "C")' if vendor == "postgresql" else f"lower({joined})"

    def _field(self, name: str, prefix: str, first: str) -> str:
        column = f'{prefix}"{self.model._meta.get_field(name).column}"'  # type: ignore[union-attr]
        if name not in self.citizens:
            return column
        return f"left({column}, {LONGEST})" if first == "left" else f"substr({column}, 1, {LONGEST})"


SEARCHED: dict[type[Model], Searched] = {
    each.model: each
    for each in (
        Searched(PublishedItem, ("title", "document_number"), "published_on"),
        Searched(DisclosureApplication, ("number",), "received_on", citizens=("content",)),
        Searched(MailboxCase, ("number",), "received_on", citizens=("title",)),
    )
}
"""Every model with an index; the registers of an office (units, accounts, tasks) are small enough without."""


def keep(using: str = "default", **kwargs: Any) -> None:
    """Make what is missing of the index of every searched model, and fill it; runs after every `migrate`."""
    connection = connections[using]
    missing = [searched for searched in SEARCHED.values() if not _is_whole(connection, searched)]
    if not missing or not all(_has_table(connection, searched) for searched in missing):
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for searched in missing:
            for statement in _statements(connection.vendor, searched):
                cursor.execute(statement)


def check(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """A system check of the database: characters must be characters, and the index must be there."""
    errors: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SHOW server_encoding")
                (encoding,) = cursor.fetchone()
            if encoding != "UTF8":
                errors.append(
                    Error(
                        f"数据库的编码是 {encoding}，汉字无法按字查找。",
                        hint="请用 createdb --encoding UTF8 --locale C.UTF-8 --template template0 重新建库（docs/running.md）。",
                        id="disclosures.E001",
                    )
                )
        lacking = [
            searched.table
            for searched in SEARCHED.values()
            if _has_table(connection, searched) and not _is_whole(connection, searched)
        ]
        if lacking:
            errors.append(
                # No error: that would stop `migrate`, which makes it.
                Warning(
                    f"缺少查找索引：{'、'.join(lacking)}。", hint="请运行 manage.py migrate。", id="disclosures.W002"
                )
            )
    return errors


def _has_table(connection: BaseDatabaseWrapper, searched: Searched) -> bool:
    """Whether the model's table exists with all its columns: a migration may have stopped half-way."""
    with connection.cursor() as cursor:
        if searched.table not in connection.introspection.table_names(cursor):
            return False
        columns = {column.name for column in connection.introspection.get_table_description(cursor, searched.table)}
    return columns >= {searched.day, *searched.fields, *searched.citizens}


def _is_whole(connection: BaseDatabaseWrapper, searched: Searched) -> bool:
    """Whether the index is there with all that keeps it; one look into the catalogue."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [f'"{searched.index}"'])
            return bool(cursor.fetchone()[0])
        parts = [searched.index, "character_positions", *_triggers(searched)]
        places = ", ".join(["%s"] * len(parts))
        cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({places})", parts)
        return bool(cursor.fetchone()[0] == len(parts))


def _statements(vendor: str, searched: Searched) -> Iterator[str]:
    yield from _on_postgresql(searched) if vendor == "postgresql" else _on_sqlite(searched)


# --- PostgreSQL

# Pairs from the first character on and pairs from the second on, cut by two regular expressions at the speed of C; of
# one of them the last character is left over and stands alone.
_PAIRS_FUNCTION = """CREATE OR REPLACE FUNCTION character_pairs(words text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
SELECT array_to_tsvector(array_remove(string_to_array(
    regexp_replace(words, '(..)', E'\\\\1\\x01', 'g') || E'\\x01' ||
    regexp_replace(substr(words, 2), '(..)', E'\\\\1\\x01', 'g'), E'\\x01'), '')) $$"""


def _on_postgresql(searched: Searched) -> Iterator[str]:
    words = searched.words("postgresql")
    yield _PAIRS_FUNCTION
    yield (
        f'ALTER TABLE "{searched.table}" ADD COLUMN IF NOT EXISTS pairs tsvector '
        f"GENERATED ALWAYS AS (character_pairs({words})) STORED"
    )
    yield f'CREATE INDEX "{searched.index}" ON "{searched.table}" USING gin (pairs)'
    yield f'ANALYZE "{searched.table}"'


# --- SQLite


# Every visible character is part of a token, whatever it is; spaces part them. What is not ASCII is so in any case.
_SIGNS = "".join(chr(code) for code in range(ord("!"), ord("~") + 1) if not chr(code).isalnum())
_TOKENIZER = "ascii tokenchars '{}'".format(_SIGNS.replace("'", "''")).replace('"', '""')


def _triggers(searched: Searched) -> tuple[str, str, str]:
    return (f"{searched.index}_insert", f"{searched.index}_update", f"{searched.index}_delete")


def _on_sqlite(searched: Searched) -> Iterator[str]:
    index, table = searched.index, searched.table
    watched = (searched.day, *searched.fields, *searched.citizens)
    columns = ", ".join(f'"{searched.model._meta.get_field(name).column}"' for name in watched)  # type: ignore[union-attr]
    inserted, updated, deleted = _triggers(searched)
    yield "CREATE TABLE IF NOT EXISTS character_positions (at INTEGER PRIMARY KEY)"
    yield f"""INSERT OR IGNORE INTO character_positions
        WITH RECURSIVE counting(at) AS (SELECT 1 UNION ALL SELECT at + 1 FROM counting WHERE at < {2 * LONGEST})
        SELECT at FROM counting"""
    yield f'DROP TABLE IF EXISTS "{index}"'
    yield (
        f"CREATE VIRTUAL TABLE \"{index}\" USING fts5(pairs, content='', detail='none', columnsize=0, "
        f'tokenize="{_TOKENIZER}")'
    )
    # In memory up to here before a part is written: a sheet of some ten thousand rows is one part.
    yield f'INSERT INTO "{index}"("{index}", rank) VALUES (\'hashsize\', {16 << 20})'
    for trigger in _triggers(searched):
        yield f'DROP TRIGGER IF EXISTS "{trigger}"'
    add = f'INSERT INTO "{index}"(rowid, pairs) VALUES ({_number(searched, "new")}, {_pairs(searched, "new")})'
    remove = (
        f'INSERT INTO "{index}"("{index}", rowid, pairs) '
        f"VALUES ('delete', {_number(searched, 'old')}, {_pairs(searched, 'old')})"
    )
    yield f'CREATE TRIGGER "{inserted}" AFTER INSERT ON "{table}" BEGIN {add}; END'
    yield f'CREATE TRIGGER "{updated}" AFTER UPDATE OF {columns} ON "{table}" BEGIN {remove}; {add}; END'
    yield f'CREATE TRIGGER "{deleted}" AFTER DELETE ON "{table}" BEGIN {remove}; END'
    yield (
        f'INSERT INTO "{index}"(rowid, pairs) '
        f'SELECT {_number(searched, "kept")}, {_pairs(searched, "kept")} FROM "{table}" AS kept'
    )


def _number(searched: Searched, owner: str) -> str:
    """The number of a row in the index."""
    day = searched.model._meta.get_field(searched.day).column  # type: ignore[union-attr]
    return f'(CAST(julianday({owner}."{day}") AS INTEGER) << {DAY_SHIFT} | {owner}."id")'


def _pairs(searched: Searched, owner: str) -> str:
    """The pairs of a row's words, parted by spaces; the last character stands alone."""
    return (
        "(SELECT group_concat(substr(words, at, 2), ' ') FROM "
        f"(SELECT {searched.words('sqlite', owner)} AS words), character_positions WHERE at <= length(words))"
    )
