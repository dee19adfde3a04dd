"""The Word document, by what its XML says (GB/T 9704-2012)."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.notice import DocumentLayout, Notice
from reports.renderers import RENDERERS
from tests.reports.june_notice import LETTERHEAD, june_notice
from tests.reports.renderers.notices import body_of_lines, notice_of


def opened(notice: Notice) -> Document:
    return docx.Document(io.BytesIO(RENDERERS["docx"](notice).content))


@pytest.fixture(scope="module")
def plain_docx() -> Document:
    return opened(june_notice())


@pytest.fixture(scope="module")
def formal_docx() -> Document:
    return opened(june_notice(LETTERHEAD))


def attribute(element: Any, name: str) -> str | None:
    value = element.get(qn(f"w:{name}"))
    return None if value is None else str(value)


def grid_pitches(document: Document) -> list[str | None]:
    return [attribute(grid, "linePitch") for grid in document.element.iter(qn("w:docGrid"))]


def test_page_margins_and_grid(plain_docx: Document) -> None:
    section = plain_docx.sections[0]
    near = pytest.approx
    assert (section.page_width, section.page_height) == (near(Mm(210), abs=700), near(Mm(297), abs=700))
    assert (section.top_margin, section.bottom_margin) == (near(Mm(37), abs=700), near(Mm(35), abs=700))
    assert (section.left_margin, section.right_margin) == (near(Mm(28), abs=700), near(Mm(26), abs=700))
    assert grid_pitches(plain_docx) == ["579"]


def test_22_lines_fit_between_the_margins(plain_docx: Document) -> None:
    pitch = plain_docx.styles["Body Text"].paragraph_format.line_spacing
    section = plain_docx.sections[0]
    assert 22 * pitch <= section.page_height - section.top_margin - section.bottom_margin < 23 * pitch


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("主送机关", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("成文日期", "仿宋_GB2312", 16),
        ("版记", "仿宋_GB2312", 14),
        ("页码", "宋体", 14),
    ],
)
def test_fonts_by_style(style: str, font: str, size: int, plain_docx: Document) -> None:
    found = plain_docx.styles[style]
    fonts = found.element.rPr.find(qn("w:rFonts"))
    assert attribute(fonts, "eastAsia") == font
    assert all(attribute(fonts, slot) for slot in ("ascii", "hAnsi", "cs"))
    assert not [name for name in fonts.attrib if "Theme" in name]
    assert found.font.size == Pt(size)
    assert found.font.bold is False


def test_headings_keep_their_outline_levels(plain_docx: Document) -> None:
    levels = {}
    for name in ("Heading 1", "Heading 2"):
        properties = plain_docx.styles[name].element.pPr
        levels[name] = attribute(properties.find(qn("w:outlineLvl")), "val")
        assert properties.find(qn("w:keepNext")) is not None
    assert levels == {"Heading 1": "0", "Heading 2": "1"}
    used = [paragraph.style.name for paragraph in plain_docx.paragraphs]
    assert (used.count("Heading 1"), used.count("Heading 2"), used.count("Title")) == (3, 9, 2)


def test_body_is_indented_by_two_characters(plain_docx: Document) -> None:
    indent = plain_docx.styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert attribute(indent, "firstLineChars") == "200"


def test_no_space_is_put_between_hanzi_and_digits(plain_docx: Document) -> None:
    for holder in (plain_docx.styles.element.find(qn("w:docDefaults")), plain_docx.styles["Normal"].element):
        for tag in ("autoSpaceDE", "autoSpaceDN"):
            assert [attribute(found, "val") for found in holder.iter(qn(f"w:{tag}"))] == ["0"]


def test_signature_and_date(plain_docx: Document) -> None:
    """The signature of 13 characters begins at the 13th place, the date two to its right (7.3.5.2)."""
    signature, dated = plain_docx.paragraphs[-2:]
    places = [attribute(found._p.pPr.find(qn("w:ind")), "leftChars") for found in (signature, dated)]
    assert places == ["1300", "1500"]
    assert signature.paragraph_format.space_before == pytest.approx(Pt(28.95), abs=700)


def test_page_numbers_are_fields_outside(plain_docx: Document) -> None:
    assert plain_docx.settings.odd_and_even_pages_header_footer
    section = plain_docx.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    for paragraph in (odd, even):
        assert [code.text for code in paragraph._p.iter(qn("w:instrText"))] == ["PAGE"]
        assert paragraph.text.replace(" ", "") == "——"
    assert odd.alignment is not None
    assert (odd.alignment.name, even.alignment.name) == ("RIGHT", "LEFT")
    assert (odd.paragraph_format.right_indent, even.paragraph_format.left_indent) == (Pt(14), Pt(14))


def test_properties_carry_title_author_and_language(plain_docx: Document) -> None:
    properties = plain_docx.core_properties
    assert properties.title == june_notice().full_title
    assert properties.author == "临沂市兰山区人民政府办公室"
    assert properties.language == "zh-CN"
    assert properties.created is not None
    assert properties.created.date() == june_notice().issued_on


def test_the_letterhead_is_red_condensed_and_ruled(formal_docx: Document) -> None:
    mark, number = formal_docx.paragraphs[:2]
    assert (mark.style.name, number.style.name) == ("发文机关标志", "发文字号")
    assert str(mark.style.font.color.rgb) == "E60012"
    assert attribute(mark.runs[0]._r.rPr.find(qn("w:w")), "val") == "74"
    rule = number._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (attribute(rule, "color"), attribute(rule, "sz")) == ("E60012", "11")


def test_the_imprint_has_an_even_page_and_three_rules(formal_docx: Document) -> None:
    (table,) = formal_docx.tables
    assert [row.cells[0].text for row in table.rows] == [
        "抄送：区委办公室，区人大常委会办公室，区政协办公室。",
        "临沂市兰山区人民政府办公室\t2020年7月14日印发",
    ]
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    assert {child.tag.rpartition("}")[2]: attribute(child, "sz") for child in borders} == {
        "top": "8",
        "bottom": "8",
        "insideH": "6",
    }
    assert attribute(formal_docx.element.body.sectPr.find(qn("w:type")), "val") == "evenPage"


def test_below_the_text_of_an_even_page_the_imprint_floats_at_the_bottom() -> None:
    document = opened(notice_of(body_of_lines(25), layout=DocumentLayout(imprint=True)))
    place = document.tables[0]._tbl.tblPr.find(qn("w:tblpPr"))
    assert (attribute(place, "vertAnchor"), attribute(place, "tblpYSpec")) == ("margin", "bottom")
    assert len(document.sections) == 1


@pytest.mark.parametrize("numbered", [True, False])
def test_the_imprint_s_page_may_go_unnumbered(numbered: bool) -> None:
    document = opened(june_notice(replace(LETTERHEAD, number_imprint_page=numbered)))
    assert document.sections[1].footer.is_linked_to_previous is numbered


def test_an_office_s_own_line_pitch() -> None:
    document = opened(june_notice(DocumentLayout(line_pitch_pt=28)))
    assert grid_pitches(document) == ["560"]
    assert document.styles["Body Text"].paragraph_format.line_spacing == Pt(28)


def test_a_draft_carries_the_watermark_on_odd_and_even_pages() -> None:
    section = opened(june_notice(DocumentLayout(draft=True))).sections[0]
    for header in (section.header, section.even_page_header):
        assert 'string="草稿"' in header.part.blob.decode()


def test_the_same_notice_gives_the_same_bytes() -> None:
    first, second = (RENDERERS["docx"](june_notice(LETTERHEAD)).content for _ in range(2))
    assert first == second
