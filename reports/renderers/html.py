"""The notice as a web page that stands alone: one file, no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib

from django.template.loader import render_to_string

from reports.notice import Notice, ParagraphKind
from reports.renderers.fonts import css_stack
from reports.renderers.rendered import Rendered
from reports.typesetting.faces import Face
from reports.typesetting.imprint import imprint_texts
from reports.typesetting.sheet import Sheet

PAGE = "reports/notice/v1/notice.html"
ARTICLE = "reports/notice/v1/_article.html"
STYLESHEET = "reports/notice/v1/notice.css"


def article_context(notice: Notice) -> dict[str, object]:
    """What `_article.html` needs; a page of the portal that shows a notice includes the same template."""
    return {
        "notice": notice,
        "layout": notice.layout,
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
