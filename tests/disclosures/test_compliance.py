from datetime import date

import pytest

from disclosures.compliance import HandIn, Standing, due_in, standings
from lanshan_portal.periods import Period

DUE = date(2020, 6, 30)
CUT_OFF = date(2020, 7, 6)


def standing(*hand_ins, as_of=CUT_OFF):
    return standings(unit_ids=[1], hand_ins=hand_ins, due_on=DUE, as_of=as_of)[1]


def test_handed_in_on_the_due_date_is_done():
    assert standing(HandIn(1, DUE)) is Standing.DONE


def test_handed_in_after_it_is_late():
    assert standing(HandIn(1, date(2020, 7, 1))) is Standing.LATE


def test_handed_in_after_the_cut_off_is_not_known_yet():
    assert standing(HandIn(1, date(2020, 7, 7))) is Standing.MISSING


def test_returned_material_does_not_count_and_its_replacement_counts_from_its_own_day():
    returned = HandIn(1, date(2020, 6, 20), returned=True)
    assert standing(returned) is Standing.MISSING
    assert standing(returned, HandIn(1, date(2020, 7, 2))) is Standing.LATE


def test_first_hand_in_counts_not_the_latest():
    assert standing(HandIn(1, date(2020, 7, 5)), HandIn(1, date(2020, 6, 18))) is Standing.DONE


def test_not_due_yet_is_neither_late_nor_missing():
    assert standing(as_of=date(2020, 6, 29)) is Standing.AWAITED
    assert standing(as_of=DUE) is Standing.MISSING


def test_somebody_elses_hand_in_is_not_mine():
    assert standing(HandIn(2, DUE)) is Standing.MISSING


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
