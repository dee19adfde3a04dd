"""Every awkward file gets exactly its sentences and writes nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction

from disclosures.actions import imports
from tests.disclosures.sheets.shelf.awkward import Awkward
from tests.disclosures.sheets.shelf.files import FILES
from tests.disclosures.sheets.shelf.tables import TABLES
from tests.sheets import a_district
from units.models import Office

SHELF = (*FILES, *TABLES)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def office(django_db_setup: None, django_db_blocker: Any) -> Iterator[Office]:
    """One district for the whole shelf: none of its files may write, so none can disturb the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield a_district()
        transaction.set_rollback(True)


def everything() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        model._meta.label: model._default_manager.count()
        for app in ("units", "disclosures")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


@pytest.mark.parametrize("awkward", SHELF, ids=lambda awkward: awkward.name)
def test_awkward_file_gets_its_sentences_and_writes_nothing(awkward: Awkward, office: Office, uploads: Path) -> None:
    content = awkward.content()
    rows, files = everything(), sorted(uploads.rglob("*"))
    sheet = {"kind": awkward.kind, "file_name": awkward.file_name, "content": content, "office": office}

    checked = imports.check_sheet(**sheet)
    report = imports.import_sheet(**sheet, by=None)

    assert tuple((error.row, error.column, error.message) for error in report.errors) == awkward.says
    assert checked.errors == report.errors
    assert report.batch is None
    assert everything() == rows
    assert sorted(uploads.rglob("*")) == files


def test_shelf_holds_what_it_promises() -> None:
    assert len({awkward.name for awkward in SHELF}) == len(SHELF) >= 45
