"""A district to import into, and an uploads folder of its own."""

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.sheets import a_district
from units.models import Office


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def office(db: None) -> Office:
    return a_district()
