#!/usr/bin/env python3
"""A private PostgreSQL and Redis for one command: `python .ci/services.py -- pytest tests`.

Both listen on sockets in a temporary folder only, are told where they are by DATABASE_URL, CELERY_BROKER_URL and
REDIS_URL, and are stopped with the command, however it ends. PostgreSQL refuses to run as root; for root it is started
as `postgres` (or `nobody`). Nothing of the machine's own servers is touched. Standard library only.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

STARTED_WITHIN = 30
STOPPED_WITHIN = 10
DATABASE = "lanshan"


class ServiceError(Exception):
    """A server that is missing or did not start; the message says which and why."""


def server_user() -> str | None:
    """The user who runs PostgreSQL, or None when the present one may."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise ServiceError("找不到可以运行 PostgreSQL 的用户（postgres 或 nobody）。")


def postgres_programs() -> Path:
    """The folder of the newest `initdb` and `postgres`; Debian keeps them out of the PATH."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]), reverse=True
    )
    if installed:
        return installed[0].parent
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise ServiceError("没有找到 PostgreSQL 的服务器程序，请先运行 .ci/system-packages test。")


def short_temporary_folder() -> Path:
    """A socket's path has 107 characters at most, so a long TMPDIR is passed over."""
    base = tempfile.gettempdir()
    return Path(tempfile.mkdtemp(prefix="lanshan-services-", dir=base if len(base) <= 40 else "/tmp"))


@contextmanager
def running(command: list[str], log: Path, *, user: str | None = None, stop: int = signal.SIGTERM) -> Iterator[None]:
    """A server as a child in a session of its own: Ctrl-C reaches the tests first, and the server ends after them."""
    if setpriv := shutil.which("setpriv"):
        # Even when this supervisor is killed outright, its servers end.
        command = [setpriv, "--pdeathsig", signal.Signals(stop).name.removeprefix("SIG"), *command]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            start_new_session=True,
        )
    try:
        yield
        if process.poll() is not None:
            raise ServiceError(f"{Path(command[-1]).name} 中途退出：\n{log.read_text(errors='replace')[-2000:]}")
    finally:
        process.send_signal(stop)
        try:
            process.wait(STOPPED_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_for(answers: list[str], log: Path) -> None:
    """Wait until the probing command succeeds."""
    deadline = time.monotonic() + STARTED_WITHIN
    while subprocess.run(answers, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode != 0:
        if time.monotonic() > deadline:
            raise ServiceError(f"{answers[0]} 没有得到应答：\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.05)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A new PostgreSQL cluster whose superuser is the present user; yields its DATABASE_URL."""
    programs = postgres_programs()
    user = server_user()
    home = folder / "pg"
    home.mkdir(mode=0o755)
    if user:
        shutil.chown(home, user)
    data, log = home / "data", folder / "postgres.log"
    identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    superuser = pwd.getpwuid(os.geteuid()).pw_name
    initdb = [str(programs / "initdb"), "--pgdata", str(data), "--username", superuser, "--auth", "trust"]
    # Search must see characters; in the C locale PostgreSQL sees bytes.
    initdb += ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
    made = subprocess.run(
        initdb,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
        **identity,
    )
    if made.returncode != 0:
        raise ServiceError(f"initdb 失败：\n{made.stdout}{made.stderr}")
    # Nothing here outlives the tests, so nothing needs to survive a power cut.
    options = {
        "listen_addresses": "",
        "unix_socket_directories": home,
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "max_connections": "60",
        "jit": "off",
    }
    command = [str(programs / "postgres"), "-D", str(data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    with running(command, log, user=user, stop=signal.SIGINT):
        wait_for([str(programs / "pg_isready"), "-q", "-h", str(home), "-d", "postgres"], log)
        subprocess.run([programs / "createdb", "-h", home, DATABASE], check=True, stdin=subprocess.DEVNULL)
        yield f"postgres:///{home}/{DATABASE}"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk; yields the path of its socket."""
    program = shutil.which("redis-server", path=f"{os.environ.get('PATH', '')}:/usr/bin:/usr/sbin")
    if not program:
        raise ServiceError("没有找到 redis-server，请先运行 .ci/system-packages test。")
    socket, log = folder / "redis.sock", folder / "redis.log"
    command = [program, "--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder), "--databases", "64"]
    with running(command, log):
        wait_for(["redis-cli", "-s", str(socket), "ping"], log)
        yield str(socket)


@contextmanager
def services() -> Iterator[dict[str, str]]:
    """Both servers; yields the variables that lead the portal to them."""
    with ExitStack() as stack:
        folder = short_temporary_folder()
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        database_url = stack.enter_context(postgres(folder))
        socket = stack.enter_context(redis(folder))
        yield {
            "DATABASE_URL": database_url,
            "CELERY_BROKER_URL": f"redis+socket://{socket}",
            "REDIS_URL": f"unix://{socket}",
        }


def run(command: list[str]) -> int:
    """Run the command beside the servers; its exit status, or 128 and the signal that ended it."""
    with services() as variables:
        process = subprocess.Popen(command, env=os.environ | variables)

        def pass_on(number: int, _frame: object) -> None:
            process.send_signal(number)

        # The terminal sends Ctrl-C to the command itself; here it only must not end the supervisor first.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, pass_on)
        signal.signal(signal.SIGHUP, pass_on)
        status = process.wait()
    return status if status >= 0 else 128 - status


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    if not arguments:
        print(__doc__)
        return 2
    # Before the command runs, being ended means unwinding: servers stopped, folder removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return run(arguments)
    except ServiceError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
