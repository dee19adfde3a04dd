"""The clerk's day, end to end: sign in, a sheet with errors, the repaired sheet, the overview, the notice, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.people import PASSWORD

pytestmark = pytest.mark.slow

HEAD = "编号,单位,来信日期,标题,答复日期\n"
WRONG = HEAD + "N-1,区教育局,2020-06-31,咨询入学,2020-06-05\nN-2,区教肓局,2020-06-04,咨询转学,2020-06-08\n"
RIGHT = HEAD + "N-1,区教育局,2020-06-30,咨询入学,2020-07-02\nN-2,区教育局,2020-06-04,咨询转学,2020-06-08\n"


def sheet(words: str) -> dict:
    return {"name": "六月信箱.csv", "mimeType": "text/csv", "buffer": words.encode()}


@pytest.mark.parametrize("width", [1440, 390])
def test_clerk_imports_reads_and_takes_back(portal, as_person, width, tmp_path):
    page = as_person(None, width=width)
    page.goto("/2020-06/?issued_on=2020-07-14")
    expect(page.get_by_text("请登录，登录后回到刚才的页面。")).to_be_visible()
    page.get_by_label("账号").fill(portal.staff.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="总览")).to_be_visible()
    letters = page.get_by_role("link", name=re.compile("部门信箱\\d+件"))
    expect(letters).to_have_text("2")

    page.get_by_role("link", name="导入数据").first.click()
    page.get_by_role("link", name="部门信箱", exact=True).last.click()
    page.get_by_label(re.compile("把文件拖到这里")).set_input_files(sheet(WRONG))
    expect(page.get_by_text("六月信箱.csv")).to_be_visible()
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("有 2 处错误，整张表没有写入")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^2 来信日期 2020-06-31"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^3 单位 区教肓局"))).to_contain_text("区教育局")
    with page.expect_download() as marked:
        page.get_by_role("link", name="下载标出错误的表格").click()
    assert marked.value.suggested_filename == "六月信箱（标出错误）.xlsx"

    page.get_by_role("link", name="重新上传").click()
    page.get_by_label(re.compile("把文件拖到这里")).set_input_files(sheet(RIGHT))
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_text("没有发现错误，尚未写入")).to_be_visible()
    expect(page.get_by_text("确认后写入 2 行，导入后可以整批撤销。")).to_be_visible()
    page.get_by_role("button", name="确认导入").click()
    expect(page.get_by_text("已写入 2 行，统计和通报随之更新。")).to_be_visible()
    batch = page.url

    page.goto("/2020-06/")
    expect(letters).to_have_text("4")
    page.goto("/2020-06/notice/")
    number = page.get_by_role("article").get_by_title("收到信箱件数")
    expect(number).to_have_text("4")
    number.click()
    expect(page.get_by_text("共 4 件")).to_be_visible()
    page.go_back()
    with page.expect_download() as notice:
        page.locator(".download-list").get_by_role("link", name="PDF").click()
    assert notice.value.suggested_filename.endswith(".pdf")
    notice.value.save_as(tmp_path / "notice.pdf")
    assert (tmp_path / "notice.pdf").read_bytes().startswith(b"%PDF-")

    page.goto(batch)
    page.get_by_role("button", name="撤销导入").click()
    expect(page.get_by_text("这一批已经撤销")).to_be_visible()
    page.goto("/2020-06/")
    expect(letters).to_have_text("2")
    assert not [said for said in page.complaints if "Failed to load resource" not in said]


def test_keyboard_finds_a_unit_and_changes_the_month(portal, as_person):
    page = as_person(portal.staff)
    page.goto("/2020-06/?issued_on=2020-07-14")
    page.keyboard.press("/")
    page.keyboard.type("李官")
    expect(page.get_by_role("row", name=re.compile("李官镇"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("区教育局"))).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("row", name=re.compile("区教育局"))).to_be_visible()
    page.get_by_role("link", name="李官镇", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_text("逾期完成")
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="键盘操作")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="键盘操作")).to_be_hidden()
    page.keyboard.press("[")
    expect(page.get_by_role("button", name="2020年5月")).to_be_visible()
