from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanshan_portal.periods import Period, chinese_date, day_asked_for

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
periods = st.one_of(
    st.builds(Period.month, st.integers(1990, 2090), st.integers(1, 12)),
    st.builds(Period.quarter, st.integers(1990, 2090), st.integers(1, 4)),
    st.builds(Period.half_year, st.integers(1990, 2090), st.integers(1, 2)),
    st.builds(lambda first, length: Period.window(first, first + timedelta(length)), days, st.integers(0, 400)),
)


@pytest.mark.parametrize(
    ("code", "label", "in_title", "in_text"),
    [
        ("2020-06", "2020年6月", "2020年6月份", "6月份"),
        ("2020-Q2", "2020年第二季度", "2020年第二季度", "第二季度"),
        ("2020-H1", "2020年上半年", "2020年上半年", "上半年"),
        ("2020-05-24..2020-08-29", "2020年5月24日至8月29日", "2020年5月24日至8月29日", "5月24日至8月29日"),
        ("2019-12-20..2020-01-10", *["2019年12月20日至2020年1月10日"] * 3),
        ("2020-07-06..2020-07-06", "2020年7月6日至7月6日", "2020年7月6日至7月6日", "7月6日"),
    ],
)
def test_period_is_called_as_a_notice_calls_it(code, label, in_title, in_text):
    period = Period.parse(code)
    assert (period.label, period.in_title, period.in_text) == (label, in_title, in_text)


@pytest.mark.parametrize(
    "code",
    [
        "9999-11",
        "2100-12",
        "0001-01",
        "1949-12",
        "2100-Q1",
        "2100-H2",
        "2020-01-01..2100-01-01",
        "1949-12-31..2020-01-01",
    ],
)
def test_years_nobody_writes_a_notice_of_are_refused_in_a_sentence(code):
    with pytest.raises(ValueError, match=f"^“{code}”不在1950年至2099年之间，请改用这一范围内的期间。$"):
        Period.parse(code)


@pytest.mark.parametrize("code", ["9999-12", "9999-H2", "0000-01", "2020-01-01..9999-12-31"])
def test_what_the_calendar_cannot_hold_names_no_period(code):
    with pytest.raises(ValueError, match=f"^“{code}”不是可识别的期间，应写作 2020-06、"):
        Period.parse(code)


def test_the_first_and_the_last_year_have_neighbours():
    assert str(Period.parse("1950-01").previous()) == "1949-12"
    assert str(Period.parse("2099-H2").next()) == "2100-H1"
    assert day_asked_for("2099-12-31") == date(2099, 12, 31)
    with pytest.raises(ValueError, match="^“9999-12-31”不在1950年至2099年之间。$"):
        day_asked_for("9999-12-31")


@given(periods)
def test_code_names_the_same_period_again(period):
    assert Period.parse(str(period)) == period


@given(periods)
def test_neighbours_touch_and_lead_back(period):
    assert period.next().start == period.end
    assert period.previous().end == period.start
    assert period.next().previous() == period


@given(periods, days)
def test_a_day_is_in_one_of_before_within_after(period, day):
    assert [day < period.start, day in period, day >= period.end].count(True) == 1
    assert (day in period) == (period.start <= day <= period.last)


@given(periods)
def test_months_cover_the_period(period):
    months = list(period.months())
    assert months[0].start <= period.start
    assert months[-1].end >= period.end
    assert all(one.end == other.start for one, other in pairwise(months))


@pytest.mark.parametrize(
    "code", ["", "2020", "2020-13", "2020-00", "2020-Q5", "2020-H3", "2020-06-31..2020-07-01", "六月"]
)
def test_unknown_code_says_how_to_write_one(code):
    with pytest.raises(ValueError, match="应写作 2020-06、2020-Q2、2020-H1 或"):
        Period.parse(code)


@pytest.mark.parametrize(
    ("today", "usual"),
    [
        (date(2020, 7, 14), date(2020, 7, 14)),
        (date(2020, 7, 31), date(2020, 7, 31)),
        (date(2026, 11, 22), date(2020, 7, 31)),
        (date(2020, 6, 20), date(2020, 6, 20)),
    ],
)
def test_notice_of_a_month_long_past_is_reckoned_from_the_month_after_it(today, usual):
    assert Period.month(2020, 6).usual_issue_date(today) == usual


def test_window_ending_before_it_begins_is_no_period():
    with pytest.raises(ValueError, match="期间的截止日期须晚于起始日期"):
        Period.window(date(2020, 7, 1), date(2020, 6, 1))


def test_dates_have_no_leading_zeros():
    assert chinese_date(date(2020, 7, 6)) == "2020年7月6日"
    assert chinese_date(date(2020, 7, 6), with_year=False) == "7月6日"
