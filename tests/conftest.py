"""What every test has: no way out of this machine, a browser when it asks for one, real services when they run."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.mail_server import mailbox
from tests.services import worker, worker_process

__all__ = ["mailbox", "worker", "worker_process"]

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "worker"}
# A busy machine is no reason to fail, and CI finds today what it found yesterday; without CI new examples are sought.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

BROWSERS = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by what a test uses, so that nobody has to remember it."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & DATABASE_FIXTURES or item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.database)
        if fixtures & {"page", "browser", "context", "new_context"}:
            item.add_marker(pytest.mark.browser)
        if "worker" in fixtures:
            # One process runs them all: a second Celery worker would be started for nothing.
            item.add_marker(pytest.mark.worker)
            item.add_marker(pytest.mark.xdist_group("worker"))


# --- No network


def _is_local(address: Any) -> bool:
    host = address[0] if isinstance(address, tuple) else address
    return host in ("", None, "localhost", "::1", "0.0.0.0") or str(host).startswith("127.")


@pytest.fixture(autouse=True, scope="session")
def no_way_out() -> Iterator[None]:
    """Refuse every connection and every look-up of a name that leaves this machine, and say which."""
    patch = pytest.MonkeyPatch()
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def checked(original: Any) -> Any:
        def connecting(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_local(address):
                raise AssertionError(f"A test tried to reach {address!r}; nothing here may leave this machine.")
            return original(self, address)

        return connecting

    def looking_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_local(name):
            raise AssertionError(f"A test tried to look up {name!r}; nothing here may leave this machine.")
        return getaddrinfo(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", checked(connect))
    patch.setattr(socket.socket, "connect_ex", checked(connect_ex))
    patch.setattr(socket, "getaddrinfo", looking_up)
    yield
    patch.undo()


# --- Rows that are written once


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests() -> Iterator[None]:
    """Let a test database be emptied, which its triggers refuse: SQLite deletes without them, PostgreSQL sleeps through it."""
    # In this order: the module of the operations needs the one of the connection, which needs it.
    from django.db.backends.base.operations import BaseDatabaseOperations
    from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
    from django.db.backends.sqlite3.base import DatabaseWrapper

    operations = DatabaseWrapper.ops_class
    flush = BaseDatabaseOperations.execute_sql_flush

    def emptying_postgresql(self: Any, statements: list[str]) -> None:
        asleep = "SET session_replication_role = replica"
        flush(self, [asleep, *statements, "SET session_replication_role = DEFAULT"] if statements else [])

    def emptying(self: Any, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            flush(self, statements)
            for _, statement in triggers:
                cursor.execute(statement)

    patch = pytest.MonkeyPatch()
    patch.setattr(operations, "execute_sql_flush", emptying)
    patch.setattr(PostgreSQL.ops_class, "execute_sql_flush", emptying_postgresql)
    yield
    patch.undo()


# --- Nothing remembered from another test


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """What the portal keeps in the process is marked by the log's events, whose numbers begin anew with every test."""
    yield
    from disclosures import months as month_menu
    from reports import months

    months.forget()
    month_menu.forget()


# --- Browser


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, headless, without its own errands into the network."""
    names = (os.environ["CHROMIUM"],) if os.environ.get("CHROMIUM") else BROWSERS
    executable = next((found for name in names if (found := shutil.which(name))), None)
    assert executable, "No Chromium on this machine: run .ci/system-packages test"
    return {
        "executable_path": executable,
        "args": [
            "--no-sandbox",  # the sandbox needs a user other than root
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A clerk's browser: Chinese, Shandong's time."""
    return {**browser_context_args, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
