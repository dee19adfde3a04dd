"""The 版记 at the foot of a document's last page: 抄送机关, 印发机关 and 印发日期 (GB/T 9704-2012, 7.4)."""

from __future__ import annotations

from dataclasses import dataclass

from lanshan_portal.periods import chinese_date
from reports.notice import Notice
from reports.typesetting.composer import Line, Measure, compose
from reports.typesetting.faces import EM, Face, FontMetrics
from reports.typesetting.sheet import IMPRINT_SIZE, POINTS_PER_MM, TEXT_WIDTH, Sheet

COPIES_LABEL = "抄送："
THICK_RULE, THIN_RULE = 0.35, 0.25
"""First and last rule, and those between, in mm (7.4.1)."""


@dataclass(frozen=True)
class Imprint:
    """The 版记's words, composed in 四号; `height` in pt from the top rule to the bottom rule."""

    copies: str
    copies_lines: tuple[Line, ...]
    printed_by: str
    printed_on: str
    height: float

    @property
    def texts(self) -> tuple[str, ...]:
        """The words in reading order."""
        return tuple(text for text in (self.copies, self.printed_by, self.printed_on) if text)


def imprint_texts(notice: Notice) -> tuple[str, str, str]:
    """抄送 with label and full stop (or nothing), 印发机关, 印发日期."""
    layout = notice.layout
    copies = f"{COPIES_LABEL}{layout.copies_to}。" if layout.copies_to else ""
    printed_on = f"{chinese_date(layout.printed_on or notice.issued_on)}印发"
    return copies, layout.printed_by or notice.signature.text, printed_on


def imprint(notice: Notice, metrics: FontMetrics, sheet: Sheet) -> Imprint | None:
    """The notice's 版记, or none where its office sets none.

    抄送 stands one character in at both sides, its later lines under the first name.
    """
    if not notice.layout.imprint:
        return None
    copies, printed_by, printed_on = imprint_texts(notice)
    width = int(TEXT_WIDTH * POINTS_PER_MM / IMPRINT_SIZE * EM) - 2 * EM
    measure = Measure(width, indent=len(COPIES_LABEL) * EM)
    lines = compose(copies, Face.FANG, metrics, measure) if copies else ()
    rules = (2 * THICK_RULE + (THIN_RULE if lines else 0)) * POINTS_PER_MM
    return Imprint(copies, lines, printed_by, printed_on, (len(lines) + 1) * sheet.imprint_pitch + rules)
