"""The documentation of the columns is what the Resources say."""

from django.conf import settings

from disclosures.sheets.guide import MARK, columns_guide


def test_documentation_lists_every_column_as_it_is() -> None:
    written = (settings.BASE_DIR / "docs" / "sheets.md").read_text()

    assert written[written.index(MARK) :].rstrip() == columns_guide().rstrip()
