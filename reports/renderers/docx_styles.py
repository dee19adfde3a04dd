"""The page and the styles of the Word document, by the names Word and WPS show their users."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.notice import DocumentLayout, ParagraphKind
from reports.typesetting.faces import Face
from reports.typesetting.sheet import BODY_SIZE, IMPRINT_SIZE, TITLE_SIZE, Sheet

WORD_FONTS = {
    Face.FANG: ("仿宋_GB2312", "Times New Roman"),
    Face.KAI: ("楷体_GB2312", "Times New Roman"),
    Face.HEI: ("黑体", "黑体"),
    Face.BIAOSONG: ("方正小标宋简体", "方正小标宋简体"),
    Face.SONG: ("宋体", "宋体"),
}
"""Names written into the document, for hanzi and for Latin letters: an office's computers have these fonts."""

STYLE_NAMES = {
    ParagraphKind.TITLE: "Title",
    ParagraphKind.ADDRESSEES: "主送机关",
    ParagraphKind.BODY: "Body Text",
    ParagraphKind.HEADING_1: "Heading 1",
    ParagraphKind.HEADING_2: "Heading 2",
    ParagraphKind.ATTACHMENTS: "附件说明",
    ParagraphKind.SIGNATURE: "发文机关署名",
    ParagraphKind.DATE: "成文日期",
    ParagraphKind.ANNOTATION: "附注",
}
MARK, NUMBER, IMPRINT, FOLIO = "发文机关标志", "发文字号", "版记", "页码"

WORD_GRID = 579
"""Line pitch of Word's grid in twentieths of a point, for 22 lines; 580 leaves room for 21 only."""
WORD_SPACING = -4
"""Added after each character, in twentieths of a point, so that 28 of 16 pt fit into 156 mm."""
RED = RGBColor(0xE6, 0x00, 0x12)


def word_sheet(layout: DocumentLayout) -> Sheet:
    """The sheet as Word sets it: whole lines of 28.95 pt inside the 225 mm, where the PDF's first and last touch."""
    return Sheet.of(replace(layout, line_pitch_pt=layout.line_pitch_pt or WORD_GRID / 20))


def element(tag: str, **attributes: object) -> Any:
    """A WordprocessingML element with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_up_page(section: Any, sheet: Sheet | None) -> None:
    """A4, the margins of 5.1 and the page number's place of 7.5; with a sheet also the grid of 5.2.3."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25.6)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    # LibreOffice mis-lays linesAndChars; lines and a character spacing give 22 x 28 in both programs.
    if sheet:
        properties.append(element("docGrid", type="lines", linePitch=round(sheet.pitch * 20), charSpace=-848))


