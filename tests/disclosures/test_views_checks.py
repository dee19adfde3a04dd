"""A sheet between check and import: large ones in the background, once; names remembered; the faultless rows alone."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from disclosures import jobs
from disclosures.models import ImportBatch, Job, MailboxCase
from disclosures.uploads import sheet_jobs
from disclosures.uploads.pending import PendingUpload
from tests.pages import page_at
from tests.people import administrator, liaison, signed_in
from tests.sheets import xlsx
from units.models import AuditEvent, UnitAlias

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = "编号,单位,来信日期,标题\n"
GOOD = HEAD + "N-1,区教育局,2020-06-03,咨询入学\nN-2,兰山街道,2020-06-04,咨询户籍\n"
MIXED = (
    HEAD
    + "N-1,区教育局,2020-06-31,入学\nN-2,街道办,2020-06-04,户籍\nN-3,区司法局,2020-06-05,0012\nN-4,街道办,2020-06-06,\n"
)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pending"


def upload(client, content: str | bytes, name: str = "六月.csv", kind: str = "mailbox_cases") -> str:
    """The address of the check page."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(reverse("imports_kind", args=[kind]), {"sheet": SimpleUploadedFile(name, content)})["Location"]


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


# --- in the background


@pytest.fixture
def waiting(monkeypatch):
    """Large sheets from the first byte on, and no worker: jobs wait until a test runs them."""
    monkeypatch.setattr(sheet_jobs, "LARGE_BYTES", 0)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    return lambda: jobs.run(Job.objects.active().get().pk)


def test_a_large_sheet_is_checked_and_imported_in_the_background(clerk, waiting):
    address = upload(clerk, GOOD)
    page = page_at(clerk, address)
    assert "排队等候" in page
    assert "核对部门信箱“六月.csv”" in page
    for step in ("读取表格", "逐行核对", "比较已有记录"):
        assert f"<strong>{step}</strong>" in page
    fragment = clerk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith("<section")

    waiting()
    assert clerk.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == address
    assert "没有发现错误，尚未写入" in page_at(clerk, address)
    assert not Job.objects.filter(put_away=False).exists(), "who has seen the outcome needs no note of it"

    assert clerk.post(f"{address}confirm/")["Location"] == address
    page = page_at(clerk, address)
    assert "<strong>写入</strong>" in page
    assert "确认导入" not in page
    assert clerk.post(f"{address}confirm/")["Location"] == address
    assert clerk.post(f"{address}discard/")["Location"] == address
    assert Job.objects.active().count() == 1

    waiting()
    batch = ImportBatch.objects.get()
    job = Job.objects.latest("pk")
    assert (job.state, job.sentence, job.result_address) == (
        "done",
        "新增 2，更新 0，未变 0。",
        reverse("batches_one", args=[batch.pk]),
    )
    assert clerk.get(address)["Location"] == job.result_address
    assert not PendingUpload.of_token(token_of(address))
    assert clerk.post(f"{address}confirm/")["Location"] == job.result_address
    assert clerk.post(f"{address}discard/")["Location"] == job.result_address
    assert MailboxCase.objects.count() == 2


def test_an_import_that_lost_its_worker_after_writing_is_not_written_again(clerk, waiting):
    address = upload(clerk, GOOD)
    waiting()
    clerk.post(f"{address}confirm/")
    job = Job.objects.active().get()
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING)
    sheet_jobs.imported(PendingUpload.of_token(token_of(address)))
    # The worker died before it could say so; the sweeper hands the job to another.
    Job.objects.filter(pk=job.pk).update(state=Job.State.QUEUED)
    PendingUpload.of_token(token_of(address)).discard()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.sentence) == ("done", "新增 2，更新 0，未变 0。")
    assert ImportBatch.objects.count() == 1


