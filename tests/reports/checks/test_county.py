"""Another office's quarterly notice: clean as it stands; with one thing changed, exactly that is found."""

from __future__ import annotations

from datetime import date

import pytest

from lanshan_portal.periods import Period
from reports.checks import CheckContext
from tests.reports.checks.texts import COUNTY, HALF_YEAR, NATIONAL_DAY_2023, found

CONTEXT = CheckContext(calendar=NATIONAL_DAY_2023)
ERROR, WARNING, INFORMATION = "error", "warning", "information"

CHANGES = [
    # --- sums
    ("其中乡镇（街道）公开1020条", "其中乡镇（街道）公开1021条", {("parts_exceed_total", ERROR)}),
    ("重点领域类信息500条", "重点领域类信息400条", {("parts_do_not_add", ERROR)}),
    ("概况类信息200条，", "概况类信息300条，", {("parts_exceed_total", ERROR)}),
    ("网络申请15件", "网络申请16件", {("parts_exceed_total", ERROR)}),
    ("信函申请10件", "信函申请9件", {("total_unexplained", WARNING)}),
    ("已办结25件", "已办结26件", {("parts_exceed_total", ERROR)}),
    ("已办结25件", "已办结24件", {("parts_do_not_add", ERROR)}),
    ("账号86个", "账号96个", {("total_unexplained", WARNING)}),
    ("视频解读3篇", "视频解读30篇", {("parts_exceed_total", ERROR)}),
    ("\t650\t", "\t605\t", {("table_does_not_add", ERROR)}),
    ("1500\t500\t2346", "1500\t500\t2364", {("table_does_not_add", ERROR)}),
    # --- percentages
    ("占43.5%", "占43.4%", {("percentage_wrong", ERROR)}),
    ("占56.5%", "占65.5%", {("percentage_wrong", ERROR), ("percentages_do_not_add", WARNING)}),
    # --- lists and names
    ("不合格2个，分别", "不合格3个，分别", {("list_length", ERROR)}),
    ("等3个单位的", "等2个单位的", {("list_length", ERROR)}),
    ("等3个单位的", "等两个单位的", {("list_length", ERROR)}),
    ("仍有4个单位", "仍有5个单位", {("list_length", ERROR)}),
    ("县审计局、县统计局、东山镇", "县审计局、县审计局、东山镇", {("list_duplicate", ERROR)}),
    ("县公安局、县人社局各15件", "县公安局、县住建局各15件", {("list_duplicate", ERROR)}),
    ("涉及县交通局、", "涉及县住房和城乡建设局、", {("unit_two_names", WARNING)}),
    ("涉及县交通局、南溪镇。", "涉及。", {("list_empty", ERROR)}),
    # --- words
    ("截至10月9日", "截止10月9日", {("cutoff_word", WARNING)}),
    ("已办结130件，按时", "均按时办结，按时", {("all_claim_untrue", ERROR)}),
    # --- dates
    ("截至10月9日", "截至10月19日", {("as_of_after_issue", ERROR)}),
    ("截至10月9日", "截至10月6日", {("as_of_rest_day", INFORMATION)}),
    ("于10月31日前", "于10月10日前", {("deadline_before_issue", ERROR)}),
    ("于11月15日前", "于11月12日前", {("deadline_rest_day", INFORMATION)}),
    ("在10月27日前", "在10月32日前", {("date_impossible", ERROR)}),
    ("情况。第三季度，全县共收到", "情况。第二季度，全县共收到", {("period_differs", INFORMATION)}),
    ("上旬对第三季度", "上旬对第二季度", {("title_period_differs", WARNING)}),
    ("2023年10月16日\n", "2023年6月30日\n", {("issued_before_period_ends", ERROR)}),
    # --- form
    ("三、下一步", "四、下一步", {("numbering", WARNING)}),
    ("二是政策", "三是政策", {("numbering", WARNING)}),
    ("〔2023〕15号", "[2023]15号", {("document_number", WARNING)}),
    ("〔2023〕15号", "〔2023〕第015号", {("document_number", WARNING)}),
    ("2023年10月16日\n", "二〇二三年十月十六日\n", {("date_form", WARNING)}),
    ("于11月15日前", "于11月05日前", {("date_form", WARNING), ("deadline_rest_day", INFORMATION)}),
    ("信息2346条，", "信息2,346条，", {("thousands_separator", WARNING)}),
    ("信息2346条，", "信息2346条,", {("punctuation_half_width", WARNING)}),
    ("缺少针对性。", "缺少针对性，。", {("punctuation_doubled", WARNING)}),
    ("“三审三校”制度", "“三审三校制度", {("brackets_unbalanced", WARNING)}),
    ("共受理群众来信132件", "共受理群众来信 132 件", {("space_beside_digit", INFORMATION)}),
    (
        "工作情况的通报\n",
        "工作情况的通报\n关于2023年第三季度全县政务公开工作情况的通报\n",
        {("title_repeated", WARNING)},
    ),
]


def test_a_clean_notice_has_no_findings():
    assert found(COUNTY.splitlines(), CONTEXT) == []


@pytest.mark.parametrize(("was", "now", "expected"), CHANGES)
def test_one_change_is_found_and_nothing_else(was, now, expected):
    assert COUNTY.count(was) == 1, was
    told = found(COUNTY.replace(was, now).splitlines(), CONTEXT)
    if "issued_before_period_ends" not in str(expected):
        assert set(told) == expected
    else:
        # A wrong issue date drags other dates with it.
        assert expected <= set(told)


def test_months_of_a_quarter_belong_to_it():
    text = COUNTY.replace("情况。第三季度，全县共收到", "情况。9月份，全县共收到")
    assert found(text.splitlines(), CONTEXT) == []


def test_a_working_saturday_is_no_rest_day():
    text = COUNTY.replace("截至10月9日", "截至10月8日")
    assert found(text.splitlines(), CONTEXT) == []


def test_a_half_years_notice_has_only_its_one_separator():
    assert found(HALF_YEAR.splitlines()) == [("thousands_separator", "warning")]


def test_what_is_given_decides_over_what_is_read():
    context = CheckContext(calendar=NATIONAL_DAY_2023, period=Period.quarter(2023, 2), issued_on=date(2023, 10, 16))
    assert ("title_period_differs", "warning") in found(COUNTY.splitlines(), context)
