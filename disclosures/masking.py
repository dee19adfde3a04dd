"""What must not stand in a list: numbers by which an applicant could be found (个人信息保护法 art. 6, 28). Pure."""

from __future__ import annotations

import re

SIGNS = r"[ \t\u00a0\u3000\-－‐–—.·]"
APART, BETWEEN = SIGNS + "{0,3}", SIGNS + "{1,3}"
"""What may, and what must, stand between two groups of a number."""


def _in_groups(*groups: str) -> str:
    return APART.join(groups)


IDENTITY_NUMBER = re.compile(
    r"(?<!\d)(?:" + _in_groups(r"\d{3}", r"\d{3}", r"\d{4}", r"\d{2}", r"\d{2}", r"\d{3}", r"[\dXx]") + r")(?![\dXx])"
)
"""18 characters: place, birth, sequence, check (GB 11643-1999), joined or in groups."""
OLD_IDENTITY_NUMBER = re.compile(r"(?<!\d)\d{15}(?!\d)")
"""The 15 digits given out before 1999."""
CARD = re.compile(
    rf"(?<!\d)(?:\d{{16,19}}|\d{{4}}(?:{BETWEEN}\d{{4}}){{3}}(?:{APART}\d{{1,3}})?|\d{{6}}{BETWEEN}\d{{10,13}})(?!\d)"
)
"""16 to 19 digits, joined, in fours, or with the bank's six apart (ISO/IEC 7812-1)."""
MOBILE = re.compile(
    rf"(?<!\d)(?P<country>(?:(?:\+|00)?86{APART})?)(?P<number>"
    + "|".join(
        _in_groups(*groups)
        for groups in (
            (r"1\d{2}", r"\d{4}", r"\d{4}"),
            (r"1\d{3}", r"\d{3}", r"\d{4}"),
            (r"1\d{2}", r"\d{3}", r"\d{5}"),
        )
    )
    + r")(?!\d)"
)
LANDLINE = re.compile(r"(?<!\d)(0\d{2,3})[-－ ]?\d{7,8}(?!\d)")
MAIL = re.compile(r"[A-Za-z0-9_.+-]+@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def masked(text: str) -> str:
    """The text with identity, card and telephone numbers and mail addresses blotted out.

    “电话13800001234” becomes “电话138****1234”, however the number is grouped.
    """
    text = IDENTITY_NUMBER.sub(lambda found: _blotted(found[0], 6, "********", 1), text)
    text = OLD_IDENTITY_NUMBER.sub(lambda found: _blotted(found[0], 6, "********", 1), text)
    text = MOBILE.sub(lambda found: found["country"] + _blotted(found["number"], 3, "****", 4), text)
    text = CARD.sub(lambda found: _blotted(found[0], 4, "********", 4), text)
    text = LANDLINE.sub(r"\1-*******", text)
    return MAIL.sub(r"****@\1", text)


def _blotted(number: str, head: int, blot: str, tail: int) -> str:
    """The first and the last characters of a number, closed up."""
    closed = "".join(character for character in number if character.isalnum())
    return f"{closed[:head]}{blot}{closed[-tail:]}"
