"""Charts: scales, what is drawn, what is said aloud; nothing known is not nothing."""

import itertools
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.charts.drawing import element, round_steps
from reports.charts.lanes import Lane, LaneChart, LaneGroup
from reports.charts.months import MonthChart, MonthColumn
from reports.charts.sparks import spark


def drawn(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def texts(picture: str, css: str = "") -> list[str]:
    return [each.text for each in drawn(picture).iter("text") if not css or css in each.get("class", "").split()]


# --- scales


@given(st.integers(0, 10_000_000))
def test_steps_are_even_whole_and_reach_the_largest(largest):
    steps = round_steps(largest)
    assert steps[0] == 0
    assert steps[-1] >= largest
    assert len({after - before for before, after in itertools.pairwise(steps)}) == 1
    assert len(steps) <= 5
    assert steps[-1] - (steps[1] - steps[0]) < max(largest, 1)


@pytest.mark.parametrize(
    ("largest", "steps"),
    [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (9, [0, 5, 10]), (1550, [0, 500, 1000, 1500, 2000])],
)
def test_steps_are_round(largest, steps):
    assert round_steps(largest) == steps


def test_words_are_escaped():
    assert element("text", "<b>&", title='"x"') == '<text title="&quot;x&quot;">&lt;b&gt;&amp;</text>'


# --- columns by month


def chart(*columns: MonthColumn, **fields) -> MonthChart:
    standard = {
        "parts": ("镇街", "部门"),
        "title": "发布量",
        "measure": "条",
        "below": "问题单位",
        "below_measure": "家",
    }
    return MonthChart(columns, **(standard | fields))


JUNE = (MonthColumn("4月", None), MonthColumn("5月", (610, 854), 7), MonthColumn("6月", (646, 904), 11, current=True))


def test_every_month_has_its_name_and_its_sum():
    picture = chart(*JUNE).wide()
    assert texts(picture, "label") == ["4月", "5月", "6月"]
    assert texts(picture, "total") == ["—", "—", "1,464", "7", "1,550", "11"]


def test_parts_are_as_high_as_they_are_and_touch():
    boxes = [each for each in drawn(chart(*JUNE).wide()).iter("rect") if each.get("class").startswith("tone-")]
    heights = [float(each.get("height")) + 1 for each in boxes]
    assert heights[0] / heights[1] == pytest.approx(610 / 854, abs=0.02)
    assert heights[2] / heights[3] == pytest.approx(646 / 904, abs=0.02)
    assert [each.get("class") for each in boxes] == ["tone-0 is-past", "tone-1 is-past", "tone-0", "tone-1"]


def test_the_number_below_stands_on_a_line_of_its_own():
    picture = drawn(chart(*JUNE).wide())
    axes = sorted({float(each.get("y1")) for each in picture.iter("line") if each.get("class") == "axis"})
    below = [each for each in picture.iter("rect") if "below" in each.get("class")]
    assert len(axes) == 2
    assert {float(each.get("y")) + float(each.get("height")) for each in below} == {axes[1]}
    assert "below" not in chart(*JUNE, below="").wide()


def test_no_month_stands_out_where_all_weigh_the_same():
    assert "is-past" not in chart(MonthColumn("5月", (1, 2)), MonthColumn("6月", (2, 1)), even=True).wide()


def test_a_phone_gets_the_last_half_year():
    columns = [MonthColumn(f"{month}月", (month, 0), 0) for month in range(1, 13)]
    assert texts(chart(*columns).narrow(), "label") == ["7月", "8月", "9月", "10月", "11月", "12月"]
    assert texts(chart(*columns).wide(), "label") == [f"{month}月" for month in range(1, 13)]


def test_a_chart_is_read_aloud_as_one_sentence():
    picture = drawn(chart(*JUNE).wide())
    assert picture.get("role") == "img"
    assert picture.get("aria-label") == (
        "发布量：5月至6月，最多的是6月，1,550条；6月1,550条，问题单位11家。数字见表格。"
    )
    assert drawn(chart(MonthColumn("6月", None)).wide()).get("aria-label") == "发布量：没有数据"


@given(st.lists(st.one_of(st.none(), st.tuples(st.integers(0, 9999), st.integers(0, 9999))), min_size=1, max_size=24))
def test_whatever_the_numbers_nothing_is_drawn_outside(months):
    columns = [MonthColumn(str(at), parts, None if parts is None else parts[0] % 50) for at, parts in enumerate(months)]
    picture = drawn(chart(*columns).wide())
    width, height = (float(each) for each in picture.get("viewBox").split()[2:])
    for box in picture.iter("rect"):
        x, y, wide, high = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        assert x >= 0
        assert x + wide <= width + 0.2
        assert y >= -0.2
        assert y + high <= height + 0.2


# --- lanes


TOWNS = LaneGroup("镇街", (Lane("兰山街道", 84), Lane("李官镇", 8), Lane("半程镇", None), Lane("枣园镇", 42)))


def test_a_group_is_measured_by_its_middle():
    assert TOWNS.middle == 42
    assert LaneGroup("部门", (Lane("甲", 1), Lane("乙", 2))).middle == 1.5
    assert LaneGroup("部门", (Lane("甲", None),)).middle is None


def test_a_lane_has_its_name_and_number_and_what_is_unknown_is_no_zero():
    picture = LaneChart((TOWNS,), "信息发布", "条").wide()
    assert texts(picture, "lane-group") == ["镇街，中位数 42"]
    assert texts(picture, "lane-name") == ["兰山街道", "李官镇", "半程镇", "枣园镇"]
    assert texts(picture, "lane-number") == ["84", "8", "—", "42"]
    assert drawn(picture).get("aria-label") == "信息发布：镇街中位数42条。数字见表格。"


def test_a_long_name_is_cut_on_a_phone_only():
    group = LaneGroup("部门", (Lane("市生态环境局兰山分局", 1),))
    assert texts(LaneChart((group,), "", "条").wide(), "lane-name") == ["市生态环境局兰山分局"]
    assert texts(LaneChart((group,), "", "条").narrow(), "lane-name") == ["市生态环境局兰…"]


def test_nothing_at_all_is_drawn_too():
    assert LaneChart((), "信息发布", "条").wide().startswith("<svg")


# --- the line beside a number


def test_a_line_needs_three_months():
    assert spark([None, 1, 2]) == ""
    assert "polyline" in spark([None, 1, 2, 3])


def test_the_line_goes_from_the_first_to_the_last_that_is_known():
    points = drawn(spark([None, 10, 20, 15])).find("polyline").get("points").split()
    heights = [float(point.split(",")[1]) for point in points]
    assert len(points) == 3
    assert heights[0] > heights[2] > heights[1]


def test_a_line_that_does_not_move_is_level():
    points = drawn(spark([5, 5, 5])).find("polyline").get("points").split()
    assert len({point.split(",")[1] for point in points}) == 1
