"""The pages of accounts: what an administrator reads, types and gets back."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from lanshan_portal.periods import chinese_date
from tests.district import District
from tests.people import PASSWORD, administrator, auditor, liaison, signed_in, staff, unit_leader
from tests.reading import words
from units.account_list import counted, selected
from units.audit import sentence_of
from units.models import AuditEvent, Membership, User

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def district():
    return District()


@pytest.fixture
def chief(district):
    return administrator(district.office, name="chief", display_name="王管理")


@pytest.fixture
def client(chief):
    return signed_in(chief)


def new_account(district, **changed) -> dict:
    fields = {
        "username": "zhao",
        "display_name": "赵联络",
        "role": "unit_liaison",
        "unit": str(district.street.pk),
        "since": "2020-07-01",
        "phone": "0539-8012345",
        "email": "zhao@example.gov.cn",
        "job_title": "",
    }
    return fields | changed


def password_on(page: str) -> str:
    return re.search(r"初始密码</dt><dd class=\"slip-code\">([^<]+)</dd>", page)[1]


# --- making one


def test_a_new_account_answers_with_its_slip_which_is_shown_once(client, district):
    response = client.post(reverse("accounts_new"), new_account(district))
    page = response.content.decode()
    assert "账号已建立" in page
    assert "兰山街道单位联络员" in page
    assert "http://testserver/" in page
    assert response["Cache-Control"] == "no-store"
    password = password_on(page)
    user = User.objects.get(username="zhao")
    assert user.check_password(password)
    for address in (reverse("accounts_one", args=[user.pk]), reverse("accounts"), reverse("log")):
        assert password not in client.get(address).content.decode()
    assert Client().post(reverse("login"), {"username": "zhao", "password": password})["Location"] == "/"


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"username": ""}, "账号：请填写账号。"),
        ({"username": "赵"}, "账号：账号应以字母开头，由字母、数字和 . _ - 组成，3至30个字符。"),
        ({"username": "CHIEF"}, "账号：账号“CHIEF”已被使用，请换一个账号。"),
        ({"display_name": ""}, "姓名：请填写姓名。"),
        ({"role": ""}, "角色：请选择角色。"),
        ({"unit": ""}, "单位：“单位联络员”是单位的角色，请填写单位。"),
        ({"role": "office_staff"}, "单位：“办公室经办”是机关的角色，不填写单位。"),
        ({"since": "2020-13-01"}, "起始日期：起始日期应写作 2020-06-01。"),
        ({"since": "1949-10-01"}, "起始日期：起始日期应在1950年至2099年之间。"),
        ({"phone": "电话"}, "联系电话：联系电话应为数字，可含 + - 空格和“转”，3至40个字符。"),
        ({"email": "x@"}, "邮箱：邮箱应写作 name@example.com 的形式。"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(client, district, changed, sentence):
    response = client.post(reverse("accounts_new"), new_account(district, **changed))
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in words(response)
    assert "data-answered" in page
    if "display_name" not in changed:
        assert 'value="赵联络"' in page
    assert not User.objects.filter(username="zhao").exists()


# --- the list


def test_the_list_finds_by_name_pinyin_account_role_unit_and_state(client, district, chief):
    liaison(district.street, name="zhao", display_name="赵联络", pinyin="zhaolianluo zll")
    unit_leader(district.street, name="head", display_name="孙领导", last_login=timezone.now())
    staff(district.office, name="off", display_name="李停用", is_active=False)
    left = liaison(district.town, name="left", display_name="周离任")
    Membership.objects.filter(user=left).update(until=date(2020, 3, 1))
    staff(district.office, name="idle", last_login=timezone.now() - timedelta(days=91))

    def found(**asked) -> list[str]:
        users = selected(district.office, timezone.now(), directory=district.directory(), **asked)
        return [user.username for user in users]

    assert found() == ["chief", "idle", "off", "head", "zhao", "left"]
    assert found(q="zll") == found(q="赵") == found(q="ZHAO") == ["zhao"]
    assert found(role="unit_leader") == ["head"]
    assert found(unit="兰山街道") == found(unit="U01") == ["head", "zhao"]
    assert found(unit="没有的单位") == []
    assert found(unit="兰山街道", role="unit_liaison") == ["zhao"]
    assert found(state="never") == ["zhao", "left"]
    assert found(state="off") == ["off"]
    assert found(state="idle") == ["idle"]
    assert found(state="without_role") == ["left"]
    assert found(state="in_use") == ["chief", "idle", "head", "zhao"]
    for _ in range(5):
        Client().post(reverse("login"), {"username": "zhao", "password": "wrong"})
    assert found(state="locked") == ["zhao"]
    assert counted(district.office, timezone.now()) == {"total": 6, "off": 1, "never": 2, "idle": 1, "locked": 1}
    page = words(client.get(reverse("accounts")))
    for state in ("已锁定", "从未登录", "没有任职", "90天未登录", "已停用", "正常"):
        assert state in page


def test_the_list_goes_out_as_the_sheet_that_brings_accounts_in(client, district):
    liaison(district.street, name="zhao", display_name="赵联络", phone="0539-8012345")
    staff(district.office, name="off", is_active=False)
    page = client.get(reverse("accounts"), {"role": "unit_liaison"}).content.decode()
    address = re.search(r'href="(/accounts/export/[^"]*)"', page)[1]
    rows = list(load_workbook(BytesIO(client.get(address).content)).active.iter_rows(values_only=True))
    assert rows[0] == ("账号*", "姓名*", "角色*", "单位", "职务", "电话", "邮箱", "起始日期")
    assert [row[:6] for row in rows[1:]] == [("zhao", "赵联络", "单位联络员", "兰山街道", None, "0539-8012345")]
    assert sentence_of(AuditEvent.objects.first()) == "导出列表：账号"
    assert client.get(reverse("accounts_export"), {"state": "nonsense"}).status_code == 404


def test_an_empty_list_says_what_to_do(client):
    assert "没有符合条件的账号" in words(client.get(reverse("accounts"), {"q": "没有的人"}))
    assert client.get(reverse("accounts"), {"state": "nonsense"}).status_code == 422


def test_the_list_asks_the_same_number_of_questions_for_a_few_and_for_a_page_full(client, district):
    counts = []
    for number in (2, 48):
        for index in range(number):
            liaison(district.street, name=f"p{number}-{index}")
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("accounts"))
        counts.append(len(asked))
    assert counts[0] == counts[1] < 24


def test_nobody_but_an_administrator_manages_accounts_and_others_accounts_are_not_there(district, chief):
    user = liaison(district.street)
    root = User.objects.create_superuser("root", password="x")
    for other in (staff(district.office), auditor(district.office), user):
        assert signed_in(other).get(reverse("accounts_one", args=[user.pk])).status_code == 403
    assert signed_in(chief).get(reverse("accounts_one", args=[root.pk])).status_code == 404
    assert signed_in(chief).post(reverse("accounts_password", args=[root.pk])).status_code == 404


# --- one account


def test_a_correction_says_what_became_of_it(client, district):
    user = liaison(district.street, name="zhao", display_name="赵联络")
    address = reverse("accounts_edit", args=[user.pk])
    fields = {"display_name": "赵晓", "job_title": "科员", "phone": "", "email": ""}
    assert "赵晓的资料已保存。" in words(client.post(address, fields, follow=True))
    assert "资料没有变化。" in words(client.post(address, fields, follow=True))
    assert "姓名：请填写姓名。" in words(client.post(address, fields | {"display_name": ""}))


def test_an_appointment_is_made_ended_and_both_are_taken_back(client, district):
    user = liaison(district.street, name="zhao", display_name="赵联络")
    one = reverse("accounts_one", args=[user.pk])
    fields = {"role": "unit_leader", "unit": str(district.town.pk), "since": TODAY.isoformat()}
    response = client.post(reverse("accounts_appoint", args=[user.pk]), fields, follow=True)
    assert "已任命赵联络为李官镇单位分管领导。" in words(response)
    made = user.memberships.get(role="unit_leader")
    undo = reverse("accounts_withdraw", args=[user.pk, made.pk])
    assert f'action="{undo}"' in response.content.decode()
    assert "已撤销赵联络的任命：李官镇单位分管领导。" in words(client.post(undo, {"next": one}, follow=True))
    assert user.memberships.count() == 1

    held = user.memberships.get()
    end = reverse("accounts_end", args=[user.pk, held.pk])
    ended = client.post(end, {f"{held.pk}-until": TODAY.isoformat()}, follow=True)
    assert "赵联络的任职已终止：兰山街道单位联络员（2020年1月1日至" in words(ended)
    assert f'<td class="date">{chinese_date(TODAY - timedelta(days=1))}</td>' in ended.content.decode()
    assert "任职至" in words(ended)
    undo = reverse("accounts_resume", args=[user.pk, held.pk])
    assert "赵联络的任职已恢复：兰山街道单位联络员。" in words(client.post(undo, follow=True))
    assert user.memberships.get().until is None


def test_an_appointment_or_an_end_that_cannot_be_keeps_what_was_typed(client, district):
    user = liaison(district.street, name="zhao", display_name="赵联络")
    fields = {"role": "unit_liaison", "unit": str(district.street.pk), "since": "2020-07-01"}
    response = client.post(reverse("accounts_appoint", args=[user.pk]), fields)
    assert response.status_code == 422
    assert "自2020年1月1日起已是兰山街道的单位联络员，不能重复任命。" in words(response)
    assert 'value="2020-07-01"' in response.content.decode()
    held = user.memberships.get()
    end = reverse("accounts_end", args=[user.pk, held.pk])
    for typed, sentence in (
        ("2019-01-01", "终止日期应晚于起始日期2020年1月1日。"),
        ("", "请填写终止日期。"),
        ("x", "终止日期应写作 2020-06-01。"),
    ):
        response = client.post(end, {f"{held.pk}-until": typed})
        assert response.status_code == 422
        assert sentence in words(response)
    assert user.memberships.get().until is None


def test_an_old_appointment_is_not_withdrawn_and_what_has_not_ended_not_resumed(client, district):
    user = liaison(district.street, display_name="赵联络")
    held = user.memberships.get()
    withdrawn = client.post(reverse("accounts_withdraw", args=[user.pk, held.pk]), follow=True)
    assert "已经生效，不能撤销，请改为终止任职。" in words(withdrawn)
    assert "该任职没有终止。" in words(client.post(reverse("accounts_resume", args=[user.pk, held.pk]), follow=True))


def test_switching_off_offers_the_way_back(client, district):
    user = liaison(district.street, display_name="赵联络")
    off, on = (reverse(f"accounts_{verb}", args=[user.pk]) for verb in ("deactivate", "activate"))
    response = client.post(off, follow=True)
    assert "赵联络的账号已停用。" in words(response)
    assert f'action="{on}"' in response.content.decode()
    assert "账号已停用，不能登录。任职和以前的操作记录保留。" in words(response)
    assert "赵联络的账号已启用。" in words(client.post(on, {"next": "https://example.org/"}, follow=True))


def test_an_administrator_finds_no_way_to_lock_out_himself(client, chief):
    page = client.get(reverse("accounts_one", args=[chief.pk])).content.decode()
    for verb in ("deactivate", "password", "unlock"):
        assert reverse(f"accounts_{verb}", args=[chief.pk]) not in page
    response = client.post(reverse("accounts_deactivate", args=[chief.pk]), follow=True)
    assert "不能停用本人的账号，请由另一名系统管理员办理。" in words(response)
    response = client.post(reverse("accounts_password", args=[chief.pk]), follow=True)
    assert "本人的密码请在“修改密码”中修改，不能在这里重设。" in words(response)


def test_a_locked_account_is_let_go_on_its_page(client, district):
    user = liaison(district.street, name="zhao", display_name="赵联络")
    for _ in range(5):
        Client().post(reverse("login"), {"username": "zhao", "password": "wrong"})
    unlock = reverse("accounts_unlock", args=[user.pk])
    assert f'action="{unlock}"' in client.get(reverse("accounts_one", args=[user.pk])).content.decode()
    assert "赵联络的账号已解除锁定，可以登录。" in words(client.post(unlock, follow=True))
    assert Client().post(reverse("login"), {"username": "zhao", "password": PASSWORD}).status_code == 302
    assert "赵联络的账号没有锁定。" in words(client.post(unlock, follow=True))


# --- slips for many


def test_ticked_accounts_get_their_slips_and_none_is_told_so(client, district):
    people = [liaison(district.street, name=f"p{number}", display_name=f"某{number}") for number in range(3)]
    page = client.post(reverse("accounts_slips"), {"account": [person.pk for person in people]}).content.decode()
    assert "已生成3张密码条" in page
    passwords = re.findall(r"初始密码</dt><dd class=\"slip-code\">([^<]+)</dd>", page)
    for person, password in zip(people, passwords, strict=True):
        person.refresh_from_db()
        assert person.check_password(password)
        assert person.must_change_password
    assert "没有选中账号，没有生成密码条。" in words(client.post(reverse("accounts_slips"), {}, follow=True))
    assert "没有选中账号" in words(client.post(reverse("accounts_slips"), {"account": ["²", "x", "-1"]}, follow=True))


def test_more_slips_than_a_page_bears_are_refused(client, district, monkeypatch):
    monkeypatch.setattr("units.views.accounts.MOST_SLIPS", 2)
    people = [liaison(district.street, name=f"p{number}").pk for number in range(3)]
    assert "一次最多生成2张密码条，请分批办理。" in words(
        client.post(reverse("accounts_slips"), {"account": people}, follow=True)
    )


def test_a_batch_offers_slips_for_its_new_accounts(client, district, tmp_path, settings, chief):
    settings.MEDIA_ROOT = tmp_path
    from disclosures.actions.imports import import_sheet

    sheet = "账号,姓名,角色,单位\nzhao,赵联络,单位联络员,兰山街道\nqian,钱联络,单位联络员,李官镇\n".encode()
    report = import_sheet(kind="accounts", file_name="账号.csv", content=sheet, office=district.office, by=chief)
    page = client.get(reverse("batches_one", args=[report.batch.pk])).content.decode()
    assert "本批有 2 个新账号尚未登录" in page
    assert "已写入 2 行。" in page
    assert "新账号还没有密码，请点“生成密码条”，打印后交给本人。" in page
    assert "请在导入结果页" not in page
    ids = re.findall(r'name="account" value="(\d+)"', page)
    assert "已生成2张密码条" in client.post(reverse("accounts_slips"), {"account": ids}).content.decode()
    clerk = signed_in(staff(district.office))
    assert "尚未登录" not in clerk.get(reverse("batches_one", args=[report.batch.pk])).content.decode()
    assert clerk.get(reverse("imports_kind", args=["accounts"])).status_code == 404


# --- roles, and the own account


def test_the_page_of_roles_shows_every_permission_of_every_role(client):
    page = words(client.get(reverse("accounts_roles")))
    for told in (
        "管理账号、单位和各项设置，可办理全部日常业务。",
        "查看操作日志，不能查看业务数据。",
        "向单位发出催办",
    ):
        assert told in page


def test_ones_own_account_is_kept_and_told(district):
    user = liaison(district.street, display_name="赵联络", password_changed_at=timezone.now() - timedelta(days=80))
    client = signed_in(user)
    page = words(client.get(reverse("account")))
    assert "已使用 80 天，每 90 天须修改，还有 10 天" in page
    assert "密码还有 10 天到期" in page
    assert "兰山街道单位联络员" in page
    fields = {"phone": "13800001234", "email": "z@example.gov.cn", "large_text": "on"}
    response = client.post(reverse("account"), fields, follow=True)
    assert "本人资料已保存。" in words(response)
    assert 'class="is-large"' in response.content.decode()
    assert "修改本人资料：联系电话、邮箱、邮件通知、字号" in words(response)
    assert "邮箱：邮箱应写作 name@example.com 的形式。" in words(
        client.post(reverse("account"), fields | {"email": "z"})
    )


def test_the_own_log_holds_the_own_events_only(district, chief):
    liaison(district.street, name="zhao")
    client = Client()
    client.post(reverse("login"), {"username": "zhao", "password": PASSWORD})
    Client().post(reverse("login"), {"username": "chief", "password": PASSWORD})
    page = client.get(reverse("account")).content.decode()
    assert page.count("<time datetime=") == 1


def test_a_person_without_a_role_still_has_an_account_page(district):
    user = User.objects.create_user("newcomer", password=PASSWORD, display_name="新人")
    assert "尚未分配角色" in words(signed_in(user).get(reverse("account")))
