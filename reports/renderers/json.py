"""The notice as JSON: what a machine may want to know of it, down to the query behind each number."""

from __future__ import annotations

import json
from collections.abc import Sequence

from reports.checks.finding import Finding
from reports.notice import Notice
from reports.renderers.rendered import Rendered


def render_json(notice: Notice, findings: Sequence[Finding] = ()) -> Rendered:
    """Period, title, sections with paragraphs and their figures, and findings; the contract of `compose_notice`."""
    document = {
        "period": str(notice.period),
        "issued_on": notice.issued_on.isoformat(),
        "title": notice.full_title,
        "addressees": notice.addressees.text,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "paragraphs": [
                    {"text": paragraph.text, "figures": [figure.as_json() for figure in paragraph.figures]}
                    for paragraph in section.paragraphs
                ],
            }
            for section in notice.sections
        ],
        "signature": notice.signature.text,
        "date": notice.dated.text,
        "findings": [finding.as_json() for finding in findings],
    }
    content = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return Rendered(f"{notice.full_title}.json", "application/json", content.encode())
