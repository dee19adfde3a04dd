"""New units, corrections, other names, the end taken back: the same rules and sentences as the sheet has."""

from datetime import date

import pytest

from lanshan_portal.periods import Period
from reports.figures import published
from tests.district import DEPARTMENTS, TOWNS, District
from units.actions import register
from units.actions.register import ChangeRefused
from units.audit import sentence_of
from units.models import AuditEvent, Unit, UnitGroup

pytestmark = pytest.mark.django_db

DAY = date(2021, 6, 1)
JUNE = Period.month(2020, 6)


@pytest.fixture
def district():
    return District()


def group(name: str) -> UnitGroup:
    return UnitGroup.objects.get(name=name)


def found(district, **changed) -> Unit:
    fields = {
        "code": "D09",
        "full_name": "兰山区粮食局",
        "short_name": "区粮食局",
        "group": group(DEPARTMENTS),
        "kind": "部门",
        "position": 109,
        "founded_on": None,
        "aliases": ("粮食局",),
    }
    return register.found_unit(office=district.office, by=None, **(fields | changed))


def corrected(unit: Unit, **changed) -> list[str]:
    now = unit.versions.last()
    fields = {
        "full_name": now.full_name,
        "short_name": now.short_name,
        "group": now.group,
        "kind": now.kind,
        "founded_on": unit.founded_on,
    }
    return register.correct_unit(unit=unit, by=None, **(fields | changed))


def newest() -> str:
    return sentence_of(AuditEvent.objects.latest("id"))


# --- a new unit


def test_a_new_unit_is_found_by_every_name_and_by_its_initials(district):
    unit = found(district)
    directory = district.directory()
    for name in ("D09", "兰山区粮食局", "区粮食局", "粮食局"):
        assert directory.resolve(name, DAY).unit_id == unit.pk
    assert unit.initials == "qlsj"
    assert newest() == "新建单位：区粮食局（D09）"


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"code": "U01"}, "code", "单位编码“U01”已被使用，请核对。"),
        ({"short_name": "区教育局"}, "short_name", "“区教育局”已是单位“区教育局”的名称，同一时期两个单位不能同名。"),
        (
            {"full_name": " 兰山区 李官镇"},
            "full_name",
            "“ 兰山区 李官镇”已是单位“李官镇”的名称，同一时期两个单位不能同名。",
        ),
        ({"aliases": ("U02",)}, "aliases", "“U02”已是单位“李官镇”的名称，同一时期两个单位不能同名。"),
    ],
)
def test_a_name_that_means_another_unit_is_refused(district, changed, field, sentence):
    with pytest.raises(ChangeRefused, match=f"^{sentence}$") as refused:
        found(district, **changed)
    assert refused.value.field == field
    assert not Unit.objects.filter(code="D09").exists()


def test_a_name_may_be_used_again_when_its_unit_has_ended(district):
    register.dissolve_unit(unit=district.education, on_day=DAY, by=None)
    with pytest.raises(ChangeRefused):
        found(district, short_name="区教育局", founded_on=date(2021, 5, 31))
    assert found(district, short_name="区教育局", founded_on=DAY).pk


# --- corrections


def test_a_corrected_name_stays_as_an_alias_and_the_past_reads_the_new_one(district):
    district.item(district.justice)
    before = published.count(district.office, JUNE, district.directory()).total.value
    assert corrected(district.justice, short_name="区司法行政局") == ["short_name"]
    directory = district.directory()
    assert directory.entry(district.justice.pk, JUNE.start).short_name == "区司法行政局"
    assert directory.resolve("区司法局", DAY).unit_id == district.justice.pk
    assert published.count(district.office, JUNE, directory).total.value == before
    assert newest() == "更正单位：区司法行政局（U04），简称，原简称区司法局"
    district.justice.refresh_from_db()
    assert district.justice.initials == "qsfxzj"
    assert corrected(district.justice) == []


def test_a_corrected_group_moves_the_figures_of_past_months(district):
    district.item(district.justice)

    def of_group(name: str) -> int:
        counted = published.count(district.office, JUNE, district.directory())
        return {each.wording: each.figure.value for each in counted.by_group}.get(name, 0)

    assert of_group(TOWNS) == 0
    corrected(district.justice, group=group(TOWNS))
    assert of_group(TOWNS) == 1


