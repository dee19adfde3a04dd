"""Files are kept under their content and come back as they came."""

from datetime import UTC, datetime

import pytest

from disclosures.files.keeping import content_of, keep
from disclosures.files.recognition import FileRefused
from disclosures.models import StoredFile
from tests.district import District

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 7, 1, 1, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def office(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return District().office


def brought(office, name="方案.pdf", content=PDF) -> StoredFile:
    return keep(name=name, content=content, office=office, by=None, at=NOW)


def test_a_file_comes_back_as_it_came_and_its_path_says_nothing_of_its_name(office, tmp_path):
    file = brought(office)
    assert (file.name, file.kind, file.size) == ("方案.pdf", "pdf", len(PDF))
    assert content_of(file) == PDF
    assert "方案" not in file.stored_as


def test_the_same_content_lies_there_once_under_as_many_names_as_were_given(office, tmp_path):
    brought(office)
    brought(office, "另一份.pdf")
    assert StoredFile.objects.count() == 2
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_refused_file_leaves_nothing(office, tmp_path):
    with pytest.raises(FileRefused):
        brought(office, "方案.exe", b"MZ")
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
