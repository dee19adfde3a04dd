"""Slips of language that offices make and readers notice: 截止 for 截至, a parallel clause without its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reports.checks.context import CheckContext
from reports.checks.counts import segments
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText

# 截止 is a verb without an object (报名已截止); before a point in time 截至 is meant.
CUTOFF = re.compile(
    r"截止(到|至)?((?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]|底|末|份)?|\d{4}年(?!度)|目前|现在|今[天日年]?|当前|本[月周]|上月底|昨[天日])"
)
CUTOFF_STOP = re.compile(r"截至((?:\d{4}年)?\d{1,2}月\d{1,2}日)止")

VERBS = (
    "发布",
    "公开",
    "收到",
    "受理",
    "办理",
    "办结",
    "组织",
    "开展",
    "报送",
    "上传",
    "答复",
    "回复",
    "完成",
    "推送",
    "制作",
)
NAMES_WITH_VERBS = re.compile(r"主动公开|依申请公开|政务公开|信息公开|信息发布|公开目录|新闻发布会?")
ADVERBS = re.compile(r"^(?:共|另|还|并|累计|同时|此外)+")
STATES = re.compile(r"(?:为|有|是|达|占|计|共)$")


def check_cutoff(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """截止7月4日 and 截止目前: 截至."""
    for line, where in text.lines():
        for found in CUTOFF.finditer(line):
            point = found[2]
            yield Finding(
                Code.CUTOFF_WORD,
                Level.WARNING,
                f"“{found[0]}”应为“截至{point}”：“截止”表示到期停止，后面不接时间；“截至”表示统计到某一时间。",
                where,
            )
        for found in CUTOFF_STOP.finditer(line):
            yield Finding(
                Code.CUTOFF_WORD,
                Level.WARNING,
                f"“{found[0]}”应为“截至{found[1]}”，“截至”与“止”不重复使用。",
                where,
            )


def _verb(head: str) -> str:
    """The verb of a clause's words before its first number, if it has one; names such as 主动公开 hold none."""
    words = ADVERBS.sub("", NAMES_WITH_VERBS.sub("", head))
    return next((verb for verb in VERBS if verb in words), "")


def check_verbs(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """发布甲类962条，…；乙类588条，…: a clause of a series lacks the verb its sisters have."""
    for sentence in text.sentences:
        clauses = sentence.clauses
        if len(clauses) < 2:
            continue
        series = ""
        for number, clause in enumerate(clauses):
            counted = next((segment for segment in segments(clause) if segment.counts), None)
            if counted is None or counted.marker:
                continue
            first = counted.counts[0]
            head, verb = counted.text[: first.start], _verb(counted.text[: first.start])
            if number == 0 and clause != counted.text and not ADVERBS.sub("", head).startswith(VERBS):
                # The first clause has a subject of its own; it sets no pattern.
                continue
            begins = verb and ADVERBS.sub("", head).startswith(verb)
            if begins:
                series = verb
            elif series and not verb and head and not STATES.search(head) and first.start == len(head):
                yield Finding(
                    Code.VERB_MISSING,
                    Level.WARNING,
                    f"“{head}{first.value}{first.measure[0]}”缺少动词，与前面“{series}……”不一致，"
                    f"建议写作“{series}{head}{first.value}{first.measure[0]}”。",
                    sentence.where,
                )
