"""One moment of the database: whatever is written meanwhile, everything read within is as it was when the first was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """Read within one moment. On PostgreSQL the transaction is told so; on SQLite every transaction is like that.

    Within another transaction it joins that one, whose isolation cannot be changed any more.
    """
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield
