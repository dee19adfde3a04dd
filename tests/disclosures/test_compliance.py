from datetime import date

import pytest

from disclosures.compliance import Arrival, Standing, due_in, locked_from, standings
from lanshan_portal.periods import Period

DUE = date(2020, 6, 30)
CUT_OFF = date(2020, 7, 6)


def standing(*arrivals, as_of=CUT_OFF, **exceptions):
    return standings(unit_ids=[1], arrivals=arrivals, due_on=DUE, as_of=as_of, **exceptions)[1]


def test_handed_in_on_the_due_date_is_done():
    assert standing(Arrival(1, DUE)) is Standing.DONE


def test_handed_in_after_it_is_late():
    assert standing(Arrival(1, date(2020, 7, 1))) is Standing.LATE


def test_handed_in_after_the_cut_off_is_not_known_yet():
    assert standing(Arrival(1, date(2020, 7, 7))) is Standing.MISSING


def test_returned_material_does_not_count_and_its_replacement_counts_from_its_own_day():
    returned = Arrival(1, date(2020, 6, 20), returned=True)
    assert standing(returned) is Standing.MISSING
    assert standing(returned, Arrival(1, date(2020, 7, 2))) is Standing.LATE


def test_first_hand_in_counts_not_the_latest():
    assert standing(Arrival(1, date(2020, 7, 5)), Arrival(1, date(2020, 6, 18))) is Standing.DONE


def test_not_due_yet_is_neither_late_nor_missing():
    assert standing(as_of=date(2020, 6, 29)) is Standing.AWAITED
    assert standing(as_of=DUE) is Standing.MISSING


def test_somebody_elses_hand_in_is_not_mine():
    assert standing(Arrival(2, DUE)) is Standing.MISSING


def test_an_extension_moves_the_day_of_one_unit():
    until = {1: date(2020, 7, 10)}
    assert standing(extended=until) is Standing.AWAITED
    assert standing(as_of=date(2020, 7, 10), extended=until) is Standing.MISSING
    assert standing(Arrival(1, date(2020, 7, 5)), extended=until) is Standing.DONE
    assert standing(extended={2: date(2020, 7, 10)}) is Standing.MISSING


def test_exempt_is_neither_done_nor_missing():
    assert standing(exempt={1}) is Standing.EXEMPT
    assert standing(Arrival(1, DUE), exempt={1}) is Standing.EXEMPT
    assert standing(exempt={2}) is Standing.MISSING


def test_a_lock_comes_so_many_days_after_the_due_date_or_never():
    assert locked_from(DUE, None) is None
    assert locked_from(DUE, 0) == date(2020, 7, 1)
    assert locked_from(DUE, 5) == date(2020, 7, 6)


@pytest.mark.parametrize(
    ("due_on", "month", "expected"),
    [
        (date(2020, 6, 25), Period.month(2020, 7), date(2020, 7, 25)),
        (date(2020, 1, 31), Period.month(2020, 2), date(2020, 2, 29)),
        (date(2020, 1, 31), Period.month(2021, 2), date(2021, 2, 28)),
    ],
)
def test_monthly_due_date_is_the_same_day_or_the_months_last(due_on, month, expected):
    assert due_in(due_on, month) == expected
