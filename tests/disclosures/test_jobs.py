"""Long work: begun on commit, told how far it is, ended, cancelled, taken up again when its worker is gone."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from disclosures import jobs
from disclosures.files.keeping import keep
from disclosures.models import Job, Requirement
from tests.district import District
from tests.people import signed_in, staff

NOW = datetime(2020, 7, 1, 1, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return District().office


@pytest.fixture
def clerk(office):
    return staff(office)


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(jobs, "KINDS", {})
    monkeypatch.setattr(jobs, "LOOKED_EVERY", 0)
    return jobs.KINDS


def asked(clerk, office, kind="count", **arguments) -> Job:
    job = jobs.begin(kind=kind, title="数一数", by=clerk, office=office, arguments=arguments, at=NOW)
    job.refresh_from_db()
    return job


def test_work_is_done_when_the_transaction_that_asked_for_it_is_committed(clerk, office, kinds):
    @jobs.work("count", "读取", "写入")
    def count(run):
        run.step(1)
        run.progress(5, 10)
        progress = jobs.progress_of(run.job)
        assert (progress.now, progress.step, progress.done, progress.total) == ("写入", 1, 5, 10)
        return jobs.Outcome(f"共 {run.job.arguments['number']} 行。", address="/rows/")

    with transaction.atomic():
        job = jobs.begin(kind="count", title="数一数", by=clerk, office=office, arguments={"number": 3}, at=NOW)
        assert Job.objects.get().state == Job.State.QUEUED
    job.refresh_from_db()
    assert (job.state, job.sentence, job.result_address, job.attempts) == ("done", "共 3 行。", "/rows/", 1)


def test_work_that_is_asked_for_and_taken_back_never_begins(clerk, office, kinds):
    jobs.work("count")(lambda run: pytest.fail("nothing was asked for"))
    with transaction.atomic():
        jobs.begin(kind="count", title="数一数", by=clerk, office=office, arguments={}, at=NOW)
        transaction.set_rollback(True)
    assert not Job.objects.exists()


def test_work_that_cannot_be_done_says_why(clerk, office, kinds):
    @jobs.work("count")
    def count(run):
        raise jobs.Refused("没有可以数的行。")

    assert (asked(clerk, office).state, asked(clerk, office).sentence) == ("failed", "没有可以数的行。")


def test_an_error_of_our_own_says_what_to_do(clerk, office, kinds, caplog):
    @jobs.work("count")
    def count(run):
        raise ZeroDivisionError

    job = asked(clerk, office)
    assert job.state == "failed"
    assert job.sentence == "系统在处理中出错，没有完成，也没有写入任何数据。请重新提交；再次出现时，请告知系统管理员。"
    assert "ZeroDivisionError" in caplog.text


def test_cancelled_work_ends_where_it_is_and_writes_nothing(clerk, office, kinds):
    @jobs.work("count")
    def count(run):
        with transaction.atomic():
            District.of(office).requirement()
            jobs.cancel(run.job)
            assert jobs.progress_of(run.job).cancelled
            run.progress(1, 2)

    job = asked(clerk, office)
    assert (job.state, job.sentence) == ("cancelled", "已取消，没有写入任何数据。")
    assert not Requirement.objects.exists()


def test_a_job_that_waits_is_cancelled_before_it_begins(clerk, office, kinds, monkeypatch):
    jobs.work("count")(lambda run: pytest.fail("it was cancelled"))
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    job = asked(clerk, office)
    jobs.cancel(job)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_job_is_done_once_however_often_it_is_handed_out(clerk, office, kinds, monkeypatch):
    done = []
    jobs.work("count")(lambda run: done.append(run.job.pk) or jobs.Outcome("好。"))
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    job = asked(clerk, office)
    for _ in range(3):
        jobs.run(job.pk)
    assert done == [job.pk]


def test_a_lost_message_is_sent_again_after_a_minute(clerk, office, kinds, monkeypatch):
    dispatch = jobs._dispatch
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    jobs.work("count")(lambda run: jobs.Outcome("好。"))
    job = asked(clerk, office)
    assert jobs.sweep(NOW + timedelta(seconds=30)) == 0
    monkeypatch.setattr(jobs, "_dispatch", dispatch)
    assert jobs.sweep(LATER) == 1
    job.refresh_from_db()
    assert job.state == "done"


def running(clerk, office, monkeypatch, beat_at: datetime, attempts: int = 1) -> Job:
    """A job whose worker gave its last sign of life then."""
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_dispatch", lambda pk: None)
        job = asked(clerk, office)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, attempts=attempts)
    beat = jobs._file(job.pk, "beat")
    beat.touch()
    os.utime(beat, (beat_at.timestamp(), beat_at.timestamp()))
    return job


def test_a_job_whose_worker_was_killed_is_taken_up_again(clerk, office, kinds, monkeypatch):
    jobs.work("count")(lambda run: jobs.Outcome("好。"))
    job = running(clerk, office, monkeypatch, beat_at=NOW)
    assert jobs.sweep(LATER) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("done", 2)


def test_a_job_that_lives_is_left_alone_however_long_it_takes(clerk, office, kinds, monkeypatch):
    jobs.work("count")(lambda run: jobs.Outcome("好。"))
    running(clerk, office, monkeypatch, beat_at=LATER - timedelta(seconds=10))
    assert jobs.sweep(LATER) == 0


def test_a_job_that_kills_its_worker_every_time_is_given_up(clerk, office, kinds, monkeypatch):
    jobs.work("count")(lambda run: jobs.Outcome("好。"))
    job = running(clerk, office, monkeypatch, beat_at=NOW, attempts=3)
    assert jobs.sweep(LATER) == 0
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.sentence == "处理中断多次，没有完成，请重新提交；再次出现时，请告知系统管理员。"


# --- pages


def test_the_notes_ask_again_only_while_something_is_under_way(clerk, office, kinds, monkeypatch):
    jobs.work("count", "读取", "写入")(lambda run: jobs.Outcome("好。"))
    job = running(clerk, office, monkeypatch, beat_at=NOW)
    jobs.Run(job, ("读取", "写入")).step(1)
    client = signed_in(clerk)
    page = client.get(reverse("jobs_mine")).content.decode()
    assert "第 2 步，共 2 步：写入" in page
    assert 'hx-trigger="load delay:1s"' in page
    Job.objects.update(state=Job.State.DONE, sentence="共 3 行。", result_address="/rows/")
    page = client.get(reverse("jobs_mine")).content.decode()
    assert "共 3 行。" in page
    assert 'href="/rows/"' in page
    assert "hx-trigger" not in page


def test_a_result_waits_until_it_is_put_away_and_stays_in_the_list(clerk, office, kinds):
    @jobs.work("count")
    def count(run):
        return jobs.Outcome("好。", result=keep(name="表.pdf", content=b"%PDF-1.7", office=office, by=clerk, at=NOW))

    job, client = asked(clerk, office), signed_in(clerk)
    assert "数一数" in client.get(reverse("jobs_mine")).content.decode()
    answer = client.get(reverse("jobs_result", args=[job.pk]))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7", "application/pdf")
    client.post(reverse("jobs_put_away", args=[job.pk]))
    assert "数一数" not in client.get(reverse("jobs_mine")).content.decode()
    page = client.get(reverse("jobs")).content.decode()
    assert "数一数" in page
    assert "<h1>导入导出进度</h1>" in page
