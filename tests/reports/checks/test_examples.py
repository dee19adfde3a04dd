"""Good and bad examples of every check over a text: what it must find, and what it must leave alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reports.checks import (
    CheckContext,
    claims,
    cross_tables,
    deadlines,
    lists,
    numbering,
    percentages,
    periods_told,
    punctuation,
    rates,
    slips,
    sums,
    unit_names,
)
from tests.reports.checks.texts import JUNE_CONTEXT, codes, district, entry, messages
from units.directory import Directory

ERROR, WARNING, INFORMATION = "error", "warning", "information"

BAD = [
    # --- totals
    (sums.check, "共收到申请4件，其中网站1件，信函2件。", "total_unexplained", WARNING),
    (sums.check, "共收到申请4件，其中网站1件。", "total_unexplained", INFORMATION),
    (sums.check, "共收到申请4件，其中网站3件，信函2件。", "parts_exceed_total", ERROR),
    (sums.check, "共收到信件15件，涉及区教育局5件，区人社局、区住建局各2件，区司法局1件。", "parts_do_not_add", ERROR),
    (sums.check, "共收到信件3件，涉及区人社局、区住建局各1件，各单位均按时答复。", "parts_do_not_add", ERROR),
    (sums.check, "共收到信件12件，涉及区教育局5件，区人社局、区住建局和区民政局各2件，区司法局、区审计局各1件。", "parts_exceed_total", ERROR),
    (sums.check, "共出现9次超期更新，其中微信5次、微博2次、抖音1次。", "total_unexplained", WARNING),
    (sums.check, "受理申请10件（其中网上6件，信函3件），均按时答复。", "total_unexplained", WARNING),
    (sums.check, "受理申请10件（网上6件、信函3件）。", "parts_do_not_add", ERROR),
    (sums.check, "收到申请10件：网上6件，信函3件。", "parts_do_not_add", ERROR),
    (sums.check, "收到申请10件。其中，网上6件，信函3件。", "total_unexplained", WARNING),
    (sums.check, "镇街发布600条，部门发布900条，合计1550条。", "parts_do_not_add", ERROR),
    (sums.check, "共收到申请4件，其中5件未按时答复，其余均按时答复。", "parts_exceed_total", ERROR),
    (sums.check, "全县抽查账号50个，合格45个，不合格6个。", "parts_exceed_total", ERROR),
    (sums.check, "全县抽查账号50个，合格45个，不合格4个。", "parts_do_not_add", ERROR),
    (sums.check, "共发布600条。从数量看，区教育局、区财政局分别为120条、90条，合计230条。", "parts_do_not_add", ERROR),
    (sums.check, "区教育局、区财政局发布量居前，分别为120条、90条，合计220条。", "parts_do_not_add", ERROR),
    (sums.check, "发现错别字31个，分布在4个县区和3个市直部门，其中甲区12个、乙县8个、丙区12个。", "parts_exceed_total", ERROR),
    (cross_tables.check, "共发布信息15条，其中镇6条，部门9条；发布甲类8条，其中镇3条，部门5条；发布乙类6条，其中镇3条，部门3条。", "table_does_not_add", ERROR),
    (cross_tables.check, "共发布信息15条，其中镇6条，部门9条；发布甲类9条，其中镇4条，部门5条；发布乙类6条，其中镇3条，部门3条。", "table_does_not_add", ERROR),
    (cross_tables.check, "共发布信息15条；发布甲类9条；发布乙类5条。", "table_does_not_add", ERROR),
    (percentages.check, "发布信息1550条，其中镇街646条，占41.7%，部门904条，占58.4%。", "percentage_wrong", ERROR),
    (percentages.check, "公开信息512条。动态类300条，占58.6%；政策类120条，占23.5%；其他92条，占18.0%。", "percentage_wrong", ERROR),
    (rates.check, "全县共收到信件20件，办结18件，办结率95%。", "percentage_wrong", ERROR),
    (rates.check, "收到信件20件。抽查账号320个，合格312个，合格率为95.7%。", "percentage_wrong", ERROR),
    (rates.check, "收到信件20件，办结18件，办结率100%。", "percentage_wrong", ERROR),
    # --- lists
    (lists.check_lengths, "仍有3个单位未上传：区民政局、李官镇。", "list_length", ERROR),
    (lists.check_lengths, "区民政局、李官镇、区信访局等2个单位未上传。", "list_length", ERROR),
    (lists.check_lengths, "有3个单位（区民政局、李官镇）未上传。", "list_length", ERROR),
    (lists.check_lengths, "有三个单位未上传，分别是区民政局、李官镇。", "list_length", ERROR),
    (lists.check_lengths, "仍有4个单位未上传：甲局“甲局发布”、乙局“乙局发布”、丙局“丙局在线”。", "list_length", ERROR),
    (lists.check_lengths, "发现不合格账号4个：甲局“甲局发布”、乙局“乙局发布”、丙局“丙局在线”。", "list_length", ERROR),
    (lists.check_duplicates, "未上传的单位有：区民政局、李官镇、区民政局。", "list_duplicate", ERROR),
    (lists.check_duplicates, "共收到信件6件，涉及区民政局3件，李官镇2件，区民政局1件。", "list_duplicate", ERROR),
    (lists.check_empty, "共收到信件6件，涉及，均按时答复。", "list_empty", ERROR),
    (lists.check_empty, "未上传的单位有：。", "list_empty", ERROR),
    # --- claims
    (claims.check_all, "共收到申请4件，均按时答复，其中1件未按时答复。", "all_claim_untrue", ERROR),
    (claims.check_all, "各单位均已上传，李官镇尚未上传。", "all_claim_untrue", ERROR),
    (claims.check_all, "均按时办结，按时办结率98%。", "all_claim_untrue", ERROR),
    (claims.check_all, "区民政局逾期答复1件，相关单位均按时进行了规范答复。", "all_claim_untrue", ERROR),
    (claims.check_departments, "涉及兰山街道1件，区民政局1件，各部门均按时答复。", "departments_include_streets", WARNING),
    (claims.check_departments, "涉及李官镇2件，区民政局1件，有关部门均已答复。", "departments_include_streets", WARNING),
    # --- slips
    (slips.check_cutoff, "截止7月4日，仍有单位未上传。", "cutoff_word", WARNING),
    (slips.check_cutoff, "截止到2020年6月底，共发布10条。", "cutoff_word", WARNING),
    (slips.check_cutoff, "截止目前，尚未上传。", "cutoff_word", WARNING),
    (slips.check_cutoff, "截至7月4日止，尚未上传。", "cutoff_word", WARNING),
    (slips.check_verbs, "共发布信息3条；发布甲类1条；乙类2条。", "verb_missing", WARNING),
    (slips.check_verbs, "共公开信息3条；公开文件1条；政务主动公开类信息2条。", "verb_missing", WARNING),
    # --- dates
    (deadlines.check_impossible, "于2月30日检查。", "date_impossible", ERROR),
    (deadlines.check_impossible, "于2021年2月29日检查。", "date_impossible", ERROR),
    (deadlines.check_impossible, "13月份，共发布信息1条。", "date_impossible", ERROR),
    (deadlines.check_deadlines, "各单位要在7月10日前完成整改。", "deadline_before_issue", ERROR),
    (deadlines.check_deadlines, "务必于7月25日前报送。", "deadline_rest_day", INFORMATION),
    (deadlines.check_deadlines, "报送截止日期为7月10日。", "deadline_before_issue", ERROR),
    (deadlines.check_as_of, "截至7月20日，仍有单位未上传。", "as_of_after_issue", ERROR),
    (deadlines.check_as_of, "截至7月4日，仍有单位未上传。", "as_of_rest_day", INFORMATION),
    (periods_told.check_sections, "7月份，组织检查1次。", "period_differs", INFORMATION),
    (periods_told.check_sections, "2019年6月份，共发布信息1条。", "period_differs", INFORMATION),
    (periods_told.check_dates, "6月份，共组织检查1次，其中5月20日检查发现问题。", "date_outside_period", INFORMATION),
    # --- form
    (numbering.check_run_in, "一是甲不足。三是乙不足。", "numbering", WARNING),
    (numbering.check_run_in, "二是甲不足。", "numbering", WARNING),
    (punctuation.check_document_numbers, "按照临兰政办字【2020】23号执行。", "document_number", WARNING),
    (punctuation.check_document_numbers, "按照临兰政办字（2020）23号执行。", "document_number", WARNING),
    (punctuation.check_document_numbers, "按照临兰政办字〔2020〕023号执行。", "document_number", WARNING),
    (punctuation.check_half_width, "各单位,要完成整改。", "punctuation_half_width", WARNING),
    (punctuation.check_half_width, "各单位(含街道)要完成整改。", "punctuation_half_width", WARNING),
    (punctuation.check_doubled, "各单位，，要完成整改。", "punctuation_doubled", WARNING),
    (punctuation.check_brackets, "按照《实施方案执行。", "brackets_unbalanced", WARNING),
    (punctuation.check_numbers, "于2020年07月04日检查。", "date_form", WARNING),
    (punctuation.check_numbers, "共发布1,550条。", "thousands_separator", WARNING),
    (punctuation.check_spaces, "共发布 1550 条。", "space_beside_digit", INFORMATION),
    (unit_names.check_two_names, "未上传的单位有：区市场监督管理局、李官镇。未报送的单位有：区市场监管局、李官镇。", "unit_two_names", WARNING),
    (unit_names.check_two_names, "未上传的单位有：兰山街道办事处、李官镇。未报送的单位有：兰山街道、李官镇。", "unit_two_names", WARNING),
]  # fmt: skip


@pytest.mark.parametrize(("check", "sentence", "code", "level"), BAD)
def test_bad_examples_are_found(check, sentence, code, level):
    assert set(codes(check, sentence)) == {(code, level)}


GOOD = [
    (sums.check, "共收到申请4件，其中网站1件，信函3件。"),
    (sums.check, "共收到申请4件，其中网站1件，信函2件，其他渠道1件。"),
    (sums.check, "共收到申请4件，其中1件未按时答复，其余均按时答复。"),
    (sums.check, "共收到申请4件，其中网站1件、信函2件等。"),
    (sums.check, "共收到信件15件，涉及5个单位，其中区教育局15件。"),
    (sums.check, "共发布信息3000余条，其中镇街1000条，部门1500条。"),
    (sums.check, "共发布信息15条，较上月增加3条，其中镇6条，部门9条。"),
    (sums.check, "共发布信息15条，其中镇6条，其中李官镇4条，部门9条。"),
    (sums.check, "共发布信息15条，其中镇6条，部门9条；其中甲类8条，乙类7条。"),
    (sums.check, "检查发现问题12个，涉及8个单位。"),
    (sums.check, "至少报送3篇，其中政策解读1篇。"),
    (
        sums.check,
        "共发布1286条，其中文件86条，动态1045条，公告155条。从发布数量看，甲局、乙局、丙局分别为126条、98条、87条，合计311条。",
    ),
    (
        sums.check,
        "按类型分，文件86条，动态1045条，公告155条。从发布数量看，甲局、乙局、丙局等3个单位居前三位，分别为126条、98条、87条，合计311条。",
    ),
    (sums.check, "全县抽查账号50个，合格45个，不合格5个。"),
    (sums.check, "全县现有账号86个，抽查50个，合格45个，不合格5个。"),
    (sums.check, "共发布1286条，甲局、乙局居前，分别为126条、98条，合计224条。"),
    (sums.check, "共发布1286条，甲局、乙局发布量居前两位，分别为126条、98条。"),
    (sums.check, "共发布信息512条。其中街道、部门分别为186条、326条，合计512条。"),
    (sums.check, "发现错别字31个，分布在4个县区和3个市直部门，其中甲区12个、乙县8个、丙区6个，市教育局5个。"),
    (sums.check, "发现错别字31个，分布在4个园区和3个科室，其中甲区12个、乙县8个、丙区6个，市教育局5个。"),
    (sums.check, "镇街发布646条，部门发布904条，合计1550条。"),
    (
        cross_tables.check,
        "共发布信息15条，其中镇6条，部门9条；发布甲类8条，均为部门发布；发布乙类7条，其中镇6条，部门1条。",
    ),
    (cross_tables.check, "共发布信息15条，其中镇6条，部门9条；发布政策解读3条；开展检查2次。"),
    (percentages.check, "发布信息1550条，其中镇街646条，占41.7%，部门904条，占58.3%。"),
    (percentages.check, "发布信息3条，其中甲1条，占33.3%，乙1条，占33.3%，丙1条，占33.3%。"),
    (percentages.check, "发布信息1550条，同比增长12.5%，其中政策解读30条。"),
    (
        percentages.check,
        "公开信息512条，其中街道186条，部门326条。动态类300条，占58.6%；政策类120条，占23.4%；其他92条，占18.0%。",
    ),
    (percentages.check, "公开信息512条。动态类300条，占58.6%；政策类120条，占23.4%。"),
    (percentages.check, "公开信息512条。本月重点领域300条，其中政策类120条，占23.4%。"),
    (percentages.check, "公开信息512条，其中动态类300条，占58.6%，其中街道100条，占33.3%。"),
    (percentages.check, "动态类300条，占58.6%；政策类120条，占23.4%。"),
    (rates.check, "收到留言24条，办结23条，办结率95.8%，剩余1条尚在办理期限内。"),
    (rates.check, "收到留言24条，办结23条，办结率100%，剩余1条尚在办理期限内。"),
    (rates.check, "收到信件20件，按时办结15件，办结18件，按时办结率75%。"),
    (rates.check, "收到信件20件，应办结18件，已办结18件，办结率100%。"),
    (rates.check, "抽查账号28个，不合格3个，合格率89.3%。"),
    (rates.check, "收到信件20件，累计办结18件，办结率95%。"),
    (rates.check, "抽查账号28个，平均合格率89.3%。"),
    (rates.check, "全县106个单位中，102个单位完成整改，整改率96.2%。"),
    (rates.check, "收到信件200件。全年办结18件，办结率95%。"),
    (rates.check, "第三季度受理来信132件，已办结130件，按时办结率98.5%。"),
    (lists.check_lengths, "仍有2个单位未上传：区民政局、李官镇。"),
    (lists.check_lengths, "区民政局、李官镇等5个单位未上传。"),
    (lists.check_lengths, "仍有1个单位未上传：区住房和城乡建设局。"),
    (lists.check_lengths, "仍有2个单位未上传：区住房和城乡建设局和李官镇。"),
    (lists.check_lengths, "发现不合格账号3个：甲局“甲局发布”、甲局“甲局在线”、丙局“丙局在线”微博。"),
    (lists.check_lengths, "仍有2个单位未上传：甲局“甲局发布”、甲局“甲局在线”、丙局“丙局在线”。"),
    (lists.check_duplicates, "发现不合格账号2个：甲局“甲局发布”、甲局“甲局在线”。"),
    (lists.check_lengths, "有3个单位存在以下问题：一是更新不及时，二是答复不规范。"),
    (lists.check_duplicates, "共收到信件6件，涉及区民政局4件，李官镇2件，其中区民政局1件未按时答复。"),
    (lists.check_empty, "涉及单位均在规定时间内整改完成，其中，李官镇较早。"),
    (claims.check_all, "其中区民政局1件未按时答复，其余均按时进行了规范答复。"),
    (claims.check_all, "共出现9次超期更新情况，涉及单位均在规定时间内整改完成。"),
    (claims.check_all, "未按时答复0件，均按时答复。"),
    (claims.check_all, "各单位要确保均按时答复，不得逾期答复。"),
    (claims.check_departments, "涉及兰山街道1件，区民政局1件，各单位均按时答复。"),
    (claims.check_departments, "涉及区教育局1件，区民政局1件，各部门均按时答复。"),
    (slips.check_cutoff, "报名于7月4日截止，截止日期为7月4日，截至目前尚未上传。"),
    (slips.check_verbs, "共发布信息3条；发布甲类1条；乙类信息为2条。"),
    (slips.check_verbs, "共发布信息3条；发布甲类1条；部门发布乙类2条。"),
    (slips.check_verbs, "收到申请3件；组织检查1次，发现问题2个。"),
    (deadlines.check_impossible, "于2020年2月29日检查，H5作品12件。"),
    (deadlines.check_deadlines, "各单位要在7月24日前完成整改。"),
    (deadlines.check_deadlines, "5月份通报要求各单位在6月20日前上传，李官镇未上传。"),
    (deadlines.check_deadlines, "有3个单位未在7月10日前报送。"),
    (deadlines.check_deadlines, "各单位要在12月31日前完成。"),
    (deadlines.check_as_of, "截至7月6日，仍有单位未上传。"),
    (periods_told.check_sections, "6月份，组织检查1次。"),
    (periods_told.check_sections, "2020年6月，组织检查1次。"),
    (periods_told.check_sections, "5月份通报中要求上传目录。"),
    (periods_told.check_dates, "6月12日组织检查1次，截至7月6日，仍有单位未上传。"),
    (numbering.check_run_in, "一是甲不足。二是乙不足。三是丙不足。"),
    (numbering.check_run_in, "一是甲不足，二是乙不足；唯一是丙。"),
    (punctuation.check_document_numbers, "按照临兰政办字〔2020〕23号执行。"),
    (punctuation.check_half_width, "见https://example.com/a?b=1一栏，H5等1.5倍，12:30前。"),
    (punctuation.check_doubled, "“公开。”，《办法》、《方案》。"),
    (punctuation.check_numbers, "于2020年7月4日检查，共发布1550条，第10次。"),
    (unit_names.check_two_names, "未上传的单位有：区市场监管局、李官镇。未报送的单位有：区市场监管局、兰山街道。"),
]


@pytest.mark.parametrize(("check", "sentence"), GOOD)
def test_good_examples_are_left_alone(check, sentence):
    assert codes(check, sentence) == []


SENTENCES = [
    (sums.check, "共收到申请4件，其中网站3件，信函2件。", "依申请公开共4件，所列3件＋2件＝5件，比总数多1件，请核对总数和各分项。"),
    (lists.check_lengths, "仍有3个单位未上传：区民政局、李官镇。", "文中称3个单位，名单列出2个：区民政局、李官镇；请核对数目和名单。"),
    (lists.check_lengths, "不合格账号3个：甲局“甲局发布”、乙局“乙局在线”。", "文中称3个账号，名单列出2个：甲局“甲局发布”、乙局“乙局在线”；请核对数目和名单。"),
    (deadlines.check_deadlines, "要在7月10日前完成。", "要求完成的期限“7月10日”早于印发日期2020年7月14日，请改为印发之后的日期。"),
    (deadlines.check_impossible, "于2月30日检查。", "“2月30日”不是实际存在的日期，请改为正确的日期。"),
    (numbering.check_run_in, "一是甲不足。三是乙不足。", "序号“三是”之前应先有“二是”，请检查序号是否缺漏。"),
    (punctuation.check_numbers, "于2020年07月04日检查。", "日期“2020年07月04日”的月、日不编虚位，应为“2020年7月4日”。"),
    (lists.check_duplicates, "未上传的单位有：李官镇、李官镇。", "同一名单中李官镇出现2次，请删去重复的，并核对单位数。"),
    (
        claims.check_all,
        "均按时答复，1件未按时答复。",
        "本句既说“均按时答复”，又说“1件未按时答复”，前后矛盾；有未按时的，应改为“其余均按时答复”并列明未按时的单位。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("check", "sentence", "message"), SENTENCES)
def test_the_sentence_a_reader_sees(check, sentence, message):
    assert messages(check, sentence, heading="依申请公开情况") == [message]


def test_a_document_number_may_be_wrong_in_both_its_parts():
    assert messages(punctuation.check_document_numbers, "按照兴政办发[2024]08号执行。") == [
        "发文字号的年份“[2024]”应用六角括号，写作“〔2024〕”。",
        "发文顺序号“08号”不加“第”字、不编虚位，应为“8号”。",
    ]


def test_paragraphs_numbered_in_arabic():
    assert codes(numbering.check_arabic, "1.甲不足。", "3.乙不足。") == [("numbering", WARNING)]
    assert codes(numbering.check_arabic, "1.甲不足。", "2.乙不足。") == []
    assert codes(numbering.check_arabic, "附件：1.检查结果一览表", "2.问题清单") == []


# --- With a directory


def in_district(*extra) -> CheckContext:
    return replace(JUNE_CONTEXT, directory=Directory([*district(), *extra]))


def test_an_unknown_unit_is_told_with_the_nearest_names():
    told = messages(unit_names.check_known, "未上传的单位有：区民政局、区农机中心。", context=in_district())
    assert told == ["单位台账中没有“区农机中心”，是否为：区农机发展中心。"]


def test_a_dissolved_unit_is_told_with_its_successor():
    gone = entry(90, "马厂湖镇", dissolved_on=date(2019, 3, 1), successor_id=1)
    context = in_district(gone)
    sentence = "未上传的单位有：区民政局、马厂湖镇。"
    assert codes(unit_names.check_known, sentence, context=context) == [("unit_dissolved", WARNING)]
    assert messages(unit_names.check_known, sentence, context=context) == [
        "“马厂湖镇”已于2019年3月1日停用，并入区教育局。"
    ]


def test_a_unit_dissolved_within_the_period_may_be_named():
    gone = entry(90, "马厂湖镇", dissolved_on=date(2020, 6, 20))
    assert codes(unit_names.check_known, "未上传的单位有：区民政局、马厂湖镇。", context=in_district(gone)) == []


def test_a_former_name_is_told_with_the_present_one():
    spans = (
        entry(91, "区环保局", valid_to=date(2019, 1, 1)),
        entry(91, "区生态环境局", valid_from=date(2019, 1, 1)),
    )
    sentence = "未上传的单位有：区民政局、区环保局。"
    assert codes(unit_names.check_known, sentence, context=in_district(*spans)) == [("unit_name_outdated", WARNING)]


def test_aliases_of_one_unit_in_lists_and_in_running_text():
    sentences = "未上传的单位有：区民政局、兰山经开区。兰山经济开发区要尽快整改。"
    assert codes(unit_names.check_two_names, sentences, context=in_district()) == [("unit_two_names", WARNING)]


def test_group_names_and_addressees_are_no_units():
    sentence = "发布信息15条，其中镇街道、商城、经开区6条，政府各部门9条。未上传的单位有：兰山经开区、李官镇。"
    assert codes(unit_names.check_two_names, sentence, context=in_district()) == []
    assert codes(unit_names.check_known, sentence, context=in_district()) == []


def test_kinds_of_the_directory_decide_who_is_a_department():
    hall = entry(92, "区政务服务大厅委", full="区政务服务大厅管委会")
    context = in_district(replace(hall, kind="管委会"))
    sentence = "涉及区政务服务大厅委1件，区民政局1件，各部门均按时答复。"
    assert codes(claims.check_departments, sentence, context=context) == [("departments_include_streets", WARNING)]
    assert codes(claims.check_departments, sentence) == []
