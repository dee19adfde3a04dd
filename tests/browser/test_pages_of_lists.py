"""Pages of lists that need something made first: records, forms with errors, rounds, sheets with errors, several files."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from disclosures.actions import media_entries, media_rounds
from disclosures.actions.media_entries import Typed
from disclosures.models import Category, MailboxCase, MediaAccount, MediaRound, PublishedItem, SavedFilter

pytestmark = pytest.mark.slow

LONG = "关于印发《兰山区进一步推进基层政务公开标准化规范化工作实施方案》的通知" * 4
BAD = "编号\t单位\t来信日期\t标题\nN-1\t区教肓局\t2020-06-31\t咨询\nN-2\t街道\t2020-06-04\t\nN-3\t区司法局\t2020-06-05\t对\n"


def a_round(portal, name: str, *, finished: bool) -> MediaRound:
    now = timezone.now()
    accounts = list(MediaAccount.objects.select_related("platform"))
    begun = media_rounds.start(
        office=portal.district.office,
        name=name,
        checked_on=date(2020, 7, 20),
        accounts=accounts,
        scope="全部账号",
        rectify_by=date(2020, 7, 27),
        by=portal.staff,
        at=now,
    )
    row = begun.entries.order_by("position").first()
    texts = {"last_updated_on": "6-1", "result": "错别字", "description": LONG}
    media_entries.save_rows(media_round=begun, rows=[Typed(row.pk, 0, texts)], by=portal.staff, at=now)
    if finished:
        media_rounds.finish(media_round=begun, by=portal.staff, at=now)
    return begun


@pytest.fixture
def addresses(portal) -> list[str]:
    """Everything in full, with the longest names."""
    PublishedItem.objects.update(title=LONG[:300], column=LONG[:200], document_number=LONG[:80])
    MediaAccount.objects.update(name=LONG[:80])
    case = MailboxCase.objects.first()
    item = PublishedItem.objects.first()
    SavedFilter.objects.create(
        user=portal.staff, kind="published_items", name=LONG[:40], query="unit=U01&category=动态类"
    )
    under_way = a_round(portal, "2020年7月第2次", finished=False)
    finished = a_round(portal, "2020年7月第3次", finished=True)
    return [
        f"/rows/published_items/{item.pk}/",
        f"/rows/published_items/{item.pk}/edit/",
        f"/rows/mailbox_cases/{case.pk}/edit/",
        f"/rows/media_accounts/{MediaAccount.objects.first().pk}/",
        "/rows/published_items/?from=2020-06-01&to=2020-06-30",
        "/rows/media_accounts/",
        "/rows/media_rounds/?from=2020-07-01&to=2020-07-31",
        "/filters/",
        "/search/?q=政务",
        f"/media/rounds/{under_way.pk}/",
        f"/media/rounds/{finished.pk}/",
    ]


def with_errors(page: Page) -> list[str]:
    """The addresses of pages that follow an act: a sheet with errors, several files; a form with errors is the page itself."""
    page.goto("/imports/mailbox_cases/")
    page.get_by_label(re.compile("把表格中的区域")).fill(BAD)
    page.get_by_role("button", name="核对粘贴的内容").click()
    page.wait_for_url("**/imports/mailbox_cases/*/")
    errors = page.url
    page.goto("/imports/")
    files = [
        {"name": "信.csv", "mimeType": "text/csv", "buffer": "编号,单位,来信日期\n9,区司法局,2020-06-03\n".encode()},
        {
            "name": f"{LONG[:60]}.csv",
            "mimeType": "text/csv",
            "buffer": "编号,单位,来信日期\n9,无,2020-06-03\n".encode(),
        },
        {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"},
    ]
    page.locator("#id_sheets").set_input_files(files)
    page.locator("form", has=page.locator("#id_sheets")).get_by_role("button", name="上传并核对").click()
    page.wait_for_url("**/imports/files/*/")
    return [errors, page.url]


def a_form_with_errors(page: Page) -> None:
    page.goto("/rows/applications/new/")
    page.get_by_label("受理单位").fill("没有的单位")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("请先改正以下内容").wait_for()


def faults(page: Page) -> list:
    found = Axe().run(page).response["violations"]
    return [(page.url, fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found]


def test_axe_finds_nothing(portal, as_person, addresses):
    page = as_person(portal.staff, bypass_csp=True)
    found = []
    for address in [*addresses, *with_errors(page)]:
        page.goto(address)
        found += faults(page)
    a_form_with_errors(page)
    found += faults(page)
    page.goto("/rows/published_items/?from=2020-06-01&to=2020-06-30&category=动态类")
    for menu in ("我的筛选", "显示"):
        page.get_by_role("button", name=re.compile(f"^{menu}")).click()
        found += faults(page)
    assert not found


def test_on_a_phone_nothing_is_refused_nothing_fails_nothing_scrolls_sideways(portal, as_person, addresses):
    page = as_person(portal.staff, width=390)
    wide = []
    for address in [*addresses, *with_errors(page)]:
        page.goto(address)
        wide += [address] if page.evaluate("document.documentElement.scrollWidth") > 390 else []
    a_form_with_errors(page)
    wide += ["form"] if page.evaluate("document.documentElement.scrollWidth") > 390 else []
    assert not wide
    assert not [said for said in page.complaints if "Failed to load resource" not in said]


def test_a_list_of_ten_thousand_rows_is_paged_and_says_so(portal, as_person):
    category = Category.objects.get(office=portal.district.office, name="动态类")
    PublishedItem.objects.bulk_create(
        (
            PublishedItem(
                office=portal.district.office,
                key=f"many{number}",
                unit=portal.district.street,
                category=category,
                title=f"第{number}条信息",
                published_on=date(2020, 3, 1),
            )
            for number in range(10_050)
        ),
        batch_size=2_000,
    )
    page = as_person(portal.staff)
    page.goto("/rows/published_items/?from=2020-03-01&to=2020-03-31")
    assert "超过 10,000 条，只列出前 10,000 条，请缩小范围" in page.inner_text(".list-tools")
    page.get_by_role("link", name="200", exact=True).click()
    page.get_by_text("本页第 9,951 至 10,000 条").wait_for()
    page.get_by_role("searchbox", name="查找", exact=True).fill("第77条")
    page.get_by_role("button", name="筛选", exact=True).click()
    page.get_by_text("共 1 条").wait_for()
