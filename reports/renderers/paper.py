"""The paper: the composed notice as the template `paper.html` wants it, numbers turned into CSS lengths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from reports.notice import Notice, ParagraphKind
from reports.renderers.fonts import css_stack
from reports.typesetting.blocks import Block, blocks
from reports.typesetting.composer import Line
from reports.typesetting.faces import EM, Face, FontMetrics
from reports.typesetting.imprint import THICK_RULE, THIN_RULE, Imprint, imprint
from reports.typesetting.letterhead import RULE_THICKNESS, Letterhead, letterhead
from reports.typesetting.pages import ImprintPlace, Pagination, paginate
from reports.typesetting.sheet import (
    BODY_SIZE,
    CELL_PITCH,
    FOLIO_DROP,
    IMPRINT_SIZE,
    PAPER_HEIGHT,
    POINTS_PER_MM,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TITLE_SIZE,
    TOP,
    Sheet,
)

TEMPLATE = "reports/notice/v1/paper.html"
FOLIO_DASH = "—"
TAGS = {ParagraphKind.TITLE: "h1", ParagraphKind.HEADING_1: "h2", ParagraphKind.HEADING_2: "h3"}


def letter_spacing(thousandths: int) -> str:
    """CSS for a distance between characters.

    WeasyPrint cuts distances to whole thousandths towards zero, so a tenth more makes sure of the one meant.
    """
    if not thousandths:
        return "0"
    return f"{(thousandths + (0.1 if thousandths > 0 else -0.1)) / EM:.4f}em"


@dataclass(frozen=True)
class Piece:
    """Characters of a line that stand at another distance than the line's own; without one they take the line's."""

    text: str
    spacing: str | None


@dataclass(frozen=True)
class PaperLine:
    """A line for the template: its own distance and its pieces."""

    spacing: str
    pieces: tuple[Piece, ...]
    last: bool


def paper_lines(lines: Sequence[Line]) -> Iterator[PaperLine]:
    """Composed lines as the template writes them: the commonest distance of a line is the line's own."""
    for order, line in enumerate(lines, start=1):
        common: Counter[int] = Counter()
        for run in line.runs:
            common[run.spacing] += len(run.text)
        own = common.most_common(1)[0][0] if common else 0
        pieces = tuple(
            Piece(run.text, None if run.spacing == own else letter_spacing(run.spacing)) for run in line.runs
        )
        yield PaperLine(letter_spacing(own), pieces, order == len(lines))


@dataclass(frozen=True)
class PaperBlock:
    """A paragraph for the template."""

    block: Block

    @property
    def tag(self) -> str:
        """Its element: headings are headings, so that the PDF has an outline."""
        return TAGS.get(self.block.kind, "p")

    @property
    def style(self) -> str:
        """Its indents and the blank line above it."""
        first, rest = self.block.first_indent, self.block.indent
        parts = [f"margin-left:{rest / EM:.4f}em"] if rest else []
        if first != rest:
            parts.append(f"text-indent:{(first - rest) / EM:.4f}em")
        return ";".join(parts)

    @cached_property
    def lines(self) -> tuple[PaperLine, ...]:
        """Its lines."""
        return tuple(paper_lines(self.block.lines))

    @property
    def classes(self) -> str:
        """Its kind, and whether a blank line stands above."""
        return f"{self.block.kind.value}{' blank-above' if self.block.blank_before else ''}"


@dataclass(frozen=True)
class Paper:
    """Everything that is drawn, and how it falls on pages."""

    notice: Notice
    sheet: Sheet
    blocks: tuple[Block, ...]
    head: Letterhead | None
    imprint: Imprint | None
    pagination: Pagination
    folio_offset: float
    """From the page area's bottom to the top of the page number's line box, in pt."""

    @classmethod
    def compose(cls, notice: Notice, metrics: FontMetrics) -> Paper:
        """Compose a notice with the measures of the fonts it will be drawn with."""
        sheet = Sheet.of(notice.layout)
        composed = blocks(notice, metrics)
        head = letterhead(notice.layout, metrics, sheet)
        foot = imprint(notice, metrics, sheet)
        pagination = paginate(
            composed,
            sheet,
            head_height=head.height if head else 0.0,
            imprint_height=foot.height if foot else None,
        )
        _, dash_top = metrics.ink(FOLIO_DASH, Face.SONG, line=f"{FOLIO_DASH} 0")
        offset = FOLIO_DROP * POINTS_PER_MM - IMPRINT_SIZE * (EM - dash_top) / EM
        return cls(notice, sheet, composed, head, foot, pagination, offset)

    def texts(self) -> Iterator[tuple[str, Face]]:
        """Every text on the paper with its face, in reading order."""
        if self.head:
            yield self.head.mark, Face.BIAOSONG
            yield self.head.number, Face.FANG
        for block in self.blocks:
            yield block.paragraph.text, block.face
        if self.imprint:
            for text in self.imprint.texts:
                yield text, Face.FANG
        yield f"{FOLIO_DASH} 0123456789", Face.SONG
        if self.notice.layout.draft:
            yield "草稿", Face.HEI

    def context(self, place: ImprintPlace) -> dict[str, object]:
        """What the template writes, with the 版记 put where `place` says."""
        sheet = self.sheet
        papered = [PaperBlock(block) for block in self.blocks]
        last = {ParagraphKind.SIGNATURE, ParagraphKind.DATE, ParagraphKind.ANNOTATION}
        return {
            "notice": self.notice,
            "layout": self.notice.layout,
            "title": [block for block in papered if block.block.kind is ParagraphKind.TITLE],
            "blocks": [block for block in papered if block.block.kind not in last | {ParagraphKind.TITLE}],
            "closing": [block for block in papered if block.block.kind in last],
            "head": self.head,
            "imprint": self.imprint,
            "imprint_lines": list(paper_lines(self.imprint.copies_lines)) if self.imprint else [],
            "imprint_place": place.value,
            "mark_pitch": f"{self.head.size + 2 * sheet.half_leading:.5f}" if self.head else "",
            "mark_shift": f"{(TEXT_WIDTH * POINTS_PER_MM - self.head.natural_width) / 2:.5f}" if self.head else "",
            "hei_stack": css_stack(Face.HEI),
            "two_lines": f"{2 * sheet.pitch:.5f}",
            "sizes": {
                "body": BODY_SIZE,
                "title": TITLE_SIZE,
                "imprint": IMPRINT_SIZE,
                "pitch": f"{sheet.pitch:.5f}",
                "title_pitch": f"{sheet.title_pitch:.5f}",
                "imprint_pitch": f"{sheet.imprint_pitch:.5f}",
                "imprint_bottom": f"{self._below_text_area():.5f}",
                "top": f"{sheet.top_margin:.5f}",
                "bottom": f"{sheet.bottom_margin:.5f}",
                "folio": f"{self._folio_padding():.5f}",
                "cell": letter_spacing(CELL_PITCH - EM),
                "rule": RULE_THICKNESS,
                "thick": THICK_RULE,
                "thin": THIN_RULE,
            },
        }

    def _folio_padding(self) -> float:
        """From the page area's bottom edge, in mm; it lies below the 版心 by what the line boxes reach beyond it."""
        return self.folio_offset / POINTS_PER_MM - self._below_text_area()

    def _below_text_area(self) -> float:
        """From the bottom of the 版心 to the bottom of the page area, in mm."""
        return PAPER_HEIGHT - TOP - TEXT_HEIGHT - self.sheet.bottom_margin
