"""Serve the portal on this machine: gunicorn and one Celery worker on the embedded broker, both ended by Ctrl-C."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
STOPPED_WITHIN = 15
ANSWERED_WITHIN = 60

# Celery's advice against root is for servers; this is a trial on somebody's own machine.
WORKER = [
    "-W",
    "ignore::UserWarning",
    "-m",
    "celery",
    "-q",
    "-A",
    "lanshan_portal",
    "worker",
    "--pool",
    "threads",
    "--concurrency",
    "2",
]
WORKER += ["--without-gossip", "--without-mingle", "--beat", "--loglevel", "WARNING"]
SERVER = ["-m", "gunicorn", "lanshan_portal.wsgi", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
# Without a control socket: it would be written to the home folder of whoever starts this.
SERVER += ["--no-control-socket", "--log-level", "warning"]


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def start(arguments: list[str]) -> subprocess.Popen[bytes]:
    """A child of its own session, so that Ctrl-C reaches this process alone and the children end in order."""
    command = [sys.executable, *arguments]
    if setpriv := shutil.which("setpriv"):
        command = [setpriv, "--pdeathsig", "TERM", *command]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, start_new_session=True)


def stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOPPED_WITHIN
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://{HOST}:{port}/", timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port: int = parser.parse_args().port
    if not port_is_free(port):
        print(f"端口 {port} 已被占用，请用 make run PORT=其他端口。", file=sys.stderr)
        return 1

    ended_by = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: ended_by.append(received))

    children = [start(WORKER), start([*SERVER, "--bind", f"{HOST}:{port}"])]
    try:
        announced, deadline = False, time.monotonic() + ANSWERED_WITHIN
        while not ended_by:
            if any(child.poll() is not None for child in children):
                print("服务意外退出，原因见上。", file=sys.stderr)
                return 1
            if not announced and answers(port):
                print(f"\n已启动：http://{HOST}:{port}/  按 Ctrl-C 停止。", flush=True)
                announced = True
            if not announced and time.monotonic() > deadline:
                print("服务没有应答。", file=sys.stderr)
                return 1
            time.sleep(0.5 if announced else 0.1)
        print("\n正在停止……", flush=True)
    finally:
        stop(children)
    print("已停止。")
    return 0


if __name__ == "__main__":
    sys.exit(main())
