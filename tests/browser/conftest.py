"""A served portal with a month in it, and browsers in which somebody is signed in."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings

from tests.district import District
from tests.people import administrator, auditor, liaison, signed_in, staff

REFUSED = "Content Security Policy"


@pytest.fixture
def portal(live_server, tmp_path, settings):
    """One office, four units, a few records of June 2020, and four people."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    district = District()
    for unit, items in ((district.street, 5), (district.town, 1), (district.education, 3)):
        for _ in range(items):
            district.item(unit)
    district.item(district.justice, "政务主动公开类")
    district.application(district.street, content="某片区征收补偿方案，电话13800001234", answered_on=date(2020, 6, 20))
    district.letter(district.education, answered=date(2020, 6, 3))
    district.letter(district.education)
    district.check(district.town, "超期更新", rectified_on=date(2020, 7, 8))
    duty = district.requirement(name="主动公开基本目录")
    district.submission(duty, district.street, date(2020, 6, 29))
    district.submission(duty, district.town, date(2020, 7, 2))
    return SimpleNamespace(
        district=district,
        url=live_server.url,
        administrator=administrator(district.office, display_name="王管理"),
        staff=staff(district.office, display_name="李经办"),
        liaison=liaison(district.street, display_name="赵联络"),
        auditor=auditor(district.office, display_name="周审计"),
    )


@pytest.fixture
def as_person(browser, portal):
    """Open a window in which that person is signed in; it collects what the browser complains of."""
    opened = []

    def open_window(user, *, width: int = 1440, bypass_csp: bool = False):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            bypass_csp=bypass_csp,
            accept_downloads=True,
            base_url=portal.url,
        )
        opened.append(context)
        if user is not None:
            session = signed_in(user).cookies[django_settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": portal.url}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        return page

    yield open_window
    for context in opened:
        context.close()
