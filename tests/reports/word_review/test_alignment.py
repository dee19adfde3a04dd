from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.amendments import words_of
from reports.composition import drafted
from reports.notice import ParagraphKind
from reports.word_review import ChangeKind, compare, paragraphs_of
from reports.word_review.places import places_of
from reports.word_review.redline import redline
from tests.reports.june_notice import LETTERHEAD, june_notice
from tests.reports.renderers.notices import notice_of
from tests.reports.word_review.word_file import PROBLEMS, WordFile, district, district_notice, made, run, tagged

NOTICE = district_notice()
TEXTS = [paragraph.text for paragraph in NOTICE.paragraphs()]
BODIES = [paragraph for paragraph in NOTICE.paragraphs() if paragraph.kind is ParagraphKind.BODY]


@pytest.fixture
def file():
    return WordFile.of(NOTICE)


def changes(file):
    return compare(NOTICE, paragraphs_of(file.content()))


def told(file):
    """The changes in short."""
    return [(str(change.kind), change.key, change.before, change.after) for change in changes(file)]


def words(key):
    return next(words_of(paragraph.spans) for paragraph in BODIES if paragraph.key == key)


@pytest.mark.parametrize("notice", [june_notice(), june_notice(LETTERHEAD), NOTICE, notice_of("甲 \n乙\t丙 ")])
def test_a_document_nobody_touched_has_no_change(notice):
    assert compare(notice, paragraphs_of(WordFile.of(notice).content())) == []


def test_changed_words_and_a_changed_number(file):
    file.change("6月份，区政府网站", lambda text: text.replace("15件", "16件").replace("均按时", "都按时限"))
    [change] = changes(file)
    assert (change.kind, change.key, change.before) == (ChangeKind.CHANGED, "mailbox.1", words("mailbox.1"))
    assert change.pieces == (
        ("same", "6月份，区政府网站后台共收到部门信箱"),
        ("removed", "15"),
        ("added", "16"),
        ("same", "件，涉及区教育局9件，兰山街道6件，各单位"),
        ("removed", "均按时"),
        ("added", "都按时限"),
        ("same", "进行了答复。"),
    )


def test_a_paragraph_put_in_stands_in_its_section(file):
    file.insert_after("6月份，区政府网站", "对来信较多的区教育局，要认真分析原因。")
    assert told(file) == [("added", "mailbox", "", "对来信较多的区教育局，要认真分析原因。")]


@pytest.mark.parametrize(
    ("beginning", "section"),
    [
        ("各镇人民政府", "opening"),
        ("为认真贯彻", "opening"),
        ("一、基本情况", "published"),
        ("（一）主动公开情况", "published"),
        ("三是标准化", "problems"),
        ("三、7月份", "arrangements.1"),
        ("联系人", "closing"),
    ],
)
def test_the_section_of_an_added_paragraph(file, beginning, section):
    file.insert_after(beginning, "请各单位高度重视。")
    assert told(file) == [("added", section, "", "请各单位高度重视。")]


def test_a_deleted_paragraph(file):
    file.delete("7月份，区政府办公室")
    assert told(file) == [("removed", "media.1", words("media.1"), "")]


def test_counting_is_not_taken_for_words(file):
    file.delete("一是部分单位未按时")
    file.change("二是目录", lambda text: "一是" + text.removeprefix("二是").replace("不及时", "较慢"))
    file.change("三是标准化", lambda text: "二是" + text.removeprefix("三是"))
    file.insert_after("二是标准化", "三是个别单位信息更新慢。")
    interviews, catalogue = (words(f"problems.{name}")[2:] for name in ("政务访谈稿", "主动公开基本目录"))
    assert told(file) == [
        ("removed", "problems.政务访谈稿", interviews, ""),
        ("changed", "problems.主动公开基本目录", catalogue, catalogue.replace("不及时", "较慢")),
        ("added", "problems", "", "个别单位信息更新慢。"),
    ]


def test_before_is_what_the_rules_wrote():
    """So that `after` can be kept as it is: counting comes with composing."""
    written = {
        key: words_of(phrase)
        for section in drafted(*district(*PROBLEMS))
        for key, phrase in zip(section.keys, section.paragraphs, strict=True)
    }
    assert {place.key: place.before for place in places_of(NOTICE) if place.taken_over} == written


