"""Notice: a composed official text, before any rendering. Pure values; `reports/composition.py` makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery


class ParagraphKind(StrEnum):
    """What a paragraph is in the official document format (GB/T 9704-2012, 7.3); renderers set each kind its own way."""

    TITLE = "title"
    """A part of the title; each of its spans is one line of the title block, broken by meaning (7.3.1)."""
    ADDRESSEES = "addressees"
    BODY = "body"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    ATTACHMENTS = "attachments"
    SIGNATURE = "signature"
    DATE = "date"
    ANNOTATION = "annotation"


@dataclass(frozen=True)
class Naming:
    """A unit that a sentence names: which, the rows it is named for, and whether for something it did not do in time."""

    unit_id: int
    query: RowQuery
    blamed: bool


@dataclass(frozen=True)
class Span:
    """A run of text; when it states a figure, the figure itself; when it is a unit's name, whom it names and for what."""

    text: str
    figure: Figure | None = None
    naming: Naming | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is words alone."""
        return self.figure is None and self.naming is None


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: spans of text and of figures, and its kind."""

    kind: ParagraphKind
    spans: tuple[Span, ...]
    key: str = ""
    """What people's changes to it are kept under while the notice is a draft; of a body paragraph alone."""

    @classmethod
    def plain(cls, kind: ParagraphKind, text: str) -> Paragraph:
        """A paragraph without figures."""
        return cls(kind, (Span(text),))

    @property
    def text(self) -> str:
        """The words, as every rendering must show them."""
        return "".join(span.text for span in self.spans)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures the paragraph states, in reading order."""
        return tuple(span.figure for span in self.spans if span.figure is not None)


@dataclass(frozen=True)
class Section:
    """A part of the notice: its key (a module of `reports/sections`), its heading if it has one, its paragraphs."""

    key: str
    paragraphs: tuple[Paragraph, ...]
    heading: Paragraph | None = None
    enumerated: bool = field(default=False, compare=False)
    """Whether several paragraphs are counted 一是, 二是; known of a composed notice alone, the words say it as well."""

    @property
    def title(self) -> str:
        """The heading's words, or nothing."""
        return self.heading.text if self.heading else ""


@dataclass(frozen=True)
class DocumentLayout:
    """What an office decides about the sheet of paper: letterhead, number, imprint, pitch (GB/T 9704-2012, 7)."""

    letterhead: str = ""
    """发文机关标志, e.g. 临沂市兰山区人民政府办公室文件; empty: the notice begins with its title."""
    document_number: str = ""
    """发文字号, e.g. 临兰政办字〔2020〕31号; shown under the letterhead only."""
    line_pitch_pt: float | None = None
    """Distance of lines in pt, 26 to 30; none: the pitch that fits 22 lines into 225 mm exactly."""
    imprint: bool = False
    """Whether the document ends with a 版记."""
    copies_to: str = ""
    """抄送机关, without label and full stop."""
    printed_by: str = ""
    """印发机关; empty: the signature's organ."""
    printed_on: date | None = None
    """印发日期; none: the issue date."""
    number_imprint_page: bool = True
    """Whether a page that holds the 版记 alone still carries a page number (7.5 says no; the trial shows one)."""
    draft: bool = False
    """Whether pages carry the watermark 草稿."""


@dataclass(frozen=True)
class Notice:
    """The whole text in reading order, with the layout its office wants.

    `title` has one paragraph for the organ and one for 关于…的通报. `signature` is the issuing organ.
    """

    period: Period
    issued_on: date
    title: tuple[Paragraph, ...]
    addressees: Paragraph
    sections: tuple[Section, ...]
    signature: Paragraph
    dated: Paragraph
    annotation: Paragraph | None = None
    """附注, below the date (7.3.6)."""
    layout: DocumentLayout = field(default_factory=DocumentLayout)

    @property
    def full_title(self) -> str:
        """The title in one line, as metadata and file names use it."""
        return "".join(paragraph.text for paragraph in self.title)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph in reading order: title, addressees, headings and bodies, signature, date, annotation."""
        yield from self.title
        yield self.addressees
        for section in self.sections:
            if section.heading:
                yield section.heading
            yield from section.paragraphs
        yield self.signature
        yield self.dated
        if self.annotation:
            yield self.annotation

    def figures(self) -> tuple[Figure, ...]:
        """Every figure the notice states, in reading order."""
        return tuple(figure for paragraph in self.paragraphs() for figure in paragraph.figures)
