"""The month at a glance as people use it: find, tick, open, by keyboard alone, on a phone, without a script; and the unit's page
whose sentence goes once the material is there."""

import re
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from disclosures.models import Requirement, Submission
from tests.people import leader

pytestmark = pytest.mark.slow

JUNE = "/2020-06/?issued_on=2020-07-14"


def focused(page) -> str:
    return page.evaluate("document.activeElement.innerText.trim() || document.activeElement.getAttribute('aria-label')")


def sent(page) -> tuple[str, dict[str, list[str]]]:
    """Where a form led, and with what; the page it led to stands."""
    page.wait_for_load_state()
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def drawer_of(page):
    """The drawer when it stands: while it comes in it hears no key."""
    page.wait_for_selector("#drawer.show:not(.showing)")
    return page.locator("#drawer")


def tab_to(page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.matches({selector!r})"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")


@pytest.mark.parametrize("width", [1440, 1366])
def test_the_clerk_finds_ticks_and_acts(portal, as_person, width):
    portal.district.town.initials = "lgz"
    portal.district.town.save()
    page = as_person(portal.staff, width=width)
    page.goto(JUNE)
    row = page.get_by_role("row", name=re.compile("李官镇"))
    page.get_by_placeholder("单位名称或拼音").fill("LGZ")
    expect(row).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("区司法局"))).to_be_hidden()
    page.get_by_placeholder("单位名称或拼音").fill("")

    page.get_by_role("link", name="有问题 2").click()
    expect(row).to_be_hidden()
    page.get_by_label("选择显示的全部单位").check()
    bar = page.locator("#tick-bar")
    expect(bar).to_contain_text("已选 2 家，共 3 项问题")
    page.get_by_label("选择区司法局").uncheck()
    expect(bar).to_contain_text("已选 1 家，共 2 项问题")
    page.get_by_role("button", name="催办所选").click()
    assert sent(page) == ("/reminders/new/", {"month": ["2020-06"], "unit": ["U03"]})
    page.go_back()
    page.get_by_label("选择区教育局").check()
    page.get_by_label("选择区司法局").check()
    page.get_by_role("button", name="标记不适用").click()
    assert sent(page) == ("/duties/exceptions/", {"month": ["2020-06"], "unit": ["U03", "U04"], "kind": ["exemption"]})
    assert not page.complaints


def test_the_drawer_tells_a_unit_and_one_cell(portal, as_person):
    page = as_person(portal.staff)
    page.goto(JUNE)
    page.get_by_role("link", name="区教育局", exact=True).click()
    drawer = drawer_of(page)
    expect(drawer.get_by_role("heading", name="区教育局")).to_be_visible()
    expect(drawer).to_contain_text("收到2件，未按时答复1件，其中1件仍未答复。")
    expect(drawer.get_by_role("link", name="打开单位页")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.get_by_role("link", name="区教育局", exact=True)).to_be_focused()

    page.get_by_role("link", name="未按时1件").click()
    expect(drawer.get_by_role("heading", name="部门信箱")).to_be_visible()
    expect(drawer.get_by_role("heading", name="主动公开基本目录")).to_be_hidden()
    drawer.get_by_role("link", name="本月全部情况").click()
    expect(drawer.get_by_role("heading", name="主动公开基本目录")).to_be_visible()
    drawer.get_by_role("link", name="打开单位页").click()
    expect(page.get_by_role("heading", name="区教育局", level=1)).to_be_visible()
    assert not page.complaints


