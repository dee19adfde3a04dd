"""Issuing with real processes on PostgreSQL: killed at each step it is issued once all the same; two who press, two who edit,
and a sheet that comes in meanwhile leave one number, one text and nothing half."""

import json
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from disclosures import jobs
from disclosures.jobs import run_job
from disclosures.models import Job
from lanshan_portal.celery import app
from lanshan_portal.snapshot import snapshot
from reports.actions import approval, drafting
from reports.actions.drafting import ParagraphMoved
from reports.models import DraftParagraph, FrozenFigure, IssuedFile, IssuedNotice, NoticeDraft, NoticeSettings
from reports.preparation import prepare_draft
from tests.reports.notices.conftest import AT
from tests.reports.notices.conftest import bureau as made_bureau
from tests.services import a_worker, database_url_of_the_tests

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.worker,
    pytest.mark.xdist_group("worker"),
]

QUEUE = "issuing"
WITHIN = 120


@pytest.fixture
def bureau():
    """The people and data of a notice."""
    return made_bureau.__wrapped__()


@pytest.fixture
def own_queue(monkeypatch):
    """Jobs go to workers of this test alone."""
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: run_job.apply_async((pk,), queue=QUEUE))
    app.conf.task_always_eager = False
    yield
    app.conf.task_always_eager = True


def wait_for(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + WITHIN
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def step_of(job: Job) -> int:
    try:
        return int(json.loads((Path(settings.MEDIA_ROOT) / "jobs" / f"{job.pk}.progress").read_text())["step"])
    except (FileNotFoundError, ValueError):
        return -1


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each answers, or raises, when all are done at the same moment, each on its own connection."""
    ready, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def do(place: int, act: Callable[[], object]) -> None:
        try:
            ready.wait()
            answers[place] = act()
        except Exception as problem:
            answers[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_a_worker_killed_at_any_step_leaves_the_draft_and_the_next_one_issues_it(own_queue, bureau):
    NoticeSettings.objects.create(office=bureau.district.office, number_word="临兰政办字")
    draft = bureau.begin()
    drafting.set_particulars(
        draft=draft, fields={"document_number": "临兰政办字〔2020〕1号"}, version=0, by=bureau.clerk, at=AT
    )
    bureau.pass_on(bureau.submit(draft))
    database_url = database_url_of_the_tests()
    job = None
    for step in (0, 1):
        with a_worker(database_url, name=f"doomed{step}", queue=QUEUE) as doomed:
            if job is None:
                job = bureau.approve(draft)
            wait_for(lambda job=job, step=step: step_of(job) >= step)
            os.killpg(doomed.pid, signal.SIGKILL)
            doomed.wait(30)
        assert not IssuedNotice.objects.exists()
        assert not IssuedFile.objects.exists()
        draft.refresh_from_db()
        assert draft.stage == NoticeDraft.Stage.APPROVAL
        Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED, attempts=0)
        (Path(settings.MEDIA_ROOT) / "jobs" / f"{job.pk}.progress").unlink(missing_ok=True)
        jobs._dispatch(job.pk)
    with a_worker(database_url, name="successor", queue=QUEUE):
        wait_for(lambda: Job.objects.get(pk=job.pk).state == Job.State.DONE)
    notice = IssuedNotice.objects.get()
    assert notice.document_number == "临兰政办字〔2020〕1号"
    assert notice.files.count() == 5
    assert FrozenFigure.objects.filter(notice=notice).exists()


@pytest.mark.skipif("sqlite" in settings.DATABASES["default"]["ENGINE"], reason="one writer at a time there anyhow")
class TestAtTheSameMoment:
    def test_two_leaders_press_and_one_notice_is_issued(self, own_queue, bureau):
        draft = bureau.pass_on(bureau.submit(bureau.begin()))
        seen = bureau.seen(draft)

        def press() -> Job:
            return approval.approve(draft=draft, seen=seen, by=bureau.leader, at=timezone.now())

        first, second = at_once(press, press)
        assert first == second
        at_once(lambda: jobs.run(first.pk), lambda: jobs.run(first.pk))
        assert IssuedNotice.objects.count() == 1

    def test_two_editors_of_one_paragraph_and_none_is_overwritten(self, bureau):
        draft = bureau.begin()

        def edit(words: str) -> Callable[[], DraftParagraph]:
            return lambda: drafting.change(draft=draft, key="closing.1", words=words, version=0, by=bureau.clerk, at=AT)

        answers = at_once(edit("第一个人的话。"), edit("第二个人的话。"))
        moved = [answer for answer in answers if isinstance(answer, ParagraphMoved)]
        assert len(moved) == 1
        assert DraftParagraph.objects.get().version == 1
        assert draft.revisions.count() == 1

    def test_what_comes_in_while_it_is_composed_is_in_it_whole_or_not_at_all(self, own_queue, bureau):
        draft = bureau.pass_on(bureau.submit(bureau.begin()))
        job = bureau.approve(draft)

        def bring() -> None:
            for _ in range(30):
                bureau.district.item(bureau.district.street)

        at_once(lambda: jobs.run(job.pk), bring)
        job.refresh_from_db()
        if job.state == Job.State.FAILED:
            assert job.sentence == "签发以后数据有变化，没有印发。通报仍在“签发”环节，请重新查看后签发。"
            assert not IssuedNotice.objects.exists()
            return
        notice = IssuedNotice.objects.get()
        for frozen in notice.figures.all():
            assert len(frozen.rows) == frozen.value * frozen.each, frozen.name
        assert notice.figures.get(name="published.total").value == 9


def test_within_a_snapshot_nothing_moves(bureau):
    if connection.vendor != "postgresql":
        pytest.skip("a transaction is a snapshot there")
    draft = bureau.begin()
    with snapshot():
        first = prepare_draft(draft).notice
        at_once(lambda: bureau.district.item(bureau.district.street))
        assert prepare_draft(draft).notice == first
    assert prepare_draft(draft).notice != first
