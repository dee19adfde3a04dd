"""From a notice to a file. Every renderer takes a `Notice` and answers a `Rendered`; the words are the same in all."""

from __future__ import annotations

from collections.abc import Callable

from reports.notice import Notice
from reports.renderers.docx import render_docx
from reports.renderers.errors import RenderError
from reports.renderers.html import render_html
from reports.renderers.pdf import font_report, render_pdf
from reports.renderers.rendered import Rendered
from reports.renderers.text import render_text

RENDERERS: dict[str, Callable[[Notice], Rendered]] = {
    "text": render_text,
    "html": render_html,
    "pdf": render_pdf,
    "docx": render_docx,
}
"""Renderers by the name `compose_notice --format` and the portal's downloads use."""

__all__ = ["RENDERERS", "RenderError", "Rendered", "font_report"]
