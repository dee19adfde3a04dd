"""A portal to take pictures of: its own database with the sample months, one person of every role, a real server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ANSWERS_WITHIN = 60


def prepare(var: Path) -> None:
    """Point this process, and those it starts, at a portal of its own under `var`, with the sample loaded."""
    os.environ |= {
        "VAR_DIR": str(var),
        "FONTS_DIR": os.environ.get("FONTS_DIR", str(ROOT / "var" / "fonts")),
        "ENV_FILE": os.devnull,
        "DJANGO_SETTINGS_MODULE": "lanshan_portal.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        "TASKS_IN_PROCESS": "true",
    }
    os.environ.pop("DATABASE_URL", None)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    call_command("load_sample", "2020-05", "2020-06", "2020-07", stdout=open(os.devnull, "w"))  # noqa: SIM115


@dataclass
class People:
    """Somebody of every role, by the names the pictures use; each with a session of their own."""

    users: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def made(cls) -> People:
        """An office's people, and those of two units."""
        from tests import people
        from units.models import Office, Unit

        office = Office.objects.get()
        street = Unit.objects.get(office=office, versions__short_name="兰山街道")
        town = Unit.objects.get(office=office, versions__short_name="李官镇")
        return cls(
            {
                "administrator": people.administrator(office, display_name="周凯", name="zhoukai"),
                "staff": people.staff(office, display_name="李晓梅", name="lixiaomei"),
                "reviewer": people.reviewer(office, display_name="王志远", name="wangzhiyuan"),
                "leader": people.leader(office, display_name="刘建国", name="liujianguo"),
                "auditor": people.auditor(office, display_name="孙明", name="sunming"),
                "liaison": people.liaison(
                    street, display_name="赵敏", name="zhaomin", phone="0539-0000001", email="zhaomin@example.org"
                ),
                "unit_leader": people.unit_leader(street, display_name="陈立新", name="chenlixin"),
                "neighbour": people.liaison(town, display_name="张伟", name="zhangwei", phone="0539-0000002"),
            }
        )

    def session_of(self, who: str) -> str:
        """The cookie of somebody signed in."""
        from django.conf import settings

        from tests.people import signed_in

        return signed_in(self.users[who]).cookies[settings.SESSION_COOKIE_NAME].value


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served() -> Iterator[str]:
    """The portal behind gunicorn; its address."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "lanshan_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen([*command, "--no-control-socket", "--log-level", "warning"], cwd=ROOT)
    try:
        deadline = time.monotonic() + ANSWERS_WITHIN
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{address}/login/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(15)
