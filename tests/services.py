"""A real Celery worker for the tests that hand it work, on whichever broker and database the run is about."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

READY_WITHIN = 60
STOPPED_WITHIN = 20


def database_url_of_the_tests() -> str:
    """The address of the test database, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    host = connection.settings_dict["HOST"]
    assert host.startswith("/"), "the tests reach PostgreSQL through a socket; see .ci/services.py"
    return f"postgres:///{host}/{name}"


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ask, wait, insist."""
    process.terminate()
    try:
        process.wait(STOPPED_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def a_worker(database_url: str, *, name: str = "worker", queue: str = "celery") -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker process that takes the tasks of a queue; stopped at the end, and with the tests even when those are killed."""
    log = Path(settings.VAR_DIR) / f"{name}.log"
    command = [sys.executable, "-m", "celery", "-A", "lanshan_portal", "worker", "--pool", "threads"]
    command += ["--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    command += ["-n", f"{name}@%h", "-Q", queue]
    if setpriv := shutil.which("setpriv"):
        command = [setpriv, "--pdeathsig", "KILL", *command]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lanshan_portal.settings",
        "DATABASE_URL": database_url,
        "TASKS_IN_PROCESS": "false",
        "LOG_LEVEL": "INFO",
        "PYTHONWARNINGS": "ignore",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=settings.BASE_DIR,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + READY_WITHIN
        while " ready." not in log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"The Celery worker did not start:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        yield process
    finally:
        stop(process)


@pytest.fixture(scope="session")
def worker_process(django_db_setup: None, django_db_blocker: Any) -> Iterator[subprocess.Popen[bytes]]:
    """One Celery worker process for the session."""
    with django_db_blocker.unblock():
        database_url = database_url_of_the_tests()
    with a_worker(database_url) as process:
        yield process


@pytest.fixture
def worker(transactional_db: None, worker_process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """Tasks of this test go through the broker to the worker process instead of running in the test."""
    from lanshan_portal.celery import app

    app.conf.task_always_eager = False
    yield worker_process
    app.conf.task_always_eager = True
