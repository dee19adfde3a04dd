"""What the portal leans on, and how it is: database, files, queue. For monitors and for the page 运行状态."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from lanshan_portal.celery import app

QUEUE_ANSWERS_WITHIN = 2
"""Seconds a broker has to answer."""
LEAST_FREE = 500 * 1024 * 1024
"""With less room than this on the disk, uploads soon fail."""


def readiness() -> dict[str, bool]:
    """Whether each thing the portal leans on works, by its name."""
    return {name: _works(check) for name, check in CHECKS.items()}


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone())


def _migrations() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _files() -> bool:
    return all(os.access(folder, os.W_OK) for folder in (settings.VAR_DIR, Path(settings.MEDIA_ROOT)))


def _queue() -> bool:
    if settings.CELERY_BROKER_URL.startswith("filesystem"):
        return os.access(settings.VAR_DIR / "broker", os.W_OK)
    with app.connection_for_write() as broker:
        # Kombu raises an OperationalError of its own, which is none of Python's.
        try:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=QUEUE_ANSWERS_WITHIN)
        except Exception:
            return False
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": _database,
    "migrations": _migrations,
    "files": _files,
    "queue": _queue,
}


# --- signs of life

WORKER_SIGN = "worker-alive"
BACKUP_SIGN = "last-backup"


def worker_lives() -> None:
    """Leave a sign that a worker did what the schedule asked; the worker calls it."""
    (settings.VAR_DIR / WORKER_SIGN).touch()


def _touched(name: str) -> datetime | None:
    try:
        return datetime.fromtimestamp((settings.VAR_DIR / name).stat().st_mtime, tz=UTC)
    except FileNotFoundError:
        return None


def worker_seen_at() -> datetime | None:
    """When a worker last gave a sign of life; None where none ever did."""
    return _touched(WORKER_SIGN)


def backed_up_at() -> datetime | None:
    """When the office's backup last said that it was done, by touching VAR_DIR/last-backup; None where it never did."""
    return _touched(BACKUP_SIGN)


@dataclass(frozen=True)
class Disk:
    """The disk that VAR_DIR lies on."""

    total: int
    free: int

    @property
    def is_short(self) -> bool:
        """Whether there is hardly any room left."""
        return self.free < LEAST_FREE


def disk() -> Disk:
    """The room on it now."""
    usage = shutil.disk_usage(settings.VAR_DIR)
    return Disk(usage.total, usage.free)


def database_in_words() -> tuple[str, int]:
    """PostgreSQL 15.6 or SQLite 3.40.1, and its size in bytes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
            version, size = cursor.fetchone()
            return f"PostgreSQL {version.split()[0]}", size
        cursor.execute("SELECT sqlite_version(), page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        version, size = cursor.fetchone()
        return f"SQLite {version}", size
