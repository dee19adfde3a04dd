"""What a change of a limit moves: only open cases, only those it is about, by the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.deadline_changes import Limit, chained, limit_on, limits_of, moved, with_rule
from disclosures.models import DeadlineRule, MailboxCase

pytestmark = pytest.mark.django_db

TODAY = date(2020, 7, 6)


def rules(district, subject="mailbox_reply") -> list[DeadlineRule]:
    return list(DeadlineRule.objects.filter(office=district.office, subject=subject))


def changed_to(district, days, begins=None, subject="mailbox_reply"):
    before = rules(district, subject)
    rule = DeadlineRule(office=district.office, subject=subject, working_days=days, source="新规定", valid_from=begins)
    return moved(
        district.office, subject, limits_of(before), limits_of(with_rule(rules(district, subject), rule)), TODAY
    )


def test_open_letters_received_from_the_day_on_move(district):
    district.letter(district.street, on=date(2020, 6, 29))
    late = district.letter(district.town, on=date(2020, 7, 1))
    district.letter(district.town, on=date(2020, 7, 1), answered=date(2020, 7, 3))
    (found,) = changed_to(district, 3, date(2020, 7, 1))
    assert (found.name, found.unit, found.received_on) == (late.number, "李官镇", date(2020, 7, 1))
    assert (found.before, found.after, found.is_sooner) == (date(2020, 7, 8), date(2020, 7, 6), True)
    assert found.address == f"/rows/mailbox_cases/{late.pk}/"


def test_open_applications_move_and_those_whose_clock_stands_still_do_not(district):
    district.application(district.street, on=date(2020, 7, 1))
    district.application(district.street, on=date(2020, 7, 1), correction_asked_on=date(2020, 7, 2))
    (found,) = changed_to(district, 25, date(2020, 7, 1), "application_reply")
    assert (found.before, found.after, found.is_sooner) == (date(2020, 7, 29), date(2020, 8, 5), False)


def test_the_bound_of_extensions_moves_nothing(district):
    district.application(district.street, on=date(2020, 7, 1))
    assert changed_to(district, 10, date(2020, 7, 1), "application_extension") == []


def test_the_same_number_of_days_moves_nothing(district):
    district.letter(district.street, on=date(2020, 7, 1))
    assert changed_to(district, 5, date(2020, 7, 1)) == []


def test_a_corrected_rule_takes_the_place_of_the_old_one(district):
    (first,) = rules(district)
    first.working_days = 7
    assert [(rule.working_days, rule.valid_from) for rule in with_rule(rules(district), first)] == [(7, None)]


def test_rules_are_chained_without_a_day_between():
    begins = [None, date(2022, 1, 1), date(2021, 1, 1)]
    made = chained([DeadlineRule(working_days=number, valid_from=day) for number, day in enumerate(begins)])
    assert [(rule.working_days, rule.valid_to) for rule in made] == [
        (0, date(2021, 1, 1)),
        (2, date(2022, 1, 1)),
        (1, None),
    ]


def test_the_limit_of_a_day_is_the_one_the_database_takes(district):
    """Both say which rule holds: the page here, every list by `with_limits()`."""
    for number, day in enumerate((date(2020, 6, 10), date(2020, 6, 20)), start=6):
        rule = DeadlineRule(
            office=district.office, subject="mailbox_reply", working_days=number, source="新", valid_from=day
        )
        for each in with_rule(rules(district), rule):
            each.save()
    days = [date(2020, 6, day) for day in range(1, 31)]
    for day in days:
        district.letter(district.street, on=day)
    told = {case.received_on: case.limit_days for case in MailboxCase.objects.with_limits()}
    assert told == {day: limit_on(limits_of(rules(district)), day) for day in days}


DAYS = st.dates(date(2019, 1, 1), date(2022, 12, 31))


@given(st.lists(DAYS, unique=True, max_size=6), DAYS)
def test_there_is_always_one_limit_and_it_began_last(begins, day):
    limits = [Limit(1), *(Limit(number, each) for number, each in enumerate(begins, start=2))]
    days = limit_on(limits, day)
    begun = [each for each in begins if each <= day]
    assert days == (begins.index(max(begun)) + 2 if begun else 1)
