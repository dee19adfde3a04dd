"""Settings of reminders and mail, and the sample: what the pages say, what the mail server answered, what comes and goes."""

import re

import pytest
from django.utils import timezone

from disclosures import sample
from disclosures.models import ImportBatch, Job, Letter, PublishedItem, ReminderSettings
from tests.people import signed_in
from tests.settings_pages import admin, district, page_of, posted, undo_of
from units.models import AuditEvent, Office, Unit, User

__all__ = ["admin", "district"]

pytestmark = pytest.mark.django_db


# --- reminders and mail

HOURS = {
    "daily_limit": "3",
    "digest_at": "15:00",
    "quiet_from": "20:00",
    "quiet_to": "08:00",
    "workdays_only": "on",
}


def test_hours_and_limit_are_kept_and_taken_back(admin, district):
    page = posted(admin, "settings_reminders", HOURS)
    assert "催办和邮件设置已保存。" in page
    assert ReminderSettings.objects.get().daily_limit == 3
    admin.post(undo_of(page))
    assert ReminderSettings.of(district.office).daily_limit == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"daily_limit": "0"}, "每天催办次数应在1至20之间。"),
        ({"digest_at": "21:00"}, "汇总发送时间落在静默时段内，邮件将发不出去，请另选时间。"),
        ({"digest_at": "下午"}, "每日汇总发送时间应写作 16:30。"),
    ],
)
def test_hours_that_cannot_work_are_refused(admin, district, changed, sentence):
    assert sentence in posted(admin, "settings_reminders", HOURS | changed)
    assert not ReminderSettings.objects.exists()


def test_without_a_server_the_page_says_so_and_tries_nothing(admin, district, settings):
    settings.EMAIL_HOST = ""
    assert "没有配置邮件服务器" in page_of(admin, "settings_reminders")
    assert "测试邮件没有发出：没有配置邮件服务器。" in posted(admin, "settings_test_mail", {})


def test_a_test_letter_says_what_the_server_answered(admin, district, mailbox):
    page = posted(admin, "settings_test_mail", {})
    assert "邮件服务器已接收发往 wang@lanshan.example 的测试邮件，请到邮箱中查看。" in page
    assert mailbox.subject() == "【兰山区政务公开管理平台】测试邮件"
    mailbox.refused["wang@lanshan.example"] = "550 no such user"
    page = posted(admin, "settings_test_mail", {})
    assert "测试邮件没有发出：收件地址 wang@lanshan.example 被拒收（550 no such user）。" in page
    assert [event.data for event in AuditEvent.objects.filter(verb="mail.tested").order_by("id")] == [
        {"refused": ""},
        {"refused": "收件地址 wang@lanshan.example 被拒收（550 no such user）"},
    ]


def test_a_test_letter_needs_an_address(admin, district, mailbox):
    User.objects.update(email="")
    assert "您的账号没有登记邮箱" in posted(admin, "settings_test_mail", {})


def test_letters_that_failed_are_listed_with_the_reason(admin, district, mailbox):
    person = User.objects.get()
    Letter.objects.create(
        office=district.office,
        user=person,
        address="wang@lanshan.example",
        subject="催办",
        state="failed",
        due_at=timezone.now(),
        ended_at=timezone.now(),
        error="连接邮件服务器超时",
    )
    page = page_of(admin, "settings_reminders")
    assert "连接邮件服务器超时" in page
    assert "127.0.0.1" in page


# --- sample


def test_a_portal_with_data_of_its_own_takes_no_sample(admin, district):
    ImportBatch.objects.create(office=district.office, kind="mailbox_cases", file_name="信.csv", sha256="0" * 64)
    assert "不能装入示例数据" in page_of(admin, "settings_sample")
    assert "平台中已有本机关的数据，不能再装入示例数据。" in posted(admin, "settings_sample_load", {})
    assert "平台中没有示例数据。" in posted(admin, "settings_sample_remove", {})
    assert not Job.objects.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_sample_comes_into_an_empty_portal_and_goes_again(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    root = signed_in(User.objects.create_superuser("root", password="x"))
    assert "装入示例数据" in page_of(root, "settings_sample")
    page = posted(root, "settings_sample_load", {})
    assert re.search(r"装入示例数据：已装入示例数据\d+张表。", page)
    assert Office.objects.get().code == sample.OFFICE_CODE
    assert PublishedItem.objects.count() > 3000
    page = posted(root, "settings_sample_remove", {})
    assert re.search(r"已移除示例数据\d+张表，机关、单位名录和工作日历保留。", page)
    assert not PublishedItem.objects.exists()
    assert Unit.objects.exists()
    assert "装入示例数据" in page_of(root, "settings_sample")
