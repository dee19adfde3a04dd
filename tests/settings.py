"""The portal's own settings for a test run: everything under a temporary folder, and quick password hashes.

DATABASE_URL and CELERY_BROKER_URL decide what the run is about: neither for the embedded default (SQLite in WAL mode,
filesystem broker), both from `.ci/services.py` for real use (PostgreSQL, Redis).
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

XDIST_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
"""gw0, gw1 ...: each has its own folder, database and broker."""

# The folder is short because sockets may live in it, and a socket's path has 107 characters at most.
SESSION_DIR = Path(tempfile.mkdtemp(prefix="lanshan-test-"))
atexit.register(shutil.rmtree, SESSION_DIR, ignore_errors=True)

# Fonts are read only; they stay where `make fonts` put them.
outside = dict(os.environ)
environ.Env.read_env(BASE_DIR / ".env")
real_var_dir = Path(os.environ.get("VAR_DIR") or BASE_DIR / "var").resolve()
fonts_dir = os.environ.get("FONTS_DIR") or str(real_var_dir / "fonts")
# Nothing else of a developer's .env decides about a test.
os.environ.clear()
os.environ.update(outside, VAR_DIR=str(SESSION_DIR), FONTS_DIR=fonts_dir, ENV_FILE=os.devnull)
os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 40
os.environ["DEBUG"] = "false"
os.environ["TASKS_IN_PROCESS"] = "true"
# An xdist process inherits what the first process set here, so each names its own again.
if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
    os.environ["DATABASE_URL"] = f"sqlite:///{SESSION_DIR / 'portal.sqlite3'}"
broker = os.environ.get("CELERY_BROKER_URL", "")
if broker.startswith("redis"):
    os.environ["CELERY_BROKER_URL"] = f"{broker.partition('?')[0]}?virtual_host={XDIST_WORKER.removeprefix('gw')}"
else:
    os.environ["CELERY_BROKER_URL"] = "filesystem://localhost"
# Playwright's loop runs in the thread of the tests; Django would take it for an asynchronous view.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from lanshan_portal.settings import *  # noqa: E402, F403
from lanshan_portal.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, not memory: the browser's server threads and the Celery worker open the same database.
    DATABASES["default"]["TEST"] = {"NAME": str(SESSION_DIR / "test.sqlite3")}
else:
    # A connection kept by a server thread would hold up dropping the database at the end.
    DATABASES["default"]["CONN_MAX_AGE"] = 0

# Nothing is collected for a test: files are served from where they are.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
