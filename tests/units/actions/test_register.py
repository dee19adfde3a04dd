from datetime import date

import pytest

from lanshan_portal.periods import Period
from reports.figures import published
from tests.district import DEPARTMENTS, TOWNS, District
from units.actions import register
from units.models import AuditEvent, UnitGroup

pytestmark = pytest.mark.django_db

JUNE = Period.month(2020, 6)
DAY = date(2021, 6, 1)


@pytest.fixture
def district():
    return District()


def test_new_name_holds_from_its_day_and_the_old_one_before_it(district):
    register.rename_unit(unit=district.justice, from_day=DAY, full_name="兰山区法治局", short_name="区法治局", by=None)
    directory = district.directory()
    assert directory.entry(district.justice.pk, date(2021, 5, 31)).short_name == "区司法局"
    assert directory.entry(district.justice.pk, DAY).short_name == "区法治局"
    assert directory.resolve("区司法局", DAY).nearest == ("区法治局",)
    [event] = AuditEvent.objects.filter(verb="unit.renamed")
    assert (event.data["before"]["short_name"], event.data["after"]["short_name"]) == ("区司法局", "区法治局")


def test_figures_of_a_past_month_are_the_same_after_renaming_regrouping_and_merging(district):
    district.item(district.town)
    district.item(district.justice)
    before = published.count(district.office, JUNE, district.directory())
    departments = UnitGroup.objects.get(office=district.office, name=DEPARTMENTS)
    register.rename_unit(unit=district.town, from_day=DAY, short_name="李官街道", group=departments, by=None)
    register.dissolve_unit(unit=district.justice, on_day=DAY, successor=district.education, by=None)
    assert published.count(district.office, JUNE, district.directory()) == before
    after = published.count(district.office, Period.month(2021, 6), district.directory())
    assert [unit.name for unit in after.silent_units] == ["兰山街道", "李官街道", "区教育局"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"short_name": "区司法局"}, "全称、简称、分组和类型都没有变化。"),
        ({"short_name": "新名", "from_day": date(2019, 1, 1)}, "更名日期须晚于启用日期2019年1月1日。"),
    ],
)
def test_renaming_that_contradicts_the_record_is_refused(district, change, sentence):
    district.justice.founded_on = date(2019, 1, 1)
    district.justice.save()
    with pytest.raises(register.ChangeRefused, match=sentence):
        register.rename_unit(**{"unit": district.justice, "from_day": DAY, "by": None} | change)
    assert district.justice.versions.count() == 1


def test_second_renaming_comes_after_the_first(district):
    register.rename_unit(unit=district.justice, from_day=DAY, short_name="甲", by=None)
    with pytest.raises(register.ChangeRefused, match="须晚于上一次变更日期2021年6月1日"):
        register.rename_unit(unit=district.justice, from_day=DAY, short_name="乙", by=None)


def test_group_of_another_office_is_refused(district):
    other = UnitGroup.objects.get(office=district.office, name=TOWNS)
    other.office_id = 0
    with pytest.raises(register.ChangeRefused, match="不属于本机关"):
        register.rename_unit(unit=district.justice, from_day=DAY, group=other, by=None)


def test_unit_ends_once(district):
    register.dissolve_unit(unit=district.justice, on_day=DAY, successor=district.education, by=None)
    assert district.directory().resolve("区司法局", DAY).sentence == "“区司法局”已于2021年6月1日停用，并入区教育局。"
    with pytest.raises(register.ChangeRefused, match="该单位已于2021年6月1日停用。"):
        register.dissolve_unit(unit=district.justice, on_day=date(2022, 1, 1), by=None)
    with pytest.raises(register.ChangeRefused, match="不能再更名"):
        register.rename_unit(unit=district.justice, from_day=date(2022, 1, 1), short_name="甲", by=None)


def test_successor_is_another_unit_that_existed(district):
    with pytest.raises(register.ChangeRefused, match="并入单位须是2021年6月1日时存在的本机关其他单位"):
        register.dissolve_unit(unit=district.justice, on_day=DAY, successor=district.justice, by=None)


def test_unit_does_not_end_before_its_last_change(district):
    register.rename_unit(unit=district.town, from_day=DAY, short_name="甲", by=None)
    with pytest.raises(register.ChangeRefused, match="停用日期须晚于2021年6月1日"):
        register.dissolve_unit(unit=district.town, on_day=DAY, by=None)
