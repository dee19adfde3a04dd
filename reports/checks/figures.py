"""The figures of a notice against each other, and against the words that state them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from lanshan_portal.periods import Period
from reports.checks.counts import MEASURES
from reports.checks.finding import Code, Finding, Level
from reports.figures.answers import AnswerFigures
from reports.figures.duties import DutyFigures
from reports.figures.figure import Figure
from reports.figures.notice_figures import NoticeFigures
from reports.figures.shares import Share, UnitShare
from reports.notice import Notice, Paragraph, Section

COUNTED_SECTIONS = ("published", "applications", "mailbox", "media")
"""Sections whose every number is a figure; the others hold words that people wrote."""
UNBOUND = re.compile(rf"(?<![\d年第.A-Za-z])\d+(?=[{MEASURES}])(?!个(?:工作日|月))")
ALL_ON_TIME = re.compile(r"(?<!其余)均(?:按时|在规定时间内)")


def check(notice: Notice, figures: NoticeFigures, told: Iterable[Finding]) -> Iterator[Finding]:
    """Every check over the figures; `told` are the findings of the text, so that nothing is said twice."""
    yield from sums(figures)
    yield from claims(notice, figures)
    yield from spoken(notice, figures)
    yield from periods(notice, tuple(told))
    yield from open_cases(figures)
    yield from nothing_published(figures)


# --- Parts and totals


def _adds(total: Figure, parts: Iterable[Figure], what: str) -> Iterator[Finding]:
    parts = list(parts)
    reached = sum(part.value for part in parts)
    if reached != total.value:
        yield Finding(
            Code.FIGURES_DO_NOT_ADD,
            Level.ERROR,
            f"{total.meaning}为{total.value}，{what}之和为{reached}，相差{abs(total.value - reached)}，请核对数据。",
            total.meaning,
        )


def _of(shares: Iterable[Share | UnitShare]) -> list[Figure]:
    return [share.figure for share in shares]


def sums(figures: NoticeFigures) -> Iterator[Finding]:
    """Both margins of category by group, units, channels, platforms, states of answers, lists of names."""
    published = figures.published
    yield from _adds(published.total, _of(published.by_group), "各组")
    yield from _adds(published.total, [category.total.figure for category in published.by_category], "各类")
    yield from _adds(published.total, _of(published.by_unit), "各单位")
    for category in published.by_category:
        yield from _adds(category.total.figure, _of(category.by_group), "各组")
    for group in published.by_group:
        cells = [
            share.figure
            for category in published.by_category
            for share in category.by_group
            if share.wording == group.wording
        ]
        yield from _adds(group.figure, cells, "各类")
    applications = figures.applications
    yield from _adds(applications.total, [*_of(applications.by_channel), applications.unnamed], "各渠道")
    yield from _answers(applications.total, applications.answers)
    yield from _adds(figures.mailbox.total, _of(figures.mailbox.by_unit), "各单位")
    yield from _answers(figures.mailbox.total, figures.mailbox.answers)
    media = figures.media
    yield from _adds(media.stale, _of(media.stale_by_platform), "各平台")
    yield from _adds(media.found, [media.stale, *_of(media.other_problems)], "各类问题")
    yield from _adds(media.unrectified, _of(media.unrectified_by_unit), "各单位")
    for duty in (*figures.follow_ups, *figures.problems):
        yield from _duty(duty)


def _answers(total: Figure, answers: AnswerFigures) -> Iterator[Finding]:
    yield from _adds(total, [answers.on_time, answers.late, answers.open], "按时、未按时和在办")
    yield from _adds(answers.late, _of(answers.late_by_unit), "各单位")


def _duty(duty: DutyFigures) -> Iterator[Finding]:
    yield from _adds(duty.behind_count, [duty.missing_count, duty.late_count], "未完成和逾期完成")
    for figure, names in ((duty.missing_count, duty.missing), (duty.late_count, duty.late)):
        if figure.value != len({unit.unit_id for unit in names}) or len(names) != figure.value:
            yield Finding(
                Code.LIST_LENGTH,
                Level.ERROR,
                f"{figure.meaning}为{figure.value}，名单列出{len(names)}个：{'、'.join(unit.name for unit in names)}；"
                "请核对数据。",
                figure.meaning,
            )
    if duty.done.value + duty.behind_count.value > duty.asked.value:
        yield Finding(
            Code.FIGURES_DO_NOT_ADD,
            Level.ERROR,
            f"{duty.asked.meaning}为{duty.asked.value}，按时完成{duty.done.value}个、未按时完成{duty.behind_count.value}个，"
            "相加超过应报单位数，请核对数据。",
            duty.asked.meaning,
        )


# --- Words and figures


def _paragraphs(section: Section) -> Iterator[Paragraph]:
    if section.heading:
        yield section.heading
    yield from section.paragraphs


def claims(notice: Notice, figures: NoticeFigures) -> Iterator[Finding]:
    """均按时 and 均在规定时间内 stand only where the figures say so."""
    truths = {
        "applications": figures.applications.answers.all_on_time,
        "mailbox": figures.mailbox.answers.all_on_time,
        "media": figures.media.all_rectified,
    }
    for section in notice.sections:
        for paragraph in section.paragraphs:
            claim = ALL_ON_TIME.search(paragraph.text)
            if claim and not truths.get(section.key, True):
                yield Finding(
                    Code.ALL_CLAIM_UNTRUE,
                    Level.ERROR,
                    f"“{section.title}”中称“{claim[0]}”，但数据中有未按时或尚未办结的，请改为“其余均……”并列明未按时的单位。",
                    section.title,
                )


def all_figures(value: object) -> Iterator[Figure]:
    """Every figure within a value: a figure, a tuple of shares, a dataclass of them."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from all_figures(item)
    elif is_dataclass(value) and not isinstance(value, type | Period):
        for attribute in fields(value):
            yield from all_figures(getattr(value, attribute.name))


