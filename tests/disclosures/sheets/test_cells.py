"""From what stands in a cell to values: every form, every sentence."""

from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.sheets import cells

DAYS = st.dates(cells.EARLIEST, cells.LATEST)
FORMS = (
    lambda day: day.isoformat(),
    lambda day: f"{day.year}/{day.month}/{day.day}",
    lambda day: f"{day.year}.{day.month}.{day.day}",
    lambda day: f"{day.year}年{day.month}月{day.day}日",
    lambda day: f"{day:%Y%m%d}",
    lambda day: float(f"{day:%Y%m%d}"),
    lambda day: day,
    lambda day: datetime.combine(day, time(23, 59)),
    lambda day: float((day - date(1899, 12, 30)).days),
    lambda day: f" {day.year} 年 {day.month:02d} 月 {day.day:02d} 日 ",
    lambda day: str(day).translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
)


@given(DAYS, st.sampled_from(FORMS))
def test_every_form_of_a_day_is_that_day(day: date, form: Any) -> None:
    assert cells.day(form(day)) == day


@given(st.integers(1950, 2099), st.integers(0, 99), st.integers(0, 99))
def test_a_day_exists_or_is_refused_with_a_sentence(year: int, month: int, number: int) -> None:
    try:
        day = date(year, month, number)
    except ValueError:
        with pytest.raises(ValueError, match=r"不存在：.*。$"):
            cells.day(f"{year}-{month:02d}-{number:02d}")
    else:
        assert cells.day(f"{year}-{month:02d}-{number:02d}") == day


@given(st.text(max_size=30))
def test_no_text_makes_a_date_fail_without_a_sentence(given_text: str) -> None:
    sentence, day = "。", cells.EARLIEST
    try:
        day = cells.day(given_text)
    except ValueError as problem:
        sentence = str(problem)
    assert sentence.endswith("。")
    assert cells.EARLIEST <= day <= cells.LATEST


def test_serial_number_in_the_system_of_1904() -> None:
    assert cells.day(42521, epoch_1904=True) == date(2020, 6, 1)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  关于\u00a0印发 ", "关于 印发"),
        ("关于\u200b印发", "关于印发"),
        ("关于印发\n方案的通知", "关于印发方案的通知"),
        ("Big\r\nData", "Big Data"),
        ("一_x000D_\n二", "一二"),
        (7.0, "7"),
        (1.5, "1.5"),
        (date(2020, 6, 1), "2020-06-01"),
    ],
)
def test_text_of_a_cell(written: cells.Cell, read: str) -> None:
    assert cells.text(written) == read


def test_lines_stay_where_they_may() -> None:
    assert cells.text(" 一段 \r\n\r\n 二段 ", lines=True) == "一段\n二段"


@given(st.text())
def test_text_is_clean_and_stays_so(given_text: str) -> None:
    once, sentence = "", "控制字符"
    try:
        once = cells.text(given_text)
    except ValueError as problem:
        sentence = str(problem)
    assert "控制字符" in sentence
    assert cells.text(once) == once == once.strip()
    assert "\n" not in once


@pytest.mark.parametrize("written", ["是", "Y", "true", "1", 1.0, "√"])
def test_yes(written: cells.Cell) -> None:
    assert cells.yes_or_no(written) is True


@pytest.mark.parametrize("written", ["否", "N", "FALSE", "０"])
def test_no(written: cells.Cell) -> None:
    assert cells.yes_or_no(written) is False


def test_neither_yes_nor_no() -> None:
    with pytest.raises(ValueError, match=r"^“也许”应填“是”或“否”。$"):
        cells.yes_or_no("也许")


@pytest.mark.parametrize(
    "written", ["2020-06", "2020年6月", "2020年6月份", "202006", "2020/6", "２０２０－０６", date(2020, 6, 1)]
)
def test_month(written: cells.Cell) -> None:
    assert cells.month(written) == "2020-06"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2020-13", "“2020-13”不是月份，应写作 2020-06 或 2020年6月。"),
        (date(2020, 6, 2), "“2020-06-02”是某一天，应为月份，写作 2020-06 或 2020年6月。"),
        (2020.1, "“2020.1”是小数，无法判断月份，请写作 2020-06 或 2020年6月。"),
    ],
)
def test_no_month(written: cells.Cell, sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        cells.month(written)


@pytest.mark.parametrize(("written", "number"), [(20.0, 20), ("２０", 20), ("1,000", 1000), ("3.0", 3)])
def test_whole_number(written: cells.Cell, number: int) -> None:
    assert cells.whole_number(written) == number


@pytest.mark.parametrize("written", ["二十", 1.5, "", date(2020, 6, 1), float("inf"), float("nan")])
def test_no_whole_number(written: cells.Cell) -> None:
    with pytest.raises(ValueError, match=r"不是整数，应填阿拉伯数字，例如 20。$"):
        cells.whole_number(written)
