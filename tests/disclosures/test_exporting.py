"""Exports: exactly what is filtered in the order of the list, with a title; long ones in the background, with the rights of the day."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from disclosures import exporting, jobs
from disclosures.actions.imports import check_sheet
from disclosures.files.keeping import content_of
from disclosures.models import Category, Job, PublishedItem
from tests.district import District
from tests.people import liaison, signed_in
from units.models import AuditEvent, Membership

pytestmark = pytest.mark.django_db(transaction=True)

EXPORT = "/rows/published_items/export/"
JUNE = {"from": "2020-06-01", "to": "2020-06-30"}


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return District()


@pytest.fixture
def items(district):
    """Thirty items of two units over three days."""
    category = Category.objects.get(office=district.office, name="动态类")
    PublishedItem.objects.bulk_create(
        PublishedItem(
            office=district.office,
            key=f"k{number}",
            unit=(district.street, district.town)[number % 2],
            category=category,
            title=f"第{number:02}条",
            url=f"https://www.example.gov.cn/{number}",
            published_on=date(2020, 6, 1) + timedelta(days=number // 10),
        )
        for number in range(30)
    )


def rows_of(content: bytes) -> list[tuple]:
    return list(load_workbook(io.BytesIO(content)).active.values)


def test_the_order_is_that_of_the_list(clerk, items):
    rows = rows_of(clerk.get(EXPORT, JUNE).content)
    assert rows[0][0] == "网站信息（2020年6月）"
    assert [row[0] for row in rows[3:]] == [f"第{number:02}条" for number in range(29, -1, -1)]
    rows = rows_of(clerk.get(EXPORT, JUNE | {"sort": "title", "unit": "U01"}).content)
    assert [row[0] for row in rows[3:]] == [f"第{number:02}条" for number in range(0, 30, 2)]


def test_the_second_line_says_what_was_asked_for_when(clerk, items):
    line = rows_of(clerk.get(EXPORT, {"from": "2020-06-02", "to": "2020-06-03", "q": "第1"}).content)[1][0]
    assert line.startswith("2020年6月2日至6月3日；查找：第1；共10条，")
    assert line.endswith("导出")


def test_what_is_exported_with_its_title_imports_unchanged(district, clerk, items):
    content = clerk.get(EXPORT, JUNE).content
    report = check_sheet(kind="published_items", file_name="表.xlsx", content=content, office=district.office)
    # The items of this test have keys of their own, so by their addresses they are new; nothing in them is wrong.
    assert (report.errors, report.new + report.unchanged) == ((), 30)


@pytest.fixture
def waiting(monkeypatch):
    monkeypatch.setattr(exporting, "LARGE", 5)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    return lambda: jobs.run(Job.objects.active().get().pk)


def test_a_long_list_is_written_in_the_background(clerk, items, waiting):
    response = clerk.get(EXPORT, JUNE | {"unit": "U01"})
    assert response["Location"] == "/rows/published_items/?from=2020-06-01&to=2020-06-30&unit=U01"
    assert "共15条，正在后台导出，完成后在页面右下角下载。" in clerk.get(response["Location"]).content.decode()
    waiting()
    job = Job.objects.get()
    assert (job.state, job.sentence, job.title) == ("done", "共15条。", "导出网站信息")
    assert job.result.name == "网站信息（2020年6月）.xlsx"
    rows = rows_of(content_of(job.result))
    assert {row[1] for row in rows[3:]} == {"兰山街道"}
    assert len(rows) == 18
    event = AuditEvent.objects.get(verb="rows.exported")
    assert (event.data["rows"], event.data["filters"]["unit"]) == (15, "U01")
    assert clerk.get(reverse("jobs_result", args=[job.pk])).status_code == 200


def test_a_unit_exports_its_own_rows_in_the_background_too(district, items, waiting):
    client = signed_in(liaison(district.street))
    client.get(EXPORT, JUNE)
    waiting()
    assert {row[1] for row in rows_of(content_of(Job.objects.get().result))[3:]} == {"兰山街道"}


def test_who_has_left_meanwhile_gets_nothing(district, items, waiting):
    person = liaison(district.street)
    signed_in(person).get(EXPORT, JUNE)
    Membership.objects.filter(user=person).update(until=timezone.localdate())
    waiting()
    job = Job.objects.get()
    assert (job.state, job.sentence) == ("failed", "您已不在该机关任职，不能导出。")


def test_an_export_can_be_cancelled_while_rows_are_written(clerk, items, waiting, monkeypatch):
    monkeypatch.setattr(jobs, "LOOKED_EVERY", 0)
    clerk.get(EXPORT, JUNE)
    job = Job.objects.get()
    heard = []

    def progress(self, done: int, total: int) -> None:
        heard.append((done, total))
        if done == 12:
            raise jobs.Cancelled

    monkeypatch.setattr(jobs.Run, "progress", progress)
    waiting()
    job.refresh_from_db()
    assert (job.state, job.result) == ("cancelled", None)
    assert heard[-1] == (12, 30)


def test_beyond_what_can_be_exported_the_limit_is_said(clerk, items, monkeypatch):
    monkeypatch.setattr(exporting, "MOST", 20)
    response = clerk.get(EXPORT, JUNE, follow=True)
    assert "共超过20条，一次不能全部导出，请缩小范围后分次导出。" in response.content.decode()
    assert not Job.objects.exists()


def test_conditions_without_sense_export_nothing(clerk, items):
    assert clerk.get(EXPORT, {"from": "June"}).status_code == 404
