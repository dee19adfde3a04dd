"""Journeys of people and rights: a liaison is made and signs in, is locked out, hands over; the auditor reads and exports."""

import re
import subprocess
from io import BytesIO

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.people import PASSWORD
from units.models import Membership, User

pytestmark = pytest.mark.slow

OWN = "Yimeng-shan-2020"
SHEET = "账号,姓名,角色,单位,起始日期\nsun,孙联络,单位联络员,李官镇,2020-07-01\nlixia,李联络,单位联络员,区教育局,2020-07-01\n"


def faultless(page: Page) -> None:
    """What axe and the browser itself find, also on pages that only a form leads to."""
    found = Axe().run(page).response["violations"]
    assert not [(fault["id"], [node["html"] for node in fault["nodes"][:2]]) for fault in found]


def sign_in(page: Page, name: str, password: str) -> None:
    page.get_by_label("账号").fill(name)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("账号菜单")).click()
    page.get_by_role("button", name="退出登录").click()


@pytest.mark.parametrize("width", [1440, 390])
def test_a_new_liaison_signs_in_changes_the_password_and_is_locked_out_by_wrong_ones(portal, as_person, width):
    page = as_person(portal.administrator, bypass_csp=True)
    page.goto("/accounts/")
    page.get_by_role("link", name="新建账号").click()
    page.get_by_role("textbox", name="账号", exact=True).fill("zhao")
    page.get_by_label("姓名").fill("赵小联")
    page.get_by_label("角色").select_option(label="单位联络员")
    page.get_by_role("button", name="建立账号").click()
    expect(page.get_by_role("alert")).to_contain_text("单位：“单位联络员”是单位的角色，请填写单位。")
    expect(page.get_by_label("姓名")).to_have_value("赵小联")
    faultless(page)
    page.get_by_role("combobox", name="单位").select_option(label="李官镇")
    page.get_by_role("button", name="建立账号").click()
    expect(page.get_by_role("heading", name="账号已建立")).to_be_visible()
    slip = page.locator(".slip")
    expect(slip).to_contain_text("李官镇单位联络员")
    initial = slip.locator(".slip-code").last.inner_text()
    faultless(page)
    page.get_by_role("link", name="返回").click()
    expect(page.get_by_role("heading", name="赵小联")).to_be_visible()
    expect(page.get_by_text(initial)).to_have_count(0)
    faultless(page)

    own = as_person(None, width=width)
    own.goto("/login/")
    sign_in(own, "zhao", initial)
    expect(own.get_by_text("当前使用的是初始密码，请先设置自己的密码，再开始使用。")).to_be_visible()
    own.get_by_label("当前密码").first.fill(initial)
    own.get_by_label("新密码", exact=True).fill("short")
    own.get_by_label("再次填写新密码", exact=True).fill("short")
    own.get_by_role("button", name="保存新密码").click()
    expect(own.get_by_role("alert")).to_contain_text("密码只有5个字符，至少要有10个。")
    own.get_by_label("当前密码").first.fill(initial)
    own.get_by_label("新密码", exact=True).fill(OWN)
    own.get_by_label("再次填写新密码", exact=True).fill(OWN)
    own.get_by_role("button", name="保存新密码").click()
    expect(own.get_by_role("heading", name="李官镇")).to_be_visible()
    sign_out(own)
    for _ in range(5):
        sign_in(own, "zhao", "wrong-password")
    expect(own.get_by_role("heading", name="账号已锁定")).to_be_visible()
    expect(own.get_by_text("约30分钟")).to_be_visible()
    own.goto("/login/")
    sign_in(own, "zhao", OWN)
    expect(own.get_by_role("heading", name="账号已锁定")).to_be_visible()

    page.goto("/accounts/?state=locked")
    page.get_by_role("link", name="赵小联").click()
    page.get_by_role("button", name="解除锁定").click()
    expect(page.get_by_text("赵小联的账号已解除锁定，可以登录。")).to_be_visible()
    own.goto("/login/")
    sign_in(own, "zhao", OWN)
    expect(own.get_by_role("heading", name="李官镇")).to_be_visible()


def test_switching_an_account_off_is_taken_back_where_it_was_told(portal, as_person):
    page = as_person(portal.administrator)
    page.goto(f"/accounts/{portal.liaison.pk}/")
    page.get_by_role("button", name="停用账号").click()
    note = page.locator(".toast-note", has_text="赵联络的账号已停用。")
    note.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("赵联络的账号已启用。")).to_be_visible()
    assert User.objects.get(pk=portal.liaison.pk).is_active
    assert page.complaints == []


def test_accounts_come_in_by_sheet_and_their_slips_go_out_on_paper(portal, as_person, tmp_path):
    page = as_person(portal.administrator)
    page.goto("/accounts/")
    page.get_by_role("link", name="按表建立").click()
    sheet = {"name": "账号.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.get_by_label(re.compile("把文件拖到这里")).set_input_files(sheet)
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("没有发现错误，尚未写入")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("本批有 2 个新账号尚未登录")).to_be_visible()
    page.get_by_role("button", name="生成密码条").click()
    dialog = page.get_by_role("dialog", name="请确认")
    expect(dialog).to_contain_text("密码条只显示一次")
    dialog.get_by_role("button", name="生成密码条").click()
    expect(page.get_by_role("heading", name="已生成2张密码条")).to_be_visible()
    expect(page.locator(".slip")).to_have_count(2)
    paper = tmp_path / "slips.pdf"
    page.pdf(path=paper, prefer_css_page_size=True)
    assert_one_upright_page(paper)
    assert page.complaints == []


