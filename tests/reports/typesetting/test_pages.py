import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.notice import Paragraph, ParagraphKind
from reports.typesetting.blocks import Block
from reports.typesetting.composer import Line, Run
from reports.typesetting.faces import Face
from reports.typesetting.pages import ImprintPlace, Pagination, paginate
from reports.typesetting.sheet import Sheet

SHEET = Sheet()


def block(kind: ParagraphKind, lines: int, blank_before: int = 0) -> Block:
    line = Line((Run("公", 0),), 1000)
    return Block(Paragraph.plain(kind, "公" * lines), Face.FANG, (line,) * lines, blank_before=blank_before)


def document(*body_lines: int) -> list[Block]:
    return [
        *(block(ParagraphKind.BODY, lines) for lines in body_lines),
        block(ParagraphKind.SIGNATURE, 1, blank_before=1),
        block(ParagraphKind.DATE, 1),
    ]


def test_a_page_takes_22_lines() -> None:
    assert paginate([block(ParagraphKind.BODY, 50)], SHEET).lines == (22, 22, 6)


def test_a_head_takes_its_room_from_the_first_page() -> None:
    assert paginate([block(ParagraphKind.BODY, 30)], SHEET, head_height=10 * SHEET.pitch).lines == (12, 18)


@pytest.mark.parametrize("body", [19, 20, 21, 22])
def test_signature_and_date_never_stand_alone(body: int) -> None:
    pages = paginate(document(body), SHEET).lines
    assert sum(pages) == body + 2
    assert len(pages) == 1 if body == 19 else pages[1] == 3


def test_a_heading_at_the_foot_of_a_page_moves_on() -> None:
    blocks = [
        block(ParagraphKind.BODY, 20),
        block(ParagraphKind.HEADING_1, 1),
        block(ParagraphKind.HEADING_2, 1),
        block(ParagraphKind.BODY, 5),
    ]
    assert paginate(blocks, SHEET).lines == (20, 7)


@pytest.mark.parametrize(
    ("body", "place", "count"),
    [
        (10, ImprintPlace.NEXT_EVEN_PAGE, 2),
        (30, ImprintPlace.SAME_PAGE, 2),
        (41, ImprintPlace.NEXT_EVEN_PAGE, 4),
        (50, ImprintPlace.NEXT_EVEN_PAGE, 4),
    ],
)
def test_the_imprint_ends_the_last_even_page(body: int, place: ImprintPlace, count: int) -> None:
    pagination = paginate(document(body), SHEET, imprint_height=60)
    assert (pagination.imprint, pagination.count) == (place, count)


def test_without_imprint_a_document_may_end_on_any_page() -> None:
    assert paginate(document(10), SHEET).count == 1
    assert Pagination((22, 22, 5), 0.0).count == 3


@given(st.lists(st.integers(1, 60), min_size=1, max_size=12), st.floats(0, 300))
def test_every_line_is_on_a_page_and_no_page_is_overfull(body: list[int], head: float) -> None:
    pagination = paginate(document(*body), SHEET, head_height=head, imprint_height=60)
    assert sum(pagination.lines) == sum(body) + 2
    assert all(0 < lines <= SHEET.lines for lines in pagination.lines)
    assert pagination.count % 2 == 0
    assert pagination.lines[0] * SHEET.pitch <= SHEET.lines * SHEET.pitch - head + 0.1
