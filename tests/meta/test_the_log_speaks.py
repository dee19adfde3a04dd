"""Every event the code records has its words, and every word in the log is recorded somewhere."""

import re
from pathlib import Path

from django.conf import settings

from units.audit import VERBS

ROOT = Path(settings.BASE_DIR)


def recorded() -> set[str]:
    return {
        verb
        for floor in ("units", "disclosures", "reports")
        for path in (ROOT / floor).rglob("*.py")
        for verb in re.findall(r'verb="([a-z_.]+)"', path.read_text(encoding="utf-8"))
    }


def test_every_event_is_told_in_words_and_no_words_are_idle():
    assert recorded() == set(VERBS)


def test_the_words_of_an_event_need_no_data():
    """An event of an earlier version of the portal may lack what its successors carry."""
    for verb in VERBS.values():
        assert verb.words
        assert verb.family
        assert isinstance(verb.telling({}), str)
