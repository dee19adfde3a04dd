from datetime import date

import pytest

from lanshan_portal.periods import Period
from units.directory import Directory, DirectoryEntry, Unresolved

JUNE = date(2020, 6, 15)
AFTER = date(2021, 7, 1)


def entry(unit_id, full, short, *aliases, **fields):
    return DirectoryEntry(
        unit_id=unit_id,
        code=f"371302-D{unit_id:02}",
        full_name=full,
        short_name=short,
        aliases=aliases,
        group_id=fields.pop("group_id", 2),
        group=fields.pop("group", "政府各部门"),
        group_position=2,
        kind=fields.pop("kind", "部门"),
        position=unit_id,
        **fields,
    )


@pytest.fixture
def directory():
    renamed = date(2021, 6, 1)
    merged = date(2021, 1, 1)
    return Directory(
        [
            entry(1, "兰山区教育和体育局", "区教育局"),
            entry(2, "兰山区市场监督管理局", "区市场监管局", "区市场监督管理局", "市场监管局"),
            entry(3, "兰山区扶贫开发办公室", "区扶贫办", valid_to=renamed),
            entry(3, "兰山区乡村振兴局", "区乡村振兴局", valid_from=renamed),
            entry(4, "兰山区农业机械发展中心", "区农机发展中心", dissolved_on=merged, successor_id=5),
            entry(5, "兰山区农业农村局", "区农业农村局"),
            entry(6, "兰山区大数据局", "区大数据局", founded_on=date(2020, 9, 1)),
        ]
    )


@pytest.mark.parametrize(
    "text",
    [
        "371302-D02",
        "兰山区市场监督管理局",
        "区市场监管局",
        "区市场监督管理局",
        " 市场 监管局\u3000",
        "３７１３０２-D02",
    ],
)
def test_code_names_and_aliases_mean_the_unit(directory, text):
    assert directory.resolve(text, JUNE).unit_id == 2


def test_former_name_holds_up_to_the_renaming_and_no_longer(directory):
    assert directory.resolve("区扶贫办", JUNE).short_name == "区扶贫办"
    assert directory.resolve("区扶贫办", AFTER) == Unresolved(
        "“区扶贫办”在2021年7月1日时的名称为“区乡村振兴局”，请核对单位名称或日期。", ("区乡村振兴局",)
    )
    assert directory.resolve("区乡村振兴局", AFTER).unit_id == 3


def test_dissolved_unit_names_its_successor(directory):
    assert directory.resolve("区农机发展中心", JUNE).unit_id == 4
    assert (
        directory.resolve("区农机发展中心", AFTER).sentence
        == "“区农机发展中心”已于2021年1月1日停用，并入区农业农村局。"
    )


def test_unit_not_yet_founded_is_refused(directory):
    assert (
        directory.resolve("区大数据局", JUNE).sentence == "“区大数据局”自2020年9月1日起设立，2020年6月15日时尚不存在。"
    )


def test_unknown_name_proposes_the_nearest(directory):
    assert directory.resolve("区教育体育局", JUNE).sentence == "单位台账中没有“区教育体育局”，是否为：区教育局。"
    assert directory.resolve("火星探测办", JUNE) == Unresolved("单位台账中没有“火星探测办”。", is_unknown=True)


def test_name_of_two_units_is_not_guessed():
    two = Directory([entry(1, "甲局全称", "甲局", "服务中心"), entry(2, "乙局全称", "乙局", "服务中心")])
    assert (
        two.resolve("服务中心", JUNE).sentence == "“服务中心”对应2个单位（甲局全称、乙局全称），请改用全称或单位编码。"
    )


def test_during_a_period_every_unit_appears_once_as_last_seen_in_it(directory):
    names = {unit_id: unit.short_name for unit_id, unit in directory.during(Period.quarter(2021, 2)).items()}
    assert names == {1: "区教育局", 2: "区市场监管局", 3: "区乡村振兴局", 5: "区农业农村局", 6: "区大数据局"}
    last_month = directory.during(Period.month(2020, 12))
    assert last_month[4].short_name == "区农机发展中心"


def test_past_months_read_the_same_after_a_merger(directory):
    june = Period.month(2020, 6)
    assert directory.during(june)[3].short_name == "区扶贫办"
    assert directory.entry(4, AFTER).short_name == "区农机发展中心"


def test_a_unit_answers_for_itself_and_for_those_that_went_into_it(directory):
    assert directory.answered_for(5, AFTER) == (4, 5)
    assert directory.answered_for(5, JUNE) == (5,)
    assert directory.answered_for(4, AFTER) == ()
