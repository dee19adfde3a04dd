"""Months side by side: each as its own overview shows it, none older than what it counts, problems that come again."""

from datetime import date

import pytest

from disclosures.models import MailboxCase, RestDay
from lanshan_portal.periods import Period
from reports.figures import notice_figures
from reports.months import Month, in_a_row, longest_by_unit, months_of, own_ids
from reports.trend import trend
from tests.district import DEPARTMENTS, TOWNS, District
from units import audit

pytestmark = pytest.mark.django_db

APRIL, MAY, JUNE = (Period.month(2020, month) for month in (4, 5, 6))
ISSUED = {APRIL: date(2020, 5, 12), MAY: date(2020, 6, 11), JUNE: date(2020, 7, 14)}


@pytest.fixture
def district():
    """A task every month, which the street meets in April alone and the town never; letters that the education bureau leaves."""
    district = District()
    asked = district.requirement(
        "T-9",
        name="访谈稿",
        recurrence="每月",
        due_on=date(2020, 4, 25),
        assigned_on=date(2020, 4, 1),
        units=(district.street, district.town),
    )
    district.submission(asked, district.street, date(2020, 4, 20), term="2020-04")
    for month in (4, 5, 6):
        district.item(district.street, on=date(2020, month, 10))
        district.item(district.education, "政务主动公开类", on=date(2020, month, 11))
        district.check(district.street, on=date(2020, month, 20), round=f"{month}月")
    district.letter(district.education, on=date(2020, 5, 4))
    district.letter(district.education, on=date(2020, 6, 4))
    return district


def months(district, issued=ISSUED):
    return months_of(district.office, issued, district.directory(), RestDay.objects.calendar())


def alone(district, period):
    figures = notice_figures.build(district.office, period, ISSUED[period])
    return Month.of(figures, district.directory(), RestDay.objects.calendar())


def test_each_month_is_the_one_its_own_overview_shows(district):
    assert months(district) == [alone(district, period) for period in ISSUED]


def test_as_many_queries_for_a_year_as_for_a_month(district, django_assert_max_num_queries):
    directory, calendar = district.directory(), RestDay.objects.calendar()
    year = {month: month.usual_issue_date(date(2026, 1, 1)) for month in JUNE.months_back(12)}
    with django_assert_max_num_queries(20) as one:
        notice_figures.build(district.office, JUNE, ISSUED[JUNE], directory=directory, calendar=calendar)
    with django_assert_max_num_queries(len(one) + 1):
        months_of(district.office, year, directory, calendar)
    with django_assert_max_num_queries(1):
        months_of(district.office, year, directory, calendar)


def test_a_month_is_counted_again_after_an_event_that_may_have_changed_it(district):
    before = months(district)
    district.item(district.town, on=date(2020, 5, 30))
    assert months(district)[1] is before[1]
    audit.record(by=None, verb="import.accepted", office=district.office)
    assert months(district)[1].figures.published.total.value == 3
    assert months(district)[0] == before[0]


def test_reading_and_signing_in_change_nothing(district):
    before = months(district)
    for verb in ("session.opened", "rows.exported", "application.read", "notice.downloaded"):
        audit.record(by=None, verb=verb, office=district.office)
    assert all(now is then for now, then in zip(months(district), before, strict=True))


def test_another_day_of_issue_is_another_month(district):
    later = months(district, {MAY: date(2020, 6, 12)})
    assert later[0] is not months(district)[1]
    assert later[0].figures.issued_on == date(2020, 6, 12)


def test_an_event_committed_after_a_later_one_makes_another_mark(district):
    """Numbers are given when a row is written, not when it is committed: the older may come last."""
    first = audit.record(by=None, verb="import.accepted", office=district.office)
    second = audit.record(by=None, verb="import.accepted", office=district.office)
    mark = audit.changes()
    assert mark.split("-")[:2] == [str(second.pk), str(first.pk)]
    assert mark != "-".join(each for each in mark.split("-") if each != str(first.pk))


# --- what comes again


def test_problems_in_a_row_end_with_this_month(district):
    counts = in_a_row(months(district), district.directory())
    assert counts == {
        (district.street.pk, "task.T-9"): 2,
        (district.town.pk, "task.T-9"): 3,
        (district.education.pk, "mailbox"): 2,
    }
    assert longest_by_unit(counts) == {district.street.pk: 2, district.town.pk: 3, district.education.pk: 2}


def test_a_month_in_between_breaks_the_row(district):
    MailboxCase.objects.filter(received_on__month=5).update(answered_on=date(2020, 5, 6))
    counts = in_a_row(months(district), district.directory())
    assert counts[district.education.pk, "mailbox"] == 1
    assert district.education.pk not in longest_by_unit(counts)


def test_what_a_unit_left_undone_before_it_went_into_another_stands_against_the_other(district):
    district.town.dissolved_on, district.town.successor = date(2020, 6, 1), district.street
    district.town.save()
    counts = in_a_row(months(district), district.directory())
    # The street met it in April, but answers for the town, which did not.
    assert counts[district.street.pk, "task.T-9"] == 3
    ids = {unit.pk for unit in (district.street, district.town, district.education)}
    assert own_ids(district.street.pk, district.directory(), JUNE.last, ids) == {district.street.pk, district.town.pk}


# --- the trend


def test_the_trend_is_the_months_own_numbers(district):
    counted = months(district)
    found = trend(counted, JUNE)
    assert [column.label for column in found.chart.columns] == ["2020.4", "5月", "6月"]
    assert [column.parts for column in found.chart.columns] == [(1, 1)] * 3
    assert [column.below for column in found.chart.columns] == [month.table.units_with_problems for month in counted]
    assert [column.below for column in found.chart.columns] == [1, 3, 3]
    assert [column.current for column in found.chart.columns] == [False, False, True]
    assert found.parts == (TOWNS, DEPARTMENTS)
    assert (found.published_before, found.problems_before) == (2, 3)
    shown = [[cell.shown for cell in row.cells] for row in found.table.rows]
    assert shown == [["2", "1", "1", "1"], ["2", "1", "1", "3"], ["2", "1", "1", "3"]]
    assert found.table.rows[0].cells[3].address == "/2020-04/?show=problems#matrix"


def test_months_before_the_first_data_are_left_out_but_half_a_year_stays(district):
    year = {month: month.usual_issue_date(date(2020, 7, 14)) for month in JUNE.months_back(12)}
    found = trend(months(district, year), JUNE)
    assert [column.label for column in found.chart.columns] == ["2020.1", "2月", "3月", "4月", "5月", "6月"]
    assert [column.parts for column in found.chart.columns[:3]] == [None] * 3
    assert found.totals == (None, None, None, 2, 2, 2)
    assert found.table.rows[0].cells[0].shown == "—"


def test_months_without_any_data_are_a_trend_of_nothing(db):
    district = District()
    found = trend(months(district), JUNE)
    assert [column.parts for column in found.chart.columns] == [None] * 3
    assert found.published_before is None
