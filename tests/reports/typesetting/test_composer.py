import string

from hypothesis import example, given
from hypothesis import strategies as st

from reports.typesetting.characters import NOT_AT_END, NOT_AT_START, Break, breaks
from reports.typesetting.composer import MOST_SHRINK, MOST_STRETCH, Line, Measure, compose
from reports.typesetting.faces import EM, Face, NominalMetrics
from reports.typesetting.sheet import CELL_PITCH, CELLS

METRICS = NominalMetrics()
BODY = Measure.of_cells(CELLS, CELL_PITCH, first_indent=2)
HANZI = "政务公开工作情况通报临沂市兰山区人民府办室各镇街道单位"
OPENING, CLOSING = "（《〈【〔“‘", "，。、；：？！）》〉】〕”’"

official_text = st.lists(
    st.one_of(
        st.text(HANZI, min_size=1, max_size=40),
        st.sampled_from([*OPENING, *CLOSING, "——", "……", "%", "》（", "）。", "。”"]),
        st.integers(0, 99999).map(str),
        st.dates().map(lambda day: f"{day.year}年{day.month}月{day.day}日"),
        st.text(string.ascii_letters, min_size=1, max_size=12),
        st.text(string.ascii_lowercase + "/.-?&", min_size=1, max_size=60).map(lambda path: f"https://{path}"),
        st.just(" "),
        st.just("〔2020〕23号"),
    ),
    min_size=1,
    max_size=30,
).map("".join)


def marked_text(marks: str, *, before: bool) -> st.SearchStrategy[str]:
    """Hanzi, every one with up to three of the marks before or after it."""
    some = st.text(marks, max_size=3)
    one = st.tuples(some, st.sampled_from(HANZI)) if before else st.tuples(st.sampled_from(HANZI), some)
    return st.lists(one.map("".join), min_size=1, max_size=150).map("".join)


def set_body(text: str) -> tuple[Line, ...]:
    return compose(text, Face.FANG, METRICS, BODY)


def distances(line: Line) -> list[int]:
    """The distance after each character but the last."""
    return [run.spacing for run in line.runs for _ in run.text][:-1]


@given(official_text)
def test_no_character_is_lost(text: str) -> None:
    assert "".join(line.text for line in set_body(text)) == text


@given(st.text(max_size=120))
def test_no_character_of_any_text_is_lost(text: str) -> None:
    assert "".join(line.text for line in set_body(text)) == text


@given(official_text)
def test_lines_end_only_where_they_may(text: str) -> None:
    """Unless a word is longer than a whole line, which only long addresses and runs of marks are."""
    places = breaks(text)
    end = 0
    for line in set_body(text)[:-1]:
        begin, end = end, end + len(line.text)
        if places[end] is Break.NEVER:
            assert all(place is Break.NEVER for place in places[begin + 1 : end])


@given(marked_text(CLOSING, before=False))
def test_no_line_starts_with_a_closing_mark(text: str) -> None:
    assert not [line.text for line in set_body(text) if line.text[0] in NOT_AT_START]


@given(marked_text(OPENING, before=True))
def test_no_line_ends_with_an_opening_mark(text: str) -> None:
    assert not [line.text for line in set_body(text) if line.text[-1] in NOT_AT_END]


