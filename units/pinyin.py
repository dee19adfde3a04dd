"""Pinyin, for finding units and people by what one types without choosing characters."""

from __future__ import annotations

SURNAME_READINGS = 4
"""How many readings of a first character are kept: 曾 is Zeng as a surname and ceng elsewhere."""


def initials(name: str) -> str:
    """The initials of a name: qjyj for 区教育局."""
    # Here and not above: its dictionaries take 55 MB, which most of what the portal does need not carry.
    from pypinyin import Style, lazy_pinyin

    return _letters(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="default"))[:60]


def spelled(name: str) -> str:
    """A person's name in full and by initials, with every reading of the surname: zengli zl cengli cl for 曾莉."""
    from pypinyin import Style, lazy_pinyin, pinyin

    if not name:
        return ""
    firsts = pinyin(name[0], style=Style.NORMAL, heteronym=True, errors="default")[0][:SURNAME_READINGS]
    rest = lazy_pinyin(name[1:], style=Style.NORMAL, errors="default")
    words: list[str] = []
    for first in firsts:
        syllables = [first, *rest]
        words += [_letters(syllables), _letters([syllable[:1] for syllable in syllables])]
    return " ".join(dict.fromkeys(word for word in words if word))[:160]


def _letters(parts: list[str]) -> str:
    return "".join(letter for letter in "".join(parts).lower() if letter.isascii() and letter.isalnum())
