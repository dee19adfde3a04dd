"""The fonts a document is drawn with: which are wanted, which were found, and how wide their characters are."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from reports.renderers.errors import RenderError
from reports.typesetting.faces import EM, Face

DIGITS = "Lanshan Digits"
"""The digit font `prepare_fonts` makes: Fandol's own digits are heavy beside its hanzi."""


class Source(StrEnum):
    """Where a font comes from."""

    OFFICE = "office"
    BUNDLED = "bundled"
    SYSTEM = "system"

    @property
    def label(self) -> str:
        """In Chinese, as the settings page shows it."""
        return {"office": "本单位安装", "bundled": "随系统提供", "system": "操作系统"}[self.value]


OFFICE_FAMILIES = {
    Face.FANG: (
        "FangSong_GB2312",
        "仿宋_GB2312",
        "FangSong",
        "仿宋",
        "STFangsong",
        "Zhuque Fangsong (technical preview)",
    ),
    Face.KAI: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti"),
    Face.HEI: ("SimHei", "黑体", "Noto Sans Hans Medium"),
    Face.BIAOSONG: ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "方正小标宋简体"),
    Face.SONG: ("SimSun", "宋体"),
}
"""Families an office may install, best first."""

BUNDLED_FAMILIES = {
    Face.FANG: (DIGITS, "FandolFang", "FandolFang R"),
    Face.KAI: (DIGITS, "FandolKai"),
    Face.HEI: ("FandolHei",),
    Face.BIAOSONG: ("FandolSong",),
    Face.SONG: (DIGITS, "FandolSong"),
}
"""Families that come with the portal and stand in."""

LAST_FAMILIES = {
    Face.FANG: ("LXGW WenKai", "Noto Serif CJK SC"),
    Face.KAI: ("LXGW WenKai", "Noto Serif CJK SC"),
    Face.HEI: ("Noto Sans CJK SC",),
    Face.BIAOSONG: ("Noto Serif CJK SC",),
    Face.SONG: ("Noto Serif CJK SC",),
}
"""Families that lend single rare characters; an SC family must be named or a Japanese one is taken."""

BOLD_FACES = {Face.BIAOSONG}
"""Faces drawn with the bold cut where a family has one: no free 小标宋 exists, a bold Song is nearest."""


def family_stack(face: Face) -> tuple[str, ...]:
    """All families of a face, first wanted first."""
    return OFFICE_FAMILIES[face] + BUNDLED_FAMILIES[face] + LAST_FAMILIES[face]


def css_stack(face: Face) -> str:
    """The families of a face as CSS writes them."""
    return ", ".join(f'"{family}"' for family in family_stack(face))


@dataclass(frozen=True)
class FontRecord:
    """One font file as fontconfig knows it."""

    families: tuple[str, ...]
    file: str
    index: int
    bold: bool
    source: Source

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> FontRecord:
        """The record `as_json` wrote."""
        return cls(tuple(entry["families"]), entry["file"], entry["index"], entry["bold"], Source(entry["source"]))

    def as_json(self) -> dict[str, object]:
        """The record for the index file."""
        return {
            "families": list(self.families),
            "file": self.file,
            "index": self.index,
            "bold": self.bold,
            "source": self.source.value,
        }


@dataclass(frozen=True)
class FontUse:
    """Which family a face is drawn with, and which was wanted."""

    face: Face
    wanted: str
    used: str
    source: Source

    @property
    def substituted(self) -> bool:
        """Whether another family than an office's own stands in."""
        return self.source is not Source.OFFICE

    def __str__(self) -> str:
        if not self.substituted:
            return f"{self.face.label}使用{self.used}（{self.source.label}）。"
        return f"{self.face.label}未安装{self.wanted}，以{self.used}（{self.source.label}）代替。"


class LoadedFont:
    """A font's character map, widths and, where asked for, ink."""

    def __init__(self, record: FontRecord) -> None:
        self.record = record
        with TTFont(record.file, fontNumber=record.index, lazy=True) as font:
            self.map: dict[int, str] = font.getBestCmap()
            self.units: int = font["head"].unitsPerEm
            self.widths: dict[str, tuple[int, int]] = font["hmtx"].metrics
        self._ink: dict[str, tuple[int, int] | None] = {}

    def __contains__(self, character: str) -> bool:
        return ord(character) in self.map

    def advance(self, character: str) -> int:
        """Width in thousandths of an em."""
        return round(self.widths[self.map[ord(character)]][0] * EM / self.units)

    def ink(self, character: str) -> tuple[int, int] | None:
        """Lowest and highest ink above the baseline, in thousandths of an em; nothing for a blank."""
        if character not in self._ink:
            self._ink[character] = self._measured(self.map[ord(character)])
        return self._ink[character]

    def _measured(self, glyph: str) -> tuple[int, int] | None:
        pen = BoundsPen(self._glyphs)
        self._glyphs[glyph].draw(pen)
        if pen.bounds is None:
            return None
        return round(pen.bounds[1] * EM / self.units), round(pen.bounds[3] * EM / self.units)

    @cached_property
    def extent(self) -> tuple[int, int]:
        """How far the font reaches above and below the baseline, in thousandths of an em."""
        header = self._font["hhea"]
        return round(header.ascent * EM / self.units), round(-header.descent * EM / self.units)

    @cached_property
    def _font(self) -> Any:
        # In memory, so that no file stays open for as long as the process lives.
        return TTFont(BytesIO(Path(self.record.file).read_bytes()), fontNumber=self.record.index, lazy=True)

    @cached_property
    def _glyphs(self) -> Any:
        return self._font.getGlyphSet()


