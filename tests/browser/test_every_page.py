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
        f"/rows/duties/?{JUNE}",
        "/rows/duties/?from=2021-01-01&to=2021-01-31",
        "/rows/duties/?requirement=T-1&as_of=2020-07-14",
        "/imports/",
        "/imports/published_items/",
        "/imports/batches/",
        "/2020-06/notice/?issued_on=2020-07-14",
        "/password/",
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
    ),
    "auditor": ("/log/", "/log/?words=none", "/log/?first=never", "/account/", "/2020-06/"),
    "liaison": (
        "/2020-06/?issued_on=2020-07-14",
        "/units/U01/?month=2020-06",
        "/2020-06/units/U01/",
        "/2020-06/units/U03/",
        "/2021-03/",
        f"/rows/published_items/?{JUNE}",
        f"/rows/duties/?{JUNE}",
        "/imports/",
        "/account/",
        "/units/U01/register/",
        "/units/U01/hand-over/?as_of=2020-07-06",
    ),
}


def addresses(who, portal) -> list[str]:
    """The pages of a role, about the people that were made."""
    return [address.format(liaison=portal.liaison.pk) for address in PAGES[who]]


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_axe_finds_nothing(who, portal, as_person):
    page = as_person(who and getattr(portal, who), bypass_csp=True)
    faults = []
    for address in addresses(who, portal):
        page.goto(address)
        found = Axe().run(page).response["violations"]
        faults += [(address, fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found]
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_nothing_is_refused_and_nothing_fails(who, portal, as_person):
    """Under the strict policy; the page of an error is itself an error to the browser, and no more."""
    page = as_person(who and getattr(portal, who))
    for address in addresses(who, portal):
        page.goto(address, wait_until="networkidle")
    unexpected = [said for said in page.complaints if "Failed to load resource" not in said]
    assert not unexpected


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_a_phone_needs_no_sideways_scroll(who, portal, as_person):
    page = as_person(who and getattr(portal, who), width=390)
    for address in addresses(who, portal):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
