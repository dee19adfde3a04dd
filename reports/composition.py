"""From figures and texts to a notice. Pure: the same figures and texts always make the same words."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from lanshan_portal.periods import chinese_date
from reports.amendments import UNCHANGED, Amendments, amended
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice, Paragraph, ParagraphKind, Section, Span
from reports.sections import NOTICE_SECTIONS
from reports.sections.draft import SectionDraft
from reports.texts import NoticeTexts
from reports.wording import Phrase, chinese_number, sentence

DRAFTERS = {key: import_module(f"reports.sections.{key}").draft for key in NOTICE_SECTIONS}


def drafted(figures: NoticeFigures, texts: NoticeTexts) -> list[SectionDraft]:
    """The sections as they are written by rule, before anybody changed a word."""
    return [draft for key in texts.sections for draft in DRAFTERS[key](figures, texts)]


def by_key(sections: Iterable[SectionDraft]) -> dict[str, Phrase]:
    """The paragraphs of sections by their keys."""
    return {key: phrase for each in sections for key, phrase in zip(each.keys, each.paragraphs, strict=True)}


def compose(figures: NoticeFigures, texts: NoticeTexts, amendments: Amendments = UNCHANGED) -> Notice:
    """The notice of those figures and texts with what people changed in it, its parts and sections numbered 一、 and （一）
    (GB/T 9704-2012, 7.3.3)."""
    drafts = amended(drafted(figures, texts), amendments)
    return Notice(
        period=figures.period,
        issued_on=figures.issued_on,
        title=_title(figures, texts),
        addressees=Paragraph.plain(ParagraphKind.ADDRESSEES, f"{texts.office.addressees.rstrip('：:')}："),
        sections=_numbered(drafts),
        signature=Paragraph.plain(ParagraphKind.SIGNATURE, texts.office.name),
        dated=Paragraph.plain(ParagraphKind.DATE, chinese_date(figures.issued_on)),
        annotation=_annotation(texts.annotation),
        layout=texts.layout,
    )


def _annotation(words: str) -> Paragraph | None:
    """附注 in one pair of brackets, whether or not the clerk wrote them (7.3.6)."""
    if not words:
        return None
    bracketed = words.startswith("（") and words.find("）") == len(words) - 1
    return Paragraph.plain(ParagraphKind.ANNOTATION, words if bracketed else f"（{words}）")


def _title(figures: NoticeFigures, texts: NoticeTexts) -> tuple[Paragraph, Paragraph]:
    """The organ, and 关于…的通报 with its line breaks where the office's pattern puts them."""
    words = texts.title_pattern.format(period=figures.period.in_title, area=texts.office.whole_area)
    return (
        Paragraph.plain(ParagraphKind.TITLE, texts.office.name),
        Paragraph(ParagraphKind.TITLE, tuple(Span(line) for line in words.split("|") if line)),
    )


def paragraphs_of(draft: SectionDraft) -> tuple[Paragraph, ...]:
    """The section's paragraphs, with 一是, 二是 before them where it counts them and there are several."""
    counts = draft.enumerated and len(draft.paragraphs) > 1
    return tuple(
        Paragraph(ParagraphKind.BODY, sentence(f"{chinese_number(number)}是", phrase) if counts else phrase, key)
        for number, (phrase, key) in enumerate(zip(draft.paragraphs, draft.keys, strict=True), start=1)
    )


def _numbered(drafts: list[SectionDraft]) -> tuple[Section, ...]:
    """Sections in order; a part's heading is a section of its own, unless the part has no titled sections."""
    sections: list[Section] = []
    part, parts, within = "", 0, 0
    for draft in drafts:
        part_heading = None
        if draft.part and draft.part != part:
            parts, within = parts + 1, 0
            part_heading = Paragraph.plain(ParagraphKind.HEADING_1, f"{chinese_number(parts)}、{draft.part}")
        part = draft.part
        paragraphs = paragraphs_of(draft)
        if not draft.title:
            sections.append(Section(draft.key, paragraphs, part_heading, draft.enumerated))
            continue
        if part_heading:
            sections.append(Section(f"part.{parts}", (), part_heading))
        within += 1
        heading = Paragraph.plain(ParagraphKind.HEADING_2, f"（{chinese_number(within)}）{draft.title}")
        sections.append(Section(draft.key, paragraphs, heading, draft.enumerated))
    return tuple(sections)
