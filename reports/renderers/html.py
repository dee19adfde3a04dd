"""The notice as a web page that stands alone: one file, no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from itertools import pairwise

from django.template.loader import render_to_string

from reports.figures.figure import Figure
from reports.notice import Notice, Paragraph, ParagraphKind, Section, Span
from reports.renderers.fonts import css_stack
from reports.renderers.rendered import Rendered
from reports.typesetting.characters import address_breaks
from reports.typesetting.faces import Face
from reports.typesetting.imprint import imprint_texts
from reports.typesetting.sheet import Sheet

PAGE = "reports/notice/v1/notice.html"
ARTICLE = "reports/notice/v1/_article.html"
STYLESHEET = "reports/notice/v1/notice.css"


@dataclass(frozen=True)
class HtmlSpan:
    """A span as the page writes it: in pieces between which an address may be parted, so that no line gets loose."""

    pieces: tuple[str, ...]
    figure: Figure | None

    @classmethod
    def of(cls, span: Span) -> HtmlSpan:
        """The span of a notice."""
        places = [0, *address_breaks(span.text), len(span.text)]
        return cls(tuple(span.text[begin:end] for begin, end in pairwise(places)), span.figure)


@dataclass(frozen=True)
class HtmlParagraph:
    """A paragraph as the page writes it."""

    kind: ParagraphKind
    spans: tuple[HtmlSpan, ...]

    @classmethod
    def of(cls, paragraph: Paragraph) -> HtmlParagraph:
        """The paragraph of a notice."""
        return cls(paragraph.kind, tuple(map(HtmlSpan.of, paragraph.spans)))


@dataclass(frozen=True)
class HtmlSection:
    """A section as the page writes it: its heading is its first paragraph."""

    key: str
    paragraphs: tuple[HtmlParagraph, ...]

    @classmethod
    def of(cls, section: Section) -> HtmlSection:
        """The section of a notice."""
        heading = (section.heading,) if section.heading else ()
        return cls(section.key, tuple(map(HtmlParagraph.of, (*heading, *section.paragraphs))))


def article_context(notice: Notice) -> dict[str, object]:
    """What `_article.html` needs; a page of the portal that shows a notice includes the same template."""
    return {
        "notice": notice,
        "layout": notice.layout,
        "sections": [HtmlSection.of(section) for section in notice.sections],
        "kinds": {kind.name: kind for kind in ParagraphKind},
        "imprint": imprint_texts(notice) if notice.layout.imprint else None,
    }


def render_html(notice: Notice) -> Rendered:
    """The notice for the screen, wide or narrow, and for a browser's printer; its figures are `data` elements."""
    stacks = {face.value: css_stack(face) for face in Face}
    pitch = Sheet.of(notice.layout).pitch
    style = render_to_string(STYLESHEET, {"stacks": stacks, "pitch": f"{pitch:.2f}", "draft": notice.layout.draft})
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = render_to_string(PAGE, {**article_context(notice), "style": style, "style_hash": digest})
    return Rendered(f"{notice.full_title}.html", "text/html; charset=utf-8", page.encode())
