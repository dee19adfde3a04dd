from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.models import RestDay
from disclosures.standard import furnish_calendar
from disclosures.workdays import WorkingCalendar

days = st.dates(date(2019, 1, 1), date(2027, 12, 31))
calendars = st.builds(
    WorkingCalendar,
    resting=st.frozensets(days, max_size=40),
    working=st.frozensets(days, max_size=40),
    official_years=st.frozensets(st.integers(2019, 2028), max_size=5),
)


@given(calendars, days, st.integers(1, 60))
def test_adding_reaches_a_workday_that_many_workdays_on(calendar, day, number):
    reached = calendar.add(day, number)
    assert calendar.is_workday(reached)
    assert calendar.between(day, reached) == number


@given(calendars, days, st.integers(0, 30), st.integers(1, 30))
def test_adding_twice_is_adding_the_sum(calendar, day, first, second):
    assert calendar.add(calendar.add(day, first), second) == calendar.add(day, first + second)


@given(calendars, days, st.integers(0, 90))
def test_between_counts_each_workday_once(calendar, day, length):
    until = day + timedelta(length)
    each = [day + timedelta(number) for number in range(1, length + 1)]
    assert calendar.between(day, until) == sum(map(calendar.is_workday, each))
    assert calendar.between(until, day) == -calendar.between(day, until)


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="工作日数不能为负数"):
        WorkingCalendar().add(date(2020, 6, 1), -1)


def test_provisional_until_every_year_is_official():
    calendar = WorkingCalendar(official_years=frozenset({2026}))
    assert not calendar.is_provisional(date(2026, 11, 20), date(2026, 12, 18))
    assert calendar.is_provisional(date(2026, 12, 20), date(2027, 1, 18))


@pytest.mark.django_db
def test_seeded_table_agrees_with_chinesecalendar_on_every_day_it_covers():
    furnish_calendar()
    calendar = RestDay.objects.calendar()
    day = date(2004, 1, 1)
    while day <= date(2026, 12, 31):
        assert calendar.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(1)
    assert calendar.is_provisional(date(2027, 1, 4), date(2027, 1, 4))


@pytest.mark.django_db
def test_seeding_leaves_a_year_the_office_entered_alone():
    RestDay.objects.create(day=date(2020, 3, 3), nature=RestDay.Nature.REST, name="本地假日")
    furnish_calendar()
    assert list(RestDay.objects.filter(day__year=2020).values_list("name", flat=True)) == ["本地假日"]
    seeded = RestDay.objects.count()
    furnish_calendar()
    assert RestDay.objects.count() == seeded
