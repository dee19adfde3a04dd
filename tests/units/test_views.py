"""Signing in and out, the lock-out, first passwords: the sentences a person reads and what the trail keeps."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.district import District
from tests.people import PASSWORD, signed_in, staff
from units.models import AuditEvent, User

pytestmark = pytest.mark.django_db

OVERVIEW = "/2020-06/"


@pytest.fixture
def office():
    return District().office


@pytest.fixture
def clerk(office):
    return staff(office, display_name="李经办")


def sign_in(client: Client, name: str, password: str, **more: str):
    return client.post(reverse("login"), {"username": name, "password": password, **more})


def verbs() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("verb", flat=True))


def test_sign_in_leads_back_to_the_page_asked_for(clerk, client):
    asked = client.get(OVERVIEW)
    assert asked["Location"] == f"{reverse('login')}?next={OVERVIEW}"
    page = client.get(asked["Location"]).content.decode()
    assert "请登录，登录后回到刚才的页面。" in page
    assert f'name="next" value="{OVERVIEW}"' in page
    assert sign_in(client, clerk.username, PASSWORD, next=OVERVIEW)["Location"] == OVERVIEW
    assert verbs() == ["session.opened"]


def test_sign_in_leads_nowhere_else(clerk, client):
    assert sign_in(client, clerk.username, PASSWORD, next="https://example.org/")["Location"] == reverse("home")


@pytest.mark.parametrize(("name", "password"), [("office_staff", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_pair_says_the_same_whichever_was_wrong(clerk, client, name, password):
    page = sign_in(client, name, password).content.decode()
    assert "账号或密码不正确，请重新填写。连续5次填错，该账号将锁定30分钟。" in page
    assert f'value="{name}"' in page
    event = AuditEvent.objects.get()
    assert (event.verb, event.data) == ("session.refused", {"username": name})


def test_empty_fields_are_named(client):
    page = sign_in(client, "", "").content.decode()
    assert "账号：请填写账号。" in page
    assert "密码：请填写密码。" in page
    assert not AuditEvent.objects.exists()


def test_five_wrong_passwords_lock_and_say_until_when(clerk, client):
    for _ in range(5):
        response = sign_in(client, clerk.username, "wrong")
    assert response.status_code == 429
    page = response.content.decode()
    assert "账号“office_staff”连续5次填错密码，已暂停登录。" in page
    assert "（约30分钟）再次登录" in page
    assert sign_in(client, clerk.username, PASSWORD).status_code == 429


def test_a_lock_falls_on_one_account_only(clerk, office, client):
    colleague = staff(office, name="colleague")
    for _ in range(5):
        sign_in(client, clerk.username, "wrong")
    assert sign_in(client, colleague.username, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("behind", "forwarded", "address"),
    [
        (True, "203.0.113.9, 10.0.0.7", "10.0.0.7"),
        (True, "10.0.0.7", "10.0.0.7"),
        (True, "2001:DB8::1", "2001:db8::1"),
        (True, "", "127.0.0.1"),
        (True, "unknown", None),
        (False, "10.0.0.7", "127.0.0.1"),
    ],
)
def test_the_trail_keeps_the_address_that_the_proxy_saw(clerk, client, settings, behind, forwarded, address):
    settings.BEHIND_PROXY = behind
    client.post(
        reverse("login"),
        {"username": clerk.username, "password": PASSWORD},
        headers={"X-Forwarded-For": forwarded} if forwarded else {},
    )
    assert AuditEvent.objects.get().address == address


def test_a_lock_falls_on_the_address_behind_the_proxy_only(clerk, client, settings):
    settings.BEHIND_PROXY = True

    def attempt(password: str, forwarded: str):
        fields = {"username": clerk.username, "password": password}
        return client.post(reverse("login"), fields, headers={"X-Forwarded-For": forwarded}).status_code

    for number in range(5):
        attempt("wrong", f"198.51.100.{number}, 10.0.0.7")
    assert attempt(PASSWORD, "10.0.0.7") == 429
    assert attempt(PASSWORD, "10.0.0.7, 10.0.0.8") == 302


def test_an_inactive_account_cannot_sign_in(clerk, client):
    User.objects.update(is_active=False)
    assert "账号或密码不正确" in sign_in(client, clerk.username, PASSWORD).content.decode()


def test_signing_out_takes_a_post(clerk):
    client = signed_in(clerk)
    assert client.get(reverse("logout")).status_code == 405
    assert client.post(reverse("logout"))["Location"] == reverse("login")
    assert client.get(OVERVIEW).status_code == 302
    assert verbs() == ["session.closed"]


def test_a_first_password_is_changed_before_anything_else(clerk):
    User.objects.update(must_change_password=True)
    client = signed_in(clerk)
    for address in (OVERVIEW, reverse("imports"), reverse("home")):
        assert client.get(address)["Location"] == f"{reverse('password')}?next={address}"
    assert "当前使用的是初始密码" in client.get(reverse("password")).content.decode()
    new = "yimeng-shan-2020"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new, "next": OVERVIEW}
    assert client.post(reverse("password"), fields)["Location"] == OVERVIEW
    assert client.get(OVERVIEW).status_code == 200
    clerk.refresh_from_db()
    assert clerk.check_password(new)
    assert not clerk.must_change_password
    assert "password.changed" in verbs()


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("wrong", "yimeng-shan-2020", "yimeng-shan-2020", "当前密码：当前密码不正确，请重新填写。"),
        (PASSWORD, "yimeng-shan-2020", "yimeng-shan-2021", "再次填写新密码：两次填写的新密码不一致。"),
        (PASSWORD, PASSWORD, PASSWORD, "新密码：新密码不能与当前密码相同。"),
        (PASSWORD, "short", "short", "密码只有5个字符，至少要有10个。"),
        (PASSWORD, "20200714202", "20200714202", "密码至少要含3类字符，还没有：大写字母、小写字母、符号。"),
        (PASSWORD, "yimengshan-mmxx", "yimengshan-mmxx", "密码至少要含3类字符，还没有：大写字母、数字。"),
        (PASSWORD, "", "", "新密码：请填写新密码。"),
    ],
)
def test_a_password_that_will_not_do_is_told_why(clerk, old, new, again, sentence):
    fields = {"old_password": old, "new_password1": new, "new_password2": again}
    page = signed_in(clerk).post(reverse("password"), fields).content.decode()
    assert sentence in page
    clerk.refresh_from_db()
    assert clerk.check_password(PASSWORD)


def change_to(client: Client, new: str, old: str):
    fields = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("password"), fields)


def test_the_last_five_passwords_are_not_used_again(clerk):
    client, used = signed_in(clerk), PASSWORD
    for number in range(1, 7):
        assert change_to(client, f"Yimeng-shan-{number}", used).status_code == 302
        used = f"Yimeng-shan-{number}"
        refused = change_to(client, f"Yimeng-shan-{max(1, number - 4)}", used).content.decode()
        assert "不能使用最近5次用过的密码。" in refused or "新密码不能与当前密码相同。" in refused
    assert change_to(client, "Yimeng-shan-0", used).status_code == 302
    assert change_to(client, PASSWORD, "Yimeng-shan-0").status_code == 302


def test_an_old_password_is_changed_before_anything_else(clerk, settings):
    client = signed_in(clerk)
    User.objects.update(password_changed_at=timezone.now() - timedelta(days=91))
    assert client.get(OVERVIEW)["Location"] == f"{reverse('password')}?next={OVERVIEW}"
    assert "当前密码已使用超过90天，请先修改，再继续使用。" in client.get(reverse("password")).content.decode()
    settings.PASSWORD_MAX_AGE_DAYS = 0
    assert client.get(OVERVIEW).status_code == 200
    settings.PASSWORD_MAX_AGE_DAYS = 90
    assert change_to(client, "Yimeng-shan-2020", PASSWORD).status_code == 302
    assert client.get(OVERVIEW).status_code == 200


def test_the_foot_of_the_page_tells_the_last_sign_in_and_its_address(clerk, client):
    sign_in(client, clerk.username, PASSWORD)
    assert "上次登录" not in client.get(OVERVIEW).content.decode()
    client.post(reverse("logout"))
    sign_in(client, clerk.username, PASSWORD)
    page = client.get(OVERVIEW).content.decode()
    assert f"上次登录 {timezone.localdate()}" in page
    assert "127.0.0.1 · 版本" in page


def test_a_fragment_after_the_session_ended_sends_the_page_to_sign_in(client, office):
    answer = client.get(OVERVIEW, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/imports/?a=b"})
    assert answer.status_code == 204
    assert answer["HX-Redirect"] == f"{reverse('login')}?next=/imports/%3Fa%3Db"


def test_an_account_without_a_role_is_told_so(office):
    user = User.objects.create_user("newcomer", password=PASSWORD)
    response = signed_in(user).get(reverse("home"))
    assert response.status_code == 403
    assert "账号尚未分配角色" in response.content.decode()


def test_a_role_that_ended_opens_nothing(clerk):
    clerk.memberships.update(until=date(2020, 2, 1))
    assert signed_in(clerk).get(OVERVIEW).status_code == 403


def test_a_body_too_large_is_refused_before_it_is_read(clerk, settings):
    settings.UPLOAD_MAX_BYTES = 100
    response = signed_in(clerk).post(reverse("imports_kind", args=["units"]), {"sheet": "x" * 70_000})
    assert response.status_code == 413
    assert "文件过大" in response.content.decode()


def test_an_error_of_our_own_tells_nothing_of_its_inside(clerk, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("reports.views.in_view.prepare", broken)
    client = signed_in(clerk)
    client.raise_request_exception = False
    response = client.get(OVERVIEW)
    assert response.status_code == 500
    assert "broken on purpose" not in response.content.decode()
