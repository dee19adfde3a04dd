"""A notice as it is kept for good, and back: every span with its figure or naming, and the sheet it is set on. Pure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.notice import DocumentLayout, Naming, Notice, Paragraph, ParagraphKind, Section, Span

Json = dict[str, Any]


def freeze(notice: Notice) -> Json:
    """The notice in plain values; `thaw` makes the same notice of them."""
    return {
        "period": str(notice.period),
        "issued_on": notice.issued_on.isoformat(),
        "title": [_paragraph(each) for each in notice.title],
        "addressees": _paragraph(notice.addressees),
        "sections": [
            {
                "key": section.key,
                "heading": _paragraph(section.heading) if section.heading else None,
                "paragraphs": [_paragraph(each) for each in section.paragraphs],
            }
            for section in notice.sections
        ],
        "signature": _paragraph(notice.signature),
        "dated": _paragraph(notice.dated),
        "annotation": _paragraph(notice.annotation) if notice.annotation else None,
        "layout": asdict(notice.layout)
        | {"printed_on": notice.layout.printed_on.isoformat() if notice.layout.printed_on else None},
    }


def digest(notice: Notice) -> str:
    """SHA-256 of all that the notice says and how it is set, whether or not it still carries the watermark of a draft."""
    content = freeze(replace(notice, layout=replace(notice.layout, draft=False)))
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _paragraph(paragraph: Paragraph) -> Json:
    return {
        "kind": str(paragraph.kind),
        "key": paragraph.key,
        "spans": [_span(span) for span in paragraph.spans],
    }


def _span(span: Span) -> Json:
    kept: Json = {"text": span.text}
    if span.figure:
        kept["figure"] = span.figure.as_json() | {"query": _query(span.figure.query)}
    if span.naming:
        kept["naming"] = {
            "unit": span.naming.unit_id,
            "query": _query(span.naming.query),
            "blamed": span.naming.blamed,
        }
    return kept


def _query(query: RowQuery) -> list[Any]:
    return [query.kind, [list(pair) for pair in query.filters]]


# --- and back


def thaw(content: Json) -> Notice:
    """The notice that was frozen."""
    layout = content["layout"]
    printed_on = layout["printed_on"]
    return Notice(
        period=Period.parse(content["period"]),
        issued_on=date.fromisoformat(content["issued_on"]),
        title=tuple(_thawed(each) for each in content["title"]),
        addressees=_thawed(content["addressees"]),
        sections=tuple(
            Section(
                section["key"],
                tuple(_thawed(each) for each in section["paragraphs"]),
                _thawed(section["heading"]) if section["heading"] else None,
            )
            for section in content["sections"]
        ),
        signature=_thawed(content["signature"]),
        dated=_thawed(content["dated"]),
        annotation=_thawed(content["annotation"]) if content["annotation"] else None,
        layout=DocumentLayout(**layout | {"printed_on": date.fromisoformat(printed_on) if printed_on else None}),
    )


def _thawed(kept: Json) -> Paragraph:
    return Paragraph(ParagraphKind(kept["kind"]), tuple(_thawed_span(span) for span in kept["spans"]), kept["key"])


def _thawed_span(kept: Json) -> Span:
    figure, naming = kept.get("figure"), kept.get("naming")
    return Span(
        kept["text"],
        Figure(
            name=figure["name"],
            value=figure["value"],
            period=Period.parse(figure["period"]),
            query=_thawed_query(figure["query"]),
            meaning=figure["meaning"],
            cut_off=date.fromisoformat(figure["cut_off"]) if figure["cut_off"] else None,
            each=figure["each"],
        )
        if figure
        else None,
        Naming(naming["unit"], _thawed_query(naming["query"]), naming["blamed"]) if naming else None,
    )


def _thawed_query(kept: list[Any]) -> RowQuery:
    kind, filters = kept
    return RowQuery(kind, tuple((name, value) for name, value in filters))
