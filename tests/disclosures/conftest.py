"""What tests of this floor have: an uploads folder of their own, a district, and its clerk signed in."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.district import District
from tests.people import signed_in, staff


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def district() -> District:
    return District()


@pytest.fixture
def clerk(district: District) -> Client:
    return signed_in(staff(district.office))