def test_counting_that_begins_with_a_second_paragraph():
    notice = district_notice(*PROBLEMS[:1])
    file = WordFile.of(notice)
    assert compare(notice, paragraphs_of(file.content())) == []
    file.change("部分单位未按时", lambda text: f"一是{text}")
    file.insert_after("一是部分单位", "二是个别单位信息更新慢。")
    [change] = compare(notice, paragraphs_of(file.content()))
    assert (str(change.kind), change.key, change.after) == ("added", "problems", "个别单位信息更新慢。")


def test_what_somebody_counted_himself_are_words(file):
    file.change("一是及时公开", lambda text: text.replace("一是及时", "首先，及时"))
    before = words("arrangements.1.1")
    assert told(file) == [("changed", "arrangements.1.1", before, before.replace("一是", "首先，"))]


def test_changing_places_is_one_move(file):
    paragraph = file.delete("二是目录")
    file.paragraph("三是标准化").addnext(paragraph)
    found = changes(file)
    assert {(str(change.kind), change.moved) for change in found} == {
        (kind, "problems.标准目录") for kind in ("removed", "added")
    }
    assert all(change.numbers_lost(NOTICE) == change.names_lost(NOTICE) == () for change in found)


def test_tracked_changes_are_changes(file):
    file.write(
        file.paragraph("6月份，区政府未收到"),
        run("6月份，区政府未收到"),
        made("del", run("政府信息公开", deleted=True)),
        made("ins", run("任何")),
        run("申请。"),
    )
    assert told(file) == [("changed", "applications.1", words("applications.1"), "6月份，区政府未收到任何申请。")]


def test_a_paragraph_split_in_two_and_two_in_one(file):
    first = "对本次通报指出的问题，有关单位要立即研究分析，制定整改措施，限期整改到位。"
    rest = words("closing.1").removeprefix(first)
    file.change("对本次通报", lambda text: first)
    file.insert_after(first, rest)
    assert {(kind, key) for kind, key, *_ in told(file)} == {("changed", "closing.1"), ("added", "closing")}
    file = WordFile.of(NOTICE)
    second = file.delete("二是认真撰写")
    file.change("一是及时公开", lambda text: text + file.text(second))
    assert {(kind, key) for kind, key, *_ in told(file)} == {
        ("changed", "arrangements.1.1"),
        ("removed", "arrangements.1.2"),
    }


# --- parts that are not taken over


def fixed(file):
    found = changes(file)
    assert all(change.kind is ChangeKind.FIXED and not change.key for change in found)
    assert all(change.numbers_lost(NOTICE) == change.names_lost(NOTICE) == () for change in found)
    return [(str(change.part), change.before, change.after) for change in found]


@pytest.mark.parametrize(
    ("beginning", "after", "part"),
    [
        ("各镇人民政府", "各镇街：", "addressees"),
        ("（一）主动公开情况", "（一）信息发布", "heading_2"),
        ("二、存在的主要问题", "二、不足", "heading_1"),
        ("2020年7月14日", "2020年8月3日", "date"),
        ("（此件公开发布）", "（不予公开）", "annotation"),
    ],
)
def test_a_fixed_part_put_otherwise(file, beginning, after, part):
    before = file.text(file.paragraph(beginning))
    file.change(beginning, lambda text: after)
    assert fixed(file) == [(part, before, after)]


def test_a_signature_put_otherwise(file):
    signature = [p for p in file.body.iter(tagged("p")) if file.text(p) == NOTICE.signature.text][-1]
    file.write(signature, run("兰山区政务公开领导小组"))
    assert fixed(file) == [("signature", NOTICE.signature.text, "兰山区政务公开领导小组")]


def test_a_fixed_part_left_out_and_put_in(file):
    file.delete("（二）依申请")
    file.insert_after("6月份，区政府网站", "（三）其他情况")
    file.insert_after("（此件公开发布）", "请领导审阅")
    assert fixed(file) == [
        ("heading_2", "（二）依申请公开情况", ""),
        ("heading_2", "", "（三）其他情况"),
        ("body", "", "请领导审阅"),
    ]


