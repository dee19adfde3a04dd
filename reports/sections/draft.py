"""SectionDraft: a section before the notice gives it its number."""

from __future__ import annotations

from dataclasses import dataclass

from reports.wording import Phrase

BASICS = "基本情况"
"""The part under which the first five sections stand."""


@dataclass(frozen=True)
class SectionDraft:
    """Paragraphs under a second-level title within a first-level part; either may be empty."""

    key: str
    paragraphs: tuple[Phrase, ...]
    part: str = ""
    title: str = ""
