"""Binding what somebody typed: whatever stands where it stood is bound as it was. Pure."""

from hypothesis import given
from hypothesis import strategies as st

from reports.amendments import Piece, rebound, words_of

BEFORE = (
    Piece("6月份，共收到部门信箱"),
    Piece("15", "mailbox.total"),
    Piece("件，涉及"),
    Piece("区教育局", unit_id=5),
    Piece("5", "mailbox.by_unit.D05"),
    Piece("件。"),
)
plain = st.text(alphabet="的一是在不了有和人这中大为上个国，。、；", max_size=12)


def bound(pieces):
    return [(piece.text, piece.figure or piece.unit_id) for piece in pieces if piece.figure or piece.unit_id]


ALL = [("15", "mailbox.total"), ("区教育局", 5), ("5", "mailbox.by_unit.D05")]


def test_nothing_changed():
    assert rebound(words_of(BEFORE), BEFORE) == BEFORE


def test_a_number_that_is_part_of_another_is_not_it():
    pieces = rebound("6月份，共收到部门信箱115件，涉及区教育局5件。", BEFORE)
    assert bound(pieces) == [("区教育局", 5), ("5", "mailbox.by_unit.D05")]


def test_a_name_cut_short_is_no_name():
    pieces = rebound("6月份，共收到部门信箱15件，涉及教育局5件。", BEFORE)
    assert bound(pieces) == [("15", "mailbox.total"), ("5", "mailbox.by_unit.D05")]


@given(plain, plain, plain, plain)
def test_words_written_around_bound_pieces_leave_them_bound(first, second, third, fourth):
    words = f"{first}6月份，共收到部门信箱15件，{second}涉及区教育局5件。{third}{fourth}"
    pieces = rebound(words, BEFORE)
    assert words_of(pieces) == words
    assert bound(pieces) == ALL


@given(st.text(max_size=80))
def test_whatever_is_typed_is_kept_to_the_letter(words):
    pieces = rebound(words, BEFORE)
    assert words_of(pieces) == words
    for piece in pieces:
        assert not (piece.figure or piece.unit_id) or (piece.text, piece.figure or piece.unit_id) in ALL
