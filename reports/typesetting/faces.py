"""Face: a typeface's part in the document; FontMetrics: what the composer must know of the fonts really used."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

EM = 1000
"""Widths are whole thousandths of an em: the unit in which a PDF places glyphs, so nothing is lost in rounding."""


class Face(StrEnum):
    """The five typefaces of GB/T 9704-2012, by the part they play."""

    FANG = "fang"
    """仿宋: body, addressees, signature (5.2.2)."""
    KAI = "kai"
    """楷体: headings of the second level (7.3.3)."""
    HEI = "hei"
    """黑体: headings of the first level (7.3.3)."""
    BIAOSONG = "biaosong"
    """小标宋: title (7.3.1) and letterhead (7.2.4)."""
    SONG = "song"
    """宋体: page numbers (7.5)."""

    @property
    def label(self) -> str:
        """The typeface's Chinese name."""
        return FACE_LABELS[self]


FACE_LABELS = {
    Face.FANG: "仿宋",
    Face.KAI: "楷体",
    Face.HEI: "黑体",
    Face.BIAOSONG: "小标宋",
    Face.SONG: "宋体",
}


class FontMetrics(Protocol):
    """Measures of the fonts a document will really be drawn with, in thousandths of an em."""

    def advance(self, character: str, face: Face) -> int:
        """How far the character moves the pen."""
        ...

    def ink(self, text: str, face: Face, *, line: str = "") -> tuple[int, int]:
        """The lowest and the highest ink of the text, from the bottom of the em square.

        `line` is the whole line the text stands in, if that is more: its fonts together set the baseline.
        """
        ...


class NominalMetrics:
    """The widths of the grid itself: a hanzi an em, a digit or Latin letter half of one.

    For documents whose fonts are chosen elsewhere, as Word does.
    """

    def advance(self, character: str, face: Face) -> int:
        """An em, or half of one for ASCII."""
        return EM // 2 if character.isascii() else EM

    def ink(self, text: str, face: Face, *, line: str = "") -> tuple[int, int]:
        """A hanzi's usual ink: four hundredths of an em inside its square."""
        return 40, EM - 40
