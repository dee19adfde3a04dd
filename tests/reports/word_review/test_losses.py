from dataclasses import replace

import pytest

from reports.notice import Paragraph, ParagraphKind, Section, Span
from reports.word_review import ChangeKind, compare
from tests.reports.figure_builders import figure
from tests.reports.word_review.word_file import district_notice

NOTICE = district_notice()


def losses(key, *edits, notice=NOTICE):
    """What the paragraph loses by replacing words."""
    texts = []
    for paragraph in notice.paragraphs():
        text = paragraph.text
        for old, new in edits if paragraph.key == key else ():
            assert old in text
            text = text.replace(old, new, 1)
        texts.append(text)
    [change] = compare(notice, texts)
    assert (change.kind, change.key) == (ChangeKind.CHANGED, key)
    return change.numbers_lost(notice), change.names_lost(notice)


@pytest.mark.parametrize(
    ("edits", "numbers"),
    [
        ([("收到部门信箱", "收到信箱来信")], ()),
        ([("15件", "16件")], ("收到信箱件数应为15，改为16。",)),
        ([("15件", "1,500件")], ("收到信箱件数应为15，改为1,500。",)),
        ([("共收到部门信箱15件", "收到一批部门信箱")], ("删去了收到信箱件数（15）。",)),
        ([("6月份", "7月份")], ("7没有对应的数据，请核实。",)),
        ([("答复。", "答复，平均用时3.5天。")], ("3.5没有对应的数据，请核实。",)),
        (
            [("共收到部门信箱15件，", ""), ("答复。", "答复，共收到15件。")],
            ("收到信箱件数（15）换了位置，不再随数据更新。",),
        ),
        (
            [("15件，涉及区教育局9件", "10件，涉及区教育局4件"), ("答复。", "答复2次。")],
            ("收到信箱件数应为15，改为10。", "原有数字应为9，改为4。", "2没有对应的数据，请核实。"),
        ),
    ],
)
def test_numbers(edits, numbers):
    assert losses("mailbox.1", *edits) == (numbers, ())


def test_units():
    assert losses("problems.政务访谈稿", ("兰山街道、", "")) == ((), ("删去了被点名的单位：兰山街道。",))
    assert losses("problems.政务访谈稿", ("兰山街道、枣园镇、", "")) == (
        (),
        ("删去了被点名的单位：兰山街道、枣园镇。",),
    )
    assert losses("mailbox.1", ("区教育局9件，", ""))[1] == ("删去了提到的单位：区教育局。",)
    assert losses("mailbox.1", ("区教育局", "区教体局"))[1] == ("删去了提到的单位：区教育局。",)


def test_a_unit_that_stands_elsewhere_is_not_gone():
    assert losses("problems.政务访谈稿", ("兰山街道、枣园镇", "枣园镇、兰山街道")) == ((), ())


def test_a_removed_paragraph_loses_all():
    texts = [paragraph.text for paragraph in NOTICE.paragraphs() if paragraph.key != "problems.主动公开基本目录"]
    [change] = compare(NOTICE, texts)
    assert change.kind is ChangeKind.REMOVED
    assert change.numbers_lost(NOTICE) == ("删去了原有数字（2）。",)
    assert change.names_lost(NOTICE) == ("删去了被点名的单位：区民政局、区信访局。",)


def test_an_added_paragraph_has_no_number_of_the_data():
    texts = [paragraph.text for paragraph in NOTICE.paragraphs()]
    texts.insert(-3, "下月起增加2个栏目，8月1日前完成2次检查。")
    [change] = compare(NOTICE, texts)
    assert change.numbers_lost(NOTICE) == ("2、8、1没有对应的数据，请核实。",)
    assert change.names_lost(NOTICE) == ()


def test_a_number_that_the_data_have_left_behind():
    kept = Span("15", replace(figure(16, "mailbox.total"), meaning="收到信箱件数"))
    body = Paragraph(ParagraphKind.BODY, (Span("6月份，共收到部门信箱"), kept, Span("件，均已答复。")), "mailbox.1")
    notice = replace(NOTICE, sections=(Section("mailbox", (body,)),))
    assert losses("mailbox.1", ("15", "16"), notice=notice) == (
        ("收到信箱件数由15改为16，与现有数据一致，但不再随数据更新。",),
        (),
    )
    assert losses("mailbox.1", ("15", "17"), notice=notice) == (("收到信箱件数应为16，改为17。",), ())
