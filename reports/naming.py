"""The sentences of a notice that name a unit for what it did not do in time: what it would read of itself. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from reports.figures.figure import RowQuery
from reports.notice import Notice, ParagraphKind, Section, Span

END = "。"
OTHERS = "……"
"""What stands for the names of others: a unit reads of itself alone before the notice is issued."""


class Part(StrEnum):
    """What a piece of such a sentence is."""

    WORDS = "words"
    OWN = "own"
    OTHERS = "others"


@dataclass(frozen=True)
class NamingSentence:
    """One sentence in which the notice blames a unit: its pieces, and the rows the unit is named for."""

    section: str
    pieces: tuple[tuple[Part, str], ...]
    queries: tuple[RowQuery, ...]

    @property
    def text(self) -> str:
        """The sentence as the unit reads it."""
        return "".join(words for _, words in self.pieces)


def sentences_naming(notice: Notice, unit_ids: Collection[int]) -> tuple[NamingSentence, ...]:
    """The sentences that name one of those units for something, in the order of the notice; others' names are left out."""
    return tuple(
        found
        for section in notice.sections
        for spans in _sentences(section)
        if (found := _naming(section.key, spans, unit_ids))
    )


def blamed(notice: Notice) -> tuple[int, ...]:
    """The units it names for something, in the order in which it first names them."""
    return tuple(
        dict.fromkeys(
            span.naming.unit_id
            for paragraph in notice.paragraphs()
            for span in paragraph.spans
            if span.naming and span.naming.blamed
        )
    )


def part_of(notice: Notice, key: str) -> str:
    """The headings under which the section of that key stands: 一、基本情况（三）部门信箱办理情况."""
    part = ""
    for section in notice.sections:
        if section.heading and section.heading.kind is ParagraphKind.HEADING_1:
            part = section.title
        if section.key == key:
            return part if section.title == part else f"{part}{section.title}"
    return part


def _sentences(section: Section) -> Iterator[tuple[Span, ...]]:
    """The sentences of a section's text, each as its spans."""
    for paragraph in section.paragraphs:
        if paragraph.kind is not ParagraphKind.BODY:
            continue
        sentence: list[Span] = []
        for span in paragraph.spans:
            if not span.is_plain:
                sentence.append(span)
                continue
            *ended, rest = span.text.split(END)
            for words in ended:
                yield (*sentence, Span(words + END))
                sentence = []
            if rest:
                sentence.append(Span(rest))
        if sentence:
            yield tuple(sentence)


def _naming(section: str, spans: tuple[Span, ...], unit_ids: Collection[int]) -> NamingSentence | None:
    own = [span.naming for span in spans if span.naming and span.naming.blamed and span.naming.unit_id in unit_ids]
    if not own:
        return None
    pieces = [_piece(span, unit_ids) for span in spans]
    return NamingSentence(section, tuple(_closed_up(pieces)), tuple(dict.fromkeys(naming.query for naming in own)))


def _piece(span: Span, unit_ids: Collection[int]) -> tuple[Part, str]:
    if span.naming is None:
        return Part.WORDS, span.text
    return (Part.OWN, span.text) if span.naming.unit_id in unit_ids else (Part.OTHERS, OTHERS)


def _closed_up(pieces: list[tuple[Part, str]]) -> Iterator[tuple[Part, str]]:
    """Several others in a row, and the 、 between them, as one; words in a row likewise."""
    flat = [
        (Part.OTHERS, "")
        if part is Part.WORDS and words == "、" and _others(pieces, at - 1) and _others(pieces, at + 1)
        else (part, words)
        for at, (part, words) in enumerate(pieces)
    ]
    for part, run in groupby(flat, key=lambda piece: piece[0]):
        texts = [words for _, words in run]
        yield part, OTHERS if part is Part.OTHERS else "".join(texts)


def _others(pieces: list[tuple[Part, str]], at: int) -> bool:
    return 0 <= at < len(pieces) and pieces[at][0] is Part.OTHERS
