"""系统设置 from end to end: changed and taken back, the calendar day by day, a limit with what it moves, the title as typed."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from disclosures.models import RestDay
from units.models import Office

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("width", [1440, 390])
def test_the_telephone_is_changed_and_taken_back(portal, as_person, width):
    page = as_person(portal.administrator, width=width)
    page.goto("/settings/")
    page.get_by_role("link", name="机关", exact=True).click()
    page.get_by_label("联系电话").fill("0539-8203456")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("机关已保存。")).to_be_visible()
    expect(page.get_by_text("联系电话由空改为“0539-8203456”")).to_be_visible()
    page.goto("/no-such-page/")
    expect(page.get_by_text("0539-8203456")).to_be_visible()
    page.goto("/settings/office/")
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("机关已恢复为修改前的内容。")).to_be_visible()
    expect(page.get_by_label("联系电话")).to_have_value("")
    assert Office.objects.get().phone == ""


def test_a_day_of_the_calendar_is_changed_beside_it(portal, as_person):
    page = as_person(portal.administrator)
    page.goto("/settings/calendar/2035/")
    page.get_by_role("link", name="5月2日，上班").click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_role("heading", name="2035年5月2日")).to_be_visible()
    drawer.get_by_label("休息", exact=True).check()
    drawer.get_by_label("名称").fill("劳动节")
    drawer.get_by_label("依据").fill("国务院办公厅通知")
    drawer.get_by_role("button", name="保存").click()
    expect(page.get_by_text("2035年5月2日的安排已保存。")).to_be_visible()
    expect(page.get_by_role("link", name="5月2日，劳动节，休息")).to_be_visible()
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_role("link", name="5月2日，上班")).to_be_visible()
    assert not RestDay.objects.filter(day__year=2035).exists()
    assert not page.complaints


def test_a_limit_shows_what_it_moves_first(portal, as_person):
    letter = portal.district.letter(portal.district.street, on=timezone.localdate())
    page = as_person(portal.administrator)
    page.goto("/settings/deadlines/")
    page.get_by_label("事项").select_option(label="部门信箱答复")
    page.get_by_label("工作日数").fill("3")
    page.get_by_label("依据").fill("区政办〔2026〕1号")
    page.get_by_label("施行日期").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="核对变化").click()
    expect(page.get_by_role("row", name=re.compile(f"^{letter.number} 兰山街道"))).to_be_visible()
    page.get_by_role("button", name="确认保存").click()
    expect(page.get_by_text("办理时限已保存。")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("部门信箱答复 3 "))).to_be_visible()


def test_the_title_is_set_while_one_types(portal, as_person):
    page = as_person(portal.administrator)
    page.goto("/settings/notice/")
    field = page.get_by_label("标题分行")
    field.fill("关于{period}{area}政务公开工作|情况的通报")
    expect(page.locator("#title-preview > div").nth(1)).to_have_text("关于2020年6月份全区政务公开工作")
    field.fill("关于{month}的通报")
    expect(page.get_by_text("花括号中只能写 {period}（所属期）和 {area}（全区、全县）。")).to_be_visible()
    assert not page.complaints


def test_what_was_typed_is_kept_after_an_error(portal, as_person):
    page = as_person(portal.administrator, bypass_csp=True)
    for address, field, value, sentence in (
        ("/settings/office/", "机关名称", "", "请填写机关名称。"),
        ("/settings/reminders/", "每日汇总发送时间", "21:00", "汇总发送时间落在静默时段内"),
        ("/settings/terms/categories/", "动态类的通报写法", "{x}", "通报写法不能含有花括号。"),
        ("/settings/notice/", "标题分行", "关于{x}的通报", "花括号中只能写"),
    ):
        page.goto(address)
        page.get_by_label(field, exact=False).first.fill(value)
        page.get_by_role("button", name="保存").first.click()
        expect(page.get_by_role("alert").first).to_contain_text(sentence)
        expect(page.get_by_label(field, exact=False).first).to_have_value(value)
        found = Axe().run(page).response["violations"]
        assert not [(address, fault["id"], fault["nodes"][0]["html"]) for fault in found]


def test_internet_explorer_gets_a_page_that_needs_nothing(portal, browser):
    context = browser.new_context(
        user_agent="Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
        base_url=portal.url,
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto("/2020-06/")
    expect(page.get_by_role("heading", name="请切换浏览器模式")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('#head')).backgroundColor") == "rgb(14, 44, 89)"
    context.close()
