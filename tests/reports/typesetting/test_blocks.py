from dataclasses import replace

import pytest

from reports.notice import Paragraph, ParagraphKind, Section, Span
from reports.typesetting.blocks import Block, blocks, title_lines
from reports.typesetting.faces import Face, NominalMetrics
from reports.typesetting.sheet import CELL_PITCH, CELLS
from tests.reports.june_notice import june_notice

METRICS = NominalMetrics()


def block_of(kind: ParagraphKind, composed: tuple[Block, ...]) -> Block:
    return next(block for block in composed if block.kind is kind)


def cell(thousandths: int) -> float:
    """A place across the line, in characters."""
    return thousandths / CELL_PITCH


def test_june_2020_keeps_every_word() -> None:
    notice = june_notice()
    composed = blocks(notice, METRICS)
    assert ["".join(line.text for line in block.lines) for block in composed] == [
        paragraph.text for paragraph in notice.paragraphs()
    ]


def test_headings_have_their_own_faces() -> None:
    composed = blocks(june_notice(), METRICS)
    faces = {block.kind: block.face for block in composed}
    assert faces[ParagraphKind.TITLE] is Face.BIAOSONG
    assert faces[ParagraphKind.HEADING_1] is Face.HEI
    assert faces[ParagraphKind.HEADING_2] is Face.KAI
    assert faces[ParagraphKind.BODY] is faces[ParagraphKind.ADDRESSEES] is faces[ParagraphKind.DATE] is Face.FANG


def test_body_is_indented_by_two_and_addressees_are_not() -> None:
    composed = blocks(june_notice(), METRICS)
    assert cell(block_of(ParagraphKind.BODY, composed).first_indent) == 2
    assert block_of(ParagraphKind.ADDRESSEES, composed).first_indent == 0
    assert block_of(ParagraphKind.ADDRESSEES, composed).blank_before == 1


def test_a_title_that_does_not_fit_breaks_where_its_spans_end() -> None:
    title = june_notice().title[1]
    assert [line.text for line in title_lines(title, METRICS)] == [
        "关于2020年6月份全区政务公开",
        "工作情况的通报",
    ]


def test_a_title_that_fits_stays_on_one_line() -> None:
    title = Paragraph(ParagraphKind.TITLE, (Span("关于6月份全区政务公开"), Span("工作情况的通报")))
    assert [line.text for line in title_lines(title, METRICS)] == [title.text]


def test_the_date_begins_two_characters_after_the_signature() -> None:
    """GB/T 9704-2012, 7.3.5.2."""
    composed = blocks(june_notice(), METRICS)
    signature, dated = block_of(ParagraphKind.SIGNATURE, composed), block_of(ParagraphKind.DATE, composed)
    assert dated.first_indent - signature.first_indent == 2 * CELL_PITCH
    end = cell(signature.first_indent + signature.lines[0].width)
    assert end == pytest.approx(CELLS - 2, abs=0.02)
    assert (signature.blank_before, dated.blank_before) == (1, 0)


def test_a_date_longer_than_the_signature_pushes_it_left() -> None:
    notice = replace(june_notice(), signature=Paragraph.plain(ParagraphKind.SIGNATURE, "兰山区政府"))
    composed = blocks(notice, METRICS)
    signature, dated = block_of(ParagraphKind.SIGNATURE, composed), block_of(ParagraphKind.DATE, composed)
    assert cell(dated.first_indent + dated.lines[0].width) == pytest.approx(CELLS - 2, abs=0.02)
    assert dated.first_indent - signature.first_indent == 2 * CELL_PITCH


def test_attachments_align_under_their_names() -> None:
    names = ("附件：1.全区政务公开工作情况统计表", "2." + "各单位主动公开基本目录报送情况" * 3)
    listed = tuple(Paragraph.plain(ParagraphKind.ATTACHMENTS, name) for name in names)
    notice = replace(june_notice(), sections=(Section("attachments", listed),))
    first, second = (block for block in blocks(notice, METRICS) if block.kind is ParagraphKind.ATTACHMENTS)
    assert (first.blank_before, second.blank_before) == (1, 0)
    assert cell(first.first_indent) == 2
    assert cell(second.first_indent) == 5
    assert first.indent == second.indent
    assert len(second.lines) == 3


def test_the_remark_stands_below_the_date() -> None:
    remark = Paragraph.plain(ParagraphKind.ANNOTATION, "（此件公开发布）")
    composed = blocks(replace(june_notice(), annotation=remark), METRICS)
    assert [block.kind for block in composed[-2:]] == [ParagraphKind.DATE, ParagraphKind.ANNOTATION]
    assert cell(composed[-1].first_indent) == 2
