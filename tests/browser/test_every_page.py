"""Every page, full, empty and in error, of every role: no accessibility fault, no refused style or script, no sideways
scroll on a phone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow

JUNE = "from=2020-06-01&to=2020-06-30"
PAGES = {
    None: ("/login/",),
    "staff": (
        "/2020-06/?issued_on=2020-07-14",
        "/2020-06/?show=problems",
        "/2021-03/",
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
        "/imports/",
        "/imports/published_items/",
        "/imports/batches/",
        "/2020-06/notice/?issued_on=2020-07-14",
        "/password/",
        "/no-such-page/",
    ),
    "administrator": ("/imports/", "/imports/units/"),
    "liaison": (
        "/2020-06/?issued_on=2020-07-14",
        "/2021-03/",
        f"/rows/published_items/?{JUNE}",
        f"/rows/duties/?{JUNE}",
        "/rows/media_accounts/",
        "/search/?q=信息",
        "/imports/",
    ),
}


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_axe_finds_nothing(who, portal, as_person):
    page = as_person(who and getattr(portal, who), bypass_csp=True)
    faults = []
    for address in PAGES[who]:
        page.goto(address)
        found = Axe().run(page).response["violations"]
        faults += [(address, fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found]
    assert not faults


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_nothing_is_refused_and_nothing_fails(who, portal, as_person):
    """Under the strict policy; the page of an error is itself an error to the browser, and no more."""
    page = as_person(who and getattr(portal, who))
    for address in PAGES[who]:
        page.goto(address, wait_until="networkidle")
    unexpected = [said for said in page.complaints if "Failed to load resource" not in said]
    assert not unexpected


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_a_phone_needs_no_sideways_scroll(who, portal, as_person):
    page = as_person(who and getattr(portal, who), width=390)
    for address in PAGES[who]:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
