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
    names: tuple[str, ...] = ()
    """What each paragraph is about (the code of a requirement), so that it is known again when others come and go; none:
    their places say it."""
    enumerated: bool = False
    """Whether several paragraphs begin 一是, 二是."""

    @property
    def keys(self) -> tuple[str, ...]:
        """The key of each paragraph: problems.RW-202006-01, published.1."""
        names = self.names or tuple(str(place) for place in range(1, len(self.paragraphs) + 1))
        return tuple(f"{self.key}.{name}" for name in names)
