"""Small notices for single questions about a page."""

from __future__ import annotations

from dataclasses import replace

from reports.notice import DocumentLayout, Notice, Paragraph, ParagraphKind, Section
from tests.reports.june_notice import june_notice


def notice_of(*bodies: str, layout: DocumentLayout | None = None) -> Notice:
    """The June notice with another body, one paragraph each."""
    paragraphs = tuple(Paragraph.plain(ParagraphKind.BODY, body) for body in bodies)
    return replace(june_notice(layout), sections=(Section("body", paragraphs),))


def body_of_lines(lines: int) -> str:
    """A paragraph of hanzi that fills so many lines exactly."""
    return ("政务公开工作情况" * (lines * 4))[: 28 * lines - 3] + "。"