def assert_one_upright_page(path) -> None:
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages: +1$", told, re.MULTILINE), told
    assert re.search(r"Page size: +59\d(\.\d+)? x 84\d", told), told


@pytest.mark.parametrize("width", [1440, 390])
def test_a_liaison_hands_over_to_a_newcomer_and_the_sheet_prints_on_one_page(portal, as_person, width, tmp_path):
    page = as_person(portal.administrator, width=width, bypass_csp=True)
    page.goto("/accounts/hand-over/")
    page.get_by_label("移交人").select_option(label="兰山街道　赵联络（单位联络员）")
    page.get_by_label("交接日期").fill("2020-07-06")
    page.get_by_role("button", name="办理交接").click()
    expect(page.get_by_role("alert")).to_contain_text("请填写接任人的账号或姓名")
    expect(page.get_by_label("交接日期")).to_have_value("2020-07-06")
    faultless(page)
    page.get_by_label("为接任人新建账号").check()
    expect(page.get_by_label("接任人账号")).to_be_hidden()
    page.get_by_role("textbox", name="账号", exact=True).fill("qian")
    page.get_by_label("姓名").fill("钱联络")
    page.get_by_role("button", name="办理交接").click()
    expect(page.get_by_role("heading", name="交接已办理，新账号已建立")).to_be_visible()
    page.get_by_role("link", name="打印交接单").click()
    sheet = page.get_by_role("article")
    for words in ("政务公开工作交接单", "赵联络", "钱联络", "单位联络员，自2020年7月6日起", "监交人"):
        expect(sheet).to_contain_text(words)
    faultless(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.pdf(path=tmp_path / "sheet.pdf", prefer_css_page_size=True)
    assert_one_upright_page(tmp_path / "sheet.pdf")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "sheet.pdf", "-"], capture_output=True, text=True).stdout
    assert "打印交接单" not in text
    assert "日常监管" not in text
    following = Membership.objects.get(user__username="qian")
    assert portal.liaison.memberships.get().handed_to == following


@pytest.mark.parametrize("width", [1440, 390])
def test_the_auditor_reads_filters_and_takes_the_log_out(portal, as_person, width):
    clerk = as_person(None)
    clerk.goto("/login/")
    sign_in(clerk, portal.staff.username, PASSWORD)
    expect(clerk.get_by_role("heading", name="总览")).to_be_visible()

    page = as_person(portal.auditor, width=width)
    page.goto("/")
    expect(page.get_by_role("heading", name="操作日志")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("李经办.*登录"))).to_be_visible()
    page.get_by_label("人员").fill("没有的人")
    page.get_by_role("button", name="筛选").click()
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    page.get_by_label("人员").fill("李经办")
    page.get_by_label("类别").select_option("登录")
    page.get_by_role("button", name="筛选").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出 Excel").click()
    assert taken.value.suggested_filename.startswith("操作日志（")
    rows = list(load_workbook(BytesIO(taken.value.path().read_bytes())).active.iter_rows(values_only=True))
    assert [(row[1], row[4]) for row in rows[1:]] == [("李经办", "登录")]
    page.goto("/log/")
    expect(page.get_by_text("导出操作日志：人员 李经办，类别 登录，共 1 条")).to_be_visible()
    assert page.goto("/accounts/").status == 403
    assert not [said for said in page.complaints if "Failed to load resource" not in said]


def test_a_unit_is_renamed_from_a_day_on_and_the_change_is_taken_back(portal, as_person):
    page = as_person(portal.administrator)
    page.goto("/units/")
    page.keyboard.press("/")
    page.keyboard.type("司法")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="区司法局", exact=True).click()
    page.get_by_role("link", name="变更", exact=True).click()
    page.get_by_label("变更日期").fill("2021-06-01")
    page.get_by_label("简称").fill("区教育局")
    page.get_by_role("button", name="保存变更").click()
    expect(page.get_by_role("alert")).to_contain_text("“区教育局”已是单位“区教育局”的名称")
    page.get_by_label("简称").fill("区法治局")
    page.get_by_role("button", name="保存变更").click()
    expect(page.get_by_role("heading", name="区法治局", exact=True)).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("2021-05-31 止"))).to_contain_text("区司法局")
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_role("heading", name="区司法局", exact=True)).to_be_visible()
    assert not [said for said in page.complaints if "Failed to load resource" not in said]


def test_what_was_typed_into_a_form_is_there_again_after_the_session_ended(portal, as_person):
    page = as_person(portal.administrator)
    page.goto("/units/new/")
    page.get_by_label("全称").fill("兰山区粮食局")
    page.wait_for_timeout(600)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_label("单位编码").fill("D09")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请登录，登录后回到刚才的页面。")).to_be_visible()
    sign_in(page, portal.administrator.username, PASSWORD)
    page.goto("/units/new/")
    expect(page.get_by_text("已恢复上次填写、尚未提交的内容。")).to_be_visible()
    expect(page.get_by_label("全称")).to_have_value("兰山区粮食局")
