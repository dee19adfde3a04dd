"""The notice as a Word document that Word, WPS and LibreOffice open with the page of GB/T 9704-2012."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import Any

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.notice import Notice, ParagraphKind
from reports.renderers.docx_imprint import imprint_table
from reports.renderers.docx_styles import (
    FOLIO,
    IMPRINT,
    MARK,
    NUMBER,
    STYLE_NAMES,
    cell_width,
    element,
    put_in_order,
    set_exactly,
    set_up_defaults,
    set_up_page,
    set_up_styles,
    word_sheet,
    write_run,
)
from reports.renderers.docx_watermark import draw_watermark
from reports.renderers.rendered import Rendered
from reports.typesetting.blocks import Block, blocks
from reports.typesetting.faces import NominalMetrics
from reports.typesetting.imprint import Imprint, imprint
from reports.typesetting.letterhead import RULE_THICKNESS, Letterhead, letterhead
from reports.typesetting.pages import ImprintPlace, paginate
from reports.typesetting.sheet import CELL_PITCH, IMPRINT_SIZE, POINTS_PER_MM, TEXT_HEIGHT

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
METRICS = NominalMetrics()
MARK_LINE = 1.2
"""Height of the 发文机关标志's line in its characters."""
TRAILER = 1
"""Height in pt of the paragraph that Word wants after a table."""


def render_docx(notice: Notice) -> Rendered:
    """The notice as DOCX: real styles and outline levels, the line grid, page numbers as fields, no macro."""
    return Rendered(f"{notice.full_title}.docx", MEDIA_TYPE, DocxNotice(notice).content())


