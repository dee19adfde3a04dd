from dataclasses import replace
from datetime import date

from reports.notice import DocumentLayout
from reports.typesetting.faces import NominalMetrics
from reports.typesetting.imprint import imprint
from reports.typesetting.sheet import Sheet
from tests.reports.june_notice import LETTERHEAD, june_notice

METRICS = NominalMetrics()


def test_an_office_may_go_without() -> None:
    assert imprint(june_notice(), METRICS, Sheet()) is None


def test_the_words_of_the_imprint() -> None:
    foot = imprint(june_notice(LETTERHEAD), METRICS, Sheet())
    assert foot is not None
    assert foot.texts == (
        "抄送：区委办公室，区人大常委会办公室，区政协办公室。",
        "临沂市兰山区人民政府办公室",
        "2020年7月14日印发",
    )


def test_printer_and_day_of_printing_may_differ_from_signature_and_date() -> None:
    layout = DocumentLayout(imprint=True, printed_by="兰山区政府办公室文书科", printed_on=date(2020, 7, 15))
    foot = imprint(june_notice(layout), METRICS, Sheet())
    assert foot is not None
    assert foot.texts == ("兰山区政府办公室文书科", "2020年7月15日印发")


def test_long_copies_wrap_and_make_it_higher() -> None:
    one = imprint(june_notice(LETTERHEAD), METRICS, Sheet())
    layout = replace(LETTERHEAD, copies_to="，".join(["区人大常委会办公室"] * 6))
    two = imprint(june_notice(layout), METRICS, Sheet())
    assert one is not None
    assert two is not None
    assert two.height - one.height == (len(two.copies_lines) - 1) * Sheet().imprint_pitch
    assert len(two.copies_lines) == 3
