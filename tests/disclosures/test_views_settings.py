"""The settings of the lower floors: what each page says, what it refuses, what it keeps, and the way back."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from disclosures.models import (
    CalendarYear,
    Category,
    DeadlineRule,
    Platform,
    RestDay,
)
from tests.settings_pages import admin, district, page_of, posted, undo_of
from units.models import AuditEvent, Office

__all__ = ["admin", "district"]

pytestmark = pytest.mark.django_db


# --- office

OFFICE = {
    "name": "临沂市兰山区人民政府办公室",
    "short_name": "区政府办公室",
    "section": "区政府办公室政务公开科",
    "phone": "0539-8203456",
    "jurisdiction": "临沂市兰山区",
    "level": "区",
    "government": "兰山区人民政府",
    "document_prefix": "临兰政办字",
    "addressees": "各镇人民政府、街道办事处",
}


def test_the_office_is_changed_told_and_taken_back(admin, district):
    page = posted(admin, "settings_office", OFFICE)
    assert "机关已保存。" in page
    assert "联系电话由空改为“0539-8203456”" in page
    assert Office.objects.get().phone == "0539-8203456"
    page = admin.post(undo_of(page), {"next": reverse("settings_office")}, follow=True).content.decode()
    assert "机关已恢复为修改前的内容。" in page
    assert "撤回修改" in page
    assert Office.objects.get().phone == ""


def test_a_level_that_was_not_chosen_asks_for_one(admin):
    page = page_of(admin, "settings_office")
    assert '<option value="">请选择</option>' in page
    assert "---------" not in page


def test_a_missing_name_is_named_and_the_rest_is_kept(admin, district):
    page = posted(admin, "settings_office", OFFICE | {"name": ""})
    assert "请填写机关名称。" in page
    assert 'value="0539-8203456"' in page
    assert Office.objects.get().phone == ""


def test_taking_back_twice_says_why_not(admin, district):
    undo = undo_of(posted(admin, "settings_office", OFFICE))
    admin.post(undo)
    page = admin.post(undo, follow=True).content.decode()
    assert "此后又有改动，不能撤回，请直接修改。" in page


def test_a_change_of_another_office_is_not_there(admin, district):
    other = Office.objects.get()
    other.pk, other.code = None, "371399"
    other.save()
    event = AuditEvent.objects.create(office=other, verb="settings.changed", data={"page": "机关", "changes": []})
    assert admin.post(reverse("settings_undo", args=[event.pk])).status_code == 404


# --- words


def terms(model, **changed) -> dict[str, str]:
    """The whole table as a browser sends it; `changed` names fields of the form, e.g. `wording_1`."""
    rows = list(model.objects.order_by("position", "id"))
    data = {"terms-TOTAL_FORMS": str(len(rows) + 1), "terms-INITIAL_FORMS": str(len(rows))}
    for number, row in enumerate(rows):
        data |= {
            f"terms-{number}-id": str(row.pk),
            f"terms-{number}-wording": row.wording,
            f"terms-{number}-position": str(row.position),
            f"terms-{number}-active": "on",
        }
        if model is Platform:
            data[f"terms-{number}-freshness_days"] = str(row.freshness_days)
    data |= {f"terms-{len(rows)}-{name}": "" for name in ("id", "name", "wording")}
    data |= {f"terms-{len(rows)}-position": str(len(rows) + 1), f"terms-{len(rows)}-active": "on"}
    if model is Platform:
        data[f"terms-{len(rows)}-freshness_days"] = "14"
    for key, value in changed.items():
        name, _, number = key.rpartition("_")
        data[f"terms-{number}-{name}"] = value
    return {name: value for name, value in data.items() if value is not None}


def test_words_are_reworded_reordered_retired_and_added_at_once(admin, district):
    data = terms(Category, wording_0="工作动态", active_1=None, name_2="政策类", position_2="9")
    page = posted(admin, "settings_terms", data, "categories")
    assert "信息类别已保存。" in page
    assert list(Category.objects.values_list("name", "wording", "active")) == [
        ("动态类", "工作动态", True),
        ("政务主动公开类", "政务主动公开类信息", False),
        ("政策类", "", True),
    ]
    assert "“动态类”：通报写法由“动态类信息”改为“工作动态”" in page
    admin.post(undo_of(page))
    assert list(Category.objects.values_list("name", "wording", "active")) == [
        ("动态类", "动态类信息", True),
        ("政务主动公开类", "政务主动公开类信息", True),
    ]


def test_a_word_in_use_offers_no_deletion_and_one_that_is_not_goes(admin, district):
    district.item(district.street, "动态类")
    page = page_of(admin, "settings_terms", "categories")
    assert page.count("已使用，不能删除") == 1
    assert page.count("未使用，删除") == 1
    posted(admin, "settings_terms", terms(Category, DELETE_0="on", DELETE_1="on"), "categories")
    assert list(Category.objects.values_list("name", flat=True)) == ["动态类"]


def test_a_name_stands_once_and_braces_are_for_the_government_alone(admin, district):
    page = posted(admin, "settings_terms", terms(Category, name_2="动态类"), "categories")
    assert "已有“动态类”，请换一个名称。" in page
    page = posted(admin, "settings_terms", terms(Category, wording_0="{government}信息"), "categories")
    assert "通报写法不能含有花括号。" in page
    assert "动态类的通报写法" in page


def test_a_channels_wording_may_name_the_government(admin, district):
    from disclosures.models import Channel

    page = posted(admin, "settings_terms", terms(Channel, wording_0="{government}门户收到申请"), "channels")
    assert "申请渠道已保存。" in page
    page = posted(admin, "settings_terms", terms(Channel, wording_0="{office}收到申请"), "channels")
    assert "通报写法只能使用 {government}。" in page


def test_a_platform_has_its_limit(admin, district):
    page = posted(admin, "settings_terms", terms(Platform, freshness_days_0="7"), "platforms")
    assert "“微信订阅号”：更新时限（天）由14改为7" in page
    assert Platform.objects.get(name="微信订阅号").freshness_days == 7


def test_the_name_of_a_word_does_not_change(admin, district):
    posted(admin, "settings_terms", terms(Category, name_0="别的名称"), "categories")
    assert Category.objects.filter(name="动态类").exists()


def test_a_table_of_words_asks_as_often_whatever_stands_under_them(admin, district):
    page_of(admin, "settings_terms", "categories")
    with CaptureQueriesContext(connection) as few:
        page_of(admin, "settings_terms", "categories")
    for number in range(8):
        category = Category.objects.create(office=district.office, name=f"类{number}", position=number)
        for _ in range(5):
            district.item(district.street, category.name)
    with CaptureQueriesContext(connection) as many:
        page_of(admin, "settings_terms", "categories")
    assert len(many) == len(few)


def test_there_are_no_other_words(admin, district):
    assert admin.get(reverse("settings_terms", args=["units"])).status_code == 404


# --- limits

LIMIT = {"subject": "mailbox_reply", "working_days": "3", "source": "区政办〔2026〕1号"}


def test_what_a_limit_moves_is_shown_before_it_is_saved(admin, district):
    today = timezone.localdate()
    letter = district.letter(district.street, on=today)
    given = LIMIT | {"valid_from": (today - timedelta(days=3)).isoformat()}
    page = posted(admin, "settings_deadlines", given)
    assert re.search(r"有 <b>1</b> 件在办件的应答复日期会变，其中 <b>1</b> 件提前", page)
    assert letter.number in page
    assert DeadlineRule.objects.filter(subject="mailbox_reply").count() == 1
    page = posted(admin, "settings_deadlines", given | {"step": "save"})
    assert "办理时限已保存。" in page
    first, second = DeadlineRule.objects.filter(subject="mailbox_reply").order_by("id")
    assert (first.valid_to, second.working_days) == (today - timedelta(days=3), 3)
    admin.post(undo_of(page))
    (rule,) = DeadlineRule.objects.filter(subject="mailbox_reply")
    assert (rule.working_days, rule.valid_to) == (5, None)


def test_the_preview_carries_everything_that_was_typed(admin, district):
    page = posted(admin, "settings_deadlines", LIMIT | {"valid_from": "2026-01-01"})
    for name, value in (LIMIT | {"valid_from": "2026-01-01", "step": "save"}).items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in page


def test_a_limit_that_moves_nothing_says_so(admin, district):
    assert "没有在办件的应答复日期会变。" in posted(admin, "settings_deadlines", LIMIT | {"valid_from": "2026-01-01"})


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"source": ""}, "请填写依据。"),
        ({"working_days": "0"}, "工作日数应在1至250之间。"),
        ({"working_days": "五"}, "工作日数应填写数字。"),
        ({"valid_from": ""}, "请填写施行日期。"),
        ({"valid_from": "2026-02-30"}, "施行日期应写作 2020-06-01。"),
        ({"subject": ""}, "请填写事项。"),
    ],
)
def test_a_faulty_limit_is_refused_and_kept(admin, district, changed, sentence):
    page = posted(admin, "settings_deadlines", LIMIT | {"valid_from": "2026-01-01"} | changed)
    assert sentence in page
    assert DeadlineRule.objects.count() == 3


def test_two_limits_do_not_begin_on_one_day(admin, district):
    for _ in range(2):
        page = posted(admin, "settings_deadlines", LIMIT | {"valid_from": "2026-01-01", "step": "save"})
    assert "这一天已有同一事项的规定，请修改原有的一条。" in page


def test_the_first_limit_is_corrected_without_a_day(admin, district):
    rule = DeadlineRule.objects.get(subject="mailbox_reply")
    page = page_of(admin, "settings_deadlines", rule.pk)
    assert "更正“部门信箱答复”的规定" in page
    assert 'name="valid_from"' not in page
    given = {"working_days": "7", "source": "区政办〔2019〕3号", "step": "save"}
    assert "办理时限已保存。" in posted(admin, "settings_deadlines", given, rule.pk)
    rule.refresh_from_db()
    assert (rule.working_days, rule.source, rule.valid_from) == (7, "区政办〔2019〕3号", None)


# --- calendar


def test_a_year_as_twelve_months(admin, district):
    page = page_of(admin, "settings_calendar", 2020)
    assert page.count("<caption>") == 12
    assert "工作日 249 天" in page
    assert 'title="10月1日，国庆节，休息"' in page
    assert "国务院办公厅关于2020年部分节假日安排的通知" in page


def test_the_calendar_opens_on_this_year_and_has_ends(admin, district):
    response = admin.get(reverse("settings_calendar"))
    assert response["Location"] == reverse("settings_calendar", args=[timezone.localdate().year])
    assert admin.get("/settings/calendar/1949/").status_code == 404
    assert admin.get("/settings/calendar/2026/2/30/").status_code == 404


def test_a_year_without_arrangement_says_so_and_becomes_official(admin, district):
    page = page_of(admin, "settings_calendar", 2035)
    assert "暂按周末推算，等待国务院办公厅公布安排" in page
    assert "还没有录入放假安排" in page
    page = posted(admin, "settings_calendar", {"official": "on"}, 2035)
    assert "请填写依据文件。" in page
    posted(admin, "settings_calendar", {"official": "on", "basis": "国办通知"}, 2035)
    assert CalendarYear.objects.get(year=2035).official


def test_the_banner_names_the_year_that_is_missing(admin, district):
    year = timezone.localdate().year
    CalendarYear.objects.filter(year__gte=year).delete()
    for name in ("settings", "settings_deadlines", "reminders", "reminders_new"):
        assert f"{year}年" in page_of(admin, name)
        assert "节假日安排尚未导入" in page_of(admin, name)


def test_a_day_is_changed_and_taken_back(admin, district):
    address = (2035, 5, 2)
    given = {"nature": "休息", "name": "劳动节", "basis": "国办通知"}
    page = posted(admin, "settings_calendar_day", given, *address)
    assert "2035年5月2日的安排已保存。" in page
    assert RestDay.objects.get(day=date(2035, 5, 2)).name == "劳动节"
    posted(admin, "settings_calendar_day", given | {"nature": "上班"}, *address)
    assert RestDay.objects.get(day=date(2035, 5, 2)).nature == "上班"
    page = posted(admin, "settings_calendar_day", {"nature": ""}, *address)
    assert not RestDay.objects.filter(day__year=2035).exists()
    admin.post(undo_of(page))
    assert RestDay.objects.get(day=date(2035, 5, 2)).nature == "上班"


def test_a_day_that_differs_needs_a_basis(admin, district):
    page = posted(admin, "settings_calendar_day", {"nature": "休息", "name": "劳动节", "basis": ""}, 2035, 5, 2)
    assert "请填写依据，例如国务院办公厅的通知或本级政府的安排。" in page
    assert 'value="劳动节"' in page


def test_the_day_is_a_drawer_where_the_calendar_asks(admin, district):
    page = admin.get("/settings/calendar/2020/10/1/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "2020年10月1日" in page
    assert re.search(r'value="休息"[^>]*checked', page)