class DocxNotice:
    """One Word document in the making."""

    def __init__(self, notice: Notice) -> None:
        self.notice = notice
        self.sheet = word_sheet(notice.layout)
        self.blocks = blocks(notice, METRICS)
        self.head = letterhead(notice.layout, METRICS, self.sheet)
        self.imprint = imprint(notice, METRICS, self.sheet)
        self.document: Document = new_document()

    def content(self) -> bytes:
        """The file's bytes, the same for the same notice."""
        self._set_up()
        if self.head:
            self._write_head(self.head)
        for block in self.blocks:
            self._write(block)
        if self.imprint:
            self._write_imprint(self.imprint)
        if self.notice.layout.draft:
            for section in self.document.sections:
                draw_watermark(section)
        put_in_order(self.document)
        return _without_times(self.document)

    # --- set-up

    def _set_up(self) -> None:
        document = self.document
        set_up_defaults(document)
        set_up_styles(document, self.sheet)
        document.settings.odd_and_even_pages_header_footer = True
        section = document.sections[0]
        set_up_page(section, self.sheet)
        self._number_pages(section)
        properties = document.core_properties
        properties.title = self.notice.full_title
        properties.author = properties.last_modified_by = self.notice.signature.text
        properties.subject = self.notice.period.label
        properties.language = "zh-CN"
        properties.comments = properties.keywords = ""
        properties.created = properties.modified = datetime.combine(self.notice.issued_on, time(), UTC)

    def _number_pages(self, section: Any) -> None:
        """— 1 — in 四号宋体: right on odd pages, left on even ones, one character from the edge (7.5)."""
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            paragraph = footer.paragraphs[0]
            paragraph.style = FOLIO
            right = side == "right"
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
            indent = Pt(IMPRINT_SIZE)
            if right:
                paragraph.paragraph_format.right_indent = indent
            else:
                paragraph.paragraph_format.left_indent = indent
            write_run(paragraph, "— ")
            for kind in ("begin", None, "end"):
                run = paragraph.add_run()
                if kind:
                    run._r.append(element("fldChar", fldCharType=kind))
                else:
                    code = element("instrText")
                    code.text = "PAGE"
                    run._r.append(code)
            write_run(paragraph, " —")

    # --- parts

    def _write_head(self, head: Letterhead) -> None:
        """发文机关标志, 发文字号 and the red rule; the number's lower border is the rule."""
        mark = self.document.add_paragraph(style=MARK)
        run = write_run(mark, head.mark)
        run.font.size = Pt(round(head.size * 2) / 2)
        run._r.get_or_add_rPr().append(element("w", val=round(head.scale * 100)))
        # A line little higher than its characters leaves Word, WPS and LibreOffice little choice where to put them.
        height = MARK_LINE * head.size
        set_exactly(mark, height)
        mark.paragraph_format.space_before = Pt(head.space_above - (MARK_LINE - 1) * 3 / 4 * head.size)
        last = mark
        if head.number:
            last = self.document.add_paragraph(style=NUMBER)
            rest = head.size + 2 * self.sheet.half_leading - height
            last.paragraph_format.space_before = Pt(2 * self.sheet.pitch + rest)
            write_run(last, head.number)
        border = element("pBdr")
        gap = max(0, round(head.rule_gap + self.sheet.half_leading / 3))
        border.append(
            element("bottom", val="single", sz=round(RULE_THICKNESS * POINTS_PER_MM * 8), space=gap, color="E60012")
        )
        last._p.get_or_add_pPr().append(border)

    def _write(self, block: Block) -> None:
        """One paragraph. A title's lines are line breaks; every other paragraph is left to Word to break."""
        first_of_title = block is self.blocks[0]
        paragraph = self.document.add_paragraph(style=STYLE_NAMES[block.kind])
        before = block.blank_before * self.sheet.pitch
        if block.kind is ParagraphKind.TITLE:
            for order, line in enumerate(block.lines):
                if order:
                    paragraph.add_run().add_break()
                write_run(paragraph, line.text)
            before = 2 * self.sheet.pitch if self.head and first_of_title else 0
            paragraph._p.get_or_add_pPr().append(element("outlineLvl", val=9))
        else:
            write_run(paragraph, block.paragraph.text)
        if before:
            paragraph.paragraph_format.space_before = Pt(before)
        if block.kind in {ParagraphKind.SIGNATURE, ParagraphKind.DATE, ParagraphKind.ATTACHMENTS}:
            self._indent(paragraph, block)

    def _indent(self, paragraph: Any, block: Block) -> None:
        first, rest = (indent / CELL_PITCH for indent in (block.first_indent, block.indent))
        indent = element("ind", leftChars=round(rest * 100), left=round(rest * cell_width()))
        if first < rest:
            indent.set(qn("w:hangingChars"), str(round((rest - first) * 100)))
            indent.set(qn("w:hanging"), str(round((rest - first) * cell_width())))
        properties = paragraph._p.get_or_add_pPr()
        properties.append(indent)
        properties.append(element("jc", val="left"))

    def _write_imprint(self, foot: Imprint) -> None:
        """The 版记 at the bottom of the type area: of the text's last page, or of the next even one.

        On a page of its own a paragraph of fixed height holds it down, which every program understands; below text
        it is a floating table, which LibreOffice before 24.2 leaves where the text ends.
        """
        pagination = paginate(
            self.blocks,
            self.sheet,
            head_height=self.head.height if self.head else 0.0,
            imprint_height=foot.height,
        )
        alone = pagination.imprint is ImprintPlace.NEXT_EVEN_PAGE
        if alone:
            section = self.document.add_section(WD_SECTION.EVEN_PAGE)
            self._end_section_with_text()
            set_up_page(section, None)
            if not self.notice.layout.number_imprint_page:
                for footer in (section.footer, section.even_page_footer):
                    footer.is_linked_to_previous = False
                    footer.paragraphs[0].style = FOLIO
            filler = self.document.add_paragraph(style=IMPRINT)
            set_exactly(filler, TEXT_HEIGHT * POINTS_PER_MM - foot.height - TRAILER)
        self.document.element.body.sectPr.addprevious(imprint_table(self.document, foot, floats=not alone))
        set_exactly(self.document.add_paragraph(style=IMPRINT), TRAILER)

    def _end_section_with_text(self) -> None:
        """Let the last paragraph of the text end its section: an empty one of its own might need another page."""
        empty: Any = self.document.paragraphs[-1]._p
        empty.getprevious().get_or_add_pPr().append(empty.pPr.find(qn("w:sectPr")))
        empty.getparent().remove(empty)


def _without_times(document: Document) -> bytes:
    """The document packed so that the same notice always gives the same bytes."""
    loose, packed = io.BytesIO(), io.BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
