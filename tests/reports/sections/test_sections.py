"""What each section says: its usual form, its zero form, and the forms in which not all is well."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanshan_portal.periods import Period
from reports.composition import paragraphs_of
from reports.sections import applications, arrangements, closing, follow_ups, mailbox, media, opening, problems
from reports.sections import published as published_section
from reports.texts import ArrangementText
from tests.reports import figure_builders as build
from tests.reports.figure_builders import DEPARTMENTS, TOWNS, district_texts, nothing

DYNAMIC, ACTIVE = "动态类信息", "政务主动公开类信息"


def said(section, figures, **texts):
    """The paragraphs of a section, one a line."""
    drafts = section.draft(figures, district_texts(**texts))
    return "\n".join(paragraph.text for draft in drafts for paragraph in paragraphs_of(draft))


class TestPublished:
    def said(self, table):
        return said(published_section, replace(nothing(), published=build.published(table)))

    def test_june_2020(self):
        table = {DYNAMIC: {TOWNS: 521, DEPARTMENTS: 441}, ACTIVE: {TOWNS: 125, DEPARTMENTS: 463}}
        assert self.said(table) == (
            "6月份，全区通过区政府门户网站共发布信息1550条，其中镇街道、商城、经开区646条，政府各部门904条；"
            "发布动态类信息962条，其中镇街道、商城、经开区521条，政府各部门441条；"
            "发布政务主动公开类信息588条，其中镇街道、商城、经开区125条，政府各部门463条。"
        )

    def test_nothing(self):
        assert self.said({DYNAMIC: {TOWNS: 0, DEPARTMENTS: 0}}) == "6月份，全区未通过区政府门户网站发布信息。"

    def test_empty_category_and_single_publishing_group(self):
        table = {DYNAMIC: {TOWNS: 0, DEPARTMENTS: 7}, ACTIVE: {TOWNS: 0, DEPARTMENTS: 0}}
        assert self.said(table) == (
            "6月份，全区通过区政府门户网站共发布信息7条，均为政府各部门发布；"
            "发布动态类信息7条，均为政府各部门发布；未发布政务主动公开类信息。"
        )

    def test_groups_that_published_nothing_are_named_beside_those_that_did(self):
        assert self.said({DYNAMIC: {"乡镇": 2, "县级部门": 3, "国有企业": 0}}) == (
            "6月份，全区通过区政府门户网站共发布信息5条，其中乡镇2条，县级部门3条，国有企业未发布；"
            "发布动态类信息5条，其中乡镇2条，县级部门3条，国有企业未发布。"
        )

    def test_a_single_item_is_not_told_with_均(self):
        assert "共发布信息1条，为政府各部门发布；" in self.said({DYNAMIC: {TOWNS: 0, DEPARTMENTS: 1}})

    def test_office_with_one_group_has_no_breakdown(self):
        assert self.said({DYNAMIC: {DEPARTMENTS: 7}}) == (
            "6月份，全区通过区政府门户网站共发布信息7条；发布动态类信息7条。"
        )

    @given(st.lists(st.lists(st.integers(0, 50), min_size=2, max_size=2), min_size=1, max_size=4))
    def test_no_empty_list_and_no_zero_is_told(self, cells):
        table = {f"类{n}": dict(zip(("甲组", "乙组"), row, strict=True)) for n, row in enumerate(cells)}
        words = self.said(table)
        assert "其中，" not in words
        assert "其中。" not in words
        assert not re.search(r"(?<!\d)0条", words)


class TestApplications:
    def said(self, *args, **kwargs):
        return said(applications, replace(nothing(), applications=build.applications(*args, **kwargs)))

    def test_june_2020_with_its_letter(self):
        channels = {"区政府网站收到政府信息公开申请": 1, "收到信函申请": 1, "收到省市政府依申请协助调函": 2}
        assert self.said(channels) == (
            "6月份，区政府共收到政府信息公开申请4件，其中区政府网站收到政府信息公开申请1件，收到信函申请1件，"
            "收到省市政府依申请协助调函2件，相关单位均按时进行了规范答复。"
        )

    def test_none(self):
        assert self.said({}) == "6月份，区政府未收到政府信息公开申请。"

    def test_the_only_channel_is_told_too(self):
        assert (
            self.said({"收到信函申请": 3})
            == "6月份，区政府共收到政府信息公开申请3件，其中收到信函申请3件，相关单位均按时进行了规范答复。"
        )

    def test_what_no_named_channel_explains_is_told(self):
        assert self.said({"收到信函申请": 3}, unnamed=1) == (
            "6月份，区政府共收到政府信息公开申请4件，其中收到信函申请3件，收到其他渠道申请1件，相关单位均按时进行了规范答复。"
        )

    def test_late_ones_are_named(self):
        assert self.said({"收到信函申请": 4}, on_time=1, late=(("区教育局", 2),), still_open=1) == (
            "6月份，区政府共收到政府信息公开申请4件，其中收到信函申请4件；"
            "其中区教育局2件未按时答复，1件尚在办理期限内，其余1件已按时进行了规范答复。"
        )

    @pytest.mark.parametrize(
        ("states", "words"),
        [
            ({"on_time": 1}, "已按时进行了规范答复。"),
            ({"still_open": 1}, "尚在办理期限内。"),
            ({"late": (("区教育局", 1),)}, "区教育局未按时答复。"),
        ],
    )
    def test_of_a_single_case_nothing_is_said_with_均(self, states, words):
        assert self.said({"收到信函申请": 1}, **states) == (
            "6月份，区政府共收到政府信息公开申请1件，其中收到信函申请1件，" + words
        )

    def test_second_其中_stands_apart_from_the_first(self):
        assert self.said({"收到信函申请": 3, "收到当面申请": 1}, on_time=3, late=(("区教育局", 1),)) == (
            "6月份，区政府共收到政府信息公开申请4件，其中收到信函申请3件，收到当面申请1件；"
            "其中区教育局1件未按时答复，其余均按时进行了规范答复。"
        )


class TestMailbox:
    def said(self, *args, merge=True, **kwargs):
        figures = replace(nothing(), mailbox=build.mailbox(*args, **kwargs))
        return said(mailbox, figures, merge_mailbox_ties=merge)

    def test_all_in_time(self):
        assert self.said(("区教育局", 5), ("区人社局", 2), ("区住建局", 2)) == (
            "6月份，区政府网站后台共收到部门信箱9件，涉及区教育局5件，区人社局、区住建局各2件，各单位均按时进行了答复。"
        )

    def test_ties_apart_when_the_office_wants_it(self):
        assert "区教育局5件、区人社局2件、区住建局2件，" in self.said(
            ("区教育局", 5), ("区人社局", 2), ("区住建局", 2), merge=False
        )

    def test_none(self):
        assert self.said() == "6月份，区政府网站后台未收到部门信箱来信。"

    def test_one_unit(self):
        assert (
            self.said(("区教育局", 5))
            == "6月份，区政府网站后台共收到部门信箱5件，均涉及区教育局，各单位均按时进行了答复。"
        )

    @pytest.mark.parametrize(
        ("states", "words"),
        [
            ({"late": (("区教育局", 5),)}, "均未按时答复。"),
            ({"still_open": 5}, "均在办理期限内。"),
            ({"on_time": 4, "late": (("区教育局", 1),)}, "其中区教育局1件未按时答复，其余均按时进行了答复。"),
            ({"on_time": 4, "still_open": 1}, "其中1件尚在办理期限内，其余均按时进行了答复。"),
            ({"late": (("区教育局", 3),), "still_open": 2}, "其中区教育局3件未按时答复，2件尚在办理期限内。"),
        ],
    )
    def test_not_all_in_time(self, states, words):
        assert self.said(("区教育局", 5), **states).endswith("均涉及区教育局，" + words)


class TestMedia:
    def said(self, **kwargs):
        return said(media, replace(nothing(), media=build.media(**kwargs)))

    STALE = {"微信订阅号": 5, "微信服务号": 2, "微博": 1, "抖音": 1}

    def test_june_2020_counts_the_july_round(self):
        assert self.said(stale=self.STALE) == (
            "7月份，区政府办公室共组织了全区范围内的政务新媒体检查1次，全区政务新媒体共出现9次超期更新情况，"
            "其中微信订阅号5次、微信服务号2次、微博1次、抖音1次，涉及单位均在规定时间内整改完成。"
        )

    def test_no_round(self):
        assert self.said(rounds=0) == "7月份，区政府办公室未组织政务新媒体检查。"

    def test_nothing_found(self):
        assert self.said().endswith("政务新媒体检查1次，未发现超期更新等问题。")

    @pytest.mark.parametrize(
        ("found", "words"),
        [
            ({"stale": {"微博": 2}}, "共出现2次超期更新情况，均为微博，涉及单位均在规定时间内整改完成。"),
            ({"others": {"错别字": 2}}, "检查1次，未发现超期更新情况，发现错别字2次，涉及单位均在规定时间内整改完成。"),
            (
                {"stale": {"微博": 1}, "others": {"错别字": 2, "无法访问": 1}},
                "出现1次超期更新情况，为微博，另发现错别字2次、无法访问1次，涉及单位均在规定时间内整改完成。",
            ),
            (
                {"stale": {"微博": 2}, "late": (("区教育局", 2),)},
                "均为微博，均未在规定时间内整改完成，涉及区教育局2次。",
            ),
            (
                {"stale": {"微博": 3}, "late": (("区教育局", 1),), "pending": 1},
                "其中区教育局1次未在规定时间内整改完成，1次尚在整改期限内，其余均在规定时间内整改完成。",
            ),
            ({"stale": {"微博": 2}, "pending": 2}, "均为微博，均在整改期限内。"),
            ({"stale": {"微博": 1}}, "出现1次超期更新情况，为微博，涉及单位已在规定时间内整改完成。"),
            ({"stale": {"微博": 1}, "late": (("区教育局", 1),)}, "为微博，区教育局未在规定时间内整改完成。"),
            ({"stale": {"微博": 1}, "pending": 1}, "为微博，尚在整改期限内。"),
            (
                {"stale": {"微博": 2, "抖音": 1}, "late": (("区教育局", 1),)},
                "其中微博2次、抖音1次；其中区教育局1次未在规定时间内整改完成，其余均在规定时间内整改完成。",
            ),
        ],
    )
    def test_findings(self, found, words):
        assert self.said(**found).endswith(words)


class TestFollowUps:
    def said(self, *duties):
        return said(follow_ups, replace(nothing(), follow_ups=duties))

    MAY = Period.month(2020, 5)

    def test_june_2020(self):
        missing = ("区市场监管局", "区农机发展中心", "区民政局", "区信访局", "李官镇", "兰山经开区")
        assert self.said(build.duty("各单位主动公开基本目录", missing=missing, source=self.MAY)) == (
            "5月份通报中要求上传各单位主动公开基本目录，截至7月6日，仍有6个单位未上传："
            "区市场监管局、区农机发展中心、区民政局、区信访局、李官镇、兰山经开区。"
        )

    def test_all_done(self):
        assert self.said(build.duty("主动公开基本目录", source=self.MAY)) == (
            "5月份通报中要求上传主动公开基本目录，截至7月6日，各单位均已上传。"
        )

    def test_where_not_all_were_asked_not_all_are_said_to_have_done_it(self):
        assert self.said(build.duty("情况表", source=self.MAY, everybody=False)).endswith("，有关单位均已上传。")

    def test_what_is_not_due_or_was_asked_of_nobody_is_not_told(self):
        awaited = replace(build.duty("情况表", source=self.MAY), done=build.figure(0))
        nobody = replace(awaited, asked=build.figure(0))
        assert self.said(awaited, nobody) == ""

    def test_requirement_that_no_notice_set(self):
        assert self.said(build.duty("情况表", missing=("区民政局",))) == (
            "前期要求上传情况表，截至7月6日，仍有1个单位未上传：区民政局。"
        )

    def test_nothing_was_asked(self):
        assert follow_ups.draft(nothing(), district_texts()) == ()


class TestProblems:
    def said(self, *duties):
        return said(problems, replace(nothing(), problems=duties))

    PLAN = build.duty(
        "本单位推进基层政务公开标准化规范化工作实施方案",
        missing=("区扶贫办", "兰山街道"),
        as_of=date(2020, 7, 4),
        title="对基层政务公开标准化规范化工作重视不足",
        account="部分单位未认真研究并落实《实施方案》（临兰政办字〔2020〕23号）",
    )
    INTERVIEWS = build.duty(
        "政务访谈稿",
        late=("兰山街道",),
        missing=("枣园镇",),
        action="报送",
        term=Period.month(2020, 6),
        title="个别单位政务访谈内容报送不及时",
        account="部分单位对政务访谈工作重视不足，存在政务访谈内容报送不及时的问题。",
    )

    def test_two_problems_are_numbered(self):
        assert self.said(self.PLAN, self.INTERVIEWS) == (
            "一是对基层政务公开标准化规范化工作重视不足。部分单位未认真研究并落实《实施方案》（临兰政办字〔2020〕23号），"
            "截至7月4日，仍有2个单位未按时上传本单位推进基层政务公开标准化规范化工作实施方案：区扶贫办、兰山街道。\n"
            "二是个别单位政务访谈内容报送不及时。部分单位对政务访谈工作重视不足，存在政务访谈内容报送不及时的问题。"
            "6月份未按时报送政务访谈稿的单位有：兰山街道、枣园镇。"
        )

    def test_one_problem_is_not_numbered(self):
        assert self.said(self.INTERVIEWS).startswith("个别单位政务访谈内容报送不及时。")

    def test_monthly_problem_of_a_quarter_is_told_once_with_its_months(self):
        may = replace(self.INTERVIEWS, term=Period.month(2020, 5))
        assert self.said(may, self.INTERVIEWS) == (
            "个别单位政务访谈内容报送不及时。部分单位对政务访谈工作重视不足，存在政务访谈内容报送不及时的问题。"
            "5月份未按时报送政务访谈稿的单位有：兰山街道、枣园镇。6月份未按时报送政务访谈稿的单位有：兰山街道、枣园镇。"
        )

    @pytest.mark.parametrize(
        "trouble",
        [
            {"mailbox": build.mailbox(("区教育局", 1), late=(("区教育局", 1),))},
            {"applications": build.applications({"收到信函申请": 1}, late=(("区教育局", 1),))},
            {"media": build.media(stale={"微博": 1}, late=(("区教育局", 1),))},
            {"follow_ups": (build.duty("情况表", missing=("区民政局",)),)},
        ],
    )
    def test_that_nothing_was_found_is_not_said_below_a_unit_that_was(self, trouble):
        assert problems.draft(replace(nothing(), **trouble), district_texts()) == ()

    def test_what_every_unit_did_in_time_is_no_problem(self):
        assert self.said(build.duty("实施方案")) == "本次检查未发现需要通报的问题。"

    def test_all_handed_in_some_of_them_late(self):
        assert self.said(build.duty("实施方案", late=("区民政局",))) == (
            "部分单位未按时上传实施方案。有1个单位逾期上传实施方案：区民政局。"
        )


class TestWrittenSections:
    def test_standard_opening_takes_the_offices_words(self):
        assert said(opening, nothing()) == (
            "为认真贯彻落实国家、省、市政务公开工作要点精神，进一步推进全区政务公开工作，区政府办公室近期对6月份全区"
            "政务公开工作情况进行了全面检查，现将检查情况通报如下："
        )
        assert said(opening, nothing(), opening="引言。") == "引言。"

    def test_arrangements_stand_under_the_coming_period(self):
        items = (ArrangementText("及时公开总结", "第一段。\n第二段。"), ArrangementText("加强解读", "正文。"))
        drafts = arrangements.draft(nothing(), district_texts(arrangements=items))
        assert [(draft.part, draft.title, len(draft.paragraphs)) for draft in drafts] == [
            ("7月份工作安排", "及时公开总结", 2),
            ("7月份工作安排", "加强解读", 1),
        ]

    @pytest.mark.parametrize(
        ("code", "title"),
        [
            ("2020-12", "1月份工作安排"),
            ("2020-Q2", "第三季度工作安排"),
            ("2020-H1", "下半年工作安排"),
            ("2020-05-24..2020-08-29", "下一步工作安排"),
        ],
    )
    def test_coming_period_is_called_by_its_kind(self, code, title):
        assert arrangements.part_title(Period.parse(code)) == title

    def test_standard_closing_asks_for_rectification_only_where_a_unit_is_named(self):
        calm = "区政府办公室将持续对全区各单位政务公开工作实行通报和问题反馈限期整改制度。"
        assert said(closing, nothing()) == calm
        named = replace(nothing(), problems=(TestProblems.INTERVIEWS,))
        assert said(closing, named, contact="协同办公账号：政务公开科") == (
            "对本次通报指出的问题，有关单位要立即研究分析，制定整改措施，限期整改到位。"
            + calm
            + "\n协同办公账号：政务公开科"
        )
