"""Groups and the official order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.district import DEPARTMENTS, TOWNS, District
from units.actions import groups
from units.actions.register import ChangeRefused
from units.audit import sentence_of
from units.models import AuditEvent, UnitGroup


@pytest.fixture
def district(db):
    return District()


def names() -> list[str]:
    return list(UnitGroup.objects.values_list("name", flat=True))


def newest() -> str:
    return sentence_of(AuditEvent.objects.latest("id"))


def test_a_group_is_added_renamed_moved_and_removed(district):
    made = groups.add_group(office=district.office, name="驻区单位", by=None)
    assert names() == [TOWNS, DEPARTMENTS, "驻区单位"]
    with pytest.raises(ChangeRefused, match="^已有分组“驻区单位”。$"):
        groups.add_group(office=district.office, name="驻区单位", by=None)
    assert groups.rename_group(group=made, name="垂管单位", by=None)
    assert newest() == "分组改名：驻区单位改为垂管单位"
    assert not groups.rename_group(group=made, name="垂管单位", by=None)
    with pytest.raises(ChangeRefused, match=f"^已有分组“{TOWNS}”。$"):
        groups.rename_group(group=made, name=TOWNS, by=None)
    groups.move_group(group=made, steps=-1, by=None)
    assert names() == [TOWNS, "垂管单位", DEPARTMENTS]
    groups.move_group(group=made, steps=-5, by=None)
    assert names()[0] == "垂管单位"
    events = AuditEvent.objects.count()
    groups.move_group(group=made, steps=-1, by=None)
    assert AuditEvent.objects.count() == events, "at the end it stays, and nothing is noted"
    groups.remove_group(group=made, by=None)
    assert names() == [TOWNS, DEPARTMENTS]
    assert newest() == "删除分组：垂管单位"


def test_a_renamed_group_keeps_its_units_and_tasks(district):
    town = UnitGroup.objects.get(name=TOWNS)
    task = district.requirement(scope="group", group=town)
    groups.rename_group(group=town, name="镇街", by=None)
    assert {unit.group for unit in district.directory().at(date(2020, 6, 1))} == {"镇街", DEPARTMENTS}
    task.refresh_from_db()
    assert task.group.name == "镇街"


def test_a_group_in_which_a_unit_counts_or_which_is_a_tasks_scope_stays(district):
    town = UnitGroup.objects.get(name=TOWNS)
    sentence = f"^分组“{TOWNS}”现有或曾有2个单位，不能删除；不再使用的分组可以改名或移到最后。$"
    with pytest.raises(ChangeRefused, match=sentence):
        groups.remove_group(group=town, by=None)
    empty = groups.add_group(office=district.office, name="空的", by=None)
    district.requirement(scope="group", group=empty)
    with pytest.raises(ChangeRefused, match="^分组“空的”正被工作任务使用，不能删除。$"):
        groups.remove_group(group=empty, by=None)
    assert "空的" in names()


def test_units_take_the_places_they_are_given_and_others_stay(district):
    moved = groups.order_units(
        office=district.office, positions={district.justice.pk: 1, district.street.pk: 1, district.town.pk: 9}, by=None
    )
    assert moved == 2
    assert [unit.short_name for unit in district.directory().at(date(2020, 6, 1))] == [
        "兰山街道",
        "区司法局",
        "区教育局",
        "李官镇",
    ]
    assert newest() == "调整单位排序：2个单位"
    assert groups.order_units(office=district.office, positions={district.town.pk: 9}, by=None) == 0
    with pytest.raises(ChangeRefused, match="^排序应为0至99999之间的整数，不能是100000。$"):
        groups.order_units(office=district.office, positions={district.town.pk: 100_000}, by=None)


def test_moving_one_up_changes_places_with_its_neighbour_across_a_gap():
    places = [(1, 1), (2, 2), (3, 101), (4, 102)]
    assert groups.swapped(places, 3, -1) == {1: 1, 3: 2, 2: 101, 4: 102}
    assert groups.swapped(places, 1, -1) == {1: 1, 2: 2, 3: 101, 4: 102}
    assert groups.swapped([(1, 5), (2, 5)], 2, -1) == {2: 5, 1: 6}


@given(
    st.lists(st.integers(0, 20), min_size=1, max_size=8).map(lambda found: list(enumerate(found))),
    st.integers(0, 7),
    st.sampled_from([-1, 1]),
)
def test_a_move_keeps_everybody_and_gives_each_a_place_of_its_own(places, which, steps):
    moved = which % len(places)
    found = groups.swapped(places, moved, steps)
    assert set(found) == {unit for unit, _ in places}
    assert len(set(found.values())) == len(places)
    before = [unit for unit, _ in sorted(places, key=lambda each: each[1])]
    after = sorted(found, key=found.__getitem__)
    wanted = min(max(before.index(moved) + steps, 0), len(before) - 1)
    assert after.index(moved) == wanted
    assert [unit for unit in after if unit != moved] == [unit for unit in before if unit != moved]