class FontLibrary:
    """The fonts found, as the composer's metrics; fonts are opened when a character first needs them."""

    def __init__(self, records: tuple[FontRecord, ...]) -> None:
        self.records = records
        self._open: dict[FontRecord, LoadedFont] = {}
        self._chosen: dict[tuple[Face, str], LoadedFont | None] = {}
        self._advances: dict[tuple[Face, str], int] = {}

    @classmethod
    def read(cls, index: Path) -> FontLibrary:
        """The library an index file lists; raises RenderError when there is none."""
        try:
            entries = json.loads(index.read_text(encoding="utf-8"))["fonts"]
        except (OSError, ValueError, KeyError) as problem:
            raise RenderError("字体尚未预备，请先运行 python manage.py prepare_fonts。") from problem
        return cls(tuple(FontRecord.from_json(entry) for entry in entries))

    @cached_property
    def chains(self) -> dict[Face, tuple[FontRecord, ...]]:
        """For each face its installed fonts, in the order in which they are asked for a character."""
        return {face: tuple(self._chain(face)) for face in Face}

    def _chain(self, face: Face) -> list[FontRecord]:
        chain: list[FontRecord] = []
        for family in family_stack(face):
            cuts = [record for record in self.records if family in record.families and record not in chain]
            cuts.sort(key=lambda record: (record.bold is not (face in BOLD_FACES), record.source != Source.OFFICE))
            chain.extend(cuts[:1])
        return chain

    def lead(self, face: Face) -> FontRecord | None:
        """The font that gives the face its look: the first that is not only digits or a last resort."""
        own = {*OFFICE_FAMILIES[face], *BUNDLED_FAMILIES[face]} - {DIGITS}
        return next((record for record in self.chains[face] if own & set(record.families)), None)

    def uses(self) -> tuple[FontUse, ...]:
        """Which family each face is drawn with; raises RenderError when a face has none."""
        return tuple(self._use(face) for face in Face)

    def _use(self, face: Face) -> FontUse:
        record = self.lead(face)
        if record is None:
            raise RenderError(
                f"未找到{face.label}字体：请将{OFFICE_FAMILIES[face][0]}等字体放入字体文件夹，"
                "或运行 .ci/fetch-fonts 取得随系统提供的字体，再运行 python manage.py prepare_fonts。"
            )
        used = next(family for family in family_stack(face) if family in record.families)
        return FontUse(face, OFFICE_FAMILIES[face][0], used, record.source)

    # --- metrics

    def font_for(self, character: str, face: Face) -> LoadedFont | None:
        """The font that draws the character in that face, or none if no font of its stack has it."""
        key = (face, character)
        if key not in self._chosen:
            self._chosen[key] = next(
                (font for record in self.chains[face] if character in (font := self._opened(record))), None
            )
        return self._chosen[key]

    def advance(self, character: str, face: Face) -> int:
        """Width of the character; a full em for one that no font has, since drawing it is refused anyway."""
        key = (face, character)
        if key not in self._advances:
            font = self.font_for(character, face)
            self._advances[key] = font.advance(character) if font else EM
        return self._advances[key]

    def ink(self, text: str, face: Face, *, line: str = "") -> tuple[int, int]:
        """Lowest and highest ink of the text, from the bottom of an em square in the middle of its line."""
        drawn = ((char, self.font_for(char, face)) for char in text)
        found = [bounds for char, font in drawn if font and (bounds := font.ink(char))]
        if not found:
            return 0, EM
        fonts = {font for char in line or text if (font := self.font_for(char, face))}
        ascent = max(font.extent[0] for font in fonts)
        descent = max(font.extent[1] for font in fonts)
        baseline = (EM - ascent + descent) // 2
        return baseline + min(low for low, _ in found), baseline + max(high for _, high in found)

    def _opened(self, record: FontRecord) -> LoadedFont:
        if record not in self._open:
            self._open[record] = LoadedFont(record)
        return self._open[record]
