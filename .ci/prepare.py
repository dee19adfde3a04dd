"""Steps 3 to 7 of `make run`, in one process because starting Django is what costs time.

    .venv/bin/python .ci/prepare.py             all of them
    .venv/bin/python .ci/prepare.py fonts       the fonts only
    .venv/bin/python .ci/prepare.py templates   no step: empty sheets of every kind, into VAR_DIR/templates

Everything here is asked first and done only when needed, so that a second start takes seconds.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lanshan_portal.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.finders import get_finders  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

SAMPLE_MONTHS = ("2020-05", "2020-06", "2020-07")
NOTICE_MONTH, NOTICE_ISSUED_ON = "2020-06", "2020-07-14"
FORMATS = ("html", "pdf", "docx", "txt", "json")


def say(step: int, what: str) -> None:
    print(f"[{step}/7] {what}", flush=True)


class Indented(io.TextIOBase):
    """What a command says, set under its step."""

    def write(self, text: str) -> int:
        return sys.stdout.write("".join(f"      {line}" for line in text.splitlines(keepends=True)))

    def flush(self) -> None:
        sys.stdout.flush()


def command(*arguments: str) -> None:
    call_command(*arguments, stdout=Indented())


def shown(path: Path) -> str:
    """The path as a person in this folder would type it."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def fonts() -> None:
    """Fetch the fonts and write their configuration."""
    fetched = subprocess.run([ROOT / ".ci" / "fetch-fonts", settings.FONTS_DIR], check=False)
    if fetched.returncode != 0:
        sys.exit(fetched.returncode)
    command("prepare_fonts")


def embedded() -> bool:
    """Whether this is the embedded database; the sample is never loaded into a server's."""
    return connection.vendor == "sqlite"


def migrate() -> bool:
    """Bring the database up to date; whether it was new."""
    executor = MigrationExecutor(connection)
    new = not executor.loader.applied_migrations
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    return new


def collect_static() -> None:
    """Collect static files unless those collected were made from the same sources."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    digest.update(str(settings.STORAGES["staticfiles"]["BACKEND"]).encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected-from"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def load_sample(*, database_is_new: bool) -> None:
    """Load the sample on the first start only: what a user later takes back or changes stays as the user left it."""
    stamp = settings.VAR_DIR / "sample-loaded"
    if database_is_new:
        stamp.unlink(missing_ok=True)
    if stamp.exists():
        return
    command("load_sample", *SAMPLE_MONTHS)
    stamp.write_text(" ".join(SAMPLE_MONTHS) + "\n")


def newest_source() -> float:
    """When the code or a template last changed."""
    packages = ("units", "disclosures", "reports", "lanshan_portal", "templates")
    return max(
        path.stat().st_mtime
        for name in packages
        for path in (ROOT / name).rglob("*")
        if path.suffix in {".py", ".html"}
    )


def compose_notice() -> None:
    """Compose the notice of the sample month unless all five files are there and newer than the code."""
    folder = settings.VAR_DIR / "notices" / NOTICE_MONTH
    changed = newest_source()

    def stand(suffix: str) -> bool:
        found = list(folder.glob(f"*.{suffix}"))
        return bool(found) and min(path.stat().st_mtime for path in found) > changed

    if not all(stand(suffix) for suffix in FORMATS):
        command("compose_notice", NOTICE_MONTH, "--issued-on", NOTICE_ISSUED_ON, "--all", "--output", shown(folder))
        return
    for path in sorted(folder.iterdir()):
        print(f"      {shown(path)}")


def templates() -> None:
    """An empty sheet of each kind."""
    from disclosures.sheets import SHEET_KINDS

    folder = settings.VAR_DIR / "templates"
    folder.mkdir(exist_ok=True)
    for kind in SHEET_KINDS:
        call_command("sheet_template", kind, shown(folder / f"{kind}.xlsx"))


def main() -> None:
    say(3, "字体")
    fonts()
    say(4, "数据库")
    new = migrate()
    say(5, "静态文件")
    collect_static()
    if not embedded():
        print("使用外部数据库，不装入示例数据。账号请用 manage.py createsuperuser 建立。")
        return
    say(6, "示例数据（2020年5月至7月）")
    load_sample(database_is_new=new)
    say(7, "2020年6月通报")
    compose_notice()
    command("demo_accounts")


if __name__ == "__main__":
    try:
        {"fonts": fonts, "templates": templates, "all": main}[sys.argv[1] if sys.argv[1:] else "all"]()
    except CommandError as error:
        sys.exit(str(error))
