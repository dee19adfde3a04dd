import pytest

from reports.notice import DocumentLayout
from reports.typesetting.sheet import BODY_SIZE, POINTS_PER_MM, Sheet


def test_22_lines_fill_225_mm_exactly() -> None:
    sheet = Sheet.of(DocumentLayout())
    assert sheet.lines == 22
    assert (21 * sheet.pitch + BODY_SIZE) / POINTS_PER_MM == pytest.approx(225)


@pytest.mark.parametrize(("pitch", "lines"), [(26, 24), (27, 23), (28, 22), (28.95, 22), (29, 22), (30, 21)])
def test_lines_a_page_at_an_office_s_own_pitch(pitch: float, lines: int) -> None:
    sheet = Sheet.of(DocumentLayout(line_pitch_pt=pitch))
    assert sheet.lines == lines
    assert ((lines - 1) * pitch + BODY_SIZE) / POINTS_PER_MM <= 225


@pytest.mark.parametrize("pitch", [25.9, 30.1])
def test_a_pitch_outside_26_to_30_is_refused(pitch: float) -> None:
    with pytest.raises(ValueError, match=f"行距须在26磅至30磅之间，现为{pitch}磅。"):
        Sheet.of(DocumentLayout(line_pitch_pt=pitch))


@pytest.mark.parametrize("pitch", [None, 26, 28, 30])
def test_the_first_line_s_characters_touch_the_top_of_the_text_area(pitch: float | None) -> None:
    sheet = Sheet.of(DocumentLayout(line_pitch_pt=pitch))
    assert sheet.top_margin + sheet.half_leading / POINTS_PER_MM == pytest.approx(37)
