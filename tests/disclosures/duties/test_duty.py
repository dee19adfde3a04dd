"""A unit's duty with what was granted, and with what it had published anyway."""

from datetime import UTC, date, datetime

import pytest

from disclosures.compliance import Standing
from disclosures.duties.duty import Duty, duties, terms_due
from disclosures.models import DutyExemption, DutyExtension
from tests.people import staff

pytestmark = pytest.mark.django_db

CUT_OFF = date(2020, 7, 6)
COLUMN = "公开-规划计划-年度总结和计划"
NOW = datetime(2020, 7, 1, 1, tzinfo=UTC)


def by_unit(district, code="T-1", as_of=CUT_OFF, **narrowed) -> dict[str, Duty]:
    return {duty.unit.short_name: duty for duty in duties(district.office, code, as_of=as_of, **narrowed)}


def granted(model, district, requirement, unit, **fields):
    clerk = staff(district.office)
    return model.objects.create(
        requirement=requirement, unit=unit, reason="机构调整", granted_by=clerk, granted_at=NOW, **fields
    )


def test_an_extension_holds_for_its_unit_until_it_is_taken_back(district):
    asked = district.requirement()
    extension = granted(DutyExtension, district, asked, district.street, due_on=date(2020, 7, 20))
    street = by_unit(district)["兰山街道"]
    assert (street.due_on, street.standing, street.extension) == (date(2020, 7, 20), Standing.AWAITED, extension)
    assert by_unit(district)["李官镇"].standing is Standing.MISSING
    DutyExtension.objects.update(revoked_at=NOW, revoked_by=extension.granted_by)
    assert by_unit(district)["兰山街道"].standing is Standing.MISSING


def test_an_exemption_counts_once_it_is_approved(district):
    exemption = granted(DutyExemption, district, district.requirement(), district.street)
    assert by_unit(district)["兰山街道"].standing is Standing.MISSING
    assert by_unit(district)["兰山街道"].awaits_approval
    DutyExemption.objects.update(approved_at=NOW, approved_by=exemption.granted_by)
    assert "兰山街道" not in by_unit(district)
    assert list(by_unit(district, standing="exempt")) == ["兰山街道"]


def test_a_lock_opens_with_an_extension(district):
    asked = district.requirement(lock_after_days=2)
    assert not by_unit(district)["兰山街道"].locked(date(2020, 7, 2))
    assert by_unit(district)["兰山街道"].locked(date(2020, 7, 3))
    granted(DutyExtension, district, asked, district.street, due_on=date(2020, 7, 20))
    assert not by_unit(district)["兰山街道"].locked(date(2020, 7, 22))
    assert by_unit(district)["兰山街道"].locked(date(2020, 7, 23))


def published(district, unit, column, on):
    item = district.item(unit, on=on)
    item.column = column
    item.save()
    return item


def test_what_stands_in_the_column_need_not_be_handed_in_again(district):
    district.requirement(action="公开", column=COLUMN, assigned_on=date(2020, 6, 10))
    in_time = published(district, district.street, COLUMN, date(2020, 6, 20))
    published(district, district.street, COLUMN, date(2020, 6, 29))
    published(district, district.town, COLUMN, date(2020, 7, 2))
    published(district, district.education, COLUMN, date(2020, 6, 9))
    published(district, district.justice, "公开-规划计划", date(2020, 6, 20))
    found = by_unit(district)
    assert {name: duty.standing for name, duty in found.items()} == {
        "兰山街道": Standing.DONE,
        "李官镇": Standing.LATE,
        "区教育局": Standing.MISSING,
        "区司法局": Standing.MISSING,
    }
    assert found["兰山街道"].item == in_time
    assert by_unit(district, as_of=date(2020, 7, 1))["李官镇"].item is None


@pytest.mark.parametrize("changed", [{"action": "上传"}, {"column": ""}])
def test_publishing_is_no_hand_in_where_something_else_is_asked(district, changed):
    district.requirement(**({"action": "公开", "column": COLUMN, "assigned_on": date(2020, 6, 10)} | changed))
    published(district, district.street, COLUMN, date(2020, 6, 20))
    assert by_unit(district)["兰山街道"].standing is Standing.MISSING


def test_a_months_item_counts_for_its_month(district):
    district.requirement(
        action="公开", column=COLUMN, recurrence="每月", due_on=date(2020, 5, 25), assigned_on=date(2020, 5, 1)
    )
    published(district, district.street, COLUMN, date(2020, 5, 20))
    assert by_unit(district, term="2020-05")["兰山街道"].standing is Standing.DONE
    assert by_unit(district, term="2020-06")["兰山街道"].standing is Standing.MISSING


def test_a_monthly_task_ends(district):
    district.requirement(recurrence="每月", due_on=date(2020, 5, 25), ends_on=date(2020, 7, 1))
    terms = terms_due(district.office, date(2020, 5, 1), date(2020, 12, 31))
    assert [term.code for term in terms] == ["2020-05", "2020-06"]


def test_what_was_granted_to_a_unit_counts_for_its_successor(district):
    asked = district.requirement()
    granted(DutyExtension, district, asked, district.justice, due_on=date(2020, 7, 20))
    district.justice.dissolved_on, district.justice.successor = date(2020, 6, 15), district.education
    district.justice.save()
    assert by_unit(district)["区教育局"].due_on == date(2020, 7, 20)


def test_a_term_reads_what_it_needs_in_a_few_queries(district, django_assert_max_num_queries):
    district.requirement(action="公开", column=COLUMN)
    for unit in (district.street, district.town):
        published(district, unit, COLUMN, date(2020, 6, 20))
    with django_assert_max_num_queries(12):
        by_unit(district)
