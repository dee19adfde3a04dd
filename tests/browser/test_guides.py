"""The guides in a browser: every role's own, on a desk and on a phone, and the way there."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.people import person
from units.roles import ROLES, UNIT_LIAISON

pytestmark = pytest.mark.slow


def somebody(portal, role):
    street = portal.district.street
    return person(street.office, role, street if role.for_unit else None, name=f"reader-{role.key}")


def test_every_roles_own_guide_is_free_of_faults(portal, as_person):
    faults = []
    for role in ROLES.values():
        page = as_person(somebody(portal, role), bypass_csp=True)
        page.goto("/help/")
        found = Axe().run(page).response["violations"]
        faults += [(role.key, fault["id"], [node["html"] for node in fault["nodes"][:3]]) for fault in found]
    assert not faults, "\n".join(map(str, faults))


def test_on_a_phone_every_guide_fits_and_shows_its_pictures(portal, as_person):
    """Under the strict policy; a picture is fetched when somebody comes to it, and then it is there."""
    for role in ROLES.values():
        page = as_person(somebody(portal, role), width=390)
        page.goto("/help/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, role.key
        pictures = page.locator(".guide-steps img")
        assert pictures.count() > 0, role.key
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            page.wait_for_function(
                "picture => picture.complete && picture.naturalWidth > 0", arg=picture.element_handle()
            )
            assert picture.bounding_box()["width"] <= 390
        assert page.complaints == [], role.key


@pytest.mark.parametrize("width", [1440, 390])
def test_a_liaison_comes_from_any_page_to_the_guide_and_from_the_guide_to_the_task(portal, as_person, width):
    page = as_person(portal.liaison, width=width)
    page.goto("/messages/")
    if width == 1440:
        page.locator(".topbar").get_by_role("link", name="帮助", exact=True).click()
    else:
        page.get_by_role("button", name=re.compile("账号菜单")).click()
        page.locator(".dropdown-menu.show").get_by_role("link", name="帮助").click()
        page.goto("/messages/")
        menu = page.get_by_role("navigation", name="主导航")
        expect(menu.get_by_role("link", name="本人账号")).to_be_hidden()
        menu.get_by_role("button", name="更多").click()
        expect(menu.get_by_role("link", name="本人账号")).to_be_visible()
        menu.get_by_role("link", name="帮助").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{UNIT_LIAISON.display_name}使用指南")
    expect(page.get_by_role("button", name="键盘操作")).to_be_visible(visible=width == 1440)
    page.get_by_role("link", name="打开工作任务").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("本单位任务")
