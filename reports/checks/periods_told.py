"""The periods a text speaks of against the notice's own: title, opening, sections, plan, single dates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lanshan_portal.periods import Period, PeriodKind
from reports.checks.context import CheckContext
from reports.checks.dates import PERIOD, days, period_in
from reports.checks.deadlines import AS_OF, BEFORE
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, Sentence

LEAD = re.compile(rf"(?:{PERIOD.pattern})[，,]")
CHECKED = re.compile(rf"对({PERIOD.pattern}).{{0,24}}(?:检查|通报|情况|监测|调度)")
PLAN = re.compile(rf"^({PERIOD.pattern}).{{0,6}}(?:工作安排|重点工作|工作计划|工作打算|工作要求)")
PLANS = re.compile(r"安排|下一步|下步|打算|计划")
CUMULATIVE = re.compile(r"累计|今年以来|年初以来|上期|上月|上年|去年|同期")


def check_title(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """The title's period is the notice's, and the opening speaks of the same."""
    period = context.period
    if period is None:
        return
    titled = period_in(text.title, context.issued_on)
    if titled and titled != period:
        yield Finding(
            Code.TITLE_PERIOD_DIFFERS,
            Level.WARNING,
            f"标题写的是{titled.label}，通报所属期是{period.label}，请改为一致。",
            "标题",
        )
    for sentence in text.opening:
        for found in CHECKED.finditer(sentence.text):
            told = period_in(found[1], context.issued_on)
            if told and told != period:
                yield Finding(
                    Code.TITLE_PERIOD_DIFFERS,
                    Level.WARNING,
                    f"引言写的是“{found[1]}”，标题是{period.label}，请改为一致。",
                    sentence.where,
                )


def check_sections(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """A sentence that begins with another period than the notice's: right where it says so, but worth a look."""
    period = context.period
    if period is None:
        return
    for sentence in text.sentences:
        found = LEAD.match(sentence.text)
        if not found or PLANS.search(sentence.under) or CUMULATIVE.search(sentence.text[: found.end() + 12]):
            continue
        words = found[0].rstrip("，,")
        told = period_in(words, context.issued_on)
        if told is None or _covers(period, told):
            continue
        if context.issued_on and told.start > context.issued_on:
            yield Finding(
                Code.PERIOD_DIFFERS,
                Level.ERROR,
                f"“{words}”在印发时尚未开始，不会有统计数字，请核对期间。",
                sentence.where,
            )
            continue
        yield Finding(
            Code.PERIOD_DIFFERS,
            Level.INFORMATION,
            f"本句说的是“{words}”，通报所属期是{period.label}；如确为该期间的数字，应保留期间说明，不计入本期合计。",
            sentence.where,
        )


def _covers(period: Period, told: Period) -> bool:
    """Whether the period told of is the notice's, or (in a notice of several months) one of its months."""
    return period.start <= told.start and told.end <= period.end


def check_plan(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """三、7月份工作安排: the period after the notice's, or the month of issue or the one after it."""
    period = context.period
    if period is None:
        return
    allowed = {period.next()}
    if context.issued_on:
        issue_month = Period.month_of(context.issued_on)
        allowed |= {issue_month, issue_month.next()}
    for heading in text.headings:
        found = PLAN.match(heading.title)
        told = period_in(found[1], context.issued_on) if found else None
        if found and told and told not in allowed and not any(_covers(told, other) for other in allowed):
            yield Finding(
                Code.PLAN_PERIOD,
                Level.WARNING,
                f"标题“{heading.mark}{heading.title}”写的是“{found[1]}”，本期之后应为{period.next().label}，请核对。",
                f"标题“{heading.mark}{heading.title}”",
            )


def check_dates(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """A single day in the account of the period that lies outside it; 截至 and deadlines are not meant."""
    period = context.period
    if period is None or context.issued_on is None:
        return
    for sentence in text.sentences:
        if sentence.part is None or PLANS.search(sentence.under) or not _is_account(sentence):
            continue
        for mention in days(sentence.text, context.issued_on):
            before, after = sentence.text[: mention.start], sentence.text[mention.end :]
            if mention.day is None or mention.day in period or AS_OF.search(before) or BEFORE.match(after):
                continue
            if re.search(r"(?:自|从|[—\-－~～至])$", before) or re.match(r"[—\-－~～至起]", after):
                continue
            yield Finding(
                Code.DATE_OUTSIDE_PERIOD,
                Level.INFORMATION,
                f"“{mention.words}”不在通报所属期{period.label}之内，请核对日期。",
                sentence.where,
            )


def _is_account(sentence: Sentence) -> bool:
    """Whether the sentence tells figures of the period: it stands under the first part or begins with a period."""
    return bool(sentence.part and sentence.part.number == 1)


def check_issue(text: NoticeText, context: CheckContext) -> Iterator[Finding]:
    """A notice is issued when its period is over."""
    period, issued = context.period, context.issued_on
    if (
        period is None
        or issued is None
        or issued >= period.end
        or (period.kind is PeriodKind.WINDOW and issued == period.last)
    ):
        return
    started = issued >= period.start
    yield Finding(
        Code.ISSUED_BEFORE_PERIOD_ENDS,
        Level.INFORMATION if started else Level.ERROR,
        f"印发日期{issued.year}年{issued.month}月{issued.day}日在所属期{period.label}结束之前，"
        + ("期内数字尚不完整。" if started else "请核对标题和成文日期。"),
        "成文日期",
    )
