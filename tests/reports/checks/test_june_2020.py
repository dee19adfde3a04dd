"""The June 2020 notice as it was issued: every flaw found, nothing else, and nothing left once they are corrected."""

from __future__ import annotations

import pytest

from reports.checks import CheckContext, check_text
from tests.reports.checks.texts import FACTS, JUNE_LINES, district, found

WITH_DISTRICT = CheckContext(directory=district())

FLAWS = {
    "applications: 1+2=3, stated 4: one has no stated source": [("total_unexplained", "warning")],
    "one unit under two names: 区市场监督管理局 (一、（五）) and 区市场监管局 (二、一是)": [
        ("unit_two_names", "warning")
    ],
    "截止 used for 截至 with a date (二、一是) and 截止目前 (三、（四）)": [("cutoff_word", "warning")] * 2,
    "mailbox: 各部门均…答复, but two of the answering units are 街道, not 部门": [
        ("departments_include_streets", "warning")
    ],
    "the third clause of 一、（一） has no verb: 政务主动公开类信息588条": [("verb_missing", "warning")],
    "the new-media round was in July, outside the notice's month; the text says so, the figure must carry its own period": [
        ("period_differs", "information")
    ],
    "as-of date 2020-07-04 is a Saturday (information, not an error)": [("as_of_rest_day", "information")],
}

MESSAGES = {
    "依申请公开共4件，“其中”1件＋2件＝3件，有1件未说明来源，请补充来源或写明“其他1件”。": "一、（二）第1句",
    "“区市场监督管理局”（一、（五）第1句）与“区市场监管局”（二、一是第2句）是同一单位，全文应使用同一名称，"
    "建议统一写作“区市场监管局”。": "二、一是第2句",
    "“截止7月4日”应为“截至7月4日”：“截止”表示到期停止，后面不接时间；“截至”表示统计到某一时间。": "二、一是第2句",
    "“截止目前”应为“截至目前”：“截止”表示到期停止，后面不接时间；“截至”表示统计到某一时间。": "三、（四）第3句",
    "“各部门均”所指单位中有兰山街道、柳青街道，不是部门，建议改为“各单位均”。": "一、（三）第1句",
    "“政务主动公开类信息588条”缺少动词，与前面“发布……”不一致，建议写作“发布政务主动公开类信息588条”。": "一、（一）第1句",
    "统计截至“7月4日”，当天是星期六，不是工作日，请确认日期无误。": "二、一是第2句",
    "本句说的是“7月份”，通报所属期是2020年6月；如确为该期间的数字，应保留期间说明，不计入本期合计。": "一、（四）第1句",
}

CORRECTIONS = (
    ("区市场监督管理局", "区市场监管局"),
    ("截止7月4日", "截至7月4日"),
    ("截止目前", "截至目前"),
    ("各部门均按时", "各单位均按时"),
    ("；政务主动公开类信息588条", "；发布政务主动公开类信息588条"),
    ("协助调函2件，", "协助调函2件，收到信函申请1件，"),
)


def test_every_flaw_is_found_and_nothing_else():
    assert list(FLAWS) == FACTS["flaws_a_checker_must_find"]
    assert sorted(found(JUNE_LINES, WITH_DISTRICT)) == sorted(told for flaws in FLAWS.values() for told in flaws)


def test_each_flaw_is_told_with_its_place_and_what_would_be_right():
    told = {finding.message: finding.where for finding in check_text(JUNE_LINES, WITH_DISTRICT)}
    assert told == MESSAGES


def test_without_a_directory_the_same_is_found():
    assert sorted(found(JUNE_LINES)) == sorted(found(JUNE_LINES, WITH_DISTRICT))


def test_the_corrected_text_has_nothing_worse_than_information():
    text = "\n".join(JUNE_LINES)
    for wrong, right in CORRECTIONS:
        assert wrong in text
        text = text.replace(wrong, right)
    assert found(text.splitlines(), WITH_DISTRICT) == [
        ("as_of_rest_day", "information"),
        ("period_differs", "information"),
    ]


@pytest.mark.parametrize("correction", CORRECTIONS, ids=lambda pair: pair[0])
def test_each_correction_alone_removes_its_finding_alone(correction):
    text = "\n".join(JUNE_LINES)
    before = found(JUNE_LINES, WITH_DISTRICT)
    after = found(text.replace(*correction).splitlines(), WITH_DISTRICT)
    assert len(after) == len(before) - 1
    assert set(after) <= set(before)


@pytest.mark.parametrize("width", [17, 28, 41])
def test_lines_broken_by_the_page_are_rejoined(width):
    """As pasted from a page: running text cut into lines of one width, headings and title alone on theirs."""
    broken = []
    for line in JUNE_LINES:
        if line.endswith("。"):
            broken += [line[begin : begin + width] for begin in range(0, len(line), width)]
        else:
            broken.append(line)
    assert found(broken, WITH_DISTRICT) == found(JUNE_LINES, WITH_DISTRICT)


def test_spaces_beside_digits_and_page_numbers_change_nothing_but_are_told():
    spaced = [line.replace("月", " 月 ").replace("件", " 件") for line in JUNE_LINES]
    spaced.insert(12, "— 2 —")
    assert sorted(found(spaced, WITH_DISTRICT)) == sorted(
        [*found(JUNE_LINES, WITH_DISTRICT), ("space_beside_digit", "information")]
    )
