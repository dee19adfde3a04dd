"""What people change in a notice while it is a draft: paragraphs put otherwise, left out, added, in another order. Pure.

A number in a changed paragraph stays bound to its figure as long as it stands where it stood and says the same; a unit's name
to the rows it is named for. A number somebody typed is bound to nothing, and the checks say so. When the data move, a changed
paragraph keeps its words and its old numbers until somebody takes the new ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from reports.figures.figure import Figure
from reports.notice import Naming, Span
from reports.sections.draft import SectionDraft
from reports.wording import Phrase, tidy

TOKEN = re.compile(r"\d+|.", re.S)
"""A number is one thing, whatever is beside it; everything else is compared by characters."""


@dataclass(frozen=True)
class Piece:
    """A run of a changed paragraph as it is kept: its words, and by name the figure or unit they are bound to."""

    text: str
    figure: str = ""
    unit_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As the database keeps it."""
        return {"text": self.text, "figure": self.figure, "unit": self.unit_id}

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Piece:
        """The piece that was kept so."""
        return cls(kept["text"], kept.get("figure", ""), kept.get("unit"))

    @classmethod
    def of_span(cls, span: Span) -> Piece:
        """A span by the names of what it is bound to."""
        return cls(span.text, span.figure.name if span.figure else "", span.naming.unit_id if span.naming else None)


Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Amendments:
    """All that was changed in one draft: by paragraph key what it says now (None: it is left out), added paragraphs by
    section (key and words, in order), and the order of a section's paragraphs where somebody moved them."""

    changed: Mapping[str, Pieces | None] = field(default_factory=dict)
    added: Mapping[str, Sequence[tuple[str, Pieces]]] = field(default_factory=dict)
    order: Mapping[str, Sequence[str]] = field(default_factory=dict)


UNCHANGED = Amendments()


def words_of(pieces: Iterable[Piece | Span]) -> str:
    """The words, without what they are bound to."""
    return "".join(piece.text for piece in pieces)


def amended(drafts: list[SectionDraft], amendments: Amendments) -> list[SectionDraft]:
    """The sections with those changes; one of which nothing is left is left out."""
    if amendments == UNCHANGED:
        return drafts
    bound = Bindings.of(drafts)
    changed = [_section(draft, amendments, bound) for draft in drafts]
    return [after for before, after in zip(drafts, changed, strict=True) if after.paragraphs or not before.paragraphs]


def _section(draft: SectionDraft, amendments: Amendments, bound: Bindings) -> SectionDraft:
    kept: dict[str, Phrase] = {}
    for key, phrase in zip(draft.keys, draft.paragraphs, strict=True):
        pieces = amendments.changed.get(key, ())
        if pieces is not None:
            kept[key] = bound.phrase(pieces) if pieces else phrase
    for key, pieces in amendments.added.get(draft.key, ()):
        kept[key] = bound.phrase(pieces)
    place = {key: number for number, key in enumerate(amendments.order.get(draft.key, ()))}
    # What came since somebody moved paragraphs stands behind them.
    keys = sorted(kept, key=lambda key: place.get(key, len(place)))
    names = tuple(key.removeprefix(f"{draft.key}.") for key in keys)
    return replace(draft, paragraphs=tuple(kept[key] for key in keys), names=names)


@dataclass(frozen=True)
class Bindings:
    """Every figure and every naming of a notice as the rules write it, by name and by unit."""

    figures: Mapping[str, Figure]
    namings: Mapping[int, Naming]

    @classmethod
    def of(cls, drafts: Iterable[SectionDraft]) -> Bindings:
        """What the sections' spans are bound to; of a unit named several times, what it is blamed for comes first."""
        spans = [span for draft in drafts for phrase in draft.paragraphs for span in phrase]
        namings = [span.naming for span in spans if span.naming]
        return cls(
            {span.figure.name: span.figure for span in reversed(spans) if span.figure},
            {naming.unit_id: naming for naming in sorted(namings, key=lambda naming: naming.blamed)},
        )

    def phrase(self, pieces: Pieces) -> Phrase:
        """The pieces as spans; what is bound to a figure the notice has no more is words alone."""
        return tidy(
            Span(
                piece.text,
                self.figures.get(piece.figure),
                self.namings.get(piece.unit_id) if piece.unit_id is not None else None,
            )
            for piece in pieces
        )

    def renewed(self, pieces: Pieces) -> Pieces:
        """The same words with every bound number as the data have it now."""
        return tuple(
            replace(piece, text=str(self.figures[piece.figure].value)) if piece.figure in self.figures else piece
            for piece in pieces
        )


# --- binding what somebody typed


def rebound(words: str, before: Sequence[Piece]) -> Pieces:
    """The words as pieces: whatever of `before` was bound and still stands is bound as it was."""
    old = [token for piece in before for token in TOKEN.findall(piece.text)]
    new = TOKEN.findall(words)
    matched: dict[int, int] = {}
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        matched |= {block.a + step: block.b + step for step in range(block.size)}
    held: dict[int, tuple[int, Piece]] = {}
    at = 0
    for piece in before:
        size = len(TOKEN.findall(piece.text))
        places = [matched.get(place) for place in range(at, at + size)]
        first = places[0] if places else None
        if (piece.figure or piece.unit_id) and first is not None and places == list(range(first, first + size)):
            held[first] = (size, piece)
        at += size
    return _pieces(new, held)


def _pieces(tokens: list[str], held: Mapping[int, tuple[int, Piece]]) -> Pieces:
    pieces: list[Piece] = []
    plain, at = "", 0
    while at < len(tokens):
        if at not in held:
            plain, at = plain + tokens[at], at + 1
            continue
        size, piece = held[at]
        pieces += [*([Piece(plain)] if plain else []), piece]
        plain, at = "", at + size
    return (*pieces, Piece(plain)) if plain else tuple(pieces)
