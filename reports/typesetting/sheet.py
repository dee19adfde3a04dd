"""Sheet: the paper and its grid, with the measures of GB/T 9704-2012 (clauses 5 and 6)."""

from __future__ import annotations

from dataclasses import dataclass

from reports.notice import DocumentLayout

POINTS_PER_MM = 72 / 25.4

PAPER_WIDTH, PAPER_HEIGHT = 210.0, 297.0
TOP, LEFT = 37.0, 28.0
"""天头 and 订口, in mm (5.1)."""
TEXT_WIDTH, TEXT_HEIGHT = 156.0, 225.0
"""版心, in mm (5.1)."""
CELLS, LINES = 28, 22
"""Characters a line and lines a page (5.2.3)."""

BODY_SIZE, TITLE_SIZE, IMPRINT_SIZE = 16.0, 22.0, 14.0
"""三号, 二号 and 四号 in pt."""

LETTERHEAD_DROP = 35.0
"""From the top of the 版心 to the top of the 发文机关标志, in mm (7.2.4)."""
RULE_DROP = 4.0
"""From the 发文字号 to the red rule, in mm (7.2.7)."""
FOLIO_DROP = 7.0
"""From the bottom of the 版心 to the dash beside the page number, in mm (7.5)."""

CELL_PITCH = 987
"""Distance of characters in thousandths of an em: 28 characters of 16 pt are 158 mm, so each stands 13 nearer."""

SLACK = 0.1
"""By how much the page area is deeper than its lines, in mm."""

NARROWEST_PITCH, WIDEST_PITCH = 26.0, 30.0
"""The line pitch an office may set, in pt; 7.3.5.5 lets it be adjusted so that seal and date find room."""


@dataclass(frozen=True)
class Sheet:
    """The paper with its line pitch in pt.

    A line (一行) is a character and 7/8 of one below it, so the first line's characters touch the top of the 版心 and
    the last line's its bottom: the pitch that fits 22 lines exactly is (225 mm - 16 pt) / 21.
    """

    pitch: float = (TEXT_HEIGHT * POINTS_PER_MM - BODY_SIZE) / (LINES - 1)
    lines: int = LINES

    @classmethod
    def of(cls, layout: DocumentLayout) -> Sheet:
        """The sheet an office's layout asks for; raises ValueError for a pitch outside 26 to 30 pt."""
        if layout.line_pitch_pt is None:
            return cls()
        if not NARROWEST_PITCH <= layout.line_pitch_pt <= WIDEST_PITCH:
            raise ValueError(f"行距须在26磅至30磅之间，现为{layout.line_pitch_pt:g}磅。")
        # As many lines as Word sets at this pitch, so that PDF and DOCX agree; 29 pt lacks a hair for 22 and gets them.
        return cls(layout.line_pitch_pt, int(TEXT_HEIGHT * POINTS_PER_MM / layout.line_pitch_pt + 0.05))

    @property
    def half_leading(self) -> float:
        """Half the space between two lines, in pt; the line boxes reach so far beyond the 版心 at top and bottom."""
        return (self.pitch - BODY_SIZE) / 2

    @property
    def top_margin(self) -> float:
        """From the paper's edge to the first line box, in mm."""
        return TOP - self.half_leading / POINTS_PER_MM

    @property
    def bottom_margin(self) -> float:
        """From the last line box to the paper's edge, in mm, less a trifle so that rounding never costs a line."""
        return PAPER_HEIGHT - self.top_margin - self.lines * self.pitch / POINTS_PER_MM - SLACK

    @property
    def title_pitch(self) -> float:
        """Distance of title lines, in pt: a character of 二号 and the space any two lines have between them."""
        return TITLE_SIZE + self.pitch - BODY_SIZE

    @property
    def imprint_pitch(self) -> float:
        """Distance of the 版记's lines, in pt: a character of 四号 and 7/8 of 三号 below it."""
        return IMPRINT_SIZE + 7 / 8 * BODY_SIZE
