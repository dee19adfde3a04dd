"""The log as a workbook: exactly what is listed, at once or as a job, and noted in the log itself."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from disclosures import jobs, log_export
from disclosures.files.keeping import content_of
from disclosures.models import Job
from tests.district import District
from tests.people import auditor, liaison, signed_in
from units.audit import sentence_of
from units.models import AuditEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return District()


@pytest.fixture
def reader(district):
    return auditor(district.office, display_name="周审计")


def write(district, number: int, **fields) -> None:
    AuditEvent.objects.bulk_create(
        AuditEvent(office=district.office, **({"verb": "session.opened"} | fields)) for _ in range(number)
    )


def rows(content: bytes) -> list[tuple]:
    return [row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True)]


def test_a_few_are_written_at_once_exactly_as_they_are_listed(district, reader):
    own = liaison(district.street, name="zhao", display_name="赵联络")
    write(district, 2, by=own, address="10.34.6.18")
    write(district, 1, by=own, verb="session.refused", data={"username": "=1+1"})
    write(district, 3)
    response = signed_in(reader).post(reverse("log_export"), {"person": "赵联络", "family": "登录"})
    assert "filename*=UTF-8''%E6%93%8D%E4%BD%9C%E6%97%A5%E5%BF%97" in response["Content-Disposition"]
    head, *found = rows(response.content)
    assert head == ("时间", "人员", "账号", "类别", "内容", "来源地址")
    assert [row[1:] for row in found] == [
        ("赵联络", "zhao", "登录", "登录未成功：=1+1", None),
        ("赵联络", "zhao", "登录", "登录", "10.34.6.18"),
        ("赵联络", "zhao", "登录", "登录", "10.34.6.18"),
    ]
    assert sentence_of(AuditEvent.objects.first()) == "导出操作日志：人员 赵联络，类别 登录，共 3 条"


def test_many_become_a_job_whose_result_waits(district, reader, monkeypatch):
    monkeypatch.setattr(log_export, "AT_ONCE", 5)
    write(district, 8)
    response = signed_in(reader).post(reverse("log_export"), {"family": "登录"}, follow=True)
    assert "记录较多，正在后台导出，完成后可以下载。" in response.content.decode()
    job = Job.objects.get()
    assert (job.state, job.sentence, job.title) == ("done", "共 8 条。", "导出操作日志（类别 登录）")
    assert len(rows(content_of(job.result))) == 9
    assert signed_in(reader).get(reverse("jobs_result", args=[job.pk])).status_code == 200


def test_a_search_is_always_a_job_because_it_may_walk_the_whole_log(district, reader):
    write(district, 3)
    write(district, 1, verb="import.accepted", data={"kind": "units", "file": "七月.xlsx"})
    signed_in(reader).post(reverse("log_export"), {"words": "七月"})
    job = Job.objects.get()
    assert job.sentence == "共 1 条。"
    assert [row[4] for row in rows(content_of(job.result))] == ["内容", "导入数据：单位，七月.xlsx"]


def test_a_log_longer_than_a_worksheet_goes_on_in_the_next(district, reader, monkeypatch):
    monkeypatch.setattr(log_export, "SHEET_ROWS", 3)
    write(district, 7)
    content, count = log_export.workbook(log_export.told(log_export.Selection(district.office)))
    book = load_workbook(BytesIO(content))
    assert count == 7
    assert [(sheet.title, sheet.max_row) for sheet in book] == [("操作日志", 4), ("操作日志2", 4), ("操作日志3", 2)]


def test_nothing_found_is_a_sheet_with_its_head(district, reader):
    content, count = log_export.workbook([])
    assert count == 0
    assert len(rows(content)) == 1


def test_a_cancelled_export_leaves_nothing(district, reader, monkeypatch):
    monkeypatch.setattr(log_export, "AT_ONCE", 1)
    monkeypatch.setattr(jobs, "LOOKED_EVERY", 0)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    write(district, 5)
    signed_in(reader).post(reverse("log_export"))
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    jobs._file(job.pk, "cancelled").touch()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.result) == ("cancelled", None)
    assert not AuditEvent.objects.filter(verb="log.exported").exists()


def test_conditions_that_make_no_sense_export_nothing(district, reader):
    write(district, 1)
    response = signed_in(reader).post(reverse("log_export"), {"first": "昨天"})
    assert response["Location"].startswith(reverse("log"))
    assert not Job.objects.exists()
    job = jobs.begin(
        kind=log_export.KIND,
        title="导出",
        by=reader,
        office=district.office,
        arguments={"parameters": {"first": "昨天"}},
        at=AuditEvent.objects.latest("id").at + timedelta(seconds=1),
    )
    job.refresh_from_db()
    assert (job.state, job.sentence) == ("failed", "筛选条件有误，没有导出，请重新筛选。")
