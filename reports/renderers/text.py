"""The notice as plain text: the words alone, as they are pasted into a message or compared with another text."""

from __future__ import annotations

from reports.notice import Notice
from reports.renderers.rendered import Rendered


def render_text(notice: Notice) -> Rendered:
    """One paragraph a line in reading order, without letterhead and 版记, which belong to the sheet of paper."""
    lines = "".join(f"{paragraph.text}\n" for paragraph in notice.paragraphs())
    return Rendered(f"{notice.full_title}.txt", "text/plain; charset=utf-8", lines.encode())
