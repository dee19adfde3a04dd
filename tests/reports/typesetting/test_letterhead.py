import pytest

from reports.notice import DocumentLayout
from reports.typesetting.faces import NominalMetrics
from reports.typesetting.letterhead import letterhead
from reports.typesetting.sheet import POINTS_PER_MM, Sheet

METRICS = NominalMetrics()


def test_an_office_without_letterhead_has_none() -> None:
    assert letterhead(DocumentLayout(document_number="临兰政办字〔2020〕31号"), METRICS, Sheet()) is None


@pytest.mark.parametrize(
    "mark",
    ["兰山区政府文件", "临沂市兰山区人民政府办公室文件", "临沂市兰山区政务公开工作领导小组办公室联合督查通报文件"],
)
def test_the_mark_never_leaves_the_text_area(mark: str) -> None:
    head = letterhead(DocumentLayout(letterhead=mark), METRICS, Sheet())
    assert head is not None
    assert head.natural_width * head.scale <= 152 * POINTS_PER_MM + 0.01
    assert 0.7399 < head.scale <= 1
    assert head.size <= 60


def test_a_head_without_number_is_lower_by_its_three_lines() -> None:
    layout = DocumentLayout(letterhead="兰山区政府文件", document_number="临兰政办字〔2020〕31号")
    with_number = letterhead(layout, METRICS, Sheet())
    without = letterhead(DocumentLayout(letterhead="兰山区政府文件"), METRICS, Sheet())
    assert with_number is not None
    assert without is not None
    assert with_number.height - without.height == pytest.approx(3 * Sheet().pitch, abs=2)
