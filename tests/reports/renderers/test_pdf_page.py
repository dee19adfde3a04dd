"""The sheet, measured in the finished PDF (GB/T 9704-2012; all lengths in mm)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from reports.notice import DocumentLayout, Notice
from reports.renderers.paper import Paper
from reports.renderers.pdf import Press
from reports.typesetting.characters import NOT_AT_END, NOT_AT_START
from tests.reports.june_notice import LETTERHEAD, june_notice
from tests.reports.renderers.conftest import MM, DrawnPdf, bands, is_turned
from tests.reports.renderers.notices import body_of_lines, notice_of

PITCH = (225 - 16 * MM) / 21
NEAR = 0.2


def near(value: float) -> object:
    return pytest.approx(value, abs=NEAR)


def is_red(ink: np.ndarray) -> np.ndarray:
    return (ink[:, :, 0] - ink[:, :, 1] > 60) & (ink[:, :, 0] > 150)


def is_dark(ink: np.ndarray) -> np.ndarray:
    return ink.max(axis=2) < 110


# --- the grid of 28 x 22


def test_plain_hanzi_fill_28_by_22(drawn: Callable[[Notice], DrawnPdf]) -> None:
    pdf = drawn(notice_of(body_of_lines(70)))
    for page in pdf.pages[1:3]:
        assert len(page.text_lines) == 22
        assert {len(line.text) for line in page.text_lines} == {28}
        assert page.text_lines[0].top == near(37)
        assert page.text_lines[-1].bottom == near(262)
        for line in page.text_lines:
            assert line.left == near(28)
            assert line.right == near(184)


@pytest.mark.parametrize("which", ["plain", "formal"])
def test_lines_are_one_pitch_apart_on_every_page(which: str, request: pytest.FixtureRequest) -> None:
    pdf: DrawnPdf = request.getfixturevalue(which)
    for page in pdf.pages[1:4]:
        tops = [line.top for line in page.text_lines]
        for gap in np.diff(tops):
            assert gap / PITCH == pytest.approx(round(gap / PITCH), abs=0.005)


def test_a_borrowed_glyph_does_not_move_a_line(drawn: Callable[[Notice], DrawnPdf]) -> None:
    """䶮 and 堽 are not in Fandol; Noto lends them, with quite other vertical metrics."""
    body = body_of_lines(60)
    rare = "".join("䶮堽"[order % 2] if order % 9 == 0 else char for order, char in enumerate(body[:-1])) + "。"
    pdf = drawn(notice_of(rare))
    assert {len(page.text_lines) for page in pdf.pages[1:3]} == {22}
    for page in pdf.pages[1:3]:
        for gap in np.diff([line.top for line in page.text_lines]):
            assert gap == pytest.approx(PITCH, abs=0.005)


@pytest.mark.parametrize("which", ["plain", "formal"])
def test_every_page_of_june_2020_keeps_the_margins(which: str, request: pytest.FixtureRequest) -> None:
    pdf: DrawnPdf = request.getfixturevalue(which)
    for page in pdf.pages:
        lines = page.text_lines
        assert min(line.left for line in lines) >= 28 - NEAR
        assert max(line.bottom for line in lines) <= 262 + NEAR
        for line in lines:
            hang = 8 * MM if line.text[-1] in NOT_AT_START else 0
            assert line.right <= 184 + NEAR + hang
    assert [page.text_lines[0].top for page in pdf.pages[1:4]] == [near(37)] * 3


@pytest.mark.parametrize("which", ["plain", "formal"])
def test_full_lines_end_flush(which: str, request: pytest.FixtureRequest) -> None:
    pdf: DrawnPdf = request.getfixturevalue(which)
    rights = [line.right for page in pdf.pages for line in page.text_lines]
    flush = [right for right in rights if abs(right - 184) <= NEAR or abs(right - 184 - 8 * MM) <= NEAR]
    assert len(flush) > 45
    assert not [right for right in rights if 184 + NEAR < right < 184 + 8 * MM - NEAR]


@pytest.mark.parametrize("which", ["plain", "formal"])
def test_no_printed_line_breaks_a_rule(which: str, request: pytest.FixtureRequest) -> None:
    pdf: DrawnPdf = request.getfixturevalue(which)
    for page in pdf.pages:
        for line in page.text_lines:
            assert line.text[0] not in NOT_AT_START
            assert line.text[-1] not in NOT_AT_END


@pytest.mark.parametrize("which", ["plain", "formal"])
def test_no_printed_line_is_loose(which: str, request: pytest.FixtureRequest) -> None:
    """Distances between neighbours stay within a tenth of a character; the trial had a line with three tenths."""
    pdf: DrawnPdf = request.getfixturevalue(which)
    for page in pdf.pages:
        for line in page.text_lines:
            if abs(line.chars[0]["size"] - 16) < 0.1:
                gaps = [right["x0"] - left["x1"] for left, right in zip(line.chars, line.chars[1:], strict=False)]
                assert max(gaps, default=0) <= 16 * 0.1 + 0.05, line.text


@pytest.mark.parametrize("pitch", [26, 28, 30])
def test_an_office_s_own_line_pitch(pitch: float, drawn: Callable[[Notice], DrawnPdf]) -> None:
    pdf = drawn(june_notice(DocumentLayout(line_pitch_pt=pitch)))
    lines = pdf.pages[1].text_lines
    assert lines[0].top == near(37)
    assert lines[1].top - lines[0].top == pytest.approx(pitch * MM, abs=0.01)
    assert lines[-1].bottom <= 262 + NEAR


# --- title, signature, date


def test_without_letterhead_the_title_stands_at_the_top(plain: DrawnPdf) -> None:
    lines = plain.pages[0].text_lines
    assert [line.text for line in lines[:4]] == [
        "临沂市兰山区人民政府办公室",
        "关于2020年6月份全区政务公开",
        "工作情况的通报",
        "各镇人民政府、街道办事处，区政府有关部门，兰山商城管委会，",
    ]
    assert lines[0].top == near(37)
    for line in lines[:3]:
        assert {round(char["size"]) for char in line.chars} == {22}
        assert (line.left + line.right) / 2 == near(28 + 78)


def test_one_blank_line_between_title_and_addressees(plain: DrawnPdf) -> None:
    title, addressees = plain.pages[0].text_lines[2:4]
    assert addressees.top - title.bottom == near(PITCH + (PITCH - 16 * MM))


def test_addressees_are_flush_left_and_body_is_indented_by_two(plain: DrawnPdf) -> None:
    addressees, wrapped, body = plain.pages[0].text_lines[3:6]
    assert (addressees.left, wrapped.left) == (near(28), near(28))
    assert body.left == near(28 + 2 * 156 / 28)


def test_signature_and_date_stand_as_7_3_5_2_says(plain: DrawnPdf) -> None:
    *_, last, signature, dated = plain.pages[-1].text_lines
    cell = 156 / 28
    assert signature.right == near(184 - 2 * cell)
    assert dated.left - signature.left == near(2 * cell)
    assert signature.top - last.top == near(2 * PITCH)
    assert dated.top - signature.top == near(PITCH)


# --- letterhead


def test_the_mark_begins_35_mm_below_the_text_area_s_top(formal: DrawnPdf) -> None:
    mark, rule = bands(is_red(formal.ink(1)).any(axis=1))
    assert mark[0] == near(72)
    assert rule[1] - rule[0] == pytest.approx(0.5, abs=0.1)


def test_the_red_rule_is_4_mm_below_the_number_and_as_wide_as_the_text(formal: DrawnPdf) -> None:
    ink = formal.ink(1)
    red = is_red(ink)
    _, rule = bands(red.any(axis=1))
    number = max(band for band in bands(is_dark(ink).any(axis=1)) if band[1] < rule[0])
    assert rule[0] - number[1] == near(4)
    row = round((rule[0] + rule[1]) / 2 * 20)
    ((left, right),) = bands(red[row])
    assert (left, right) == (near(28), near(184))


def test_mark_and_number_are_centred(formal: DrawnPdf) -> None:
    red = is_red(formal.ink(1))
    columns = np.flatnonzero(red[: 20 * 100].any(axis=0)) / 20
    assert (columns[0] + columns[-1]) / 2 == pytest.approx(106, abs=0.5)
    assert columns[-1] - columns[0] <= 156
    number = next(line for line in formal.pages[0].text_lines if line.text == "临兰政办字〔2020〕31号")
    assert (number.left + number.right) / 2 == near(106)


def test_the_first_page_shows_body_text(formal: DrawnPdf) -> None:
    """7.3.3: 公文首页必须显示正文."""
    assert any("为认真贯彻落实" in line.text for line in formal.pages[0].text_lines)


# --- 版记 and page numbers


def test_the_imprint_ends_the_last_even_page(formal: DrawnPdf) -> None:
    assert len(formal.pages) == 6
    rules = bands(is_dark(formal.ink(6))[:, 20 * 30])
    thick_above, thin, thick_below = (band for band in rules if band[0] < 263)
    assert thick_below[1] == near(262)
    assert [band[1] - band[0] for band in (thick_above, thin, thick_below)] == [
        pytest.approx(0.35, abs=0.08),
        pytest.approx(0.25, abs=0.08),
        pytest.approx(0.35, abs=0.08),
    ]
    copies, printed = formal.pages[5].text_lines
    assert copies.text == "抄送：区委办公室，区人大常委会办公室，区政协办公室。"
    assert copies.left == printed.left == near(28 + 14 * MM)
    assert printed.right == near(184 - 14 * MM)


def test_long_copies_hang_under_the_first_name_and_fill_their_lines(drawn: Callable[[Notice], DrawnPdf]) -> None:
    """7.4.2: 回行时与冒号后的首字对齐."""
    copies = (
        "区委办公室，区人大常委会办公室，区政协办公室，区纪委区监委办公室，区法院，区检察院，各民主党派区委，区工商联"
    )
    pdf = drawn(notice_of(body_of_lines(20), layout=DocumentLayout(imprint=True, copies_to=copies * 2)))
    lines = pdf.pages[-1].text_lines
    first, *middle, last, _ = lines[next(order for order, line in enumerate(lines) if line.text.startswith("抄送")) :]
    assert len(middle) > 1
    assert first.left == near(28 + 14 * MM)
    for line in (*middle, last):
        assert line.left == near(28 + 4 * 14 * MM)
    for line in (first, *middle):
        # A final mark may stand outside with its blank half.
        outside = 7 * MM if line.text[-1] in "，。" else 0
        assert line.right - outside == near(184 - 14 * MM)


@pytest.mark.parametrize("lines", [5, 18, 30, 36])
def test_the_imprint_is_always_on_an_even_page(lines: int, drawn: Callable[[Notice], DrawnPdf]) -> None:
    layout = DocumentLayout(imprint=True, copies_to="区委办公室")
    pdf = drawn(notice_of(body_of_lines(lines), layout=layout))
    assert len(pdf.pages) % 2 == 0
    assert pdf.pages[-1].text_lines[-1].text.endswith("2020年7月14日印发")
    assert not [page for page in pdf.pages[:-1] if "印发" in "".join(line.text for line in page.text_lines)]


@pytest.mark.parametrize("which", ["plain", "formal"])
def test_page_numbers_stand_outside_7_mm_below(which: str, request: pytest.FixtureRequest) -> None:
    pdf: DrawnPdf = request.getfixturevalue(which)
    for page in pdf.pages:
        assert page.folio is not None
        assert page.folio.text.replace("\xa0", " ") == f"— {page.number} —"
        assert {round(char["size"]) for char in page.folio.chars} == {14}
        if page.number % 2:
            assert page.folio.right == near(184 - 14 * MM)
        else:
            assert page.folio.left == near(28 + 14 * MM)


def test_the_dash_is_7_mm_below_the_text_area(plain: DrawnPdf) -> None:
    below = is_dark(plain.ink(1))[20 * 263 :, 20 * 165 : 20 * 169]
    dash = bands(below.any(axis=1))[0]
    assert 263 + dash[0] == near(269)


def test_a_page_of_the_imprint_alone_may_go_unnumbered(draft: DrawnPdf) -> None:
    assert [page.folio is not None for page in draft.pages] == [True] * 5 + [False]


def test_a_draft_says_so_on_every_page(draft: DrawnPdf) -> None:
    for page in draft.pages:
        assert sorted(char["text"] for char in page.page.chars if is_turned(char)) == ["稿", "草"]


# --- prediction


@pytest.mark.parametrize(
    "layout",
    [DocumentLayout(), LETTERHEAD, DocumentLayout(line_pitch_pt=26), DocumentLayout(line_pitch_pt=30)],
    ids=["plain", "formal", "26pt", "30pt"],
)
def test_pages_fall_as_foreseen(layout: DocumentLayout, press: Press, drawn: Callable[[Notice], DrawnPdf]) -> None:
    paper = Paper.compose(june_notice(layout), press.library)
    pdf = drawn(june_notice(layout))
    head = 2 if layout.letterhead else 0
    lines = [len(page.text_lines) for page in pdf.pages[: paper.pagination.text_pages]]
    lines[0] -= head
    assert tuple(lines) == paper.pagination.lines
    assert len(pdf.pages) == paper.pagination.count


@pytest.mark.parametrize("lines", range(13, 19))
def test_a_signature_never_begins_a_page(lines: int, press: Press, drawn: Callable[[Notice], DrawnPdf]) -> None:
    notice = notice_of(body_of_lines(lines))
    pdf = drawn(notice)
    assert "公开" in pdf.pages[-1].text_lines[0].text
    foreseen = Paper.compose(notice, press.library).pagination.lines
    assert tuple(len(page.text_lines) for page in pdf.pages) == foreseen
