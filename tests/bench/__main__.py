"""`make bench`: what performance the portal promises, each as a ratio measured in one run.

Runs on the embedded SQLite and, where its binaries are installed, on a real PostgreSQL. No test asserts any of it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MEASURE = [sys.executable, "-m", "tests.bench.measure"]


def main() -> int:
    """Measure on each database in a process of its own; the documents once."""
    parts = sys.argv[1:]
    failed = 0
    with tempfile.TemporaryDirectory(prefix="lanshan-bench-") as folder:
        common = os.environ | {"FONTS_DIR": os.environ.get("FONTS_DIR", str(ROOT / "var" / "fonts"))}
        for name, before in (("SQLite", []), ("PostgreSQL", [sys.executable, ".ci/services.py", "--"])):
            print(f"\n=== {name}", flush=True)
            wanted = parts or ["imports", "figures", "pages", "lists", *(["documents"] if name == "SQLite" else [])]
            # Pages and lists each bring years of items of their own: measured on a database in which nothing else was.
            alone = [[part] for part in wanted if part in ("pages", "lists")]
            for group in ([part for part in wanted if part not in ("pages", "lists")], *alone):
                if not group:
                    continue
                environment = common | {"VAR_DIR": f"{folder}/{name}-{group[0]}", "TASKS_IN_PROCESS": "true"}
                environment.pop("DATABASE_URL", None)
                command = [*before, *MEASURE, *group]
                failed |= subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
