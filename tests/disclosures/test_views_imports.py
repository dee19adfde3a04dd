"""Sheets coming in through the page: errors, preview, confirmation, the way back, and who may see an upload."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from disclosures.models import ImportBatch, MailboxCase
from disclosures.uploads.pending import KEPT_FOR, PendingUpload, sweep
from tests.people import administrator, signed_in, staff
from units.models import User

pytestmark = pytest.mark.django_db

HEAD = "编号,单位,来信日期,标题\n"
GOOD = HEAD + "N-1,区教育局,2020-06-03,咨询入学\nN-2,兰山街道,2020-06-04,咨询户籍\n"
BAD = HEAD + "N-1,区教育局,2020-06-31,咨询入学\nN-2,街道,2020-06-04,咨询户籍\n"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "pending"


def upload(client: Client, words: str, kind: str = "mailbox_cases", name: str = "六月.csv"):
    file = SimpleUploadedFile(name, words.encode(), "text/csv")
    return client.post(reverse("imports_kind", args=[kind]), {"sheet": file})


def page_after(client: Client, words: str, kind: str = "mailbox_cases") -> tuple[str, str]:
    """The address of the check page, and the page."""
    address = upload(client, words, kind)["Location"]
    response = client.get(address)
    assert response.status_code == 200
    return address, response.content.decode()


def test_a_sheet_with_errors_is_told_row_by_row_and_writes_nothing(clerk):
    address, page = page_after(clerk, BAD)
    assert "有 2 处错误，整张表没有写入" in page
    assert "涉及 2 行。" in page
    assert "2020-06-31" in page
    assert "单位台账中没有“街道”" in page
    assert "确认导入" not in page
    response = clerk.get(f"{address}marked/")
    assert response["Content-Disposition"].startswith('attachment; filename="mailbox_cases-errors.xlsx"')
    assert not MailboxCase.objects.exists()


def test_only_so_many_errors_are_listed_and_the_rest_is_counted(clerk):
    _, page = page_after(clerk, HEAD + "".join(f"N-{number},区教育局,2020-13-01,\n" for number in range(250)))
    assert "列出前 200 处，共 250 处" in page
    assert page.count('<td class="num right"') == 200


def test_a_preview_counts_and_shows_what_will_change(clerk):
    _, page = page_after(clerk, GOOD)
    assert "没有发现错误，尚未写入" in page
    assert "确认后写入 2 行，导入后可以整批撤销。" in page
    assert "咨询户籍" in page
    assert not MailboxCase.objects.exists()


def test_confirmed_shown_and_taken_back(clerk):
    address, _ = page_after(clerk, GOOD)
    shown = clerk.post(f"{address}confirm/")["Location"]
    batch = ImportBatch.objects.get()
    assert shown == reverse("batches_one", args=[batch.pk])
    assert MailboxCase.objects.count() == 2
    page = clerk.get(shown).content.decode()
    assert "已写入 2 行，统计和通报随之更新。" in page
    assert batch.sha256 not in page
    assert clerk.get(address)["Location"] == shown
    clerk.post(reverse("batches_undo", args=[batch.pk]))
    assert not MailboxCase.objects.exists()
    page = clerk.get(shown).content.decode()
    assert "这一批已经撤销" in page
    assert "撤销导入" not in page


def test_undoing_twice_is_refused_in_a_sentence(clerk):
    address, _ = page_after(clerk, GOOD)
    clerk.post(f"{address}confirm/")
    undo = reverse("batches_undo", args=[ImportBatch.objects.get().pk])
    clerk.post(undo)
    assert "该批次已经撤销，不能重复撤销。" in clerk.post(undo, follow=True).content.decode()


def test_the_same_sheet_again_has_nothing_to_import(clerk):
    address, _ = page_after(clerk, GOOD)
    clerk.post(f"{address}confirm/")
    _, page = page_after(clerk, GOOD)
    assert "表中的 2 行与系统中的数据完全相同，不需要导入。" in page
    assert "确认导入" not in page


def test_what_changed_between_check_and_confirmation_is_checked_again(clerk, district):
    address, _ = page_after(clerk, GOOD)
    district.street.versions.update(short_name="别的街道", full_name="别的街道")
    assert clerk.post(f"{address}confirm/")["Location"] == address
    assert "有 1 处错误，整张表没有写入" in clerk.get(address).content.decode()
    assert not MailboxCase.objects.exists()


def test_leaving_removes_the_file(clerk, uploads):
    address, _ = page_after(clerk, GOOD)
    assert list(uploads.iterdir())
    clerk.post(f"{address}discard/")
    assert not list(uploads.iterdir())
    assert clerk.get(address).status_code == 404


def test_an_upload_is_its_uploaders_alone_and_for_a_day(clerk, district, uploads):
    address, _ = page_after(clerk, GOOD)
    assert signed_in(staff(district.office, name="colleague")).get(address).status_code == 404
    user = User.objects.get(username="office_staff")
    asked = {"kind": "mailbox_cases", "user_id": user.pk, "office_id": district.office.pk}
    token = address.rstrip("/").rpartition("/")[2]
    now = timezone.now()
    assert PendingUpload.find(token, **asked, at=now)
    assert PendingUpload.find(token, **asked, at=now + KEPT_FOR + timedelta(seconds=5)) is None
    assert PendingUpload.find("../../secret-key", **asked, at=now) is None
    assert sweep(now + KEPT_FOR + timedelta(seconds=5)) == 1
    assert not list(uploads.iterdir())


def test_kept_files_are_their_owners_alone(clerk, uploads):
    page_after(clerk, GOOD)
    assert {path.stat().st_mode & 0o077 for path in uploads.iterdir()} == {0}


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({}, "请选择要导入的文件。"),
        ({"sheet": SimpleUploadedFile("空.csv", b"")}, "文件是空的，请检查后重新选择。"),
    ],
)
def test_no_file_is_told_at_once(clerk, files, sentence):
    response = clerk.post(reverse("imports_kind", args=["mailbox_cases"]), files)
    assert response.status_code == 422
    assert sentence in response.content.decode()


def test_a_file_over_the_limit_is_told_its_limit(clerk, settings):
    settings.UPLOAD_MAX_BYTES = 20
    response = upload(clerk, GOOD)
    assert "文件大小超过" in response.content.decode()


def test_a_file_that_is_no_sheet_is_told_as_a_whole(clerk):
    address = upload(clerk, "这不是表格", name="说明.csv")["Location"]
    page = clerk.get(address).content.decode()
    assert "有 1 处错误，整张表没有写入" in page
    assert "下载标出错误的表格" not in page


def test_a_sheet_with_errors_cannot_be_confirmed(clerk):
    address, _ = page_after(clerk, BAD)
    assert clerk.post(f"{address}confirm/")["Location"] == address
    assert "有 2 处错误，整张表没有写入" in clerk.get(address).content.decode()


def test_before_an_office_there_is_one_sheet_to_import():
    root = signed_in(User.objects.create_superuser("root", password="x"))
    assert root.get(reverse("home"))["Location"] == reverse("imports")
    page = root.get(reverse("imports")).content.decode()
    assert "系统中还没有机关。" in page
    assert reverse("imports_kind", args=["office"]) in page
    assert reverse("imports_kind", args=["units"]) not in page


def test_settings_sheets_are_the_administrators(district, clerk):
    page = clerk.get(reverse("imports")).content.decode()
    assert reverse("imports_kind", args=["units"]) not in page
    page = signed_in(administrator(district.office)).get(reverse("imports")).content.decode()
    assert reverse("imports_kind", args=["units"]) in page


# --- pasting


def paste(client: Client, words: str, kind: str = "mailbox_cases"):
    return client.post(reverse("imports_kind", args=[kind]), {"pasted": words, "by": "paste"})


def test_a_pasted_block_is_checked_like_a_file(clerk):
    block = '编号\t单位\t来信日期\t标题\nN-1\t区教育局\t2020-06-03\t"两行的\n标题"\nN-2\t没有的局\t2020/6/4\t咨询\n'
    page = clerk.get(paste(clerk, block)["Location"]).content.decode()
    assert "内容由粘贴而来，行号按粘贴内容从第1行数起。" in page
    assert "单位台账中没有“没有的局”" in page


def test_a_pasted_block_without_its_header_is_read_in_the_order_of_the_template(clerk):
    address = paste(clerk, "0017\t区教育局\t2020.6.3\t咨询\r\n0018\t兰山街道\t2020年6月4日\t咨询\r\n")["Location"]
    page = clerk.get(address).content.decode()
    assert "内容由粘贴而来，没有表头，已按模板的列次序读取；行号从第2行数起。" in page
    clerk.post(f"{address}confirm/")
    assert list(MailboxCase.objects.order_by("number").values_list("number", flat=True)) == ["0017", "0018"]


def test_nothing_pasted_is_told_at_once(clerk):
    response = paste(clerk, " \n")
    assert response.status_code == 422
    assert "请先粘贴内容。" in response.content.decode()
