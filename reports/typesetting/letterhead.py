"""The red head of a document: 发文机关标志, 发文字号 and the rule below (GB/T 9704-2012, 7.2)."""

from __future__ import annotations

from dataclasses import dataclass

from reports.notice import DocumentLayout
from reports.typesetting.faces import EM, Face, FontMetrics
from reports.typesetting.sheet import BODY_SIZE, LETTERHEAD_DROP, POINTS_PER_MM, RULE_DROP, Sheet

WIDEST_MARK = 152.0
"""Width the mark fills, in mm: the 版心 less a little on both sides."""
TALLEST_MARK = 60.0
"""Greatest size of the mark in pt; the standard leaves it to the organ, below that of a superior's (7.2.4)."""
NARROWEST_SCALE = 0.74
"""How far the mark's characters may be condensed before the mark is set smaller instead."""
RULE_THICKNESS = 0.5
"""Thickness of the red rule in mm; the standard fixes none."""


@dataclass(frozen=True)
class Letterhead:
    """The head with its measures in pt: everything the renderer needs to put it where the standard says."""

    mark: str
    number: str
    size: float
    scale: float
    natural_width: float
    space_above: float
    rule_gap: float
    height: float
    """From the first line box's top to where the title's first line box begins."""


def letterhead(layout: DocumentLayout, metrics: FontMetrics, sheet: Sheet) -> Letterhead | None:
    """The head the layout asks for, or none.

    The mark's ink begins 35 mm below the top of the 版心; the number stands two blank lines below, the rule 4 mm
    below the number's ink, the title two blank lines below the rule.
    """
    if not layout.letterhead:
        return None
    ems = sum(metrics.advance(char, Face.BIAOSONG) for char in layout.letterhead) / EM
    widest = WIDEST_MARK * POINTS_PER_MM
    size = min(TALLEST_MARK, widest / (ems * NARROWEST_SCALE))
    scale = min(1.0, widest / (ems * size))
    low, top = metrics.ink(layout.letterhead, Face.BIAOSONG)
    space_above = LETTERHEAD_DROP * POINTS_PER_MM - size * (EM - top) / EM
    rule_gap = RULE_DROP * POINTS_PER_MM - sheet.half_leading
    number_height = 0.0
    if layout.document_number:
        number_height = 3 * sheet.pitch
        rule_gap -= BODY_SIZE * metrics.ink(layout.document_number, Face.FANG)[0] / EM
    else:
        rule_gap -= size * low / EM
    mark_height = size + 2 * sheet.half_leading
    height = space_above + mark_height + number_height + rule_gap + RULE_THICKNESS * POINTS_PER_MM + 2 * sheet.pitch
    return Letterhead(
        mark=layout.letterhead,
        number=layout.document_number,
        size=size,
        scale=scale,
        natural_width=ems * size,
        space_above=space_above,
        rule_gap=rule_gap,
        height=height,
    )
