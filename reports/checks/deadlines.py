"""Days in the text against the calendar: impossible days, deadlines before the issue date, rest days, 截至 a later day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lanshan_portal.periods import chinese_date
from reports.checks.context import CheckContext
from reports.checks.dates import Mention, days
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, Sentence

WEEKDAYS = "一二三四五六日"
AS_OF = re.compile(r"截[至止]到?$")
BEFORE = re.compile(r"(?:下班|[上下]午)?(?:\d{1,2}[点时])?(?:之前|以前|前)(?!期)")
DEMAND = re.compile(r"(?:务必|必须|应当|应(?!对|急|用)|须|请|确保|需(?!求)|要(?!求|点|素|闻|内))")
PLAN = re.compile(r"安排|下一步|下步|要求|打算|建议|计划")
TOLD = re.compile(r"通报(?:中)?(?:要求|指出)|此前|前期|曾")
DENIED = re.compile(r"[未没](?:能|有)?(?:按要求)?[在于]?$|已[在于]$")
MONTHS = re.compile(r"(?<![\d])(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})[日号])?")


def _weekday(mention: Mention) -> str:
    assert mention.day is not None
    return f"星期{WEEKDAYS[mention.day.weekday()]}"


def is_deadline(sentence: Sentence, mention: Mention) -> bool:
    """Whether the words demand something by that day: a demand before it, 前 or 截止日期 beside it, nothing told of the past."""
    before, after = sentence.text[: mention.start], sentence.text[mention.end :]
    if DENIED.search(before) or TOLD.search(sentence.text):
        return False
    by = BEFORE.match(after) is not None
    limit = re.search(r"(?:截止(?:日期|时间)(?:为|是)?|最迟(?:于|在)?|不迟于|不晚于)$", before) is not None
    return limit or (by and (DEMAND.search(before) is not None or PLAN.search(sentence.under) is not None))


def check_impossible(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """2月30日, 13月, 6月31日."""
    for line, where in (*text.lines(), (text.title, "标题"), (text.dated, "成文日期")):
        for mention in days(line, context.issued_on):
            if mention.day is None:
                yield Finding(
                    Code.DATE_IMPOSSIBLE, Level.ERROR, f"“{mention.words}”不是实际存在的日期，请改为正确的日期。", where
                )
        for found in MONTHS.finditer(line):
            if not found[3] and not 1 <= int(found[2]) <= 12:
                yield Finding(
                    Code.DATE_IMPOSSIBLE, Level.ERROR, f"“{found[0]}”不是实际存在的月份，请改为正确的月份。", where
                )


def check_deadlines(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """What is demanded is due after the notice is issued, and best on a working day."""
    issued = context.issued_on
    for sentence in text.sentences:
        for mention in days(sentence.text, issued, ahead=True):
            if mention.day is None or not is_deadline(sentence, mention):
                continue
            if issued and mention.day < issued:
                yield Finding(
                    Code.DEADLINE_BEFORE_ISSUE,
                    Level.ERROR,
                    f"要求完成的期限“{mention.words}”早于印发日期{chinese_date(issued)}，请改为印发之后的日期。",
                    sentence.where,
                )
            elif not context.calendar.is_workday(mention.day):
                yield Finding(
                    Code.DEADLINE_REST_DAY,
                    Level.INFORMATION,
                    f"要求完成的期限“{mention.words}”是{_weekday(mention)}，不是工作日，请确认是否改为工作日。",
                    sentence.where,
                )


def check_as_of(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """截至 a day: not after the issue date; a rest day is told."""
    for sentence in text.sentences:
        for mention in days(sentence.text, context.issued_on):
            if mention.day is None or not AS_OF.search(sentence.text[: mention.start]):
                continue
            if context.issued_on and mention.day > context.issued_on:
                yield Finding(
                    Code.AS_OF_AFTER_ISSUE,
                    Level.ERROR,
                    f"统计截至“{mention.words}”，晚于印发日期{chinese_date(context.issued_on)}，请核对两个日期。",
                    sentence.where,
                )
            elif not context.calendar.is_workday(mention.day):
                yield Finding(
                    Code.AS_OF_REST_DAY,
                    Level.INFORMATION,
                    f"统计截至“{mention.words}”，当天是{_weekday(mention)}，不是工作日，请确认日期无误。",
                    sentence.where,
                )
