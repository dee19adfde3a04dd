"""Names a sheet has for a unit: remembered once, never for two units, taken back."""

from datetime import date

import pytest

from tests.district import District
from units.actions import register
from units.models import AuditEvent, UnitAlias

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return District()


def test_a_remembered_name_means_the_unit_on_every_day(district):
    register.remember_alias(unit=district.street, name="兰山办", by=None)
    found = district.directory().resolve("兰 山办", date(2012, 1, 1))
    assert found.unit_id == district.street.pk
    assert AuditEvent.objects.get().data == {"name": "兰山办", "unit": "兰山街道"}


@pytest.mark.parametrize("name", ["区教育局", "兰山区区教育局", "U03", "区教 育局"])
def test_a_name_that_means_a_unit_already_is_refused(district, name):
    with pytest.raises(register.ChangeRefused, match=f"^“{name}”已经是区教育局的名称，没有另外记住。$"):
        register.remember_alias(unit=district.street, name=name, by=None)
    assert not UnitAlias.objects.exists()


def test_too_long_a_name_is_refused(district):
    with pytest.raises(register.ChangeRefused, match="有81个字，超过80个字的上限，不能作为别名。$"):
        register.remember_alias(unit=district.street, name="很" * 81, by=None)


def test_a_forgotten_name_means_nothing_again(district):
    alias = register.remember_alias(unit=district.street, name="兰山办", by=None)
    register.forget_alias(alias=alias, by=None)
    assert district.directory().resolve("兰山办", date(2020, 6, 1)).is_unknown
    assert AuditEvent.objects.filter(verb="unit.alias_forgotten").get().data["name"] == "兰山办"


def test_a_unit_is_named_by_whatever_it_is_called(district):
    assert register.unit_named(district.directory(), "U03", date(2020, 6, 1)) == district.education
    with pytest.raises(register.ChangeRefused, match="^单位台账中没有“区教肓局”"):
        register.unit_named(district.directory(), "区教肓局", date(2020, 6, 1))