def test_a_cancelled_import_writes_nothing_and_can_be_confirmed_again(clerk, waiting, monkeypatch):
    monkeypatch.setattr(jobs, "LOOKED_EVERY", 0)
    address = upload(clerk, GOOD)
    waiting()
    clerk.post(f"{address}confirm/")
    job = Job.objects.active().get()
    write = sheet_jobs.imports.check_sheet.__globals__["read_sheet"]

    def cancelled_meanwhile(**arguments):
        jobs._file(job.pk, "cancelled").touch()
        return write(**arguments)

    monkeypatch.setattr("disclosures.actions.imports.read_sheet", cancelled_meanwhile)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.sentence) == ("cancelled", "已取消，没有写入任何数据。")
    assert not MailboxCase.objects.exists()
    assert not ImportBatch.objects.exists()
    monkeypatch.setattr("disclosures.actions.imports.read_sheet", write)
    assert "确认导入" in page_at(clerk, address)
    clerk.post(f"{address}confirm/")
    jobs.run(Job.objects.active().get().pk)
    assert MailboxCase.objects.count() == 2


def test_a_cancelled_check_says_so_and_offers_a_way_on(clerk, waiting):
    address = upload(clerk, GOOD)
    clerk.post(reverse("jobs_cancel", args=[Job.objects.get().pk]))
    page = page_at(clerk, address)
    assert "“六月.csv”的处理已取消，没有写入任何数据。" in page
    assert clerk.post(f"{address}discard/")["Location"] == reverse("imports_kind", args=["mailbox_cases"])


def test_a_check_that_broke_is_said_to_have(clerk, waiting, monkeypatch, caplog):
    def broken(**arguments):
        raise RuntimeError

    address = upload(clerk, GOOD)
    monkeypatch.setattr("disclosures.actions.imports.read_sheet", broken)
    waiting()
    response = clerk.get(address)
    assert response.status_code == 500
    assert "系统在处理中出错，没有完成，也没有写入任何数据。" in response.content.decode()


def test_the_way_a_sheet_goes_by_is_watched_step_by_step(clerk, district, waiting):
    class Watch:
        def __init__(self) -> None:
            self.heard: list[tuple] = []

        def step(self, number: int) -> None:
            self.heard.append(("step", number))

        def progress(self, done: int, total: int) -> None:
            self.heard.append((done, total))

    upload(clerk, GOOD)
    watch = Watch()
    sheet_jobs.imported(PendingUpload.of_token(Job.objects.get().arguments["token"]), watch)
    steps = [heard[1] for heard in watch.heard if heard[0] == "step"]
    assert steps == [0, 1, 2, 3]
    assert (2, 3) in watch.heard, "two rows checked, of about three lines"
    assert (1, 2) in watch.heard, "one row of two written"


# --- the same file again


def test_the_same_file_again_is_pointed_out_with_its_batch(clerk):
    address = upload(clerk, GOOD)
    clerk.post(f"{address}confirm/")
    batch = ImportBatch.objects.get()
    page = page_at(clerk, upload(clerk, GOOD, name="另一个名字.csv"))
    assert "同一个文件已于" in page
    assert f'<a href="{reverse("batches_one", args=[batch.pk])}">第 {batch.pk} 批</a>' in page
    clerk.post(reverse("batches_undo", args=[batch.pk]))
    assert "同一个文件已于" not in page_at(clerk, upload(clerk, GOOD))


# --- the faultless rows alone


def test_the_faultless_rows_become_a_sheet_of_their_own(clerk):
    address = upload(clerk, MIXED)
    page = page_at(clerk, address)
    assert "只导入没有错误的 1 行" in page
    made = clerk.post(f"{address}faultless/")["Location"]
    assert made != address
    page = page_at(clerk, made)
    assert "只含“六月.csv”中没有错误的1行，有错误的3行不在其中，请改正后另行导入。" in page
    assert "确认后写入 1 行，导入后可以整批撤销。" in page
    clerk.post(f"{made}confirm/")
    batch = ImportBatch.objects.get()
    assert batch.file_name == "六月（没有错误的行）.xlsx"
    assert batch.sha256 != PendingUpload.of_token(token_of(address)).report().sha256
    case = MailboxCase.objects.get()
    assert (case.number, case.title) == ("N-3", "0012")


def test_the_faulty_rows_are_given_back_marked(clerk):
    address = upload(clerk, MIXED)
    response = clerk.get(f"{address}marked/", {"rows": "faulty"})
    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert rows[0] == ["编号", "单位", "来信日期", "标题", "错误说明"]
    assert [row[0] for row in rows[1:]] == ["N-1", "N-2", "N-4"]
    assert rows[1][4].startswith("来信日期：“2020-06-31”不存在")


