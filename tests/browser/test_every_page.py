"""Every page, full, empty and in error, of every role: no accessibility fault, no refused style or script, no sideways
scroll on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from disclosures.actions import exceptions, hand_ins, reviews
from disclosures.files.keeping import Brought
from tests.desk import PDF, docx
from tests.meta.notices_made import notices_made

pytestmark = pytest.mark.slow

JUNE = "from=2020-06-01&to=2020-06-30"
PAGES = {
    None: ("/login/",),
    "staff": (
        "/2020-06/?issued_on=2020-07-14",
        "/2020-06/?show=problems",
        "/2020-06/?sort=-published&show=official",
        "/2021-03/",
        "/2020-06/brief/",
        "/2021-03/brief/",
        "/2020-06/units/U03/",
        "/2020-06/units/U03/?cell=mailbox",
        "/units/U03/?month=2020-06",
        "/units/U03/?month=2019-01",
        "/statistics/?from=2020-01&to=2020-06",
        "/statistics/?from=2020-01&to=2020-06&by=group",
        "/statistics/?from=2020-01&to=2020-06&what=mailbox&by=unit&measure=rate",
        "/statistics/?from=2020-01&to=2020-06&what=duties&by=task",
        "/statistics/?from=2021-01&to=2021-06",
        "/statistics/?from=2020-06&to=2020-01",
        f"/rows/published_items/?{JUNE}",
        "/rows/published_items/?from=2021-01-01&to=2021-01-31",
        "/rows/published_items/?from=never",
        f"/rows/applications/?{JUNE}",
        f"/rows/mailbox_cases/?{JUNE}&as_of=2020-07-14",
        f"/rows/mailbox_cases/?{JUNE}&state=late&as_of=2020-07-14",
        "/rows/media_checks/?from=2020-07-01&to=2020-07-31",
        "/rows/media_rounds/?from=2020-07-01&to=2020-07-31",
        "/rows/media_rounds/?from=2021-07-01&to=2021-07-31",
        "/rows/media_accounts/",
        "/rows/media_accounts/?q=没有的账号",
        "/rows/published_items/?q=信息",
        f"/rows/published_items/?{JUNE}&q=没有的话",
        "/rows/published_items/new/",
        "/rows/media_checks/new/",
        "/media/rounds/new/",
        "/filters/",
        "/search/",
        "/search/?q=信息",
        "/search/?q=没有的话",
        f"/rows/duties/?{JUNE}",
        "/rows/duties/?from=2021-01-01&to=2021-01-31",
        "/rows/duties/?requirement=T-1&as_of=2020-07-14",
        "/rows/duties/?requirement=T-7",
        "/rows/duties/?requirement=T-6&term={month}",
        "/duties/matrix/?month={month}",
        "/duties/matrix/?month=2021-01",
        "/duties/matrix/?requirement=T-6&month={month}",
        "/duties/T-7/once/U01/",
        "/duties/T-7/once/U03/",
        "/duties/exceptions/?unit=U03&unit=U04&month={month}",
        "/duties/exceptions/",
        "/reviews/",
        "/reviews/?show=done",
        "/reviews/{review}/",
        "/reviews/{decided}/",
        "/requirements/new/",
        "/requirements/{requirement}/",
        "/requirements/{monthly}/",
        "/requirements/copy/?month=2020-07",
        "/requirements/copy/?month=2021-07",
        "/imports/",
        "/imports/published_items/",
        "/imports/batches/",
        "/2020-06/notice/?issued_on=2020-07-14",
        "/2020-05/notice/",
        "/drafts/{draft}/history/",
        "/drafts/{draft}/particulars/",
        "/drafts/{draft}/paragraphs/closing.1/",
        "/drafts/{draft}/word/",
        "/notices/",
        "/notices/verify/",
        "/notices/{issued}/",
        "/notices/{issued}/figures/{figure}/",
        "/notices/{issued}/correct/",
        "/password/",
        "/help/",
        "/help/office-reviewer/",
        "/help/issuing-leader/",
        "/help/unit-leader/",
        "/no-such-page/",
        "/units/",
        "/units/?q=none",
        "/units/?as_of=never",
        "/units/?standing=all&as_of=2020-06-30",
        "/units/U01/register/",
        "/units/U01/hand-over/?as_of=2020-07-06",
        "/units/U02/hand-over/?as_of=2021-07-06",
        "/account/",
        "/reminders/",
        "/messages/",
    ),
    "administrator": (
        "/imports/",
        "/imports/units/",
        "/imports/accounts/",
        "/accounts/",
        "/accounts/?q=none",
        "/accounts/?state=nonsense",
        "/accounts/{liaison}/",
        "/accounts/{liaison}/edit/",
        "/accounts/new/",
        "/accounts/roles/",
        "/accounts/hand-over/",
        "/help/",
        "/units/",
        "/units/new/",
        "/units/order/",
        "/units/groups/",
        "/units/U01/register/",
        "/units/U01/correct/",
        "/units/U01/change/",
        "/units/U01/dissolve/",
        "/log/",
        "/settings/",
        "/settings/office/",
        "/settings/terms/categories/",
        "/settings/terms/channels/",
        "/settings/terms/platforms/",
        "/settings/deadlines/",
        "/settings/calendar/2020/",
        "/settings/calendar/2035/",
        "/settings/calendar/2035/5/1/",
        "/settings/reminders/",
        "/settings/notice/",
        "/settings/fonts/",
        "/settings/sample/",
        "/settings/state/",
        "/settings/undo/1/",
        "/reviews/?show=exemptions",
    ),
    "auditor": ("/help/", "/log/", "/log/?words=none", "/log/?first=never", "/account/", "/2020-06/"),
    "liaison": (
        "/2020-06/?issued_on=2020-07-14",
        "/units/U01/?month=2020-06",
        "/2020-06/units/U01/",
        "/2020-06/units/U03/",
        "/2021-03/",
        f"/rows/published_items/?{JUNE}",
        f"/rows/duties/?{JUNE}",
        "/rows/duties/?show=review",
        "/rows/duties/?requirement=T-7",
        "/duties/T-1/once/U01/",
        "/duties/T-7/once/U01/",
        "/duties/T-8/once/U01/",
        "/duties/receipts/{receipt}/",
        "/rows/media_accounts/",
        "/search/?q=信息",
        "/imports/",
        "/help/",
        "/account/",
        "/units/U01/register/",
        "/units/U01/hand-over/?as_of=2020-07-06",
        "/notices/",
        "/notices/{issued}/",
    ),
}


@pytest.fixture
def addresses(portal):
    """The pages of somebody, once there is something on each."""
    things = tasks_in_hand(portal)
    return lambda who: [address.format(**things) for address in PAGES[who]]


def tasks_in_hand(portal) -> dict[str, Any]:
    """A task of today with a hand-in that waits, one returned and an exemption to approve; what addresses name of it."""
    district, today, at = portal.district, timezone.localdate(), timezone.now()
    lately, long_name = today - timedelta(days=3), "政务公开基本目录修订情况及存在问题整改落实情况报告" * 2
    task = district.requirement(code="T-7", name=long_name, due_on=lately, explanation="不超过两千字。")
    back = district.requirement(code="T-8", name="标准化目录", due_on=today + timedelta(days=2))
    monthly = district.requirement(code="T-6", name="访谈稿", due_on=today, recurrence="每月")
    about = {"term": "", "unit": district.street, "by": portal.liaison, "at": at}
    files = [Brought("方案.docx", docx("一、落实情况")), Brought("附件.pdf", PDF)]
    waiting = hand_ins.hand_in(requirement=task, files=files, note="已盖章", **about)
    returned = hand_ins.hand_in(requirement=back, files=files[1:], **about)
    looked = reviews.Looked(returned.submission_id, 1)
    reviews.return_(looked=looked, reason="缺少公章或负责人签字，请补齐后重新报送。", by=portal.staff, at=at)
    exempted = about | {"unit": district.town, "by": portal.staff}
    exceptions.ask_exemption(requirement=task, reason="没有该项职责", **exempted)
    return {
        "review": waiting.submission_id,
        "liaison": portal.liaison.pk,
        "decided": returned.submission_id,
        "receipt": waiting.receipt,
        "requirement": task.pk,
        "monthly": monthly.pk,
        "month": f"{lately:%Y-%m}",
        **notices_made(district, portal.staff),
    }


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_axe_finds_nothing(who, portal, as_person, addresses):
    page = as_person(who and getattr(portal, who), bypass_csp=True)
    faults = []
    for address in addresses(who):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        faults += [(address, fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found]
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_on_a_phone_nothing_is_refused_nothing_fails_nothing_scrolls_sideways(who, portal, as_person, addresses):
    """Under the strict policy; the page of an error is itself an error to the browser, and no more."""
    page = as_person(who and getattr(portal, who), width=390)
    for address in addresses(who):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    unexpected = [said for said in page.complaints if "Failed to load resource" not in said]
    assert not unexpected
