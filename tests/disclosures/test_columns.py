import pytest

from disclosures.columns import lies_in

COLUMN = "公开-区政府信息公开-规划计划-年度总结和计划"


@pytest.mark.parametrize(
    "path",
    [
        COLUMN,
        "公开 - 区政府信息公开 - 规划计划 - 年度总结和计划",
        "公开>区政府信息公开>规划计划>年度总结和计划",
        "首页/公开/区政府信息公开/规划计划/年度总结和计划",
        "规划计划-年度总结和计划",
        f"{COLUMN}-2020年",
    ],
)
def test_an_item_lies_in_the_column_however_its_path_is_written(path):
    assert lies_in(path, COLUMN)


@pytest.mark.parametrize(
    "path", ["", "公开-区政府信息公开-规划计划", "规划计划", "年度总结和计划", "公开-区政府信息公开-规划计划-专项规划"]
)
def test_a_neighbour_or_a_bare_last_level_does_not(path):
    assert not lies_in(path, COLUMN)


def test_no_column_is_nowhere():
    assert not lies_in(COLUMN, "")


def test_a_column_of_one_level_takes_what_ends_in_it_or_lies_below():
    assert lies_in("通知公告", "通知公告")
    assert lies_in("公开-通知公告-招聘", "通知公告")
