from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.actions.imports import undo_batch
from disclosures.models import CalendarYear, RestDay
from disclosures.standard import furnish_calendar
from disclosures.workdays import WorkingCalendar
from tests.sheets import imported, xlsx

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
    assert RestDay.objects.calendar().is_provisional(date(2020, 6, 1), date(2020, 6, 30))
    assert not RestDay.objects.calendar().is_provisional(date(2021, 6, 1), date(2021, 6, 30))
    seeded = RestDay.objects.count()
    furnish_calendar()
    assert RestDay.objects.count() == seeded


@pytest.mark.django_db
def test_seeding_completes_a_year_it_had_begun():
    furnish_calendar()
    RestDay.objects.filter(day=date(2020, 6, 25)).delete()
    furnish_calendar()
    assert RestDay.objects.get(day=date(2020, 6, 25)).nature == RestDay.Nature.REST


@pytest.mark.django_db
def test_seeding_leaves_a_year_that_came_by_sheet_before_the_office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    working = xlsx([["日期", "性质"], ["2020-06-28", "上班"]])
    resting = xlsx([["日期", "性质", "依据"], ["2021-06-14", "休息", "国办发明电〔2020〕27号"]])
    imported("rest_days", working)
    report = imported("rest_days", resting)
    furnish_calendar()
    calendar = RestDay.objects.calendar()
    assert RestDay.objects.filter(day__year__in=(2020, 2021)).count() == 2
    assert calendar.is_provisional(date(2020, 6, 1), date(2020, 6, 30))
    assert not calendar.is_provisional(date(2021, 6, 1), date(2021, 6, 30))
    assert CalendarYear.objects.get(year=2021).basis == "国办发明电〔2020〕27号"
    assert report.batch is not None
    undo_batch(batch=report.batch, by=None, at=datetime(2021, 1, 1, tzinfo=UTC))
    assert RestDay.objects.calendar().is_provisional(date(2021, 6, 1), date(2021, 6, 30))
