"""Days typed short: the year follows from a day nearby."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.typed_days import day_after, day_before

JULY_8 = date(2020, 7, 8)


@pytest.mark.parametrize(
    "text", ["6-20", "6.20", "6/20", "6月20日", "6月20", "0620", "０６２０", " 6 - 20 ", "2020-06-20", "20200620"]
)
def test_every_short_form_is_the_same_day(text):
    assert day_before(text, JULY_8) == date(2020, 6, 20)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("7-8", date(2020, 7, 8), date(2020, 7, 8)),
        ("7-9", date(2019, 7, 9), date(2020, 7, 9)),
        ("7-7", date(2020, 7, 7), date(2021, 7, 7)),
        ("2-29", date(2020, 2, 29), date(2024, 2, 29)),
        ("2021-01-01", date(2021, 1, 1), date(2021, 1, 1)),
    ],
)
def test_the_year_is_the_one_nearby_in_its_direction(text, before, after):
    assert day_before(text, JULY_8) == before
    assert day_after(text, JULY_8) == after


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("6-31", "^“6-31”不存在，请核对月份和日期。$"),
        ("1320", "^“1320”不存在，请核对月份和日期。$"),
        ("昨天", "^“昨天”不是日期，应写作"),
        ("2020-06-31", "^“2020-06-31”不存在：2020年6月只有30天。$"),
    ],
)
def test_what_is_no_day_is_told_in_a_sentence(text, sentence):
    with pytest.raises(ValueError, match=sentence):
        day_before(text, JULY_8)


@given(st.dates(date(1960, 1, 1), date(2090, 12, 31)), st.integers(0, 364))
def test_a_day_of_the_year_before_is_found_by_its_month_and_day(near, back):
    day = near - timedelta(days=back)
    assert day_before(f"{day.month}-{day.day}", near) == day
    assert day_after(f"{near.month}.{near.day}", day) == near
