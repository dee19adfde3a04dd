"""From the overview to the unit and back: reminded, named, handed in, named no more, accepted, and the cell says so."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from lanshan_portal.periods import Period
from tests.desk import PDF

pytestmark = pytest.mark.slow

NAME = "工作总结"


@pytest.fixture
def month(portal) -> Period:
    """The month of a task that was due six days ago; one unit of four has done it."""
    today = timezone.localdate()
    due = today - timedelta(days=6)
    task = portal.district.requirement("T-9", name=NAME, due_on=due, assigned_on=due - timedelta(days=20))
    portal.district.submission(task, portal.district.justice, due - timedelta(days=1))
    return Period.month_of(due)


@pytest.mark.parametrize("width", [1440, 390])
def test_reminded_handed_in_and_named_no_more(portal, month, as_person, width):
    office, unit = as_person(portal.staff, width=width), as_person(portal.liaison, width=width)

    # The clerk sees who is behind, and reminds them from there.
    office.goto(f"/{month}/")
    office.get_by_role("link", name=re.compile("一键催办")).click()
    for other in ("李官镇", "区教育局"):
        office.get_by_label(f"催办{other}").uncheck()
    office.get_by_role("button", name="发送催办").click()
    expect(office.get_by_text("已向1家单位发出催办。站内消息1条。")).to_be_visible()

    # The liaison reads in one sentence what is due, and in which sentence the unit would be named today.
    unit.goto(f"/{month}/")
    expect(unit.locator(".own-sentence")).to_contain_text(f"逾期未办：{NAME}")
    named = unit.get_by_role("region", name="如果今天印发")
    expect(named.locator("mark")).to_have_text("兰山街道")
    expect(unit.get_by_role("link", name="站内消息，1条未读")).to_be_visible()
    named.get_by_role("link", name=f"补报{NAME}").click()

    # It hands in, and is named no more.
    unit.locator("input[name=brought]").set_input_files(
        {"name": "工作总结.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    unit.get_by_role("button", name="报送", exact=True).click()
    expect(unit.get_by_text(re.compile("已报送，回执编号"))).to_be_visible()
    unit.goto(f"/{month}/")
    expect(unit.locator("blockquote")).to_have_count(0)
    expect(unit.get_by_text("通报不会点名本单位。")).to_be_visible()

    # The office accepts; the unit reads it, and the clerk's drawer shows it.
    office.goto("/reviews/")
    office.get_by_role("link", name="兰山街道").click()
    office.get_by_role("button", name=re.compile("^通过")).click()
    expect(office.get_by_text(f"已通过兰山街道的“{NAME}”。")).to_be_visible()
    unit.get_by_role("link", name=re.compile("^站内消息")).first.click()
    expect(unit.get_by_role("link", name=re.compile(f"{NAME}.*通过|通过.*{NAME}"))).to_be_visible()
    office.goto(f"/{month}/units/U01/")
    expect(office.get_by_role("main")).to_contain_text("审核通过")
    for page in (office, unit):
        assert not page.complaints
        assert page.evaluate("document.documentElement.scrollWidth") <= width
