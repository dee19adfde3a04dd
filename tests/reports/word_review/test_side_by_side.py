"""Two notices beside each other: by key first, by likeness where keys are new, with what is gone where it stood."""

from dataclasses import replace

from lanshan_portal.periods import Period
from reports.composition import compose
from reports.notice import Paragraph, ParagraphKind
from reports.word_review.side_by_side import Number, RowKind, numbers_moved, side_by_side
from tests.reports import figure_builders as build


def month(items=9, on=build.JUNE, letters=2):
    published = build.published({"动态类信息": {build.TOWNS: items, build.DEPARTMENTS: 0}}, on)
    mailbox = build.mailbox(("区教育局", letters))
    total = replace(published.total, name="published.total", meaning="发布信息条数")
    received = replace(mailbox.total, name="mailbox.total", meaning="来信件数")
    figures = replace(
        build.nothing(on),
        published=replace(published, total=total),
        mailbox=replace(mailbox, total=received, period=on),
    )
    return compose(figures, build.district_texts())


def kinds(rows):
    return [row.kind for row in rows]


def words(marks):
    return "".join(part for _, part in marks)


def test_a_notice_beside_itself_is_the_same_throughout():
    rows = side_by_side(month(), month())
    assert set(kinds(rows)) == {RowKind.SAME}
    assert [words(row.after) for row in rows] == [paragraph.text for paragraph in month().paragraphs()]
    assert numbers_moved(month(), month()) == []


def test_another_month_meets_paragraph_by_paragraph_and_a_number_goes_as_a_whole():
    may, june = month(8, Period.month(2020, 5)), month(12)
    rows = side_by_side(may, june)
    assert RowKind.ADDED not in kinds(rows)
    assert RowKind.REMOVED not in kinds(rows)
    published = next(row for row in rows if "共发布信息" in words(row.after))
    assert words(published.before).startswith("5月份")
    assert ("removed", "8") in published.before
    assert ("added", "12") in published.after
    moved = {each.name: each for each in numbers_moved(may, june)}
    assert moved["published.total"] == Number("发布信息条数", "published.total", 8, 12)
    assert moved["published.total"].change == 4


def test_what_is_gone_stands_where_it_stood_and_what_came_where_it_came():
    whole = month()
    without = replace(whole, sections=tuple(each for each in whole.sections if each.key != "mailbox"))
    rows = side_by_side(whole, without)
    assert [words(row.before) for row in rows] == [paragraph.text for paragraph in whole.paragraphs()]
    assert [words(row.marks) for row in rows if row.kind is RowKind.REMOVED] == [
        "（三）部门信箱办理情况",
        next(paragraph.text for paragraph in whole.paragraphs() if "部门信箱2件" in paragraph.text),
    ]
    back = side_by_side(without, whole)
    assert kinds(back).count(RowKind.ADDED) == 2
    assert [words(row.after) for row in back if row.after] == [paragraph.text for paragraph in whole.paragraphs()]
    [gone] = numbers_moved(whole, without)
    assert (gone.meaning, gone.was, gone.now, gone.change) == ("来信件数", 2, None, None)


def test_without_keys_paragraphs_meet_by_likeness():
    def written(*lines):
        paragraphs = tuple(Paragraph.plain(ParagraphKind.BODY, line) for line in lines)
        whole = month()
        return replace(whole, sections=(replace(whole.sections[0], paragraphs=paragraphs),))

    old = written("各单位要高度重视政务公开工作，明确专人负责。", "各单位要按时报送材料。")
    new = written("各单位要按时报送全部材料。", "各单位要加强学习，提高能力水平。")
    rows = [row for row in side_by_side(old, new) if row.part is ParagraphKind.BODY]
    assert kinds(rows) == [RowKind.REMOVED, RowKind.CHANGED, RowKind.ADDED]
    assert rows[1].after == (("same", "各单位要按时报送"), ("added", "全部"), ("same", "材料。"))
