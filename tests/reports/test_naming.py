"""What a unit would read of itself if the notice were issued today: its own name, nobody else's."""

from datetime import date

import pytest

from reports.figures.figure import RowQuery
from reports.naming import Part, sentences_naming
from reports.notice import Naming, Notice, Paragraph, ParagraphKind, Section, Span
from tests.district import JUNE_30, District

ROWS = RowQuery("duties", (("requirement", "T-1"),))


def name(text: str, unit_id: int, *, blamed: bool = True) -> Span:
    return Span(text, naming=Naming(unit_id, ROWS.narrowed(unit=str(unit_id)), blamed))


def notice(*spans: Span) -> Notice:
    body = Paragraph(ParagraphKind.BODY, spans)
    plain = Paragraph.plain
    return Notice(
        period=None,
        issued_on=date(2020, 7, 14),
        title=(),
        addressees=plain(ParagraphKind.ADDRESSEES, ""),
        sections=(Section("problems", (body,)),),
        signature=plain(ParagraphKind.SIGNATURE, ""),
        dated=plain(ParagraphKind.DATE, ""),
    )


LISTED = notice(
    Span("一是重视不足。仍有4个单位未上传："),
    name("甲", 1),
    Span("、"),
    name("乙", 2),
    Span("、"),
    name("丙", 3),
    Span("、"),
    name("丁", 4),
    Span("。要抓紧整改。"),
)


def texts(given: Notice, *unit_ids: int) -> list[str]:
    return [sentence.text for sentence in sentences_naming(given, set(unit_ids))]


@pytest.mark.parametrize(
    ("unit_id", "list_told"),
    [(1, "甲、……"), (2, "……、乙、……"), (4, "……、丁")],
)
def test_a_unit_reads_its_own_name_and_that_there_are_others(unit_id, list_told):
    assert texts(LISTED, unit_id) == [f"仍有4个单位未上传：{list_told}。"]


def test_two_units_of_one_person_are_read_together():
    assert texts(LISTED, 2, 3) == ["仍有4个单位未上传：……、乙、丙、……。"]


def test_the_name_itself_and_the_rows_it_is_named_for_are_told():
    (sentence,) = sentences_naming(LISTED, {2})
    assert [words for part, words in sentence.pieces if part is Part.OWN] == ["乙"]
    assert sentence.queries == (ROWS.narrowed(unit="2"),)
    assert sentence.section == "problems"


def test_who_is_only_mentioned_is_not_blamed():
    assert not texts(notice(Span("涉及"), name("甲", 1, blamed=False), Span("5件。")), 1)


def test_a_sentence_that_does_not_end_is_still_one():
    assert texts(notice(Span("未按时答复："), name("甲", 1)), 1) == ["未按时答复：甲"]


@pytest.mark.django_db
def test_the_notice_of_a_district_names_who_is_behind_and_nobody_else():
    from lanshan_portal.periods import Period
    from reports.preparation import prepare

    district = District()
    duty = district.requirement(name="实施方案", due_on=JUNE_30)
    district.submission(duty, district.street, date(2020, 6, 29))
    district.letter(district.education)
    district.letter(district.justice, answered=date(2020, 6, 2))
    district.check(district.town, "超期更新")
    prepared = prepare(district.office, Period.month(2020, 6), date(2020, 7, 14))
    told = {
        str(unit): texts(prepared.notice, unit.pk)
        for unit in (district.street, district.town, district.education, district.justice)
    }
    assert told["兰山街道"] == []
    assert told["区司法局"] == ["截至7月14日，仍有3个单位未按时上传实施方案：……、区司法局。"]
    assert len(told["区教育局"]) == 2
    assert told["区教育局"][0].endswith("其中区教育局1件未按时答复，其余1件已按时进行了答复。")
    assert told["李官镇"][0].endswith("李官镇未在规定时间内整改完成。")
