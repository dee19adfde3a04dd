"""Errors: a number that page, answer and log share, whom to call, what to do; browsers that are too old; monitors."""

import logging
import re

import pytest
from django.conf import settings as portal_settings
from django.test import Client
from django.urls import reverse

from lanshan_portal import condition
from lanshan_portal.logs import RequestFacts
from tests.district import District
from tests.people import liaison, signed_in, staff
from units import contact

pytestmark = pytest.mark.django_db

OVERVIEW = "/2020-06/"
NUMBER = re.compile(r"^[0-9A-F]{8}$")


@pytest.fixture
def office():
    district = District()
    district.office.phone, district.office.section = "0539-8203456", "区政府办公室政务公开科"
    district.office.save()
    return district.office


@pytest.fixture
def clerk(office):
    return signed_in(staff(office))


@pytest.fixture
def log():
    """What the console gets, line by line."""
    lines = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Kept()
    handler.addFilter(RequestFacts())
    handler.setFormatter(logging.Formatter(portal_settings.LOGGING["formatters"]["line"]["format"], style="{"))
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def broken(*args, **kwargs):
    raise RuntimeError("broken on purpose")


def error_pages(clerk, office, monkeypatch):
    """Each kind of error, provoked."""
    clerk.raise_request_exception = False
    monkeypatch.setattr("reports.views.in_view.prepare", broken)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = clerk.cookies
    return {
        400: clerk.get("/rows/applications/?unit=%00"),
        403: signed_in(liaison(office.units.first())).get(reverse("imports")),
        404: clerk.get("/no-such-page/"),
        405: clerk.get(reverse("reminders_take_back", args=["a" * 32])),
        413: clerk.post(reverse("imports"), CONTENT_LENGTH=str(10**9)),
        500: clerk.get(OVERVIEW),
        "CSRF": strict.post(reverse("messages_read"), {"all": "yes"}),
    }


def test_every_page_of_an_error_has_its_number_and_whom_to_call(clerk, office, monkeypatch):
    clerk.get(reverse("messages"))
    for code, response in error_pages(clerk, office, monkeypatch).items():
        assert response.status_code == (403 if code == "CSRF" else code)
        page, number = response.content.decode(), response["X-Request-Number"]
        assert NUMBER.match(number)
        assert number in page, code
        assert "0539-8203456" in page, code
        assert "区政府办公室政务公开科" in page, code
        assert "返回首页" in page, code
        assert "!" not in re.sub(r"<[^>]*>", "", page), code


def test_errors_say_what_to_do(clerk, office, monkeypatch):
    pages = {code: response.content.decode() for code, response in error_pages(clerk, office, monkeypatch).items()}
    for code, words in {
        400: "请返回上一页重新操作。",
        403: "您的角色是“单位联络员”",
        404: "请从首页重新进入。",
        405: "请返回原来的页面，再点一次按钮。",
        413: "没有接收。",
        500: "凭编号可以查到原因。",
        "CSRF": "已填写的文字保留在本机，刷新后自动恢复。",
    }.items():
        assert words in pages[code], code


def test_every_answer_has_a_number_of_its_own(clerk):
    numbers = {clerk.get(reverse("messages"))["X-Request-Number"] for _ in range(5)}
    assert len(numbers) == 5


def test_the_log_has_the_number_the_address_and_the_person(clerk, office, monkeypatch, log):
    clerk.raise_request_exception = False
    monkeypatch.setattr("reports.views.in_view.prepare", broken)
    response = clerk.get(OVERVIEW, REMOTE_ADDR="10.34.6.18")
    (line,) = [line for line in log if "broken on purpose" in line]
    person = clerk.session["_auth_user_id"]
    assert f"[{response['X-Request-Number']} 10.34.6.18 {person}] Internal Server Error: {OVERVIEW}" in line


def test_lines_outside_of_requests_have_dashes(log):
    logging.getLogger("lanshan").error("没有请求")
    assert log[-1].endswith("[- - -] 没有请求")


def test_an_error_page_needs_no_database(clerk, office, monkeypatch, django_assert_num_queries):
    from lanshan_portal.views import server_error

    clerk.get(reverse("messages"))
    request = clerk.get("/no-such-page/").wsgi_request
    with django_assert_num_queries(0):
        page = server_error(request).content.decode()
    assert "0539-8203456" in page
    assert request.number in page


def test_before_any_office_is_known_an_error_page_has_no_contact(monkeypatch, rf):
    from lanshan_portal.views import server_error

    monkeypatch.setattr(contact, "_known", {})
    page = server_error(rf.get("/")).content.decode()
    assert "系统出错" in page
    assert "联系电话" not in page


def test_a_page_that_is_not_found_says_so_to_nobody_signed_in(client, office):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "0539-8203456" in response.content.decode()


def test_a_lock_out_has_its_number_and_whom_to_call(client, office):
    staff(office)
    for _ in range(6):
        response = client.post(reverse("login"), {"username": "office_staff", "password": "wrong"})
    page = response.content.decode()
    assert response.status_code == 429
    assert response["X-Request-Number"] in page
    assert "0539-8203456" in page


# --- browsers that are too old

IE = "Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko"
IE8 = "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1; Trident/4.0)"
SPEED = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize("agent", [IE, IE8])
@pytest.mark.parametrize("address", ["/login/", OVERVIEW, "/no-such-page/"])
def test_internet_explorer_gets_one_plain_page(client, office, agent, address):
    response = client.get(address, headers={"User-Agent": agent})
    page = response.content.decode()
    assert response.status_code == 200
    assert "改选闪电形图标（<b>极速模式</b>）" in page
    assert '<meta name="renderer" content="webkit">' in page
    assert "0539-8203456" in page
    assert "<script" not in page
    assert response["Cache-Control"] == "no-store"


def test_others_do_not(client, office):
    assert "请切换浏览器模式" not in client.get("/login/", headers={"User-Agent": SPEED}).content.decode()


def test_its_style_is_what_internet_explorer_understands():
    text = (portal_settings.BASE_DIR / "lanshan_portal/static/portal/old-browser.css").read_text()
    assert not re.search(r"var\(|grid|flex|calc\(|rem\b|:is|:where", text)


# --- monitors


def test_health_asks_nothing_and_readiness_everything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "checks": {"database": "ok", "migrations": "ok", "files": "ok", "queue": "ok"},
    }


def test_what_does_not_work_is_named_and_nothing_else(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "gone"
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["checks"]["files"] == "failed"
    assert "127.0.0.1" not in response.content.decode()


def test_a_database_that_is_away_is_named(client, monkeypatch):
    from django.db import OperationalError

    def away():
        raise OperationalError("away")

    monkeypatch.setitem(condition.CHECKS, "database", away)
    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["database"]) == (503, "failed")


def test_a_monitor_is_not_sent_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/login/").status_code == 301
