"""The year as the calendar page shows it: every day once, the State Council's holidays by name, 2020 as it was."""

from datetime import date

import pytest

from disclosures.calendar_year import year_page
from disclosures.calendar_years import years_awaited
from disclosures.models import CalendarYear, RestDay
from disclosures.standard import furnish_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calendar():
    furnish_calendar()


def test_2020_as_the_state_council_arranged_it():
    page = year_page(2020)
    told = {holiday.name: (holiday.first, holiday.last, holiday.make_up) for holiday in page.holidays}
    assert told["国庆节"] == (date(2020, 10, 1), date(2020, 10, 8), (date(2020, 9, 27), date(2020, 10, 10)))
    assert told["端午"] == (date(2020, 6, 25), date(2020, 6, 27), (date(2020, 6, 28),))
    assert told["劳动节"] == (date(2020, 5, 1), date(2020, 5, 5), (date(2020, 4, 26), date(2020, 5, 9)))
    assert page.official


@pytest.mark.parametrize("year", [2019, 2020, 2026, 2027])
def test_every_day_stands_in_its_month_once(year):
    page = year_page(year)
    days = [cell.day for _, weeks in page.months for week in weeks for cell in week if cell]
    assert days == sorted(days)
    assert len(days) == (366 if year == 2020 else 365)
    for _, weeks in page.months:
        for week in weeks:
            assert len(week) == 7
            assert all(cell is None or cell.day.weekday() == column for column, cell in enumerate(week))


def test_working_days_are_those_of_the_clock():
    clock = RestDay.objects.calendar()
    page = year_page(2020)
    assert page.working_days == clock.between(date(2019, 12, 31), date(2020, 12, 31))
    for _, weeks in page.months:
        for cell in (cell for week in weeks for cell in week if cell):
            assert cell.rests != clock.is_workday(cell.day), cell.sentence


def test_a_year_without_an_arrangement_follows_its_weekdays_and_is_not_official():
    page = year_page(2035)
    assert not page.holidays
    assert not page.official
    assert page.working_days == 261


def test_days_say_what_they_are():
    cells = {cell.day: cell for _, weeks in year_page(2020).months for week in weeks for cell in week if cell}
    assert [cells[day].sentence for day in (date(2020, 10, 1), date(2020, 6, 28), date(2020, 6, 20))] == [
        "10月1日，国庆节，休息",
        "6月28日，端午，上班",
        "6月20日，休息",
    ]
    assert [cells[day].mark for day in (date(2020, 10, 1), date(2020, 6, 28), date(2020, 6, 20))] == ["休", "班", ""]


def test_the_next_year_is_missed_from_november_on():
    CalendarYear.objects.filter(year__gte=2021).delete()
    assert years_awaited(date(2020, 10, 31)) == []
    assert years_awaited(date(2020, 11, 1)) == [2021]
    assert years_awaited(date(2021, 3, 1)) == [2021]
