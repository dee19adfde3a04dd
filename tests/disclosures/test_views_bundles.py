"""Several files at once: recognised by their headers, told one by one, imported in the order they need."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from disclosures import jobs
from disclosures.models import ImportBatch, Job, MailboxCase, MediaCheck
from disclosures.uploads import sheet_jobs
from tests.pages import page_at
from tests.people import administrator, signed_in, staff
from tests.sheets import xlsx

pytestmark = pytest.mark.django_db(transaction=True)

LETTERS = "编号,单位,来信日期\nN-1,区教育局,2020-06-03\n"
OTHERS = "编号,单位,来信日期\nN-2,没有的局,2020-06-03\n"
ACCOUNTS = "账号名称,平台,主办单位\n兰山教育,微博,区教育局\n"
CHECKS = "检查批次,检查日期,账号名称,平台\n2020年7月第1次,2020-07-08,兰山教育,微博\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def bring(client, **files: str | bytes):
    sent = [
        SimpleUploadedFile(name.replace("_", "."), content.encode() if isinstance(content, str) else content)
        for name, content in files.items()
    ]
    return client.post(reverse("imports"), {"sheets": sent})


def test_each_file_is_recognised_checked_and_named(clerk):
    address = bring(clerk, 信_csv=LETTERS, 坏_csv=OTHERS, 说明_pdf=b"%PDF-1.7", 别的_csv="甲,乙\n1,2\n")["Location"]
    page = page_at(clerk, address)
    assert "核对 4 个文件" in page
    assert "没有错误" in page
    assert "1 处错误" in page
    assert "文件是PDF 文档，不是电子表格" in page
    assert "表头与任何一种数据表都不符，请核对表头，或使用本系统下载的模板。" in page
    assert "确认后导入 1 个没有错误的文件" in page
    assert not MailboxCase.objects.exists()
    clerk.post(f"{address}confirm/")
    page = page_at(clerk, address)
    assert f'<a href="{reverse("batches_one", args=[ImportBatch.objects.get().pk])}">' in page
    assert MailboxCase.objects.get().number == "N-1"


def test_files_are_imported_in_the_order_they_need_each_other(clerk):
    address = bring(clerk, 检查_csv=CHECKS, 账号_csv=ACCOUNTS)["Location"]
    page = page_at(clerk, address)
    assert page.index("账号.csv") < page.index("检查.csv")
    assert "1 处错误" in page, "the account of the check is not there yet"
    clerk.post(f"{address}confirm/")
    clerk.post(f"{address}again/")
    assert "1 处错误" not in page_at(clerk, address)
    clerk.post(f"{address}confirm/")
    assert MediaCheck.objects.get().account.name == "兰山教育"
    assert "没有可以继续导入的文件。" in page_at(clerk, address)


def test_confirming_twice_writes_once(clerk):
    address = bring(clerk, 信_csv=LETTERS)["Location"]
    clerk.post(f"{address}confirm/")
    clerk.post(f"{address}confirm/")
    assert ImportBatch.objects.count() == 1


def test_a_kind_one_may_not_import_is_said_to_be_that(district, clerk):
    units = xlsx([["单位编码", "全称", "简称", "分组", "类型", "排序"], ["X1", "甲局", "甲", "部门", "部门", 1]])
    page = page_at(clerk, bring(clerk, 单位_xlsx=units)["Location"])
    assert "这是“单位”表，您没有导入这种表的权限。" in page
    chief = signed_in(administrator(district.office))
    assert "没有错误" in page_at(chief, bring(chief, 单位_xlsx=units)["Location"])


def test_what_programs_leave_in_a_folder_is_passed_over(clerk):
    files = [SimpleUploadedFile(name, b"x") for name in ("~$信.xlsx", "desktop.ini", ".DS_Store")]
    response = clerk.post(reverse("imports"), {"sheets": files})
    assert response.status_code == 422
    assert "请选择要导入的文件。" in response.content.decode()


def test_too_many_files_are_told_the_limit(clerk):
    files = [SimpleUploadedFile(f"{number}.csv", b"x") for number in range(51)]
    response = clerk.post(reverse("imports"), {"sheets": files})
    assert response.status_code == 422
    assert "一次最多50个文件，现有51个，请分次导入。" in response.content.decode()


def test_a_bundle_is_its_uploaders_alone(district, clerk):
    address = bring(clerk, 信_csv=LETTERS)["Location"]
    colleague = signed_in(staff(district.office, name="colleague"))
    assert colleague.get(address).status_code == 404
    assert colleague.post(f"{address}confirm/").status_code == 404


def test_many_large_files_go_through_the_background(clerk, monkeypatch):
    monkeypatch.setattr(sheet_jobs, "LARGE_BYTES", 0)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    address = bring(clerk, 信_csv=LETTERS, 坏_csv=OTHERS)["Location"]
    assert "逐个核对文件" in page_at(clerk, address)
    jobs.run(Job.objects.get().pk)
    assert Job.objects.get().sentence == "1个文件没有错误，1个有错误。"
    clerk.post(f"{address}confirm/")
    clerk.post(f"{address}confirm/")
    job = Job.objects.active().get()
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.sentence, job.result_address) == ("done", "已导入1个文件。", address)
    assert clerk.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == address
    assert ImportBatch.objects.count() == 1


def test_cancelled_between_two_files_says_what_is_written(clerk, monkeypatch):
    monkeypatch.setattr(sheet_jobs, "LARGE_BYTES", 0)
    monkeypatch.setattr(jobs, "LOOKED_EVERY", 0)
    monkeypatch.setattr(jobs, "_dispatch", lambda pk: None)
    more = "编号,单位,来信日期\nN-7,区教育局,2020-06-03\n"
    address = bring(clerk, 信_csv=LETTERS, 又_csv=more)["Location"]
    jobs.run(Job.objects.get().pk)
    clerk.post(f"{address}confirm/")
    job = Job.objects.active().get()
    imported = sheet_jobs.imported

    def and_cancel(upload):
        report = imported(upload)
        jobs._file(job.pk, "cancelled").touch()
        return report

    monkeypatch.setattr("disclosures.uploads.bundle_jobs.sheet_jobs.imported", and_cancel)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.sentence == "已取消，取消前导入了1个文件。"
    assert MailboxCase.objects.count() == 1
