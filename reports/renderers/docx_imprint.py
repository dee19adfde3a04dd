"""The 版记 of the Word document: a table of the type area's width, with rules above, between and below."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from reports.renderers.docx_styles import IMPRINT, element, set_exactly, write_run
from reports.typesetting.imprint import COPIES_LABEL, THICK_RULE, THIN_RULE, Imprint
from reports.typesetting.sheet import IMPRINT_SIZE, POINTS_PER_MM, TEXT_WIDTH

WIDTH = round(TEXT_WIDTH * POINTS_PER_MM * 20)


def imprint_table(document: Document, foot: Imprint, *, floats: bool) -> Any:
    """抄送 in one row, 印发机关 and 印发日期 in the next; a floating table hangs at the bottom of the type area."""
    table = document.add_table(rows=2 if foot.copies else 1, cols=1)
    if foot.copies:
        copies = table.rows[0].cells[0].paragraphs[0]
        copies.style = IMPRINT
        hanging = len(COPIES_LABEL) * IMPRINT_SIZE
        copies.paragraph_format.left_indent = Pt(IMPRINT_SIZE + hanging)
        copies.paragraph_format.first_line_indent = Pt(-hanging)
        copies.paragraph_format.right_indent = Pt(IMPRINT_SIZE)
        write_run(copies, foot.copies)
    printed = table.rows[-1].cells[0].paragraphs[0]
    printed.style = IMPRINT
    printed.paragraph_format.left_indent = Pt(IMPRINT_SIZE)
    printed.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH) - Pt(IMPRINT_SIZE), WD_TAB_ALIGNMENT.RIGHT)
    write_run(printed, f"{foot.printed_by}\t{foot.printed_on}")
    _shape(table._tbl, floats=floats)
    for cell in (row.cells[0] for row in table.rows):
        cell.width = Mm(TEXT_WIDTH)
        set_exactly(cell.paragraphs[0], IMPRINT_SIZE * 2)
    return table._tbl


def _shape(table: Any, *, floats: bool) -> None:
    """Width, rules and place of the table; the order of the properties is the schema's."""
    properties = table.tblPr
    for old in list(properties):
        properties.remove(old)
    if floats:
        properties.append(
            element("tblpPr", vertAnchor="margin", horzAnchor="margin", tblpXSpec="left", tblpYSpec="bottom")
        )
        properties.append(element("tblOverlap", val="never"))
    properties.append(element("tblW", w=WIDTH, type="dxa"))
    properties.append(element("tblInd", w=0, type="dxa"))
    rules = element("tblBorders")
    for side, thickness in (("top", THICK_RULE), ("bottom", THICK_RULE), ("insideH", THIN_RULE)):
        eighths = round(thickness * POINTS_PER_MM * 8)
        rules.append(element(side, val="single", sz=eighths, space=0, color="000000"))
    properties.append(rules)
    properties.append(element("tblLayout", type="fixed"))
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=0, type="dxa"))
    properties.append(margins)
    for column in table.tblGrid:
        column.w = Mm(TEXT_WIDTH)
