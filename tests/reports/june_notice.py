"""The notice of June 2020 as a Notice value, made from its published words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.notice import DocumentLayout, Notice, Paragraph, ParagraphKind, Section, Span

TEXT = Path(__file__).parents[1] / "golden" / "june-2020" / "notice.txt"
JUNE = Period.month(2020, 6)

LETTERHEAD = DocumentLayout(
    letterhead="临沂市兰山区人民政府办公室文件",
    document_number="临兰政办字〔2020〕31号",
    imprint=True,
    copies_to="区委办公室，区人大常委会办公室，区政协办公室",
)
"""An office that uses letterhead and 版记; June 2020 itself went out without either."""


def kind_of(line: str) -> ParagraphKind:
    """The kind a line of the published text has, by its numbering."""
    if re.match(r"[一二三四五六七八九十]+、", line):
        return ParagraphKind.HEADING_1
    if re.match(r"（[一二三四五六七八九十]+）", line):
        return ParagraphKind.HEADING_2
    return ParagraphKind.BODY


def spans_of(line: str) -> tuple[Span, ...]:
    """The line with its counts as figures."""
    spans = []
    for order, part in enumerate(re.split(r"(?<![\d年])(\d+)(?=[条件次个])", line)):
        if part:
            figure = Figure(f"june.{part}", int(part), JUNE, RowQuery("published_items")) if order % 2 else None
            spans.append(Span(part, figure))
    return tuple(spans)


def june_notice(layout: DocumentLayout | None = None) -> Notice:
    """The whole notice; its sheet of paper is the June 2020 one unless another layout is given."""
    organ, subject, addressees, *body, signature, dated = TEXT.read_text(encoding="utf-8").split()
    sections: list[Section] = []
    heading: Paragraph | None = None
    for number, line in enumerate(body):
        paragraph = Paragraph(kind_of(line), spans_of(line))
        if paragraph.kind is ParagraphKind.BODY:
            sections.append(Section(f"part-{number}", (paragraph,), heading))
            heading = None
        else:
            if heading:
                sections.append(Section(f"part-{number}", (), heading))
            heading = paragraph
    break_at = subject.index("工作情况")
    notice = Notice(
        period=JUNE,
        issued_on=date(2020, 7, 14),
        title=(
            Paragraph.plain(ParagraphKind.TITLE, organ),
            Paragraph(ParagraphKind.TITLE, (Span(subject[:break_at]), Span(subject[break_at:]))),
        ),
        addressees=Paragraph.plain(ParagraphKind.ADDRESSEES, addressees),
        sections=tuple(sections),
        signature=Paragraph.plain(ParagraphKind.SIGNATURE, signature),
        dated=Paragraph.plain(ParagraphKind.DATE, dated),
    )
    return replace(notice, layout=layout) if layout else notice