def spoken(notice: Notice, figures: NoticeFigures) -> Iterator[Finding]:
    """Each number the notice states is a figure, shows that figure's value, and the figure is one that was counted."""
    counted = {figure.name: figure.value for figure in all_figures(figures)}
    for section in notice.sections:
        for paragraph in _paragraphs(section):
            where = section.title or paragraph.text[:12]
            plain = "".join("#" if span.figure else span.text for span in paragraph.spans)
            if section.key in COUNTED_SECTIONS and (unbound := UNBOUND.search(plain)):
                yield Finding(
                    Code.NUMBER_WITHOUT_FIGURE,
                    Level.WARNING,
                    f"数字“{plain[unbound.start() : unbound.end() + 1]}”没有对应的统计数据，请核对。",
                    where,
                )
            for span in paragraph.spans:
                if span.figure is None:
                    continue
                right = span.figure.value if span.figure.each > 1 else counted.get(span.figure.name)
                if span.text != str(right):
                    yield Finding(
                        Code.NUMBER_NOT_FIGURE,
                        Level.ERROR,
                        f"{span.figure.meaning}写作{span.text}，统计数据为{'空' if right is None else right}，请改正。",
                        where,
                    )


def periods(notice: Notice, told: tuple[Finding, ...]) -> Iterator[Finding]:
    """A section's figures that count other days than the notice's period, where the text has not said so already."""
    if any(finding.code == Code.PERIOD_DIFFERS for finding in told):
        return
    for section in notice.sections:
        for paragraph in section.paragraphs:
            outside = next((figure for figure in paragraph.figures if _is_outside(figure, notice.period)), None)
            if outside:
                yield Finding(
                    Code.PERIOD_DIFFERS,
                    Level.INFORMATION,
                    f"“{section.title}”的数字统计的是{outside.period.label}，不在通报所属期{notice.period.label}之内，"
                    "正文应写明期间。",
                    section.title,
                )
                break


def _is_outside(figure: Figure, period: Period) -> bool:
    # Duties are counted up to a day the text states (截至7月6日), whatever month that is in.
    apart = figure.period.start >= period.end or figure.period.end <= period.start
    return apart and not figure.name.startswith("duties.")


def open_cases(figures: NoticeFigures) -> Iterator[Finding]:
    """Cases still open within their limits: the notice will be out of date when they close."""
    for title, answers in (("依申请公开", figures.applications.answers), ("部门信箱", figures.mailbox.answers)):
        if answers.open:
            yield Finding(
                Code.CASES_OPEN,
                Level.INFORMATION,
                f"{title}有{answers.open.value}件尚在办理期限内，办结后数字会变化，印发前请再核对一次。",
                answers.open.meaning,
            )


def nothing_published(figures: NoticeFigures) -> Iterator[Finding]:
    """No item at all in the period: far likelier that its list was not taken in than that nobody published."""
    if figures.published.total.value == 0:
        yield Finding(
            Code.NOTHING_PUBLISHED,
            Level.INFORMATION,
            "本期网站信息为0条，请确认本期数据是否已导入。",
            figures.published.total.meaning,
        )