def test_numbers_of_headings_and_spaces_of_fixed_parts_are_the_pages(file):
    file.change("（二）依申请", lambda text: "（一）依申请公开情况")
    file.change("一、基本", lambda text: "基本情况")
    file.change("2020年7月14日", lambda text: "2020年 7月 14日")
    assert changes(file) == []


def test_the_titles_lines_are_joined_and_split_as_one_likes(file):
    subject = file.paragraph("关于2020年6月份")
    organ = subject.getprevious()
    file.write(
        organ, made("r", made("t", text="临沂市兰山区"), made("br"), made("t", text="人民政府办公室关于2020年6月份"))
    )
    file.write(subject, run("全区政务公开工作情况的通报"))
    assert changes(file) == []


def test_another_title(file):
    file.change("关于2020年6月份", lambda text: "关于6月份全区政务公开工作的通报")
    file.paragraph("关于6月份").getprevious().addprevious(made("p", run("送审稿")))
    assert fixed(file) == [
        ("body", "", "送审稿"),
        ("title", NOTICE.full_title, "临沂市兰山区人民政府办公室关于6月份全区政务公开工作的通报"),
    ]


@pytest.mark.parametrize("instead", [[], ["政务简报"]])
def test_no_title(instead):
    [change] = compare(NOTICE, [*instead, *TEXTS[2:]])
    assert (change.kind, change.part, change.after) == (ChangeKind.FIXED, ParagraphKind.TITLE, "".join(instead))


def test_a_letterhead_that_lost_its_styles_is_not_text():
    assert compare(NOTICE, [LETTERHEAD.letterhead, "临兰政办字 〔2020〕31号", *TEXTS]) == []


def test_another_document_altogether():
    found = compare(NOTICE, ["红烧肉", "取五花肉切块。"])
    assert [(str(change.kind), change.key, change.after) for change in found if change.after] == [
        ("added", "opening", "红烧肉"),
        ("added", "opening", "取五花肉切块。"),
    ]
    assert {change.key for change in found if change.kind is ChangeKind.REMOVED} == {each.key for each in BODIES}


# --- in general

WORDS = st.text(st.sampled_from("区政府办公室关于信息的、，。0123456789各单位应及时整改"), min_size=1, max_size=12)


@given(st.data())
def test_edits_of_one_paragraph_are_that_paragraphs_change(data):
    paragraph = data.draw(st.sampled_from(BODIES))
    text = paragraph.text
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(2, len(text) - 1))
        end = min(len(text), start + data.draw(st.integers(0, max(1, len(paragraph.text) // 10))))
        text = text[:start] + data.draw(WORDS)[: max(1, len(paragraph.text) // 6)] + text[end:]
    found = compare(NOTICE, [text if each is paragraph else each.text for each in NOTICE.paragraphs()])
    if text == paragraph.text:
        assert found == []
        return
    [change] = found
    assert (change.kind, change.key) == (ChangeKind.CHANGED, paragraph.key)
    prefix = paragraph.text.removesuffix(change.before)
    assert (prefix + change.before, prefix + change.after) == (paragraph.text, text)


@given(st.text("甲乙丙，12", max_size=30), st.text("甲乙丙，12", max_size=30))
def test_a_redline_holds_both_texts(before, after):
    marks = redline(before, after)
    assert "".join(text for op, text in marks if op != "added") == before
    assert "".join(text for op, text in marks if op != "removed") == after
    assert all(text for _, text in marks)


def test_a_redline_reads_scattered_letters_as_one_change():
    assert redline("各单位按时回复了", "各单位及时答复完") == (
        ("same", "各单位"),
        ("removed", "按时回复了"),
        ("added", "及时答复完"),
    )
    assert redline("收到15件、6次", "收到16件、7次") == (
        ("same", "收到"),
        ("removed", "15"),
        ("added", "16"),
        ("same", "件、"),
        ("removed", "6"),
        ("added", "7"),
        ("same", "次"),
    )


def test_changes_are_found_without_keys():
    notice = replace(june_notice(), annotation=None)
    texts = [paragraph.text.replace("15件", "16件") for paragraph in notice.paragraphs()]
    [change] = compare(notice, texts)
    assert change.numbers_lost(notice) == ("原有数字应为15，改为16。",)
