"""The register's pages: the list as of a day, one unit's file, and the forms that change them."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from disclosures.register import in_groups, register
from tests.district import DEPARTMENTS, TOWNS
from tests.people import administrator, liaison, signed_in, staff, unit_leader
from tests.reading import words
from units.actions import register as changes
from units.forms.register import DatedForm
from units.models import AuditEvent, Membership, Unit, UnitAlias, UnitGroup

pytestmark = pytest.mark.django_db

DAY = date(2021, 6, 1)


@pytest.fixture
def chief(district):
    return administrator(district.office, name="chief", display_name="王管理")


@pytest.fixture
def client(chief):
    return signed_in(chief)


def listed(district, day=DAY, **asked) -> list[str]:
    return [row.entry.short_name for row in register(district.office, day, district.directory(), **asked)]


# --- the list


def test_the_register_reads_as_it_read_on_the_day(district):
    changes.rename_unit(unit=district.justice, from_day=DAY, short_name="区法治局", by=None)
    changes.dissolve_unit(unit=district.town, on_day=DAY, successor=district.street, by=None)
    district.unit("区大数据局", founded_on=date(2021, 7, 1))
    assert listed(district, date(2021, 5, 31)) == ["兰山街道", "李官镇", "区教育局", "区司法局"]
    assert listed(district) == ["兰山街道", "区教育局", "区法治局"]
    assert listed(district, standing="ended") == ["李官镇"]
    assert listed(district, standing="all") == ["兰山街道", "李官镇", "区教育局", "区法治局", "区大数据局"]
    (ended,) = register(district.office, DAY, district.directory(), standing="ended")
    assert ended.successor == "兰山街道"


def test_units_are_found_by_name_alias_code_initials_and_group(district):
    Unit.objects.filter(pk=district.education.pk).update(initials="qjyj")
    changes.add_alias(unit=district.education, name="教体局", by=None)
    for text in ("教育", "教体", "U03", "u03", "qjyj", "jyj", " 区 教育局 "):
        assert listed(district, words=text) == ["区教育局"], text
    assert listed(district, group=TOWNS) == ["兰山街道", "李官镇"]
    assert listed(district, words="没有") == []


def test_who_acts_for_a_unit_and_what_it_keeps_stand_beside_it(district):
    liaison(district.street, display_name="赵联络", phone="0539-8012345")
    unit_leader(district.street, display_name="钱领导")
    district.check(district.street)
    rows = {row.entry.short_name: row for row in register(district.office, DAY, district.directory())}
    street = rows["兰山街道"]
    assert [str(each.user) for each in street.liaisons] == ["赵联络"]
    assert [str(each.user) for each in street.leaders] == ["钱领导"]
    assert street.media == 1
    assert listed(district, standing="without_liaison") == ["李官镇", "区教育局", "区司法局"]
    # Before the appointment there was nobody.
    assert not register(district.office, date(2019, 1, 1), district.directory())[0].liaisons


def test_runs_of_one_group_follow_the_official_order(district):
    district.unit("义堂镇", TOWNS)
    runs = in_groups(register(district.office, DAY, district.directory()))
    assert [(name, len(rows)) for name, rows in runs] == [(TOWNS, 2), (DEPARTMENTS, 2), (TOWNS, 1)]


def test_the_page_counts_who_lacks_a_liaison_and_exports_what_is_listed(client, district):
    page = client.get(reverse("units"), {"group": TOWNS})
    assert "2 个没有联络员" in words(page)
    address = re.search(r'href="(/units/export/[^"]*)"', page.content.decode())[1].replace("&amp;", "&")
    exported = client.get(address)
    rows = list(load_workbook(BytesIO(exported.content)).active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == ["兰山街道", "李官镇"]
    event = AuditEvent.objects.get(verb="rows.exported")
    assert event.data["kind"] == "units"
    assert client.get(reverse("units_export"), {"as_of": "never"}).status_code == 404


def test_the_page_says_what_to_do_when_nothing_is_found_and_when_a_condition_is_wrong(client, district):
    assert "没有符合条件的单位" in words(client.get(reverse("units"), {"q": "没有"}))
    wrong = client.get(reverse("units"), {"as_of": "2020-02-30"})
    assert wrong.status_code == 422
    assert "截至日期：截至日期应写作 2020-06-01。" in words(wrong)
    Unit.objects.all().update(dissolved_on=date(2000, 1, 1))
    assert "没有符合条件的单位" in words(client.get(reverse("units")))


def test_the_list_asks_the_same_number_of_questions_for_four_and_for_a_hundred_units(client, district):
    counts = []
    for number in (1, 60):
        for index in range(number):
            liaison(district.unit(f"单位{number}-{index}"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("units"))
        counts.append(len(asked))
    assert counts[0] == counts[1] < 22


# --- one unit


def test_the_file_of_a_unit_tells_names_people_accounts_and_what_happened(client, district):
    liaison(district.justice, display_name="赵联络", phone="0539-8012345")
    changes.rename_unit(unit=district.justice, from_day=DAY, short_name="区法治局", full_name="兰山区法治局", by=None)
    changes.dissolve_unit(unit=district.town, on_day=DAY, successor=district.justice, by=None)
    district.check(district.justice)
    page = words(client.get(reverse("units_register", args=["U04"])))
    for told in ("区法治局", "区司法局", "2021-06-01 起", "赵联络", "0539-8012345", "李官镇，2021年6月1日", "微博"):
        assert told in page, told
    assert "变更单位：区司法局改为区法治局，自2021年6月1日起" in page


def test_the_file_of_a_unit_shows_the_last_day_of_what_ended(client, district):
    """A day that is kept as the first one after is never shown as the last."""
    held = liaison(district.justice, display_name="赵联络").memberships.get()
    Membership.objects.filter(pk=held.pk).update(until=DAY)
    changes.rename_unit(unit=district.justice, from_day=DAY, short_name="区法治局", full_name="兰山区法治局", by=None)
    page = words(client.get(reverse("units_register", args=["U04"])))
    assert page.count("2021-05-31 止") == 2
    assert "2021-06-01 止" not in page
    unit = district.unit("区大数据局", founded_on=date(2021, 7, 1))
    changes.dissolve_unit(unit=unit, on_day=date(2021, 7, 2), by=None)
    assert "2021-07-01 起，2021-07-02 停用" in words(client.get(reverse("units_register", args=[unit.code])))


def test_a_unit_reads_its_own_file_without_the_log_and_no_others(district):
    changes.add_alias(unit=district.street, name="兰山办", by=None)
    for person in (liaison(district.street), unit_leader(district.street)):
        client = signed_in(person)
        page = words(client.get(reverse("units_register", args=["U01"])))
        assert "兰山办" in page
        assert "变更记录" not in page
        assert client.get(reverse("units_register", args=["U02"])).status_code == 404
        assert client.get(reverse("units")).status_code == 403


def test_a_code_with_a_stroke_has_a_page(client, district):
    Unit.objects.filter(pk=district.street.pk).update(code="兰山/1号")
    assert client.get(reverse("units")).status_code == 200
    assert client.get(reverse("units_register", args=["兰山/1号"])).status_code == 200


def test_only_who_manages_settings_changes_the_register(district):
    clerk = signed_in(staff(district.office))
    page = clerk.get(reverse("units_register", args=["U01"])).content.decode()
    for name in ("correct", "change", "dissolve", "alias_add"):
        address = reverse(f"units_{name}", args=["U01"])
        assert address not in page
        assert clerk.post(address).status_code == 403


# --- the forms


def fields(**changed) -> dict:
    standard = {
        "code": "D09",
        "position": "109",
        "full_name": "兰山区粮食局",
        "short_name": "区粮食局",
        "group": str(UnitGroup.objects.get(name=DEPARTMENTS).pk),
        "kind": "部门",
        "founded_on": "2020-06-15",
        "aliases": "粮食局、区粮食和物资储备局",
    }
    return standard | changed


def test_a_unit_is_entered_and_led_to(client, district):
    response = client.post(reverse("units_new"), fields(), follow=True)
    assert response.redirect_chain == [(reverse("units_register", args=["D09"]), 302)]
    assert "已新建单位“区粮食局”，自2020年6月15日起计算。" in words(response)
    assert "2020-06-15 起" in words(response)
    assert [alias.name for alias in UnitAlias.objects.all()] == ["粮食局", "区粮食和物资储备局"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"code": ""}, "单位编码：请填写单位编码。"),
        ({"code": "U01"}, "单位编码：单位编码“U01”已被使用，请核对。"),
        ({"position": "-1"}, "排序：排序应为0至99999之间的整数。"),
        ({"position": "一"}, "排序：排序应为整数。"),
        ({"short_name": "李官镇"}, "简称：“李官镇”已是单位“李官镇”的名称，同一时期两个单位不能同名。"),
        ({"aliases": "区教育局"}, "别名：“区教育局”已是单位“区教育局”的名称，同一时期两个单位不能同名。"),
        ({"aliases": "长" * 81}, f"别名：“{'长' * 12}…”超过80个字，请精简。"),
        ({"group": ""}, "分组：请选择分组。"),
        (
            {"founded_on": ""},
            "启用日期：请填写启用日期；长期存在的单位，请勾选“长期存在（以前各月也计算）”。",
        ),
        (
            {"always": "on"},
            "启用日期：已勾选“长期存在（以前各月也计算）”，又填写了启用日期，请只留一项。",
        ),
    ],
)
def test_a_unit_that_cannot_be_is_told_why_and_what_was_typed_stays(client, district, changed, sentence):
    response = client.post(reverse("units_new"), fields(**changed))
    assert response.status_code == 422
    assert sentence in words(response)
    if "full_name" not in changed:
        assert 'value="兰山区粮食局"' in response.content.decode()


def test_a_new_unit_begins_today_unless_it_is_said_to_have_been_there_always(client, district):
    today = timezone.localdate().isoformat()
    page = client.get(reverse("units_new"))
    assert f'name="founded_on" value="{today}"' in page.content.decode()
    assert "长期存在（以前各月也计算）" in words(page)
    told = client.post(reverse("units_new"), fields(founded_on=today, always="on"), follow=True)
    assert "已新建单位“区粮食局”，以前各月也计算。" in words(told)
    assert Unit.objects.get(code="D09").founded_on is None
    assert "一直使用" in words(told)


def test_a_correction_of_the_day_a_unit_began_is_one_or_the_other(client, district):
    address = reverse("units_correct", args=["U04"])
    named = {"full_name": "区司法局", "short_name": "区司法局", "kind": "部门"}
    given = named | {"group": str(UnitGroup.objects.get(name=DEPARTMENTS).pk), "always": "on"}
    assert DatedForm.BOTH in words(client.post(address, given | {"founded_on": "2020-06-15"}))
    client.post(address, given | {"founded_on": "2020-06-15", "always": ""})
    assert Unit.objects.get(code="U04").founded_on == date(2020, 6, 15)
    client.post(address, given | {"founded_on": "2020-06-15"})
    assert Unit.objects.get(code="U04").founded_on is None


def test_a_correction_says_when_past_months_move(client, district):
    address = reverse("units_correct", args=["U04"])
    town = str(UnitGroup.objects.get(name=TOWNS).pk)
    given = {"full_name": "兰山区区司法局", "short_name": "区司法局", "group": town, "kind": "部门", "always": "on"}
    assert "以前各月的统计随之改变" not in words(client.get(address))
    district.item(district.justice)
    assert "该单位已有数据：更正分组、类型或启用日期后，以前各月的统计随之改变。" in words(client.get(address))
    assert "已更正。以前各月的统计随之改变。" in words(client.post(address, given, follow=True))
    assert "没有变化。" in words(client.post(address, given, follow=True))
    renamed = client.post(address, given | {"short_name": "区司法行政局"}, follow=True)
    assert "已更正。原来的名称留作别名。" in words(renamed)
    refused = client.post(address, given | {"short_name": "李官镇"})
    assert "简称：“李官镇”已是单位“李官镇”的名称，同一时期两个单位不能同名。" in words(refused)


def test_a_change_from_a_day_on_offers_to_be_taken_back(client, district):
    address = reverse("units_change", args=["U04"])
    given = {
        "from_day": "2021-06-01",
        "full_name": "兰山区法治局",
        "short_name": "区法治局",
        "group": str(UnitGroup.objects.get(name=DEPARTMENTS).pk),
        "kind": "部门",
    }
    response = client.post(address, given, follow=True)
    assert "已变更，自2021年6月1日起生效，此前各月不变。" in words(response)
    undo = reverse("units_change_undo", args=["U04"])
    assert f'action="{undo}"' in response.content.decode()
    refused = client.post(address, given | {"from_day": "2021-05-01", "short_name": "又一名"})
    assert "变更日期：更名日期须晚于上一次变更日期2021年6月1日。" in words(refused)
    assert "已撤销变更，恢复为“区司法局”。" in words(client.post(undo, follow=True))
    assert "该单位没有可以撤销的变更。" in words(client.post(undo, follow=True))


def test_a_unit_ends_with_its_successor_and_comes_back(client, district):
    liaison(district.town)
    address = reverse("units_dissolve", args=["U02"])
    assert "该单位现有1人任职，停用后请到账号页面终止或调整。" in words(client.get(address))
    given = {"on_day": timezone.localdate().isoformat(), "successor": str(district.street.pk)}
    response = client.post(address, given, follow=True)
    assert "并入兰山街道" in words(response)
    refused = client.post(address, given)
    assert refused.status_code == 422
    undo = reverse("units_reinstate", args=["U02"])
    assert "已恢复单位“李官镇”。" in words(client.post(undo, follow=True))
    assert "该单位没有停用。" in words(client.post(undo, follow=True))


def test_an_alias_comes_and_goes_on_the_units_page(client, district):
    add = reverse("units_alias_add", args=["U03"])
    assert "已增加别名“教体局”。" in words(client.post(add, {"name": "教体局"}, follow=True))
    refused = client.post(add, {"name": "李官镇"})
    assert refused.status_code == 422
    assert "别名：“李官镇”已是单位“李官镇”的名称，同一时期两个单位不能同名。" in words(refused)
    remove = reverse("units_alias_remove", args=["U03", UnitAlias.objects.get().pk])
    assert "已删除别名“教体局”，以后表格中不能再用它指代该单位。" in words(client.post(remove, follow=True))
    assert client.post(remove).status_code == 404


def test_places_are_typed_for_all_and_arrows_move_one(client, district):
    def typed(*places: str, **more) -> dict:
        units = (district.street, district.town, district.education, district.justice)
        return {f"position-{unit.pk}": place for unit, place in zip(units, places, strict=True)} | more

    address = reverse("units_order")
    assert "已调整1个单位的排序。" in words(client.post(address, typed("1", "2", "3", "0"), follow=True))
    assert district.directory().at(DAY)[0].short_name == "区司法局"
    moved = client.post(address, typed("1", "2", "3", "0", move=f"up:{district.street.pk}"), follow=True)
    assert "已调整2个单位的排序。" in words(moved)
    assert district.directory().at(DAY)[0].short_name == "兰山街道"
    wrong = client.post(address, typed("1", "²", "", "100000"))
    assert wrong.status_code == 422
    assert "李官镇：排序应为0至99999之间的整数。" in words(wrong)
    assert 'value="100000"' in wrong.content.decode()


def test_groups_are_kept_on_one_page(client, district):
    address = reverse("units_groups")
    assert "已新建分组“驻区单位”。" in words(client.post(address, {"name": "驻区单位"}, follow=True))
    assert "分组名称：已有分组“驻区单位”。" in words(client.post(address, {"name": "驻区单位"}))
    group = UnitGroup.objects.get(name="驻区单位")
    rename = reverse("units_groups_rename", args=[group.pk])
    renamed = client.post(rename, {f"{group.pk}-name": "垂管单位"}, follow=True)
    assert "分组“驻区单位”已改名为“垂管单位”，以前各月也改用新的名称。" in words(renamed)
    refused = client.post(rename, {f"{group.pk}-name": TOWNS})
    assert refused.status_code == 422
    assert f"分组名称：已有分组“{TOWNS}”。" in words(refused)
    client.post(reverse("units_groups_move", args=[group.pk]), {"direction": "up"})
    assert list(UnitGroup.objects.values_list("name", flat=True)) == [TOWNS, "垂管单位", DEPARTMENTS]
    remove = reverse("units_groups_remove", args=[group.pk])
    assert "已删除分组“垂管单位”。" in words(client.post(remove, follow=True))
    town = UnitGroup.objects.get(name=TOWNS)
    assert "现有或曾有2个单位，不能删除" in words(
        client.post(reverse("units_groups_remove", args=[town.pk]), follow=True)
    )