def test_the_matrix_by_keyboard_alone(portal, as_person):
    page = as_person(portal.staff)
    page.goto(JUNE)
    tab_to(page, "#matrix-table tbody th a")
    assert focused(page) == "兰山街道"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "区教育局"
    page.keyboard.press(" ")
    expect(page.locator("#tick-bar")).to_contain_text("已选 1 家，共 2 项问题")
    page.keyboard.press("ArrowRight")
    assert focused(page) == "逾期14天"
    page.keyboard.press("Enter")
    drawer = drawer_of(page)
    expect(drawer.get_by_role("heading", name="主动公开基本目录")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    # The first Esc closed the drawer and left the tick alone; the next lets go of it.
    expect(page.locator("#tick-bar")).to_be_visible()
    assert focused(page) == "逾期14天"
    page.keyboard.press("Escape")
    expect(page.locator("#tick-bar")).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "选择区教育局"
    page.keyboard.press("Enter")
    expect(drawer.get_by_role("heading", name="区教育局")).to_be_visible()
    assert page.url.endswith(JUNE)


def test_the_trend_has_its_numbers_beside_it(portal, as_person):
    page = as_person(portal.staff)
    page.goto(JUNE)
    chart = page.get_by_role("img", name=re.compile("月度信息发布量"))
    expect(chart.first).to_be_visible()
    page.get_by_text("以表格显示").click()
    page.get_by_role("row", name=re.compile("^2020年6月")).get_by_role("link").first.click()
    expect(page.get_by_text("共 10 条")).to_be_visible()


def test_without_a_script_everything_is_there(portal, browser, as_person):
    page = as_person(portal.staff)
    cookies = page.context.cookies()
    context = browser.new_context(java_script_enabled=False, base_url=portal.url)
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(JUNE)
    plain.get_by_role("link", name="区教育局", exact=True).click()
    expect(plain.get_by_role("heading", name="区教育局2020年6月情况")).to_be_visible()
    plain.go_back()
    plain.get_by_role("link", name="问题", exact=True).click()
    assert "sort=problems" in plain.url
    plain.goto("/statistics/?from=2020-05&to=2020-06")
    plain.get_by_role("link", name="单位", exact=True).click()
    expect(plain.get_by_role("row", name=re.compile("^同组中位数")).first).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_liaisons_sentence_goes_once_the_material_is_there(portal, as_person, width):
    Submission.objects.filter(unit=portal.district.street).delete()
    page = as_person(portal.liaison, width=width)
    page.goto(JUNE)
    expect(page.get_by_text("有 1 项逾期未办：主动公开基本目录（逾期14天）。")).to_be_visible()
    named = page.get_by_role("region", name="如果7月14日印发")
    expect(named.locator("blockquote")).to_have_text(
        "截至7月14日，仍有3个单位未按时上传主动公开基本目录：兰山街道、……。"
    )
    expect(named.locator("mark")).to_have_text("兰山街道")
    expect(named).to_contain_text("补报后，本期通报不再点名。")
    assert named.get_by_role("link", name="补报主动公开基本目录").get_attribute("href") == "/duties/T-1/once/U01/"

    requirement = Requirement.objects.get(code="T-1")
    portal.district.submission(requirement, portal.district.street, date(2020, 7, 14), review="待审")
    page.reload()
    expect(page.get_by_text("没有需要办理的事项。")).to_be_visible()
    expect(page.get_by_text("通报不会点名本单位。")).to_be_visible()
    expect(page.locator("blockquote")).to_have_count(0)
    assert not page.complaints


def test_who_signs_reads_one_page_on_a_phone(portal, as_person):
    page = as_person(leader(portal.district.office), width=390)
    page.goto(JUNE)
    page.goto("/")
    expect(page.get_by_role("heading", name="政务公开工作情况")).to_be_visible()
    expect(page.get_by_text("2 家，按7月14日印发计算")).to_be_visible()
    expect(page.locator(".chart-narrow").first).to_be_visible()
    expect(page.locator(".chart-wide").first).to_be_hidden()
    page.get_by_role("link", name="区教育局").click()
    expect(page.locator("#drawer").get_by_role("heading", name="区教育局")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1440, 1366, 390])
def test_numbers_stay_readable_with_long_names_and_many_tasks(portal, as_person, width):
    for number in range(2, 8):
        portal.district.requirement(
            f"T-{number}", name=f"第{number}项：贯彻落实全面推进基层政务公开标准化规范化工作实施方案的情况报告"
        )
    portal.district.unit("市生态环境局兰山分局（兰山经济开发区工作站）")
    page = as_person(portal.staff, width=width)
    page.goto(JUNE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    unit = page.locator(".matrix tbody .matrix-unit").last
    assert unit.bounding_box()["width"] <= 200
