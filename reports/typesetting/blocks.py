"""A notice as composed blocks: every paragraph with its face, its lines and its place across the measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.notice import Notice, Paragraph, ParagraphKind
from reports.typesetting.composer import Line, Measure, compose
from reports.typesetting.faces import EM, Face, FontMetrics
from reports.typesetting.sheet import CELL_PITCH, CELLS, POINTS_PER_MM, TEXT_WIDTH, TITLE_SIZE

FACES = {
    ParagraphKind.TITLE: Face.BIAOSONG,
    ParagraphKind.HEADING_1: Face.HEI,
    ParagraphKind.HEADING_2: Face.KAI,
}
"""Faces by kind; every other kind is 仿宋 (5.2.2, 7.3.3)."""

FLUSH_LEFT = {ParagraphKind.ADDRESSEES}
ATTACHMENT_LABEL = re.compile(r"(附件：)?(\d+[.．])?")


@dataclass(frozen=True)
class Block:
    """One paragraph, composed: indents are in thousandths of the body's em, `blank_before` in lines."""

    paragraph: Paragraph
    face: Face
    lines: tuple[Line, ...]
    first_indent: int = 0
    indent: int = 0
    blank_before: int = 0

    @property
    def kind(self) -> ParagraphKind:
        """The paragraph's kind."""
        return self.paragraph.kind

    @property
    def keeps_with_next(self) -> bool:
        """Whether a page never ends with this block: a heading stays with what it heads."""
        return self.kind in {ParagraphKind.TITLE, ParagraphKind.HEADING_1, ParagraphKind.HEADING_2}

    @property
    def stays_whole(self) -> bool:
        """Whether its lines never part: headings, signature, date and the remark below."""
        closing = {ParagraphKind.SIGNATURE, ParagraphKind.DATE, ParagraphKind.ANNOTATION}
        return self.keeps_with_next or self.kind in closing


def face_of(kind: ParagraphKind) -> Face:
    """The face in which a kind of paragraph is set."""
    return FACES.get(kind, Face.FANG)


def blocks(notice: Notice, metrics: FontMetrics) -> tuple[Block, ...]:
    """Every paragraph of the notice, composed, in reading order."""
    return tuple(_blocks(notice, metrics))


def _blocks(notice: Notice, metrics: FontMetrics) -> Iterator[Block]:
    previous: ParagraphKind | None = None
    for paragraph in notice.paragraphs():
        match paragraph.kind:
            case ParagraphKind.TITLE:
                yield Block(paragraph, Face.BIAOSONG, title_lines(paragraph, metrics))
            case ParagraphKind.SIGNATURE | ParagraphKind.DATE:
                yield _closing(paragraph, notice, metrics)
            case ParagraphKind.ATTACHMENTS:
                yield _attachment(paragraph, metrics, first=previous is not ParagraphKind.ATTACHMENTS)
            case kind:
                first_indent = 0 if kind in FLUSH_LEFT else 2
                measure = Measure.of_cells(CELLS, CELL_PITCH, first_indent=first_indent)
                lines = compose(paragraph.text, face_of(kind), metrics, measure)
                blank = 1 if kind is ParagraphKind.ADDRESSEES else 0
                yield Block(paragraph, face_of(kind), lines, measure.first_indent, 0, blank)
        previous = paragraph.kind


def title_lines(paragraph: Paragraph, metrics: FontMetrics) -> tuple[Line, ...]:
    """The lines of a part of the title: one if it fits, else one a span, as broken by meaning (7.3.1)."""
    measure = Measure(int(TEXT_WIDTH * POINTS_PER_MM / TITLE_SIZE * EM))
    width = sum(metrics.advance(character, Face.BIAOSONG) for character in paragraph.text)
    if width <= measure.width or len(paragraph.spans) == 1:
        return compose(paragraph.text, Face.BIAOSONG, metrics, measure)
    parts = (compose(span.text, Face.BIAOSONG, metrics, measure) for span in paragraph.spans if span.text)
    return tuple(line for part in parts for line in part)


def _attachment(paragraph: Paragraph, metrics: FontMetrics, *, first: bool) -> Block:
    """附件说明: two characters in, later lines under the first character of the attachment's name (7.3.4)."""
    found = ATTACHMENT_LABEL.match(paragraph.text)
    label = found[0] if found else ""
    whole = Measure.of_cells(CELLS, CELL_PITCH)
    start = 2 * CELL_PITCH
    if label and not label.startswith("附件"):
        start += 3 * CELL_PITCH
    width = sum(metrics.advance(char, Face.FANG) + (CELL_PITCH - EM) * (not char.isascii()) for char in label)
    hanging = Measure(whole.width, whole.tracking, start, start + width)
    lines = compose(paragraph.text, Face.FANG, metrics, hanging)
    return Block(paragraph, Face.FANG, lines, start, start + width, 1 if first else 0)


def _closing(paragraph: Paragraph, notice: Notice, metrics: FontMetrics) -> Block:
    """Signature and date of a document without a seal (7.3.5.2).

    The signature ends two characters before the right edge, one blank line below the text; the date begins two
    characters to the right of the signature's beginning. A date longer than the signature ends two characters before
    the right edge instead, and the signature moves left with it.
    """
    measure = Measure.of_cells(CELLS, CELL_PITCH)
    signature = compose(notice.signature.text, Face.FANG, metrics, measure)
    dated = compose(notice.dated.text, Face.FANG, metrics, measure)
    right = measure.width - 2 * CELL_PITCH
    wide, date_wide = (max(line.width for line in lines) for lines in (signature, dated))
    if date_wide > wide:
        date_start = right - date_wide
        start = date_start - 2 * CELL_PITCH
    else:
        start = right - wide
        date_start = start + 2 * CELL_PITCH
    if paragraph.kind is ParagraphKind.SIGNATURE:
        return Block(paragraph, Face.FANG, signature, max(start, 0), max(start, 0), 1)
    return Block(paragraph, Face.FANG, dated, max(date_start, 0), max(date_start, 0))
