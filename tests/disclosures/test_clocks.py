from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.clocks import ApplicationDates, application_due, reply_due
from disclosures.models import RestDay
from disclosures.standard import furnish_calendar
from disclosures.workdays import WorkingCalendar

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    furnish_calendar()
    return RestDay.objects.calendar()


@pytest.mark.parametrize(
    ("received", "working_days", "due"),
    [
        ("2020-06-01", 7, "2020-06-10"),
        ("2020-06-01", 20, "2020-06-30"),
        ("2020-06-01", 40, "2020-07-28"),
        ("2020-06-12", 20, "2020-07-13"),
        ("2020-06-24", 20, "2020-07-23"),
        ("2020-06-24", 7, "2020-07-06"),
        ("2020-01-17", 20, "2020-02-21"),
        ("2020-04-24", 15, "2020-05-18"),
        ("2020-09-21", 20, "2020-10-23"),
        ("2020-09-25", 20, "2020-10-29"),
        ("2025-09-26", 20, "2025-10-30"),
        ("2025-12-15", 20, "2026-01-13"),
        ("2026-02-09", 20, "2026-03-13"),
        ("2026-02-13", 20, "2026-03-19"),
        ("2026-09-18", 20, "2026-10-22"),
        ("2026-09-30", 7, "2026-10-15"),
        ("2026-11-20", 20, "2026-12-18"),
    ],
)
def test_reply_is_due_that_many_working_days_after_the_day_of_receipt(calendar, received, working_days, due):
    reckoned = reply_due(date.fromisoformat(received), working_days, calendar)
    assert reckoned.day == date.fromisoformat(due)
    assert not reckoned.provisional


def test_due_date_in_a_year_without_official_calendar_is_provisional(calendar):
    assert reply_due(date(2026, 11, 20), 40, calendar).provisional


def test_before_the_extended_spring_festival_the_same_case_was_due_earlier():
    furnish_calendar()
    RestDay.objects.filter(day__in=[date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)]).delete()
    RestDay.objects.create(day=date(2020, 2, 1), nature=RestDay.Nature.WORK)
    assert reply_due(date(2020, 1, 17), 20, RestDay.objects.calendar()).day == date(2020, 2, 19)


RECEIVED = date(2020, 6, 1)


def test_time_in_which_others_are_asked_is_not_counted(calendar):
    dates = ApplicationDates(RECEIVED, consulted_on=date(2020, 6, 8), consultation_answered_on=date(2020, 6, 24))
    assert application_due(dates, 20, calendar).day == date(2020, 7, 16)


def test_silence_of_those_asked_ends_when_their_fifteen_working_days_are_over(calendar):
    silent = ApplicationDates(RECEIVED, consulted_on=date(2020, 6, 8))
    # Day 15 after 8 June is 30 June; 15 of the 20 days were left.
    assert application_due(silent, 20, calendar).day == date(2020, 7, 21)
    late = ApplicationDates(RECEIVED, consulted_on=date(2020, 6, 8), consultation_answered_on=date(2020, 8, 3))
    assert application_due(late, 20, calendar) == application_due(silent, 20, calendar)


def test_clock_stands_still_while_the_correction_is_awaited(calendar):
    assert application_due(ApplicationDates(RECEIVED, correction_asked_on=date(2020, 6, 5)), 20, calendar) is None


def test_correction_asked_after_the_due_date_moves_nothing(calendar):
    asked = ApplicationDates(RECEIVED, correction_asked_on=date(2020, 7, 3), correction_received_on=date(2020, 7, 6))
    assert application_due(asked, 20, calendar).day == date(2020, 6, 30)


def test_extension_decided_after_the_due_date_moves_nothing(calendar):
    extended = ApplicationDates(RECEIVED, extended_on=date(2020, 7, 9), extension_days=20)
    assert application_due(extended, 20, calendar).day == date(2020, 6, 30)


def test_asking_that_began_before_the_correction_pauses_from_the_correction_on(calendar):
    dates = ApplicationDates(
        RECEIVED,
        correction_asked_on=date(2020, 6, 3),
        correction_received_on=date(2020, 6, 15),
        consulted_on=date(2020, 6, 8),
        consultation_answered_on=date(2020, 6, 24),
    )
    assert application_due(dates, 20, calendar).day == date(2020, 7, 23)


def test_others_may_be_asked_within_the_extension(calendar):
    dates = ApplicationDates(
        RECEIVED,
        extended_on=date(2020, 6, 30),
        extension_days=20,
        consulted_on=date(2020, 7, 6),
        consultation_answered_on=date(2020, 7, 13),
    )
    assert application_due(dates, 20, calendar).day == date(2020, 8, 4)


def test_asking_after_the_due_date_stops_nothing(calendar):
    dates = ApplicationDates(RECEIVED, consulted_on=date(2020, 7, 1))
    assert application_due(dates, 20, calendar).day == date(2020, 6, 30)


def test_correction_restarts_the_clock(calendar):
    dates = ApplicationDates(RECEIVED, correction_received_on=date(2020, 6, 12))
    assert application_due(dates, 20, calendar).day == date(2020, 7, 13)


def test_extension_adds_its_days(calendar):
    dates = ApplicationDates(RECEIVED, extended_on=date(2020, 6, 28), extension_days=20)
    assert application_due(dates, 20, calendar).day == date(2020, 7, 28)


def test_days_of_an_extension_that_was_not_granted_do_not_count(calendar):
    assert application_due(ApplicationDates(RECEIVED, extension_days=20), 20, calendar).day == date(2020, 6, 30)


days = st.dates(date(2020, 1, 1), date(2026, 6, 30))


@given(received=days, wait=st.integers(0, 40), answer=st.integers(0, 40), extension=st.integers(0, 20))
def test_no_pause_and_no_extension_ever_brings_the_date_forward(received, wait, answer, extension):
    calendar = WorkingCalendar()
    plain = application_due(ApplicationDates(received), 20, calendar)
    asked = received + timedelta(wait)
    moved = application_due(
        ApplicationDates(
            received,
            consulted_on=asked,
            consultation_answered_on=asked + timedelta(answer),
            extended_on=received,
            extension_days=extension,
        ),
        20,
        calendar,
    )
    assert moved.day >= plain.day
    assert calendar.is_workday(moved.day)


def test_answer_on_the_last_day_is_in_time_and_no_answer_is_not(calendar):
    due = reply_due(RECEIVED, 20, calendar)
    assert due.met_by(date(2020, 6, 30))
    assert not due.met_by(date(2020, 7, 1))
    assert not due.met_by(None)
