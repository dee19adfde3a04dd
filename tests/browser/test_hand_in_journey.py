"""A hand-in from the unit to the office and back until it is accepted; the queue by keyboard alone; exceptions undone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from disclosures.actions import hand_ins
from disclosures.files.keeping import Brought
from tests.desk import PDF, docx
from tests.people import liaison

pytestmark = pytest.mark.slow

NAME = "政务公开工作要点落实情况"


@pytest.fixture
def task(portal):
    """A task due the day after tomorrow."""
    return portal.district.requirement(
        code="T-9", name=NAME, due_on=timezone.localdate() + timedelta(days=2), assigned_on=timezone.localdate()
    )


def file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def choose(page: Page, *files: dict) -> None:
    page.locator("input[name=brought]").set_input_files(list(files))


def no_complaints(page: Page) -> None:
    assert not [said for said in page.complaints if "Failed to load resource" not in said]


def is_open(page: Page, words: str) -> None:
    expect(page.locator(".own-sentence")).to_contain_text(words)


@pytest.mark.parametrize("width", [1440, 390])
def test_returned_repaired_accepted(portal, as_person, task, width):
    unit, office = as_person(portal.liaison, width=width), as_person(portal.staff, width=width)

    # The unit sees what it owes, brings a file that is none, and keeps what it chose and typed.
    unit.goto("/rows/duties/")
    is_open(unit, f"项待报送，最近一项{NAME}")
    unit.locator(".my-duties > li", has_text=NAME).get_by_role("link", name="报送", exact=True).click()
    choose(unit, file("落实情况.docx", docx("一、落实情况")))
    choose(unit, file("说明.exe", b"MZ"))
    expect(unit.get_by_label("已选择的文件").get_by_role("listitem")).to_have_count(2)
    unit.get_by_label("说明", exact=True).fill("已盖章")
    unit.get_by_role("button", name="报送", exact=True).click()
    expect(unit.get_by_role("alert")).to_contain_text("“说明.exe”不是可以报送的文件类型")
    expect(unit.get_by_label("说明", exact=True)).to_have_value("已盖章")
    unit.get_by_role("button", name="移除说明.exe").click()
    unit.get_by_role("button", name="报送", exact=True).click()
    expect(unit.get_by_text(re.compile("已报送，回执编号 \\d{8}-0001"))).to_be_visible()
    is_open(unit, "等待审核")

    # It prints its receipt.
    unit.get_by_role("link", name="回执").click()
    expect(unit.get_by_role("heading", name="材料报送回执")).to_be_visible()
    expect(unit.locator(".receipt-files")).to_contain_text(re.compile("落实情况.docx[0-9a-f]{64}"))

    # The office reads the document in the page and returns it.
    office.goto("/reviews/")
    office.get_by_role("link", name="兰山街道").click()
    expect(office.get_by_role("region", name="落实情况.docx的文字")).to_contain_text("一、落实情况")
    office.get_by_role("button", name="缺盖章或签字").click()
    expect(office.get_by_label("退回原因")).to_have_value("缺少公章或负责人签字，请补齐后重新报送。")
    office.get_by_role("button", name="退回", exact=True).click()
    expect(office.get_by_text("没有待审核的材料")).to_be_visible()

    # The unit reads why, and hands in again.
    unit.goto("/rows/duties/")
    is_open(unit, "有 1 项被退回，请修改后重新报送")
    unit.get_by_role("link", name="重新报送").click()
    is_open(unit, "缺少公章或负责人签字，请补齐后重新报送。")
    choose(unit, file("落实情况（盖章）.pdf", PDF))
    unit.get_by_role("button", name="报送", exact=True).click()
    expect(unit.get_by_text(re.compile("已报送，回执编号 \\d{8}-0002"))).to_be_visible()

    # The office accepts.
    office.goto("/reviews/")
    office.get_by_role("link", name="兰山街道").click()
    expect(office.get_by_text("第 2 版", exact=True)).to_be_visible()
    office.get_by_role("button", name=re.compile("^通过")).click()
    expect(office.get_by_text(f"已通过兰山街道的“{NAME}”。")).to_be_visible()
    unit.reload()
    is_open(unit, "已审核通过")
    expect(unit.locator(".timeline")).to_contain_text("退回修改")
    expect(unit.locator("#hand-in")).to_have_count(0)
    for page in (unit, office):
        no_complaints(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_taken_back_before_the_review(portal, as_person, task):
    page = as_person(portal.liaison)
    page.goto("/duties/T-9/once/U01/")
    choose(page, file("方案.pdf", PDF))
    page.get_by_role("button", name="报送", exact=True).click()
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已撤回第1版，材料保留在报送记录中，可以重新报送。")).to_be_visible()
    expect(page.locator(".versions .is-withdrawn")).to_contain_text("方案.pdf")
    is_open(page, "还剩")
    no_complaints(page)


def waiting(portal, task) -> None:
    """Three units have handed in."""
    for number, unit in enumerate((portal.district.street, portal.district.town, portal.district.education)):
        person = portal.liaison if unit == portal.district.street else liaison(unit)
        hand_ins.hand_in(
            requirement=task,
            term="",
            unit=unit,
            files=[Brought("方案.docx", docx(f"第{number}份"))],
            by=person,
            at=timezone.now() + timedelta(seconds=number),
        )


def test_the_queue_by_keyboard_alone(portal, as_person, task):
    waiting(portal, task)
    page = as_person(portal.staff)
    page.goto("/reviews/")
    keys = page.keyboard
    keys.press("j")
    expect(page.locator(":focus")).to_have_text("兰山街道")
    keys.press("j")
    keys.press("ArrowDown")
    expect(page.locator(":focus")).to_have_text("区教育局")
    keys.press("k")
    expect(page.locator(":focus")).to_have_text("李官镇")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="李官镇")).to_be_visible()

    # Forth and back, then returned with a reason; the next one follows by itself.
    keys.press("j")
    expect(page.get_by_role("heading", name="区教育局")).to_be_visible()
    keys.press("k")
    expect(page.get_by_role("heading", name="李官镇")).to_be_visible()
    keys.press("r")
    keys.type("缺少附件。")
    keys.press("Control+Enter")
    expect(page.get_by_text(f"已退回李官镇的“{NAME}”。")).to_be_visible()
    expect(page.get_by_role("heading", name="区教育局")).to_be_visible()
    keys.press("a")
    expect(page.get_by_text(f"已通过区教育局的“{NAME}”。")).to_be_visible()

    # In the queue Space ticks, and a accepts what is ticked.
    page.goto("/reviews/")
    keys.press("j")
    keys.press("Space")
    expect(page.get_by_text("已选 1 份")).to_be_visible()
    keys.press("Escape")
    expect(page.get_by_text("已选 1 份")).to_be_hidden()
    keys.press("Space")
    keys.press("a")
    expect(page.get_by_text("已通过 1 份材料。")).to_be_visible()
    expect(page.get_by_text("没有待审核的材料")).to_be_visible()
    keys.press("?")
    expect(page.get_by_text("报送审核：通过、退回")).to_be_visible()
    no_complaints(page)


def test_several_are_returned_with_one_reason_and_taken_back(portal, as_person, task):
    waiting(portal, task)
    page = as_person(portal.staff)
    page.goto("/reviews/")
    page.get_by_label("勾选本页全部").check()
    expect(page.get_by_text("已选 3 份")).to_be_visible()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="退回所选材料")
    dialog.get_by_role("button", name="缺少附件").click()
    dialog.get_by_role("button", name="退回", exact=True).click()
    expect(page.get_by_text("已退回 3 份材料。")).to_be_visible()
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已撤销 3 份材料的审核，恢复为待审核。")).to_be_visible()
    expect(page.get_by_role("link", name="区教育局")).to_be_visible()
    no_complaints(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_units_are_ticked_and_given_more_time(portal, as_person, task, width):
    page = as_person(portal.staff, width=width)
    today = timezone.localdate()
    page.goto(f"/duties/matrix/?month={task.due_on:%Y-%m}&issued_on={today}")
    page.get_by_label("勾选李官镇").check()
    page.get_by_label("勾选区教育局").check()
    expect(page.locator("#matrix-ticks")).to_contain_text("已选 2 家，共 2 项未报送")
    page.get_by_role("button", name="延期").click()
    expect(page.locator(".offered li")).to_have_count(2)
    page.get_by_role("button", name=re.compile("^5个工作日")).click()
    page.get_by_role("button", name="机构调整，职责正在交接。").click()
    page.get_by_role("button", name="办理").click()
    expect(page.get_by_text("已为 2 项任务办理延期。")).to_be_visible()
    page.locator(".toast-note").get_by_role("button", name="撤回").click()
    expect(page.get_by_text("已撤回 2 项任务的办理，恢复为原来的情况。")).to_be_visible()
    no_complaints(page)


def test_one_duty_is_extended_in_the_drawer(portal, as_person, task):
    page = as_person(portal.staff)
    page.goto("/duties/T-9/once/U02/")
    page.get_by_role("link", name="延期或不适用").click()
    drawer = page.locator("#drawer")
    expect(drawer.get_by_role("heading", name="延期或标记不适用")).to_be_visible()
    expect(drawer.get_by_label("延期至")).to_be_visible()
    drawer.get_by_label("标记不适用").check()
    expect(drawer.get_by_label("延期至")).to_be_hidden()
    drawer.get_by_role("button", name="本单位没有该项职责。").click()
    drawer.get_by_role("button", name="办理").click()
    expect(page.get_by_text("已申请将 1 项任务标记为不适用，批准后生效。")).to_be_visible()
    is_open(page, "等待批准")
    no_complaints(page)


def test_a_task_is_set_while_the_page_names_the_units(portal, as_person):
    page = as_person(portal.staff)
    page.goto("/requirements/new/")
    page.get_by_label("任务名称").fill("公开年度总结")
    page.get_by_label(re.compile("^截止日期")).fill((timezone.localdate() + timedelta(days=20)).isoformat())
    expect(page.locator("#asked")).to_contain_text("4 家单位")
    page.get_by_label("指定单位").check()
    expect(page.locator("#asked")).to_contain_text("还没有选定单位")
    page.get_by_placeholder("单位名称或拼音").fill("教育")
    expect(page.get_by_label("李官镇")).to_be_hidden()
    page.get_by_label("区教育局").check()
    expect(page.locator("#asked")).to_contain_text("区教育局")
    expect(page.get_by_text("已选 1 家")).to_be_visible()
    page.get_by_role("button", name="布置任务").click()
    expect(page.get_by_text("已布置“公开年度总结”。")).to_be_visible()
    expect(page.get_by_role("link", name="区教育局")).to_be_visible()
    no_complaints(page)
