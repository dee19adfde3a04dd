"""A worker that is killed in the middle of writing a sheet: nothing of it stays, and whoever takes it up writes it once."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from disclosures import jobs
from disclosures.jobs import run_job
from disclosures.models import ImportBatch, Job, MailboxCase
from disclosures.uploads import sheet_jobs
from disclosures.uploads.pending import PendingUpload
from lanshan_portal.celery import app
from tests.district import District
from tests.people import staff
from tests.services import a_worker, database_url_of_the_tests
from units.models import User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
]

ROWS = 40_000
WRITING = 3
QUEUE = "killed"
WITHIN = 120


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def step_of(job: Job) -> int:
    try:
        return int(json.loads((Path(settings.MEDIA_ROOT) / "jobs" / f"{job.pk}.progress").read_text())["step"])
    except FileNotFoundError:
        return -1


def upload_of(clerk: User, office_id: int) -> PendingUpload:
    rows = "".join(f"N-{number},区教育局,2020-06-03,第{number}封来信的标题\n" for number in range(ROWS))
    upload = PendingUpload.keep(
        ["编号,单位,来信日期,标题\n".encode(), rows.encode()],
        kind="mailbox_cases",
        file_name="大表.csv",
        user_id=clerk.pk,
        office_id=office_id,
        at=timezone.now(),
    )
    assert sheet_jobs.checked(upload).accepted
    return upload


@pytest.fixture
def own_queue(monkeypatch):
    """Jobs go to workers of this test alone."""
    monkeypatch.setattr(sheet_jobs, "LARGE_BYTES", 0)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: run_job.apply_async((pk,), queue=QUEUE))
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True


def test_a_killed_worker_loses_nothing_and_nothing_is_written_twice(own_queue):
    district = District()
    clerk = staff(district.office)
    upload = upload_of(clerk, district.office.pk)
    database_url = database_url_of_the_tests()

    with a_worker(database_url, name="doomed", queue=QUEUE) as doomed:
        sheet_jobs.bring_in(upload, by=clerk, at=timezone.now())
        job = Job.objects.get()
        wait_for(lambda: step_of(job) == WRITING)
        os.killpg(doomed.pid, signal.SIGKILL)
        assert doomed.wait(30) == -signal.SIGKILL, subprocess.list2cmdline(doomed.args)

    job.refresh_from_db()
    assert job.state == Job.State.RUNNING
    assert not MailboxCase.objects.exists()
    assert not ImportBatch.objects.exists()
    assert upload.batch() is None

    with a_worker(database_url, name="second", queue=QUEUE):
        assert jobs.sweep(timezone.now()) == 0, "it may still be alive"
        assert jobs.sweep(timezone.now() + jobs.LOST_AFTER + timedelta(seconds=1)) == 1
        wait_for(lambda: not Job.objects.get(pk=job.pk).is_active)

    job.refresh_from_db()
    assert (job.state, job.attempts) == (Job.State.DONE, 2)
    assert job.sentence == f"新增 {ROWS:,}，更新 0，未变 0。"
    assert MailboxCase.objects.count() == ROWS
    assert ImportBatch.objects.get().upload == upload.token
