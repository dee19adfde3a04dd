"""What follows from memberships, and the demonstration accounts."""

import stat
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.district import District
from tests.people import administrator, liaison, signed_in, staff
from units.access import Access, access_on, memberships
from units.models import Membership, Office, Unit, User
from units.roles import OFFICE_STAFF, ROLES, UNIT_LIAISON, Permission

pytestmark = pytest.mark.django_db

TODAY = date(2020, 7, 14)


def names(units) -> list[str]:
    return sorted(str(unit) for unit in units)


def test_every_permission_is_said_in_a_sentence_and_held_by_somebody():
    held = {right for role in ROLES.values() for right in role.permissions}
    assert held == set(Permission)
    assert all(right.sentence for right in Permission)


def test_office_sees_every_unit_a_liaison_the_own_one():
    district = District()
    assert names(access_on(staff(district.office), TODAY).visible_units) == [
        "兰山街道",
        "区司法局",
        "区教育局",
        "李官镇",
    ]
    assert names(access_on(liaison(district.street), TODAY).visible_units) == ["兰山街道"]


def test_a_liaison_may_for_the_own_unit_only():
    district = District()
    access = access_on(liaison(district.street), TODAY)
    assert names(access.units_for(Permission.HAND_IN)) == ["兰山街道"]
    assert names(access.units_for(Permission.IMPORT_SHEETS)) == []
    assert not access.may(Permission.IMPORT_SHEETS)


def test_a_right_at_one_office_is_none_at_another():
    district = District()
    other = Office.objects.create(code="371399", level="县", name="乙县人民政府办公室", short_name="县政府办公室")
    elsewhere = Unit.objects.create(office=other, code="E1", position=1)
    user = liaison(district.street)
    Membership.objects.create(user=user, office=other, role=OFFICE_STAFF.key, since=date(2020, 1, 1))
    access = access_on(user, TODAY)
    assert access.office == district.office
    assert access.permissions == UNIT_LIAISON.permissions
    assert not access.reads_all_units
    assert names(access.visible_units) == ["兰山街道"]
    assert elsewhere not in access_on(staff(district.office), TODAY).units_for(Permission.READ_ALL_UNITS)
    client, others = signed_in(user), district.application(district.town, content="别的单位的申请内容")
    assert client.get(reverse("record", args=["applications", others.pk])).status_code == 404
    assert client.get(reverse("imports")).status_code == 403


def test_a_membership_holds_from_its_first_day_to_the_day_before_its_last():
    district = District()
    user = User.objects.create_user("someone")
    Membership.objects.create(
        user=user,
        office=district.office,
        unit=district.street,
        role=UNIT_LIAISON.key,
        since=date(2020, 6, 1),
        until=date(2020, 7, 1),
    )
    held = [
        bool(memberships(user, day))
        for day in (date(2020, 5, 31), date(2020, 6, 1), date(2020, 6, 30), date(2020, 7, 1))
    ]
    assert held == [False, True, True, False]


def test_a_superuser_is_administrator_even_before_there_is_an_office():
    root = User.objects.create_superuser("root", password="x")
    access = access_on(root, TODAY)
    assert access.office is None
    assert access.permissions == frozenset(Permission)
    office = District().office
    assert access_on(root, TODAY).office == office


def test_nobody_may_nothing():
    assert Access(None, TODAY).permissions == frozenset()
    assert not Access(None, TODAY).visible_units.exists()


def test_an_administrator_holds_every_permission():
    user = administrator(District().office)
    assert access_on(user, TODAY).permissions == frozenset(Permission)


# --- demonstration accounts


def demo_accounts() -> list[str]:
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def var(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    monkeypatch.delenv("DEMO", raising=False)
    return tmp_path


def test_demonstration_accounts_are_made_once_and_kept_for_their_owner_alone(var):
    District()
    printed = demo_accounts()
    assert printed[0] == "演示账号，仅供本机试用；正式使用前请停用或删除。"
    assert [line.split()[2] for line in printed[1:]] == [
        "系统管理员",
        "办公室经办",
        "办公室审核",
        "签发领导",
        "审计员",
        "单位联络员（兰山街道）",
        "单位分管领导（兰山街道）",
    ]
    assert {held.role for held in Membership.objects.all()} == set(ROLES)
    kept = var / "demo-accounts.txt"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert demo_accounts() == printed
    assert User.objects.count() == Membership.objects.count() == len(ROLES)


def test_a_demonstration_account_signs_in(var):
    District()
    name, password, _ = demo_accounts()[2].split()
    answer = Client().post(reverse("login"), {"username": name, "password": password})
    assert answer["Location"] == reverse("home")


def test_a_lost_file_means_new_passwords(var):
    District()
    before = demo_accounts()
    (var / "demo-accounts.txt").unlink()
    after = demo_accounts()
    assert [line.split()[0] for line in after[1:]] == [line.split()[0] for line in before[1:]]
    assert not {line.split()[1] for line in after[1:]} & {line.split()[1] for line in before[1:]}


def test_what_the_office_took_from_a_demonstration_account_stays_taken(var):
    District()
    first = demo_accounts()
    Membership.objects.filter(user__username="demo-admin").update(since=date(2020, 6, 1), until=date(2020, 6, 10))
    User.objects.filter(username="demo-office").delete()
    User.objects.filter(username="demo-unit").update(is_active=False)
    taken = ("demo-admin", "demo-office", "demo-unit")
    for _ in range(2):
        assert demo_accounts() == [line for line in first if line.split()[0] not in taken]
    assert not Membership.objects.in_force(timezone.localdate()).filter(user__username="demo-admin").exists()
    assert not User.objects.filter(username="demo-office").exists()
    assert not User.objects.get(username="demo-unit").is_active
    (var / "demo-accounts.txt").unlink()
    kept_in = var / "demo-accounts.txt"
    assert not any(line.split()[0] in ("demo-admin", "demo-unit") for line in demo_accounts()[1:])
    assert "demo-admin" not in kept_in.read_text(encoding="utf-8")


def test_no_demonstration_where_it_is_not_wanted(var, monkeypatch):
    District()
    monkeypatch.setenv("DEMO", "0")
    assert demo_accounts() == ["DEMO=0，未建立演示账号。"]
    assert not User.objects.exists()


def test_no_demonstration_before_there_is_an_office(var):
    assert not Office.objects.exists()
    assert demo_accounts() == ["系统中还没有机关，未建立演示账号。"]
