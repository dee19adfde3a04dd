"""The Celery worker beside the portal: it answers over the broker of this run, filesystem or Redis."""

import subprocess

from lanshan_portal.celery import app


def test_the_worker_answers_over_the_broker(worker: subprocess.Popen[bytes]) -> None:
    answers = app.control.inspect(timeout=10, limit=1).ping()
    assert [answer["ok"] for answer in answers.values()] == ["pong"]


def test_the_worker_knows_every_task_of_the_portal(worker: subprocess.Popen[bytes]) -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    known = app.control.inspect(timeout=10, limit=1).registered()
    assert [set(names) for names in known.values()] == [ours]
