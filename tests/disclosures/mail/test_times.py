"""The hours of mail: whatever an office chooses, nothing goes out in the quiet time, and a day's letter finds its hour."""

from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from disclosures.mail.times import MailTimes, is_quiet
from disclosures.workdays import WorkingCalendar

MOMENTS = st.datetimes().filter(lambda moment: 1950 <= moment.year <= 2098)
HOURS = st.times().map(lambda hour: hour.replace(second=0, microsecond=0))


def test_over_midnight_and_within_a_day():
    assert is_quiet(time(19), time(8, 30), time(23))
    assert is_quiet(time(19), time(8, 30), time(8, 29))
    assert not is_quiet(time(19), time(8, 30), time(8, 30))
    assert is_quiet(time(12), time(14), time(13))
    assert not is_quiet(time(12), time(14), time(14))


def test_the_same_hour_twice_means_no_quiet_time():
    assert not any(is_quiet(time(9), time(9), time(hour)) for hour in range(24))


@given(HOURS, HOURS, HOURS)
def test_a_moment_is_quiet_or_in_the_other_half_of_the_day(begin, end, moment):
    if begin != end:
        assert is_quiet(begin, end, moment) != is_quiet(end, begin, moment)


@given(HOURS, HOURS, HOURS, MOMENTS)
def test_the_days_letter_waits_for_its_hour_and_for_mail_to_be_allowed(begin, end, digest, now):
    times = MailTimes(begin, end, digest, True, WorkingCalendar())
    until = times.digest_until(now)
    if until is None:
        assert now.time() < digest or not times.allow(now)
    else:
        assert until <= now < until + timedelta(days=1)
        assert until.time() == digest
        assert times.allow(now)


@given(MOMENTS)
def test_on_days_of_rest_nothing_goes_out(now):
    times = MailTimes(time(9), time(9), time(16), True, WorkingCalendar())
    assert times.allow(now) == (now.weekday() < 5)