def test_a_sheet_in_which_every_row_is_wrong_offers_no_part(clerk):
    address = upload(clerk, HEAD + "N-1,没有,2020-06-31,\n")
    assert "只导入没有错误的" not in page_at(clerk, address)
    assert clerk.post(f"{address}faultless/")["Location"] == address


def test_of_two_equal_rows_the_first_is_faultless(clerk, district):
    rows = [["编号", "单位", "来信日期"], ["N-1", "兰山街道", "2020-06-01"], ["N-1", "兰山街道", "2020-06-02"]]
    address = upload(clerk, xlsx(rows), name="六月.xlsx")
    made = clerk.post(f"{address}faultless/")["Location"]
    clerk.post(f"{made}confirm/")
    assert MailboxCase.objects.get().received_on.day == 1


# --- names of units


def names(client, address: str, **units: str):
    return client.post(f"{address}names/", {key.replace("_", "-"): unit for key, unit in units.items()})


def test_an_unknown_name_is_asked_for_once_and_remembered(clerk, district):
    address = upload(clerk, MIXED)
    page = page_at(clerk, address)
    assert "<strong>街道办</strong><small>2 处</small>" in page
    assert 'data-words="兰山街道"' in page
    assert names(clerk, address, unit_0="兰山街道")["Location"] == address
    page = page_at(clerk, address)
    assert "已记住：“街道办”即兰山街道。" in page
    assert "有 1 处错误，整张表没有写入" in page
    alias = UnitAlias.objects.get(name="街道办")
    assert (alias.unit, alias.kept) == (district.street, True)
    event = AuditEvent.objects.get(verb="unit.alias_added")
    assert (event.data, event.target_id) == (
        {"code": "U01", "name": "兰山街道", "alias": "街道办"},
        str(district.street.pk),
    )
    assert "没有发现错误，尚未写入" in page_at(clerk, upload(clerk, HEAD + "N-9,街道办,2020-06-04,\n"))


def test_a_remembered_name_can_be_taken_back(clerk):
    address = upload(clerk, MIXED)
    names(clerk, address, unit_0="兰山街道")
    alias = UnitAlias.objects.get(name="街道办")
    forget = reverse("imports_aliases_forget", args=["mailbox_cases", token_of(address), str(alias.pk)])
    assert forget in page_at(clerk, address)
    assert clerk.post(forget)["Location"] == address
    assert not UnitAlias.objects.filter(name="街道办").exists()
    assert "有 3 处错误，整张表没有写入" in page_at(clerk, address)
    assert AuditEvent.objects.filter(verb="unit.alias_removed").count() == 1


def test_a_name_given_to_no_unit_is_refused_with_the_nearest(clerk):
    address = upload(clerk, MIXED)
    names(clerk, address, unit_0="兰山街办")
    page = page_at(clerk, address)
    assert "单位台账中没有“兰山街办”，是否为：兰山街道。" in page
    assert not UnitAlias.objects.exists()


def test_a_sheet_of_units_keeps_remembered_names(district):
    chief = signed_in(administrator(district.office))
    address = upload(chief, MIXED)
    names(chief, address, unit_0="兰山街道")
    rows = [
        ["单位编码", "全称", "简称", "别名", "分组", "类型", "排序"],
        ["U01", "兰山区兰山街道", "兰山街道", "兰山办", "镇街道、商城、经开区", "街道", 1],
    ]
    units = upload(chief, xlsx(rows), name="单位.xlsx", kind="units")
    chief.post(f"{units}confirm/")
    assert set(UnitAlias.objects.values_list("name", flat=True)) == {"街道办", "兰山办"}


def test_nobody_elses_names_are_forgotten(clerk, district):
    address = upload(clerk, MIXED)
    own = UnitAlias.objects.create(unit=district.street, name="在册别名")
    forget = reverse("imports_aliases_forget", args=["mailbox_cases", token_of(address), str(own.pk)])
    clerk.post(forget)
    assert UnitAlias.objects.filter(pk=own.pk).exists()
    assert signed_in(liaison(district.street)).post(forget).status_code == 403