def set_up_defaults(document: Document) -> None:
    """Defaults of the whole document: 三号仿宋, Chinese, no space between hanzi and digits, no widow control."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for old in list(defaults):
        defaults.remove(old)
    run, paragraph = element("rPrDefault"), element("pPrDefault")
    run.append(properties := element("rPr"))
    properties.append(fonts_element(Face.FANG))
    properties.append(element("sz", val=32))
    properties.append(element("szCs", val=32))
    properties.append(element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    paragraph.append(properties := element("pPr"))
    properties.append(element("widowControl", val=0))
    properties.append(element("kinsoku", val=1))
    properties.append(element("overflowPunct", val=1))
    properties.append(element("topLinePunct", val=0))
    properties.append(element("autoSpaceDE", val=0))
    properties.append(element("autoSpaceDN", val=0))
    properties.append(element("spacing", before=0, after=0))
    defaults.append(run)
    defaults.append(paragraph)


def fonts_element(face: Face) -> Any:
    """rFonts with every slot named: a slot left open falls to a theme font."""
    hanzi, latin = WORD_FONTS[face]
    return element("rFonts", ascii=latin, hAnsi=latin, eastAsia=hanzi, cs=latin, hint="eastAsia")


def set_up_styles(document: Document, sheet: Sheet) -> None:
    """Every style the notice uses; headings keep their outline levels, none is bold (7.3.3)."""
    body = _style(document, "Normal", Face.FANG, BODY_SIZE, sheet.pitch)
    properties = body.element.get_or_add_pPr()
    properties.append(element("jc", val="both"))
    # Said again here: LibreOffice does not take these two from the document's defaults.
    properties.append(element("autoSpaceDE", val=0))
    properties.append(element("autoSpaceDN", val=0))
    faces = {ParagraphKind.HEADING_1: Face.HEI, ParagraphKind.HEADING_2: Face.KAI}
    for kind, name in STYLE_NAMES.items():
        if kind is ParagraphKind.TITLE:
            style = _style(document, name, Face.BIAOSONG, TITLE_SIZE, sheet.title_pitch, spaced=False)
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            style = _style(document, name, faces.get(kind, Face.FANG), BODY_SIZE, sheet.pitch)
        style.paragraph_format.keep_with_next = kind in {*faces, ParagraphKind.TITLE, ParagraphKind.SIGNATURE}
    indented = (ParagraphKind.BODY, ParagraphKind.ANNOTATION, *faces)
    for kind in indented:
        properties = document.styles[STYLE_NAMES[kind]].element.get_or_add_pPr()
        properties.append(element("ind", firstLineChars=200, firstLine=round(2 * cell_width())))
    for level, kind in enumerate(faces):
        properties = document.styles[STYLE_NAMES[kind]].element.get_or_add_pPr()
        for old in properties.findall(qn("w:outlineLvl")):
            properties.remove(old)
        properties.append(element("outlineLvl", val=level))
    mark = _style(document, MARK, Face.BIAOSONG, BODY_SIZE, sheet.pitch, spaced=False)
    mark.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    mark.font.color.rgb = RED
    _style(document, NUMBER, Face.FANG, BODY_SIZE, sheet.pitch).paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _style(document, IMPRINT, Face.FANG, IMPRINT_SIZE, sheet.imprint_pitch, spaced=False)
    _style(document, FOLIO, Face.SONG, IMPRINT_SIZE, IMPRINT_SIZE, spaced=False)
    for style in document.styles:
        if style.type is WD_STYLE_TYPE.PARAGRAPH:
            _in_order(style.element.pPr)


def cell_width() -> float:
    """A character and the space after it, in twentieths of a point."""
    return BODY_SIZE * 20 + WORD_SPACING


def _style(document: Document, name: str, face: Face, size: float, pitch: float, *, spaced: bool = True) -> Any:
    """A paragraph style made new or cleared of what the library's template says."""
    names = {style.name for style in document.styles}
    style: Any
    if name in names:
        style = document.styles[name]
        for part in ("rPr", "pPr"):
            for old in style.element.findall(qn(f"w:{part}")):
                style.element.remove(old)
    else:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.hidden = False
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, fonts_element(face))
    spacing = element("spacing", val=WORD_SPACING if spaced else 0)
    properties.find(qn("w:color")).addnext(spacing)
    format_ = style.paragraph_format
    format_.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    format_.line_spacing = Pt(round(pitch * 20) / 20)
    format_.space_before = format_.space_after = Pt(0)
    if size != BODY_SIZE or not spaced:
        style.element.get_or_add_pPr().append(element("snapToGrid", val=0))
    return style


PROPERTY_ORDER = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "pBdr", "shd", "tabs",
    "kinsoku", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind",
    "contextualSpacing", "jc", "outlineLvl", "rPr", "sectPr",
)  # fmt: skip
"""The order in which the schema wants a paragraph's properties; Word refuses some files that do not keep it."""


def _in_order(properties: Any) -> None:
    if properties is not None:
        properties[:] = sorted(properties, key=lambda child: PROPERTY_ORDER.index(child.tag.rpartition("}")[2]))


def put_in_order(document: Document) -> None:
    """Sort every paragraph's properties as the schema wants them."""
    for properties in document.element.iter(qn("w:pPr")):
        _in_order(properties)


def write_run(paragraph: Any, text: str) -> Any:
    """A run whose quotation marks and dashes are Chinese ones."""
    run = paragraph.add_run(text)
    run._r.get_or_add_rPr().append(element("rFonts", hint="eastAsia"))
    return run


def set_exactly(paragraph: Any, pitch: float) -> None:
    """Give a paragraph lines of exactly that height, in pt."""
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(pitch)
