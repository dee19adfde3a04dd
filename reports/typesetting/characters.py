"""Where a line may break, and what each character allows at a line's ends (GB/T 15834-2011, 5.1)."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

NOT_AT_START = frozenset("，。、；：？！）》〉】〕”’」』］｝·—…‰％℃,.;:?!)]}%-–~～/")
"""No line begins with one of these. The two dashes stay with what precedes them, as 连接号 and 破折号 must."""

NOT_AT_END = frozenset("（《〈【〔“‘「『［｛([{")
"""No line ends with one of these."""

BLANK_ON_RIGHT = frozenset("，。、；：）》〉】〕”’」』］｝")
"""Full-width marks whose right half is blank; at a line's end that half may stand outside the measure."""

BLANK_ON_LEFT = frozenset("（《〈【〔“‘「『［｛")
"""Full-width marks whose left half is blank."""

DRAWN_TOGETHER = frozenset("—…")
"""Marks that come in pairs and touch: —— and ……."""


class Break(IntEnum):
    """How gladly a line is broken at a place; the composer tries the gladly given places first."""

    FREE = 0
    RELUCTANT = 1
    """Inside a long address after / . - ? &, in a date after 年, between a document number's year and number."""
    LAST_RESORT = 2
    """In a date after 月."""
    NEVER = 3


ADDRESS = re.compile(r"[!-~]*[A-Za-z][!-~]*")
AFTER_SEPARATOR = re.compile(r"(?<=[/.\-?&=_#@])(?=[A-Za-z0-9%])")
DATE = re.compile(r"\d+年(?:\d+月(?:\d+日|份)?)?|\d+月(?:\d+日|份)?|\d+日")
DOCUMENT_NUMBER = re.compile(r"〔\d{4}〕\d+号")


def is_latin(character: str) -> bool:
    """Whether the character belongs to a Latin word, a number or an address; between two such no space is spread."""
    return ord(character) < 0x2000 and character not in "×·÷±°"


def joins_previous(character: str) -> bool:
    """Whether the character only modifies the one before: a variation selector or a combining mark."""
    return unicodedata.category(character) in {"Mn", "Me"} or character == "\u200d"


def blank_between(left: str, right: str) -> bool:
    """Whether two full-width marks meet with a blank half too many, as 》（ and ）。 do."""
    if left in BLANK_ON_RIGHT:
        return right in BLANK_ON_RIGHT or right in BLANK_ON_LEFT
    return left in BLANK_ON_LEFT and right in BLANK_ON_LEFT


def address_breaks(text: str) -> list[int]:
    """Where web addresses in the text may be parted: after / . - ? & and the like, never inside //."""
    return [word.start() + gap.start() for word in ADDRESS.finditer(text) for gap in AFTER_SEPARATOR.finditer(word[0])]


def breaks(text: str) -> list[Break]:
    """For each place in the text, how gladly a line ends before the character there; the last entry is the end."""
    places = [Break.FREE] * (len(text) + 1)
    for place in range(1, len(text)):
        if _holds(text[place - 1], text[place]):
            places[place] = Break.NEVER
    for place in address_breaks(text):
        places[place] = Break.RELUCTANT
    for date in DATE.finditer(text):
        for place in range(date.start() + 1, date.end()):
            after = text[place - 1]
            places[place] = {"年": Break.RELUCTANT, "月": Break.LAST_RESORT}.get(after, Break.NEVER)
            if text[place] in NOT_AT_START or text[place] == "份":
                places[place] = Break.NEVER
    for number in DOCUMENT_NUMBER.finditer(text):
        for place in range(number.start() + 1, number.end()):
            places[place] = Break.RELUCTANT if text[place - 1] == "〕" else Break.NEVER
    places[0] = Break.NEVER
    return places


def _holds(left: str, right: str) -> bool:
    """Whether two characters must stay on one line."""
    if right in NOT_AT_START or left in NOT_AT_END or joins_previous(right):
        return True
    if right == " " or left == " ":
        return right == " "
    return is_latin(left) and is_latin(right)