def test_a_unit_cannot_begin_after_its_first_change_or_its_end(district):
    register.rename_unit(unit=district.justice, from_day=DAY, short_name="区法治局", by=None)
    with pytest.raises(ChangeRefused, match="^启用日期应早于第一次变更的日期2021年6月1日，请核对。$"):
        corrected(district.justice, founded_on=DAY)
    register.dissolve_unit(unit=district.town, on_day=DAY, by=None)
    with pytest.raises(ChangeRefused, match="^启用日期应早于停用日期2021年6月1日，请核对。$"):
        corrected(district.town, founded_on=date(2022, 1, 1))


def test_a_correction_or_a_new_name_that_means_another_unit_is_refused(district):
    sentence = "^“区教育局”已是单位“区教育局”的名称，同一时期两个单位不能同名。$"
    with pytest.raises(ChangeRefused, match=sentence):
        corrected(district.justice, short_name="区教育局")
    with pytest.raises(ChangeRefused, match=sentence):
        register.rename_unit(unit=district.justice, from_day=DAY, short_name="区教育局", by=None)
    # What it was called itself is its own.
    register.rename_unit(unit=district.justice, from_day=DAY, short_name="区法治局", by=None)
    register.rename_unit(unit=district.justice, from_day=date(2022, 1, 1), short_name="区司法局", by=None)


# --- taking back


def test_a_dated_change_is_taken_back_as_if_it_had_not_been(district):
    before = list(district.directory())
    register.rename_unit(unit=district.justice, from_day=DAY, short_name="区法治局", group=group(TOWNS), by=None)
    assert newest() == f"变更单位：区司法局改为区法治局，分组改为{TOWNS}，自2021年6月1日起"
    assert Unit.objects.get(pk=district.justice.pk).initials == "qfzj"
    register.take_back_change(unit=district.justice, by=None)
    assert list(district.directory()) == before
    assert Unit.objects.get(pk=district.justice.pk).initials == "qsfj"
    assert newest() == "撤销单位变更：区法治局改为区司法局，分组改为政府各部门，自2021年6月1日起"
    with pytest.raises(ChangeRefused, match="^该单位没有可以撤销的变更。$"):
        register.take_back_change(unit=district.justice, by=None)


def test_the_end_of_a_unit_is_taken_back_unless_its_name_is_anothers_now(district):
    register.dissolve_unit(unit=district.justice, on_day=DAY, successor=district.education, by=None)
    register.reinstate_unit(unit=district.justice, by=None)
    district.justice.refresh_from_db()
    assert (district.justice.dissolved_on, district.justice.successor) == (None, None)
    assert newest() == "恢复单位：区司法局（U04）"
    with pytest.raises(ChangeRefused, match="^该单位没有停用。$"):
        register.reinstate_unit(unit=district.justice, by=None)
    register.dissolve_unit(unit=district.justice, on_day=DAY, by=None)
    found(district, short_name="区司法局", founded_on=DAY)
    with pytest.raises(ChangeRefused, match="^“区司法局”已是单位“区司法局”的名称，同一时期两个单位不能同名。$"):
        register.reinstate_unit(unit=district.justice, by=None)


# --- other names


def test_an_alias_is_understood_until_it_is_removed(district):
    alias = register.add_alias(unit=district.education, name="教体局", by=None)
    assert district.directory().resolve("教体局", DAY).unit_id == district.education.pk
    assert newest() == "增加单位别名：区教育局（U03），教体局"
    register.remove_alias(alias=alias, by=None)
    assert district.directory().resolve("教体局", DAY).nearest == ("区教育局",)
    assert newest() == "删除单位别名：区教育局（U03），教体局"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("区教育局", "“区教育局”已是该单位的名称或别名。"),
        ("U03", "“U03”已是该单位的名称或别名。"),
        ("李官镇", "“李官镇”已是单位“李官镇”的名称，同一时期两个单位不能同名。"),
    ],
)
def test_an_alias_that_means_something_already_is_refused(district, name, sentence):
    with pytest.raises(ChangeRefused, match=f"^{sentence}$"):
        register.add_alias(unit=district.education, name=name, by=None)
    assert not district.education.aliases.exists()


def test_too_long_an_alias_is_refused(district):
    with pytest.raises(ChangeRefused, match="^“很很很很很很很很很很很很…”有81个字，超过80个字的上限，不能作为别名。$"):
        register.add_alias(unit=district.education, name="很" * 81, by=None)


def test_a_unit_is_named_by_whatever_it_is_called(district):
    assert register.unit_named(district.directory(), "U03", DAY) == district.education
    with pytest.raises(ChangeRefused, match="^单位台账中没有“区教肓局”"):
        register.unit_named(district.directory(), "区教肓局", DAY)
