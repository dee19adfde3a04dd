"""Accounts: made, corrected, given passwords, locked and let go, switched off and on."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.password_validation import validate_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.district import District
from tests.people import PASSWORD, administrator, liaison, signed_in, staff
from units.actions import accounts, appointments
from units.actions.accounts import Profile
from units.actions.appointments import AccountRefused
from units.audit import sentence_of
from units.locks import locked_accounts, locked_until
from units.models import AuditEvent, Membership, Office, User
from units.passwords import initial_password
from units.roles import ADMINISTRATOR, OFFICE_STAFF, UNIT_LIAISON

pytestmark = pytest.mark.django_db

JULY = date(2020, 7, 1)
NOW = datetime(2020, 7, 6, 1, tzinfo=UTC)
ZHAO = Profile("赵联络", job_title="科员", phone="0539-8012345", email="zhao@example.gov.cn")


@pytest.fixture
def district():
    return District()


@pytest.fixture
def chief(district):
    return administrator(district.office, display_name="王管理")


def create(district, chief, **changed) -> User:
    fields = {"username": "zhao", "profile": ZHAO, "role": UNIT_LIAISON, "unit": district.street, "since": JULY}
    return accounts.create(office=district.office, by=chief, **(fields | changed)).user


def said() -> list[str]:
    return [sentence_of(event) for event in AuditEvent.objects.order_by("id")]


# --- making and correcting


def test_an_account_is_made_with_its_first_appointment_and_without_a_password(district, chief):
    user = create(district, chief)
    assert (str(user), user.job_title, user.phone, user.email, user.pinyin) == (
        "赵联络",
        "科员",
        "0539-8012345",
        "zhao@example.gov.cn",
        "zhaolianluo zll",
    )
    assert user.must_change_password
    assert not user.has_usable_password()
    held = user.memberships.get()
    assert (held.role, held.unit, held.since, held.until) == ("unit_liaison", district.street, JULY, None)
    assert said() == ["建立账号：赵联络（zhao）", "任命：赵联络（zhao），兰山街道单位联络员，自2020年7月1日起"]


@pytest.mark.parametrize("name", ["zhao", "ZHAO", "Zhao"])
def test_a_name_is_used_once_however_it_is_written(district, chief, name):
    create(district, chief)
    with pytest.raises(AccountRefused, match=f"^账号“{name}”已被使用，请换一个账号。$") as refused:
        create(district, chief, username=name)
    assert refused.value.field == "username"


def test_an_account_whose_appointment_cannot_be_is_not_made(district, chief):
    with pytest.raises(AccountRefused, match="“单位联络员”是单位的角色，请填写单位。"):
        create(district, chief, unit=None)
    assert not User.objects.filter(username="zhao").exists()
    assert said() == []


def test_a_correction_is_told_by_its_fields_and_repeats_no_number(district, chief):
    user = create(district, chief)
    changed = Profile("赵晓", job_title="科员", phone="13800001234", email="zhao@example.gov.cn")
    assert accounts.correct(office=district.office, user=user, profile=changed, by=chief, on=JULY)
    assert not accounts.correct(office=district.office, user=user, profile=changed, by=chief, on=JULY)
    user.refresh_from_db()
    assert (user.display_name, user.phone, user.pinyin) == ("赵晓", "13800001234", "zhaoxiao zx")
    assert said()[-1] == "修改账号资料：赵晓（zhao），姓名、联系电话，原名赵联络"
    assert "13800001234" not in str(AuditEvent.objects.order_by("id").last().data)


def test_ones_own_profile_is_kept_without_others(district):
    user = liaison(district.street)
    wanted = {"phone": "8012345", "email": "z@example.gov.cn", "mail_wanted": False, "large_text": True}
    assert accounts.keep_own_profile(user=user, office=district.office, **wanted)
    assert not accounts.keep_own_profile(user=user, office=district.office, **wanted)
    user.refresh_from_db()
    assert (user.phone, user.email, user.mail_wanted, user.large_text) == ("8012345", "z@example.gov.cn", False, True)
    assert said() == ["修改本人资料：联系电话、邮箱、邮件通知、字号"]


# --- passwords


def test_an_initial_password_keeps_the_rules_and_holds_nothing_that_paper_confuses():
    for _ in range(50):
        password = initial_password()
        validate_password(password)
        assert not set(password) & set("0O1lI")


def test_a_slip_opens_the_account_once_and_the_first_thing_is_another_password(district, chief):
    user = create(district, chief)
    (slip,) = accounts.issue_passwords(office=district.office, users=[user], by=chief, at=NOW)
    client = Client()
    client.post(reverse("login"), {"username": "zhao", "password": slip.password})
    assert client.get("/2020-06/")["Location"] == f"{reverse('password')}?next=/2020-06/"
    assert said()[2] == "发放初始密码：赵联络（zhao）"
    assert slip.password not in str(list(AuditEvent.objects.values()))


def test_a_new_password_ends_sessions_and_locks_and_may_not_be_the_old_one(district, chief):
    user = liaison(district.street)
    client = signed_in(user)
    assert client.get("/2020-06/").status_code == 200
    for _ in range(5):
        Client().post(reverse("login"), {"username": user.username, "password": "wrong"})
    assert locked_accounts(timezone.now()) == [user.username]
    accounts.issue_passwords(office=district.office, users=[user], by=chief, at=NOW)
    assert client.get("/2020-06/").status_code == 302
    assert locked_accounts(timezone.now()) == []
    user.refresh_from_db()
    assert user.used_passwords.count() == 1
    assert not user.check_password(PASSWORD)


def test_one_account_that_cannot_have_a_password_means_none_for_all(district, chief):
    first, off = liaison(district.street), liaison(district.town, is_active=False, display_name="孙停用")
    before = first.password
    for users, sentence in (
        ([first, off], "孙停用的账号已停用，请先启用，再发放初始密码。"),
        ([first, chief], "本人的密码请在“修改密码”中修改，不能在这里重设。"),
    ):
        with pytest.raises(AccountRefused, match=f"^{sentence}$"):
            accounts.issue_passwords(office=district.office, users=users, by=chief, at=NOW)
    first.refresh_from_db()
    assert first.password == before


# --- locks


def test_a_locked_account_is_let_go_and_only_a_locked_one(district, chief):
    user = liaison(district.street, display_name="赵联络")
    with pytest.raises(AccountRefused, match="^赵联络的账号没有锁定。$"):
        accounts.unlock(office=district.office, user=user, by=chief, at=timezone.now())
    for _ in range(5):
        Client().post(reverse("login"), {"username": user.username, "password": "wrong"})
    until = locked_until([user.username, chief.username], timezone.now())
    assert list(until) == [user.username]
    assert 29 < (until[user.username] - timezone.now()).total_seconds() / 60 <= 30
    accounts.unlock(office=district.office, user=user, by=chief, at=timezone.now())
    assert Client().post(reverse("login"), {"username": user.username, "password": PASSWORD}).status_code == 302


def test_a_lock_that_ran_out_is_none(district):
    user = liaison(district.street)
    for _ in range(5):
        Client().post(reverse("login"), {"username": user.username, "password": "wrong"})
    later = timezone.now() + timezone.timedelta(minutes=31)
    assert locked_accounts(later) == []


# --- on and off


def test_an_account_switched_off_is_out_at_once_and_comes_back_as_it_was(district, chief):
    user = liaison(district.street, name="zhao", display_name="赵联络")
    client = signed_in(user)
    accounts.deactivate(office=district.office, user=user, by=chief, on=JULY)
    assert client.get("/2020-06/").status_code == 302
    with pytest.raises(AccountRefused, match="^赵联络的账号已经停用。$"):
        accounts.deactivate(office=district.office, user=user, by=chief, on=JULY)
    accounts.activate(office=district.office, user=user, by=chief, on=JULY)
    with pytest.raises(AccountRefused, match="^赵联络的账号已在使用。$"):
        accounts.activate(office=district.office, user=user, by=chief, on=JULY)
    assert Client().post(reverse("login"), {"username": user.username, "password": PASSWORD}).status_code == 302
    assert said()[:2] == ["停用账号：赵联络（zhao）", "启用账号：赵联络（zhao）"]


def test_an_administrator_cannot_lock_out_himself(district, chief):
    with pytest.raises(AccountRefused, match="^不能停用本人的账号，请由另一名系统管理员办理。$"):
        accounts.deactivate(office=district.office, user=chief, by=chief, on=JULY)
    with pytest.raises(AccountRefused, match="^不能终止本人的系统管理员任职，请由另一名系统管理员办理。$"):
        appointments.end(membership=chief.memberships.get(), until=date(2021, 1, 1), by=chief, on=JULY)


def test_the_last_administrator_stays(district, chief):
    """Somebody whose own appointment runs out does not count: after that day nobody would be left."""
    leaving = administrator(district.office, name="leaving")
    Membership.objects.filter(user=leaving).update(until=date(2020, 8, 1))
    sentence = "^这是唯一长期任职的系统管理员，请先任命另一名系统管理员，再办理。$"
    with pytest.raises(AccountRefused, match=sentence):
        accounts.deactivate(office=district.office, user=chief, by=leaving, on=JULY)
    with pytest.raises(AccountRefused, match=sentence):
        appointments.end(membership=chief.memberships.get(), until=date(2021, 1, 1), by=leaving, on=JULY)
    administrator(district.office, name="third")
    accounts.deactivate(office=district.office, user=chief, by=leaving, on=JULY)
    assert not User.objects.get(pk=chief.pk).is_active


# --- whose account


def test_an_account_of_nobody_here_and_one_shared_with_others_are_left_alone(district, chief):
    other = Office.objects.create(code="371399", level="县", name="乙县人民政府办公室", short_name="县政府办公室")
    foreign = staff(other, name="foreign", display_name="外单位")
    shared = liaison(district.street, name="shared", display_name="两处")
    Membership.objects.create(user=shared, office=other, role=OFFICE_STAFF.key, since=date(2020, 1, 1))
    root = User.objects.create_superuser("root", password="x", display_name="系统")
    for user, sentence in (
        (foreign, "外单位的账号不由本机关管理。"),
        (root, "系统的账号不由本机关管理。"),
        (shared, "两处同时在其他机关任职，账号由系统管理员用命令办理。"),
    ):
        with pytest.raises(AccountRefused, match=f"^{sentence}$"):
            accounts.deactivate(office=district.office, user=user, by=chief, on=JULY)
        with pytest.raises(AccountRefused, match=f"^{sentence}$"):
            accounts.issue_passwords(office=district.office, users=[user], by=chief, at=NOW)
    # What the other office grants, this one neither sees nor ends; its own it does.
    appointments.end(membership=shared.memberships.get(office=district.office), until=JULY, by=chief, on=JULY)
    assert ADMINISTRATOR.key not in shared.memberships.values_list("role", flat=True)
