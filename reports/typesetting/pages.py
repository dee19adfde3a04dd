"""How composed blocks fall on pages, known before anything is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reports.notice import ParagraphKind
from reports.typesetting.blocks import Block
from reports.typesetting.sheet import Sheet

CLOSING = {ParagraphKind.SIGNATURE, ParagraphKind.DATE, ParagraphKind.ANNOTATION}
"""What ends the text and never stands on a page alone."""

CLOSE_ENOUGH = 0.01
"""Tolerance in pt when heights are added up."""


class ImprintPlace(StrEnum):
    """Where the 版记 goes, so that it ends the last, even page (7.4)."""

    NONE = "none"
    SAME_PAGE = "same"
    """Below the text: it ends on an even page with room enough."""
    NEXT_EVEN_PAGE = "next"
    """On an even page of its own, after a blank page if need be."""


@dataclass(frozen=True)
class Pagination:
    """The text's pages: how many lines each bears, and how much of the last is free, in pt."""

    lines: tuple[int, ...]
    free: float
    imprint: ImprintPlace = ImprintPlace.NONE

    @property
    def text_pages(self) -> int:
        """Pages the text takes."""
        return len(self.lines)

    @property
    def count(self) -> int:
        """All pages, the 版记's included."""
        if self.imprint is ImprintPlace.NEXT_EVEN_PAGE:
            return self.text_pages + (2 if self.text_pages % 2 == 0 else 1)
        return self.text_pages


@dataclass(frozen=True)
class _Row:
    """One line on its way to a page."""

    height: float
    blank: float
    breaks_before: bool


def paginate(
    blocks: Sequence[Block], sheet: Sheet, *, head_height: float = 0.0, imprint_height: float | None = None
) -> Pagination:
    """The pages of a document whose first page begins with a head of that height, in pt.

    Headings stay with the line after them, signature and date with each other and with the last line of the text: a
    page that bears only them would need the remark 此页无正文, which the standard no longer knows (7.3.5.5).
    """
    rows = _rows(blocks, sheet)
    capacity = sheet.lines * sheet.pitch
    pages: list[int] = []
    begin = 0
    free = capacity - head_height
    while begin < len(rows):
        room = capacity - (head_height if not pages else 0.0)
        end, free = _fill(rows, begin, room)
        if end < len(rows):
            end = _agreeable(rows, begin, end)
        pages.append(end - begin)
        begin = end
    place = ImprintPlace.NONE
    if imprint_height is not None:
        fits = len(pages) % 2 == 0 and free >= imprint_height
        place = ImprintPlace.SAME_PAGE if fits else ImprintPlace.NEXT_EVEN_PAGE
    return Pagination(tuple(pages), free, place)


def _fill(rows: Sequence[_Row], begin: int, room: float) -> tuple[int, float]:
    """The first row that does not fit any more, and the room that is left."""
    index = begin
    while index < len(rows):
        row = rows[index]
        needed = row.height + (row.blank if index > begin else 0.0)
        if needed > room + CLOSE_ENOUGH and index > begin:
            break
        room -= needed
        index += 1
    return index, room


def _agreeable(rows: Sequence[_Row], begin: int, end: int) -> int:
    """The last place at or before `end` where a page may end; `end` itself when there is none."""
    return next((place for place in range(end, begin, -1) if rows[place].breaks_before), end)


def _rows(blocks: Sequence[Block], sheet: Sheet) -> list[_Row]:
    rows: list[_Row] = []
    held = True
    for block in blocks:
        height = sheet.title_pitch if block.kind is ParagraphKind.TITLE else sheet.pitch
        held = held or block.kind in CLOSING
        for order, _ in enumerate(block.lines):
            blank = block.blank_before * sheet.pitch if order == 0 else 0.0
            inside = order > 0 and not block.stays_whole
            rows.append(_Row(height, blank, inside or (order == 0 and not held)))
        held = block.keeps_with_next
    return rows
