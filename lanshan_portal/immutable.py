"""Rows that are written once: the database itself refuses to change or remove them, whoever asks and by whatever way.

A migration names the tables (`append_only`). PostgreSQL and SQLite each get triggers; a statement that would change a row
fails with MESSAGE, in the ORM, in the admin, in bulk and in raw SQL alike. Emptying a test database goes round them
(`tests/conftest.py`), nothing else does.
"""

from __future__ import annotations

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

MESSAGE = "written once: this row can be neither changed nor removed"

_FUNCTION = f"""CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"""


def append_only(app: str, model: str) -> RunPython:
    """The migration operation that makes a model's table append-only."""

    def forward(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        table = apps.get_model(app, model)._meta.db_table
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    def back(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        table = apps.get_model(app, model)._meta.db_table
        of_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in ("update", "delete", *(["truncate"] if of_table else [])):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{of_table}")

    return RunPython(forward, back)


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        triggers = [
            f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            for event in ("update", "delete")
        ]
        whole = f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} EXECUTE FUNCTION refuse_change()"
        return [_FUNCTION, *triggers, whole]
    return [
        f"CREATE TRIGGER {table}_no_{event} BEFORE {event.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for event in ("update", "delete")
    ]
