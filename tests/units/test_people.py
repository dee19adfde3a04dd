"""Who acts for a unit, and who may do something at an office."""

from datetime import date

import pytest

from tests.district import District
from tests.people import administrator, auditor, leader, liaison, reviewer, staff, unit_leader
from units.models import Membership, User
from units.people import acting_for, acting_for_each, holding, leading
from units.roles import Permission

pytestmark = pytest.mark.django_db

DAY = date(2020, 7, 14)


@pytest.fixture
def district():
    return District()


def test_a_units_liaisons_act_for_it_its_leaders_do_not(district):
    own, head = liaison(district.street), unit_leader(district.street)
    liaison(district.town)
    assert list(acting_for(district.street, DAY)) == [own]
    assert list(leading(district.street.pk, DAY)) == [head]


def test_of_several_units_each_has_its_liaisons_in_one_query(district, django_assert_num_queries):
    first, second = liaison(district.street), liaison(district.street, name="second")
    town = liaison(district.town)
    liaison(district.education, is_active=False)
    Membership.objects.create(
        user=first, office=district.office, unit=district.street, role="unit_liaison", since=date(2020, 2, 1)
    )
    units = [district.street.pk, district.town.pk, district.education.pk]
    with django_assert_num_queries(1):
        found = acting_for_each(units, DAY)
    assert found == {district.street.pk: [first, second], district.town.pk: [town]}


def test_who_has_left_or_was_switched_off_acts_no_more(district):
    liaison(district.street, is_active=False)
    gone = liaison(district.street, name="gone")
    Membership.objects.filter(user=gone).update(until=DAY)
    assert not acting_for(district.street, DAY).exists()


def test_reviewing_is_done_by_those_whose_role_says_so_each_once(district):
    office = district.office
    people = {administrator(office), staff(office), reviewer(office)}
    leader(office), auditor(office), liaison(district.street)
    assert set(holding(office, Permission.REVIEW_SUBMISSIONS, DAY)) == people
    assert holding(office, Permission.READ_LOG, DAY).count() == 2


def test_a_person_with_two_roles_is_one_person(district):
    both = staff(district.office)
    Membership.objects.create(user=both, office=district.office, role="office_reviewer", since=date(2020, 1, 1))
    assert list(holding(district.office, Permission.REVIEW_SUBMISSIONS, DAY)) == [both]
    assert User.objects.count() == 1
