"""Which period a row's day lies in, asked of the database: as if each period were asked for alone."""

from datetime import date, timedelta

import pytest

from disclosures.models import PublishedItem
from disclosures.months import months_with_data
from lanshan_portal.periods import Period
from tests.district import District
from units import audit

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE, JULY = (Period.month(2020, month) for month in (4, 5, 6, 7))


@pytest.fixture
def district():
    """An item every fifth day from the middle of March to the middle of August, from two units in turn."""
    district = District()
    for at in range(30):
        unit = (district.street, district.education)[at % 2]
        district.item(unit, ("动态类", "政务主动公开类")[at % 3 == 0], on=date(2020, 3, 15) + timedelta(days=5 * at))
    return district


@pytest.mark.parametrize(
    "periods",
    [
        [JUNE],
        [APRIL, MAY, JUNE, JULY],
        [APRIL, JULY],
        [APRIL, JUNE, JULY],
        [Period.quarter(2020, 2), JULY],
        [Period.window(date(2020, 4, 30), date(2020, 5, 1)), Period.window(date(2020, 5, 3), date(2020, 6, 2))],
        [Period.month(2019, 1), Period.month(2019, 2)],
    ],
    ids=lambda periods: "+".join(map(str, periods)),
)
def test_counting_several_periods_is_counting_each(district, periods, django_assert_num_queries):
    alone = [PublishedItem.objects.counts_in_each(district.office, [period])[0] for period in periods]
    with django_assert_num_queries(1):
        together = PublishedItem.objects.counts_in_each(district.office, periods)
    assert together == alone


def test_the_month_menu_counts_again_after_what_may_have_changed_it(district):
    before = months_with_data(district.office, APRIL.start, JULY.end)
    assert list(before) == [month.start for month in (APRIL, MAY, JUNE, JULY)]
    assert sum(before.values()) == sum(
        sum(cells.values()) for cells in PublishedItem.objects.counts_in_each(district.office, [APRIL, MAY, JUNE, JULY])
    )
    district.item(district.street, on=date(2020, 5, 2))
    audit.record(by=None, verb="record.added", office=district.office)
    assert months_with_data(district.office, APRIL.start, JULY.end)[MAY.start] == before[MAY.start] + 1
