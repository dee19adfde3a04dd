"""The archive of a notice and of a unit's year: everything in it, the same bytes again, every checksum right."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from openpyxl import load_workbook

from disclosures import jobs
from disclosures.files.keeping import content_of
from disclosures.models import Job
from reports.actions.archive import archive_notice, archive_unit
from reports.actions.receipts import receive
from reports.archives import of_notice, of_unit
from reports.archives.packing import CHECKSUMS, safe_name
from tests.pages import page_at
from tests.people import liaison, signed_in
from tests.reports.notices.conftest import AT
from units.models import AuditEvent, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(bureau):
    return bureau.issue(bureau.begin())


def opened(content):
    return zipfile.ZipFile(io.BytesIO(content))


def sums_of(archive):
    lines = archive.read(CHECKSUMS).decode().splitlines()
    return {name: told for told, _, name in (line.partition("  ") for line in lines)}


def sheet(archive, name, tab=0):
    book = load_workbook(io.BytesIO(archive.read(name)))
    return [[cell for cell in row] for row in book.worksheets[tab].iter_rows(values_only=True)]


class TestOfANotice:
    def test_its_members_and_their_checksums(self, issued):
        archive = opened(of_notice.archive_of_notice(issued))
        names = archive.namelist()
        assert names == [
            "说明.txt",
            *(f"公文/{issued.title}.{ending}" for ending in ("txt", "html", "pdf", "docx", "json")),
            "附表.xlsx",
            "核对结果.json",
            "核对结果.xlsx",
            "点名.xlsx",
            "签收.xlsx",
            "办理记录.json",
            "修改记录.xlsx",
            "正文和数字.json",
            "校验码.txt",
        ]
        assert {entry.date_time for entry in archive.infolist()} == {(2020, 7, 6, 0, 0, 0)}
        assert sums_of(archive) == {name: hashlib.sha256(archive.read(name)).hexdigest() for name in names[:-1]}
        assert issued.digest in archive.read("说明.txt").decode("utf-8-sig")
        for file in issued.files.all():
            assert archive.read(f"公文/{file.name}") == bytes(file.content)

    def test_every_figure_has_a_sheet_with_its_rows(self, issued):
        archive = opened(of_notice.archive_of_notice(issued))
        book = load_workbook(io.BytesIO(archive.read("附表.xlsx")))
        figures = list(issued.figures.all())
        assert len(book.sheetnames) == len(figures) + 1
        for number, figure in enumerate(figures, start=1):
            page = book.worksheets[number]
            assert page["A1"].value == figure.meaning
            assert page["A3"].value == f"记录：{len(figure.rows)}条"
            assert [cell.value for cell in page[4]] == figure.columns
            assert page.max_row - 4 == figure.value * figure.each
        assert len(sheet(archive, "附表.xlsx")) == len(figures) + 2

    def test_receipts_names_hands_and_checks(self, bureau, issued):
        person = liaison(bureau.district.street, display_name="赵联络")
        receive(issued=issued, unit=bureau.district.street, by=person, at=issued.issued_at + timedelta(minutes=1))
        archive = opened(of_notice.archive_of_notice(issued))
        receipts = {row[0]: row for row in sheet(archive, "签收.xlsx")[2:]}
        assert receipts["兰山街道"][3:6:2] == ["赵联络", "按时签收"]
        assert receipts["李官镇"][2:] == ["是", None, None, "未签收"]
        assert "李官镇" in [row[0] for row in sheet(archive, "点名.xlsx")]
        record = json.loads(archive.read("办理记录.json"))
        assert [record["办理"][step]["人员"] for step in ("编制", "审核", "签发")] == ["李经办", "王审核", "刘签发"]
        assert json.loads(archive.read("核对结果.json")) == issued.findings
        assert len(sheet(archive, "核对结果.xlsx")) == len(issued.findings) + 2

    def test_made_again_years_later_it_is_the_same_to_the_byte(self, issued, monkeypatch):
        before = of_notice.archive_of_notice(issued)
        later = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
        monkeypatch.setattr("time.time", lambda: later.timestamp())
        monkeypatch.setattr("time.localtime", lambda *_: later.timetuple())
        assert of_notice.archive_of_notice(issued) == before


class TestOfAUnit:
    def test_the_sentences_and_the_receipts_of_the_year(self, bureau, issued):
        town = bureau.district.town
        year = issued.issued_on.year
        archive = opened(of_unit.archive_of_unit(town, year))
        assert archive.namelist()[:3] == ["说明.txt", "点名.xlsx", "签收.xlsx"]
        assert [name for name in archive.namelist() if name.startswith("公文/")] == [
            f"公文/2020-07-06-{issued.pk} {issued.title}.pdf"
        ]
        told = [row[4] for row in sheet(archive, "点名.xlsx")[2:]]
        assert told == [each.text for each in issued.named.filter(unit=town)]
        assert any("李官镇" in words for words in told)
        assert [row[6] for row in sheet(archive, "签收.xlsx")[2:]] == ["未签收"]
        assert of_unit.archive_of_unit(town, year) == of_unit.archive_of_unit(town, year)

    def test_others_are_not_named_in_it_and_another_year_is_empty(self, bureau, issued):
        archive = opened(of_unit.archive_of_unit(bureau.district.town, 2020))
        assert "区司法局" not in str(sheet(archive, "点名.xlsx"))
        empty = opened(of_unit.archive_of_unit(bureau.district.town, 2019))
        assert empty.namelist() == ["说明.txt", "点名.xlsx", "签收.xlsx", "校验码.txt"]


class TestJob:
    def done(self, job):
        jobs.run(job.pk)
        job.refresh_from_db()
        return job

    def test_the_button_has_it_made_and_the_person_fetches_it(self, bureau, issued, django_capture_on_commit_callbacks):
        client = signed_in(bureau.clerk)
        assert f'action="/notices/{issued.pk}/archive/"' in page_at(client, f"/notices/{issued.pk}/")
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(f"/notices/{issued.pk}/archive/").status_code == 302
        job = Job.objects.get(kind="notice_archive")
        assert (job.state, job.result.name) == (Job.State.DONE, f"{issued.title}存档.zip")
        assert content_of(job.result) == of_notice.archive_of_notice(issued)
        assert client.get(f"/jobs/{job.pk}/result/").status_code == 200
        assert AuditEvent.objects.filter(verb="notice.archived").count() == 1

    def test_pressed_twice_it_is_one_job(self, bureau, issued):
        first = archive_notice(issued=issued, by=bureau.clerk, at=AT)
        assert archive_notice(issued=issued, by=bureau.clerk, at=AT) == first

    def test_who_has_left_gets_none(self, bureau, issued):
        job = archive_notice(issued=issued, by=bureau.clerk, at=AT)
        Membership.objects.filter(user=bureau.clerk).delete()
        assert self.done(job).sentence == "您已不在该机关任职，不能导出存档。"

    def test_a_unit_gets_its_own_and_no_other(self, bureau, issued):
        person = liaison(bureau.district.town)
        job = self.done(archive_unit(unit=bureau.district.town, year=2020, by=person, at=AT))
        assert job.result.name == "李官镇2020年通报存档.zip"
        job = self.done(archive_unit(unit=bureau.district.street, year=2020, by=person, at=AT))
        assert job.state == Job.State.FAILED
        client = signed_in(person)
        assert 'action="/units/U02/notices/archive/"' in page_at(client, "/units/U02/?month=2020-06")
        assert client.post("/units/U02/notices/archive/", {"year": "二〇二〇"}).status_code == 404


def test_names_fit_every_system():
    assert safe_name("关于5/6月“通报”.pdf") == "关于56月“通报”.pdf"
    assert safe_name("..") == "文件"
    assert len(safe_name("长" * 300 + ".docx")) == 85
