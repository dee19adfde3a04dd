"""A district to import into."""

import pytest

from tests.sheets import a_district
from units.models import Office


@pytest.fixture
def office(db: None) -> Office:
    return a_district()
