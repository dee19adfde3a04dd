"""The page of all settings, those of notices with the title's preview, fonts, and how the installation is."""

import os
import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from disclosures.models import Job
from lanshan_portal import condition
from reports.models import NoticeSettings
from reports.section_titles import SECTIONS, scattered
from reports.sections import NOTICE_SECTIONS
from tests.district import District
from tests.people import administrator, signed_in
from units.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def district(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return District()


@pytest.fixture
def admin(district):
    return signed_in(administrator(district.office))


def page_of(client, name, **query) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def test_every_section_has_a_title():
    assert tuple(SECTIONS) == NOTICE_SECTIONS


def test_the_page_leads_to_all_settings(admin):
    page = page_of(admin, "settings")
    for name in ("office", "deadlines", "calendar", "reminders", "notice", "fonts", "sample", "state"):
        assert reverse(f"settings_{name}") in page
    for kind in ("categories", "channels", "platforms"):
        assert reverse("settings_terms", args=[kind]) in page
    assert "联系电话未填" in page


def test_before_there_is_an_office_it_says_what_to_do():
    client = signed_in(User.objects.create_superuser("root", password="x"))
    page = page_of(client, "settings")
    assert "平台中还没有机关。" in page
    assert reverse("settings_office") not in page
    assert client.get(reverse("settings_office")).status_code == 404


# --- notices


def form(**changed) -> dict[str, str]:
    data = {
        "media_window": "issue_month",
        "merge_mailbox_ties": "on",
        "title_breaks": "关于{period}{area}政务公开|工作情况的通报",
        "letterhead": "",
        "line_pitch_pt": "",
        "copies_to": "",
        "number_imprint_page": "on",
        "consult_days": "2",
    }
    for number, key in enumerate(NOTICE_SECTIONS, start=1):
        data |= {f"on_{key}": "on", f"at_{key}": str(number)}
    data |= changed
    return {name: value for name, value in data.items() if value is not None}


def posted(client, **changed) -> str:
    return client.post(reverse("settings_notice"), form(**changed), follow=True).content.decode()


def test_sections_change_order_and_leave(admin):
    page = posted(admin, at_mailbox="2", at_published="4", on_closing=None)
    assert "通报设置已保存。" in page
    assert NoticeSettings.objects.get().sections == [
        "opening",
        "mailbox",
        "applications",
        "published",
        "media",
        "follow_ups",
        "problems",
        "arrangements",
    ]


def test_what_was_left_out_is_offered_again(admin):
    posted(admin, on_closing=None)
    page = page_of(admin, "settings_notice")
    assert re.search(r'name="on_closing"(?![^>]*checked)', page)


def test_a_part_stays_together(admin):
    page = posted(admin, at_problems="4", at_mailbox="7")
    assert "“基本情况”各段须排在一起，请调整次序。" in page
    assert not NoticeSettings.objects.exists()
    assert "请至少保留一个段落。" in posted(admin, **{f"on_{key}": None for key in NOTICE_SECTIONS})


def test_scattered_names_the_part_that_would_be_numbered_twice():
    assert scattered(NOTICE_SECTIONS) == ""
    assert scattered(("published", "problems", "mailbox")) == "基本情况"
    assert scattered(("opening", "published", "closing")) == ""


@pytest.mark.parametrize("pitch", ["25", "31", "宽"])
def test_a_pitch_outside_the_standard_is_refused(admin, pitch):
    page = posted(admin, line_pitch_pt=pitch)
    assert "通报设置没有保存" in page
    assert f'value="{pitch}"' in page


def test_the_settings_change_the_notice_and_come_back(admin, district):
    district.item(district.street)
    page = posted(admin, title_breaks="{area}{period}政务公开|通报")
    notice = admin.get("/2020-06/notice/?issued_on=2020-07-14").content.decode()
    assert "全区2020年6月份政务公开" in notice
    admin.post(re.search(r'action="(/settings/undo/\d+/)"', page)[1])
    notice = admin.get("/2020-06/notice/?issued_on=2020-07-14").content.decode()
    assert "全区2020年6月份政务公开" not in notice


def test_the_title_is_shown_line_by_line_as_it_is_typed(admin, district):
    district.item(district.street)
    page = page_of(admin, "settings_notice_title", title_breaks="关于{period}{area}政务公开|工作情况的通报")
    assert re.findall(r"<div>([^<]+)</div>", page) == [
        "临沂市兰山区人民政府办公室",
        "关于2020年6月份全区政务公开",
        "工作情况的通报",
    ]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("关于{month}的通报", "花括号中只能写 {period}（所属期）和 {area}（全区、全县）。"),
        ("关于{period的通报", "花括号没有成对，请检查。"),
        ("|", "请填写标题。"),
    ],
)
def test_a_title_that_cannot_be_made_says_why(admin, pattern, sentence):
    assert sentence in page_of(admin, "settings_notice_title", title_breaks=pattern)
    page = posted(admin, title_breaks=pattern)
    assert sentence in page
    assert not NoticeSettings.objects.exists()


# --- fonts and the installation


def test_fonts_say_what_stands_in_for_what(admin):
    page = page_of(admin, "settings_fonts")
    assert "FangSong_GB2312" in page
    assert page.count("代替</span>") + page.count("符合</span>") == 5


def test_fonts_that_were_never_prepared_say_what_to_run(admin, settings, tmp_path):
    settings.FONTS_DIR = tmp_path
    said, _, for_keepers = page_of(admin, "settings_fonts").partition("<summary>供运行维护人员</summary>")
    assert "字体尚未预备，通报不能排版为 PDF，请联系运行维护人员。" in said
    assert "manage.py" not in said
    assert "字体尚未预备，请先运行 python manage.py prepare_fonts。" in for_keepers
    assert "字体尚未预备" in page_of(admin, "settings")
    page = page_of(admin, "settings_notice")
    assert "字体尚未预备" in page


def test_the_state_of_the_installation(admin, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.CELERY_TASK_ALWAYS_EAGER = False
    (tmp_path / "broker").mkdir()
    page = page_of(admin, "settings_state")
    assert "无应答" in page
    said, _, for_keepers = page.partition("<summary>供运行维护人员</summary>")
    assert "没有备份记录，请联系运行维护人员" in said
    assert not [each for each in ("touch", "/healthz", "503") if each in said]
    assert "/readyz" in for_keepers
    condition.worker_lives()
    (tmp_path / condition.BACKUP_SIGN).touch()
    page = page_of(admin, "settings_state")
    assert "有应答" in page
    assert "最近一次备份" in page
    os.utime(tmp_path / condition.WORKER_SIGN, (time.time() - 300,) * 2)
    assert "导入、催办和邮件会停在排队状态" in page_of(admin, "settings_state")


def test_jobs_that_failed_are_named(admin, district):
    now = timezone.now()
    Job.objects.create(
        office=district.office,
        kind="remind",
        title="催办11家单位",
        state="failed",
        sentence="处理中断多次。",
        created_at=now,
        asked_at=now,
        finished_at=now,
    )
    page = page_of(admin, "settings_state")
    assert "催办11家单位" in page
    assert "处理中断多次。" in page
