"""Accounts by sheet: the same machinery as every kind, the same sentences as the form."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from disclosures.actions import imports
from disclosures.models import ImportBatch
from disclosures.sheets.resources.account_store import new_accounts
from disclosures.sheets.templates import template
from tests.sheets import imported, xlsx
from units.actions import accounts, appointments
from units.models import AuditEvent, Membership, Office, Unit, User
from units.roles import UNIT_LIAISON

NOW = datetime(2020, 7, 6, 1, tzinfo=UTC)
HEADERS = ["账号", "姓名", "角色", "单位", "职务", "电话", "邮箱", "起始日期"]


def row(**changed: Any) -> list[Any]:
    standard = {"账号": "zhao", "姓名": "赵联络", "角色": "单位联络员", "单位": "李官镇", "职务": "科员"}
    standard |= {"电话": "0539-8012345", "邮箱": "zhao@example.gov.cn", "起始日期": "2020-01-01"}
    return list((standard | changed).values())


def sheet(*rows: list[Any], headers: list[str] = HEADERS) -> bytes:
    return xlsx([headers, *rows])


def undone(batch: ImportBatch | None) -> None:
    assert batch is not None
    imports.undo_batch(batch=batch, by=None, at=NOW)


def sentences(*rows: list[Any]) -> list[tuple[int | None, str, str]]:
    report = imported("accounts", sheet(*rows))
    return [(error.row, error.column, error.message) for error in report.errors]


def test_a_sheet_makes_accounts_and_says_that_slips_are_still_to_be_made(office: Office) -> None:
    report = imported(
        "accounts", sheet(row(), row(账号="wang", 姓名="王经办", 角色="办公室经办", 单位=None, 起始日期=None))
    )

    assert (report.new, report.errors) == (2, ())
    assert report.warnings == ("新账号导入后还没有密码，请在导入结果页生成初始密码条，打印后交给本人。",)
    zhao, wang = User.objects.get(username="zhao"), User.objects.get(username="wang")
    assert (str(zhao), zhao.pinyin, zhao.has_usable_password()) == ("赵联络", "zhaolianluo zll", False)
    held = zhao.memberships.get()
    assert (held.role, str(held.unit), held.since) == ("unit_liaison", "李官镇", date(2020, 1, 1))
    assert wang.memberships.get().since == timezone.localdate()
    assert report.batch is not None
    assert new_accounts(report.batch) == [wang, zhao]
    assert AuditEvent.objects.filter(verb="account.created").count() == 2


def test_the_same_sheet_changes_nothing_and_an_empty_day_is_the_day_that_is_there(office: Office) -> None:
    imported("accounts", sheet(row()))
    assert imported("accounts", sheet(row())).summary == "新增 0，更新 0，未变 1"
    assert imported("accounts", sheet(row(起始日期=None))).summary == "新增 0，更新 0，未变 1"


def test_a_sheet_corrects_whose_account_it_is_and_leaves_what_it_has_no_column_for(office: Office) -> None:
    imported("accounts", sheet(row()))

    report = imported(
        "accounts",
        sheet(["zhao", "赵晓", "单位联络员", "李官镇", "主任"], headers=["账号", "姓名", "角色", "单位", "职务"]),
    )

    assert report.summary == "新增 0，更新 1，未变 0"
    zhao = User.objects.get(username="zhao")
    assert (zhao.display_name, zhao.job_title, zhao.phone) == ("赵晓", "主任", "0539-8012345")
    undone(report.batch)
    zhao.refresh_from_db()
    assert (zhao.display_name, zhao.job_title, zhao.pinyin) == ("赵联络", "科员", "zhaolianluo zll")


@pytest.mark.parametrize(
    ("changed", "column", "sentence"),
    [
        ({"账号": "赵"}, "账号", "账号应以字母开头，由字母、数字和 . _ - 组成，3至30个字符。"),
        ({"角色": "科长"}, "角色", "没有“科长”这一项，应为：系统管理员、办公室经办、办公室审核、签发领导、单位联络员、单位分管领导、审计员。"),
        ({"单位": None}, "单位", "“单位联络员”是单位的角色，请填写单位。"),
        ({"角色": "办公室经办"}, "单位", "“办公室经办”是机关的角色，不填写单位。"),
        ({"单位": "李管镇"}, "单位", "单位台账中没有“李管镇”，是否为：李官镇。"),
        ({"单位": "区工商局"}, "单位", "“区工商局”已于2019年2月15日停用，并入区市场监管局。"),
        ({"电话": "见通讯录"}, "电话", "联系电话应为数字，可含 + - 空格和“转”，3至40个字符。"),
        ({"邮箱": "zhao at example"}, "邮箱", "邮箱应写作 name@example.com 的形式。"),
        ({"单位": "区市场监管局", "起始日期": "2019-01-01"}, "单位", "“区市场监管局”自2019年2月15日起设立，2019年1月1日时尚不存在。"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_is_told_why(changed: dict[str, Any], column: str, sentence: str, office: Office) -> None:
    assert sentences(row(**changed)) == [(2, column, sentence)]


def test_rows_of_one_account_agree_and_no_appointment_is_made_twice(office: Office) -> None:
    assert sentences(row(), row(角色="单位分管领导", 姓名="赵小", 电话="123")) == [
        (3, "姓名", "与第2行同一账号的姓名不一致，请核对。"),
        (3, "电话", "与第2行同一账号的电话不一致，请核对。"),
    ]
    assert sentences(row(), row(账号="ZHAO")) == [(3, "账号", "与第2行重复（账号+角色+单位相同），请删除其中一行。")]
    assert sentences(row(), row(账号="ZHAO", 单位="区教育局")) == [
        (3, "账号", "与第2行的账号“zhao”只有大小写不同，请统一，或换一个账号。")
    ]
    imported("accounts", sheet(row()))
    held = Membership.objects.get()
    appointments.end(membership=held, until=date(2020, 6, 1), by=None, on=date(2020, 5, 1))
    assert sentences(row(起始日期="2020-05-01")) == [
        (2, "起始日期", "2020年1月1日至2020年5月31日已是李官镇的单位联络员，不能重复任命。")
    ]
    assert sentences(row(起始日期=None)) == [(2, "起始日期", "该账号曾任这一角色，请填写起始日期。")]
    assert imported("accounts", sheet(row(起始日期="2020-06-01"))).summary == "新增 1，更新 0，未变 0"


def test_an_auditor_is_nothing_else_in_a_sheet_either(office: Office) -> None:
    mixed = (row(角色="审计员", 单位=None), row(角色="系统管理员", 单位=None))
    assert sentences(*mixed) == [(3, "起始日期", "审计员不能兼任其他角色，该账号自2020年1月1日起是审计员。")]


def test_a_second_appointment_is_pointed_out_and_keeps_what_the_row_leaves_empty(office: Office) -> None:
    imported("accounts", sheet(row()))

    report = imported("accounts", sheet(row(单位="区教育局", 职务=None, 电话="13800001234", 起始日期="2020-07-01")))

    assert report.warnings == (
        "第2行：账号“zhao”已有，将增加任职“区教育局单位联络员”，原来的任职不变；换人请办理交接。",
    )
    zhao = User.objects.get()
    assert (zhao.memberships.count(), zhao.job_title, zhao.phone) == (2, "科员", "13800001234")
    undone(report.batch)
    zhao.refresh_from_db()
    assert (zhao.memberships.count(), zhao.phone) == (1, "0539-8012345")


def test_names_that_are_not_the_offices_own_are_refused(office: Office) -> None:
    other = Office.objects.create(code="371399", level="县", name="乙县人民政府办公室", short_name="县政府办公室")
    foreign = User.objects.create_user("foreign")
    Membership.objects.create(user=foreign, office=other, role="office_staff", since=date(2020, 1, 1))
    User.objects.create_superuser("root", password="x")
    imported("accounts", sheet(row()))
    for name in ("foreign", "root"):
        assert sentences(row(账号=name)) == [(2, "账号", f"账号“{name}”已被使用，不由本机关管理，请换一个账号。")]
    assert sentences(row(账号="Zhao", 单位="区教育局")) == [
        (2, "账号", "已有账号“zhao”，只有大小写不同，请照原样填写或换一个账号。")
    ]
    User.objects.filter(username="zhao").update(is_active=False)
    assert sentences(row()) == [(2, "账号", "账号“zhao”已停用，请先启用，或删去这一行。")]


def test_a_batch_is_undone_until_somebody_signs_in_or_is_appointed_further(office: Office) -> None:
    batch = imported("accounts", sheet(row(), row(账号="qian", 姓名="钱联络", 单位="区教育局"))).batch
    assert batch is not None
    zhao = User.objects.get(username="zhao")
    town = Unit.objects.get(code="T01")
    extra = appointments.appoint(
        office=office, user=zhao, role=UNIT_LIAISON, unit=town, since=date(2020, 8, 1), by=None
    )
    with pytest.raises(imports.UndoRefused, match="^该批次之后，赵联络的任职又有变动，不能撤销；请在账号页面办理。$"):
        undone(batch)
    extra.delete()
    zhao.last_login = NOW
    zhao.save()
    sentence = "^该批次建立的账号“zhao”已经登录使用，不能撤销；不再使用的账号请停用。$"
    with pytest.raises(imports.UndoRefused, match=sentence):
        undone(batch)
    assert new_accounts(batch) == [User.objects.get(username="qian")]
    User.objects.update(last_login=None)
    undone(batch)
    assert not User.objects.exists()
    assert new_accounts(ImportBatch.objects.get(pk=batch.pk)) == []


def test_what_only_the_day_of_import_can_tell_is_told_as_an_error_and_nothing_is_written(office: Office) -> None:
    """The unit ended yesterday, but the row begins on the day it is imported."""
    Unit.objects.filter(code="T02").update(founded_on=timezone.localdate() + timezone.timedelta(days=5))

    report = imported("accounts", sheet(row(账号="qian", 单位="兰山街道"), row(起始日期=None)))

    assert [(error.row, error.value) for error in report.errors] == [(3, "zhao")]
    assert "起设立，任职不能早于这一天。" in report.errors[0].message
    assert not User.objects.exists()
    assert not ImportBatch.objects.filter(kind="accounts").exists()


def test_the_template_offers_roles_and_units(office: Office) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(template("accounts", office)))
    lists = book["选项"]
    assert [cell.value for cell in lists["A"]][:2] == ["系统管理员", "办公室经办"]
    assert "李官镇" in [cell.value for cell in lists["B"]]


def test_slips_of_a_whole_district_cost_few_rounds_and_are_hashed_anew_when_used(office: Office, settings: Any) -> None:
    """With the hasher that ships: its million rounds would make a hundred slips a matter of a minute."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    imported("accounts", sheet(*(row(账号=f"lian{number}", 姓名="某某") for number in range(110))))
    chief = User.objects.create_user("chief")
    slips = accounts.issue_passwords(office=office, users=list(User.objects.exclude(pk=chief.pk)), by=chief, at=NOW)
    assert len({slip.password for slip in slips}) == 110
    user = slips[0].user
    rounds = user.password.split("$")[1]
    assert user.check_password(slips[0].password)
    user.refresh_from_db()
    assert int(user.password.split("$")[1]) > int(rounds) == 20_000, "made anew with the usual rounds when it is used"
