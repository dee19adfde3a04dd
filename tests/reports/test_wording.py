from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports import wording
from reports.figures.figure import RowQuery
from reports.notice import Naming, Span
from reports.wording import breakdown, chinese_number, counts_by_name, counts_by_unit, sentence, tidy, unit_list
from tests.reports.figure_builders import figure, shares, unit_shares, units


def said(phrase):
    return "".join(span.text for span in phrase)


def test_letters_of_june_2020_merge_units_of_equal_count():
    letters = unit_shares(
        ("区人社局", 2),
        ("区住建局", 2),
        ("区政府办公室", 2),
        ("区教育局", 5),
        ("兰山街道", 1),
        ("柳青街道", 1),
        ("区农业农村局", 1),
        ("区司法局", 1),
    )
    assert said(counts_by_unit(letters, "件")) == (
        "区教育局5件，区人社局、区住建局、区政府办公室各2件，兰山街道、柳青街道、区农业农村局、区司法局各1件"
    )


def test_single_unit_of_a_count_takes_no_各():
    assert said(counts_by_unit(unit_shares(("区教育局", 5), ("区司法局", 1)), "件")) == "区教育局5件，区司法局1件"


def test_platforms_keep_a_number_each():
    platforms = shares(微信订阅号=5, 微信服务号=2, 微博=1, 抖音=1)
    assert said(counts_by_name(platforms, "次")) == "微信订阅号5次、微信服务号2次、微博1次、抖音1次"
    assert said(counts_by_name(platforms, "次", merge_ties=True)) == "微信订阅号5次，微信服务号2次，微博、抖音各1次"


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12), st.booleans())
def test_every_number_said_of_units_is_bound_and_they_add_up(values, merged):
    told = unit_shares(*((f"单位{number}", value) for number, value in enumerate(values)))
    phrase = counts_by_unit(told, "件", merge_ties=merged)
    bound = [span.figure for span in phrase if span.figure]
    assert sum(each.value * each.each for each in bound) == sum(values)
    assert [span.text for span in phrase if span.figure] == [str(each.value) for each in bound]
    assert all(f"单位{number}" in said(phrase) for number in range(len(values)))
    assert said(phrase).count("各") == (len([v for v in set(values) if values.count(v) > 1]) if merged else 0)


def test_tied_units_share_one_figure_that_names_them_all():
    phrase = counts_by_unit(unit_shares(("甲", 2), ("乙", 2)), "件")
    [tied] = [span.figure for span in phrase if span.figure]
    assert (tied.value, tied.each, tied.name) == (2, 2, "by_unit.each_2")
    assert tied.query.filters == (("unit", "code-甲,code-乙"),)


def test_breakdown_names_what_the_parts_do_not_explain():
    parts = shares(网站申请=1, 协助调查函=2)
    assert said(breakdown(parts, "件")) == "网站申请1件，协助调查函2件"
    assert (
        said(breakdown(parts, "件", rest=figure(1), rest_name="其他渠道")) == "网站申请1件，协助调查函2件，其他渠道1件"
    )
    assert said(breakdown(parts, "件", rest=figure(0))) == "网站申请1件，协助调查函2件"


def test_parts_of_zero_are_not_told():
    assert said(breakdown(shares(甲=0, 乙=3), "条")) == "乙3条"


def test_等_is_said_only_with_units_behind_it():
    three = units("甲", "乙", "丙")
    rows = RowQuery("duties", (("requirement", "T-1"),))
    assert said(unit_list(three, rows)) == "甲、乙、丙"
    assert said(unit_list(three, rows, at_most=3)) == "甲、乙、丙"
    assert said(unit_list(three, rows, at_most=2)) == "甲、乙等3个单位"
    second = unit_list(three, rows)[2]
    assert second.naming == Naming(2, rows.narrowed(unit="code-乙"), blamed=True)


def test_a_name_stays_bound_however_phrases_are_joined():
    shares = unit_shares(("甲", 2), ("乙", 2), ("丙", 1))
    phrase = sentence("涉及", counts_by_unit(shares, "件"), "，", "均已答复。")
    assert [(span.text, span.naming.unit_id, span.naming.blamed) for span in phrase if span.naming] == [
        ("甲", 1, False),
        ("乙", 2, False),
        ("丙", 3, False),
    ]


def test_numbers_have_no_thousands_separators():
    assert said(wording.counted(figure(1234567), "条")) == "1234567条"


def test_days_name_their_year_only_when_it_is_another():
    told_on = date(2021, 1, 12)
    assert wording.day(date(2021, 1, 6), told_on=told_on) == "1月6日"
    assert wording.day(date(2020, 12, 31), told_on=told_on) == "2020年12月31日"


@pytest.mark.parametrize(
    ("number", "name"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九")]
)
def test_ordinals(number, name):
    assert chinese_number(number) == name


@pytest.mark.parametrize("number", [0, 100, -1])
def test_ordinals_beyond_a_notice_are_refused(number):
    with pytest.raises(ValueError, match="序号应在1至99之间"):
        chinese_number(number)


spans = st.lists(st.builds(Span, st.sampled_from(["", "共", "条，"]), st.sampled_from([None, figure(3)])))


@given(spans)
def test_tidying_keeps_words_and_figures(loose):
    tidied = tidy(loose)
    assert said(tidied) == said(loose)
    assert [s.figure for s in tidied if s.figure] == [s.figure for s in loose if s.figure and s.text]
    assert all(a.figure or b.figure for a, b in pairwise(tidied))


def test_sentence_takes_words_and_phrases():
    assert sentence("共", wording.counted(figure(4), "件"), "。")[0] == Span("共")