@given(official_text)
def test_no_line_is_wider_than_the_measure_and_half_a_mark(text: str) -> None:
    for order, line in enumerate(set_body(text)):
        room = BODY.width - (0 if order else BODY.first_indent)
        assert line.width - line.hang <= room
        assert line.hang in (0, EM // 2)


@given(official_text)
def test_a_flush_line_ends_at_the_right_edge_exactly(text: str) -> None:
    for order, line in enumerate(set_body(text)):
        if line.flush:
            room = BODY.width - (0 if order else BODY.first_indent)
            hang = EM // 2 if line.width > room else 0
            assert line.width - hang == room


@given(official_text)
def test_no_distance_is_visibly_tight_or_loose(text: str) -> None:
    tracking = BODY.tracking
    for line in set_body(text):
        for distance in distances(line):
            if distance > -EM // 4:  # not a trimmed mark
                assert tracking - MOST_SHRINK - 1 <= distance <= tracking + MOST_STRETCH + 1


@given(official_text)
def test_a_line_holds_28_characters_and_a_hanging_mark_at_most(text: str) -> None:
    for line in set_body(text):
        cells = sum(METRICS.advance(char, Face.FANG) for char in line.text.rstrip(" "))
        trimmed = sum(EM // 2 for distance in distances(line) if distance < -EM // 4)
        shrunk = MOST_SHRINK * len(line.text)
        assert cells - trimmed <= CELLS * EM + EM // 2 + shrunk


@given(st.text(HANZI, min_size=CELLS, max_size=200))
def test_plain_hanzi_stand_on_the_grid(text: str) -> None:
    lines = compose(text, Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    for line in lines[:-2]:
        assert len(line.text) == CELLS
        assert len(line.runs) == 1
        assert line.runs[0].spacing == CELL_PITCH - EM


@given(official_text)
@example("音频解读产品可以参考使用“讯飞快读”（链接：https://www.ffkuaidu.com/）。")
def test_nothing_is_spread_inside_words_numbers_and_addresses(text: str) -> None:
    for line in set_body(text):
        spread = distances(line)
        for index, distance in enumerate(spread):
            left, right = line.text[index], line.text[index + 1]
            if left.isascii() and right.isascii():
                assert distance == 0


def test_adjacent_marks_share_one_blank() -> None:
    (line,) = compose("方案》（临兰）", Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    spread = distances(line)
    assert spread[2] == CELL_PITCH - EM - EM // 2
    assert {spread[index] for index in (0, 1, 3, 4, 5)} == {CELL_PITCH - EM}


def test_a_final_comma_hangs_by_half() -> None:
    text = "各镇人民政府、街道办事处，区政府有关部门，兰山商城管委会，兰山经济开发区管委会："
    first, _ = compose(text, Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    assert first.text == "各镇人民政府、街道办事处，区政府有关部门，兰山商城管委会，"
    assert first.hang == EM // 2
    assert first.flush


def test_the_line_before_a_long_address_is_not_loose() -> None:
    """The blemish of the trial: the line before the second address of June 2020 was spread apart."""
    text = "制作音频解读产品可以参考使用“讯飞快读”（链接：https://www.ffkuaidu.com/open/data/index）。"
    lines = compose(text, Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    assert all(distance <= BODY.tracking + MOST_STRETCH for line in lines for distance in distances(line))
    assert lines[0].text.startswith("制作音频解读产品可以参考使用“讯飞快读”（链接：https://")


def test_a_line_is_left_ragged_rather_than_spread_too_far() -> None:
    text = "政务公开工作情况" + "a" * 50 + "通报"
    first, *_ = compose(text, Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    assert first.text == "政务公开工作情况"
    assert not first.flush
    assert set(distances(first)) == {CELL_PITCH - EM}


def test_a_word_longer_than_a_line_is_cut_at_the_measure() -> None:
    lines = compose("7" * 130, Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    assert [len(line.text) for line in lines] == [55, 55, 20]


def test_a_date_stays_on_one_line() -> None:
    text = "五月份通报中要求上传各单位主动公开基本目录的各单位，截至7月24日，仍有6个单位未上传。"
    lines = compose(text, Face.FANG, METRICS, Measure.of_cells(CELLS, CELL_PITCH))
    assert any("7月24日" in line.text for line in lines)


def test_no_lone_character_is_left_for_the_last_line() -> None:
    text = "区农业农村局、区司法局各1件" * 3 + "，各部门均按时进行了答复。"
    for cut in range(len(text) - 8):
        lines = compose(text[cut:], Face.FANG, METRICS, BODY)
        assert len(lines) == 1 or len(lines[-1].text) > 2


def test_an_empty_text_has_no_line() -> None:
    assert set_body("") == ()
