"""A notice from its draft to the units: two paragraphs changed, a warning signed off, words back from Word, three pairs of
hands, issued, received by two units, corrected; each page by the people who use it."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from reports.models import IssuedNotice, NoticeReceipt
from tests.people import leader, liaison, reviewer

pytestmark = pytest.mark.slow

NOTICE = "/2020-06/notice/"


@pytest.fixture
def hands(portal):
    """Who reviews and who approves."""
    office = portal.district.office
    return reviewer(office, display_name="王审核"), leader(office, display_name="刘签发")


def change(page, anchor: str, old: str, new: str) -> None:
    """Put a paragraph otherwise, in its place."""
    page.locator(f"#{anchor}").hover()
    page.locator(f"#{anchor}").get_by_role("link", name="修改这一段").click()
    field = page.get_by_label("段落内容")
    words = field.input_value()
    assert old in words
    field.fill(words.replace(old, new))
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(f"#{anchor}")).to_contain_text(new)


def edited(content: bytes, old: str, new: str) -> bytes:
    """A .docx with words put otherwise."""
    source, output = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(output, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.decode().replace(old, new).encode() if name == "word/document.xml" else part)
    return output.getvalue()


def test_from_the_draft_to_the_receipts_and_the_correction(portal, hands, as_person, tmp_path):
    checks, signs = hands
    clerk, units = as_person(portal.staff), [portal.liaison, liaison(portal.district.education, name="second")]
    clerk.goto(f"{NOTICE}?issued_on=2020-07-14")
    clerk.get_by_role("button", name="开始编制").click()
    change(clerk, "p-published-1", "共发布信息", "累计发布信息")
    change(clerk, "p-closing-1", "持续对", "继续对")

    # The leader's words come back in a .docx, and one of them is taken over.
    with clerk.expect_download() as download:
        clerk.locator(".download-list").get_by_role("link", name="Word").click()
    download.value.save_as(tmp_path / "draft.docx")
    content = edited((tmp_path / "draft.docx").read_bytes(), "限期整改制度", "限期整改的制度")
    clerk.get_by_role("link", name="采用 Word 修改").click()
    clerk.get_by_label("Word 文件").set_input_files({"name": "改.docx", "mimeType": "", "buffer": content})
    clerk.get_by_role("button", name="上传并比较").click()
    expect(clerk.locator(".redline ins")).to_have_text("的")
    clerk.get_by_role("button", name="采用勾选的修改").click()
    expect(clerk.locator("#p-closing-1")).to_contain_text("限期整改的制度")

    # What the checks warn of is answered for by name; then it goes from hand to hand.
    while clerk.locator(".sign-off").count():
        clerk.locator(".sign-off").first.get_by_placeholder("写明理由").fill("已核对，情况属实。")
        clerk.locator(".sign-off").first.get_by_role("button", name="说明").click()
        expect(clerk.get_by_text("已记录说明。").first).to_be_visible()
    clerk.get_by_role("button", name="送审核").click()
    expect(clerk.get_by_text("等待审核。")).to_be_visible()
    reviews = as_person(checks)
    reviews.goto(NOTICE)
    reviews.get_by_role("button", name="审核通过").click()
    expect(reviews.get_by_text("等待签发。")).to_be_visible()
    approves = as_person(signs)
    approves.goto(NOTICE)
    approves.get_by_role("button", name="签发", exact=True).click()
    approves.get_by_role("dialog", name="请确认").get_by_role("button", name="签发").click()
    expect(approves.get_by_text(re.compile("已印发，并发送各单位")).first).to_be_visible(timeout=30_000)
    notice = IssuedNotice.objects.get()
    assert "累计发布信息" in str(notice.content)

    # Units read what is said of them, and receive it; one of them on a phone.
    for person, width in zip(units, (1440, 390), strict=True):
        unit = as_person(person, width=width)
        unit.goto(f"/notices/{notice.pk}/")
        unit.get_by_role("button", name="签收").click()
        expect(unit.locator(".own-in-notice")).to_contain_text("签收")
        assert unit.evaluate("document.documentElement.scrollWidth") <= width
        assert not unit.complaints
    assert NoticeReceipt.objects.count() == 2

    # What came late is corrected by another notice; the issued one stays.
    portal.district.item(portal.district.street)
    clerk.goto(f"/notices/{notice.pk}/")
    expect(clerk.get_by_text("印发以后数据有变化，通报不变。")).to_be_visible()
    clerk.get_by_role("link", name="办理更正").click()
    clerk.get_by_label("更正原因").fill("漏计1条信息。")
    clerk.get_by_role("button", name="开始编制更正").click()
    expect(clerk.get_by_role("heading", name="2020年6月通报（更正）")).to_be_visible()
    expect(clerk.locator(".lying-moved").first).to_contain_text("建议更新")
    for page in (clerk, reviews, approves):
        assert not page.complaints
