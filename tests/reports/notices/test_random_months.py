"""Months that never were: five formats that agree, nothing announced and left empty, no 均 that is untrue, no slip unseen."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from reports.checks import CheckContext, Level, check_notice, check_text
from reports.composition import compose
from reports.figures.answers import AnswerFigures
from reports.figures.figure import Figure
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice, Span
from reports.renderers import RENDERERS
from reports.renderers.json import render_json
from reports.renderers.words import words_of
from tests.reports import figure_builders as build
from tests.reports.checks.texts import district
from tests.reports.random_figures import months

MONTHS, DRAWN, SPOILT = 200, 10, 14
"""Examples: of what is quick, of what takes a sheet of paper, of every kind of slip."""
DISTRICT = district()
EMPTY = re.compile(r"：。|涉及[，。；]|[：、，；][。；]|其中[，。；]|，，|、、")
"""What a list that is announced and empty leaves behind."""
FOLIO = re.compile(r"—\d+—")
BOUND = re.compile(r"\[\d+\]")
quick = settings(max_examples=MONTHS, deadline=None, suppress_health_check=list(HealthCheck))
on_paper = settings(max_examples=DRAWN, deadline=None, suppress_health_check=list(HealthCheck))
spoiling = settings(max_examples=SPOILT, deadline=None, suppress_health_check=list(HealthCheck))


def composed(figures: NoticeFigures, **texts) -> Notice:
    return compose(figures, build.district_texts(**texts))


def context(figures: NoticeFigures) -> CheckContext:
    return CheckContext(directory=DISTRICT, period=figures.period, issued_on=figures.issued_on)


def text_of(notice: Notice) -> str:
    return words_of("text", RENDERERS["text"](notice).content)


def numbers(words: str) -> list[str]:
    return re.findall(r"\d+", words)


# --- what is written


def json_words(notice: Notice) -> str:
    """The words that the JSON file tells, put together in reading order."""
    told = json.loads(render_json(notice).content)
    parts = [told["title"], told["addressees"]]
    for section in told["sections"]:
        parts += [section["title"], *(paragraph["text"] for paragraph in section["paragraphs"])]
    return re.sub(r"\s", "", "".join([*parts, told["signature"], told["date"]]))


def claims_hold(notice: Notice, figures: NoticeFigures) -> list[str]:
    """The 均 of the notice that its figures do not bear out."""
    words = {section.key: "".join(p.text for p in section.paragraphs) for section in notice.sections}
    wrong = []
    for key, total, answers in (
        ("applications", figures.applications.total, figures.applications.answers),
        ("mailbox", figures.mailbox.total, figures.mailbox.answers),
    ):
        wrong += [f"{key}：{claim}" for claim in _answers(words[key], total.value, answers)]
    mailbox, media = figures.mailbox, figures.media
    if "均涉及" in words["mailbox"] and not (len(mailbox.by_unit) == 1 and mailbox.total.value > 1):
        wrong.append("mailbox：均涉及")
    if "均为" in words["media"] and not (len(media.stale_by_platform) == 1 and media.stale.value > 1):
        wrong.append("media：均为")
    finished = media.found.value - media.unrectified.value - media.pending.value
    whole = re.search(r"(?<!其余)均(在规定时间内|未在规定|在整改期限)", words["media"])
    parts = {"在规定时间内": finished, "未在规定": media.unrectified.value, "在整改期限": media.pending.value}
    if whole and parts[whole[1]] != media.found.value:
        wrong.append(f"media：{whole[0]}")
    if "其余均" in words["media"] and not 0 < finished < media.found.value:
        wrong.append("media：其余均")
    return wrong


def _answers(words: str, total: int, answers: AnswerFigures) -> list[str]:
    on_time, late, still_open = (each.value for each in (answers.on_time, answers.late, answers.open))
    said = re.search(r"(?<!其余)均(按时|未按时|在办理期限)", words)
    held = {"按时": on_time, "未按时": late, "在办理期限": still_open}
    wrong = [said[0]] if said and (held[said[1]] != total or total < 2) else []
    if "其余均" in words and not 1 < on_time < total:
        wrong.append("其余均")
    return wrong


@quick
@given(months(), st.booleans(), st.booleans())
def test_text_json_and_page_agree_and_say_nothing_untrue(figures, merge_letters, merge_platforms):
    notice = composed(figures, merge_mailbox_ties=merge_letters, merge_platform_ties=merge_platforms)
    text = text_of(notice)
    assert json_words(notice) == text
    page = words_of("html", RENDERERS["html"](notice).content)
    assert BOUND.sub("", page) == text
    bound = re.findall(r"\[(\d+)\](\d+)", page)
    assert [shown for value, shown in bound if value != shown] == []
    assert [int(value) for value, _ in bound] == [figure.value for figure in notice.figures()]
    for paragraph in notice.paragraphs():
        assert not EMPTY.search(paragraph.text), paragraph.text
    assert claims_hold(notice, figures) == [], text
    worse = [each for each in check_notice(notice, figures, context(figures)) if each.level is not Level.INFORMATION]
    assert not worse, (text, worse)


@on_paper
@given(months())
def test_the_documents_agree_with_the_text_in_every_number_and_word(figures):
    notice = composed(figures)
    text = text_of(notice)
    for form in ("docx", "pdf"):
        words = words_of(form, RENDERERS[form](notice).content)
        words = FOLIO.sub("", words) if form == "pdf" else words
        assert numbers(words) == numbers(text), form
        assert words == text, form


# --- what the checks must see


def respelled(notice: Notice, key: str, spans) -> Notice:
    """The notice with the spans of the first paragraph of a section made others."""

    def changed(section):
        if section.key != key:
            return section
        first, *rest = section.paragraphs
        return replace(section, paragraphs=(replace(first, spans=tuple(spans(first.spans))), *rest))

    return replace(notice, sections=tuple(map(changed, notice.sections)))


def one_more(figure: Figure) -> Figure:
    return replace(figure, value=figure.value + 1)


def wrong_total(figures):
    spoilt = replace(figures, mailbox=replace(figures.mailbox, total=one_more(figures.mailbox.total)))
    return composed(spoilt), spoilt


def wrong_digit(figures):
    def changed(spans):
        for span in spans:
            yield replace(span, text=str(span.figure.value + 1)) if span.figure else span

    return respelled(composed(figures), "mailbox", changed), figures


def typed_number(figures):
    return respelled(composed(figures), "published", lambda spans: (*spans, Span("另有7条尚未分类。"))), figures


def short_list(figures):
    duty = figures.follow_ups[0]
    spoilt = replace(figures, follow_ups=(replace(duty, missing=duty.missing[1:]),))
    return composed(spoilt), spoilt


def untrue_claim(figures):
    mailbox = figures.mailbox
    assume(mailbox.answers.late or mailbox.answers.open)
    fine = replace(mailbox, answers=build.answers(on_time=mailbox.total.value))
    return composed(replace(figures, mailbox=fine)), figures


FIGURE_SLIPS = {
    "figures_do_not_add": wrong_total,
    "number_not_figure": wrong_digit,
    "number_without_figure": typed_number,
    "list_length": short_list,
    "all_claim_untrue": untrue_claim,
}


@pytest.mark.parametrize("code", FIGURE_SLIPS)
@spoiling
@given(figures=months(smallest=2))
def test_a_slip_between_words_and_figures_is_found(code, figures):
    before = {each.code for each in check_notice(composed(figures), figures, context(figures))}
    notice, spoilt = FIGURE_SLIPS[code](figures)
    found = {each.code for each in check_notice(notice, spoilt, context(figures))}
    assert code in found - before, text_of(notice)


def replaced(pattern: str, by):
    """A change of the first line in which the pattern is found; months without one are passed over."""

    def spoil(lines: list[str], figures: NoticeFigures) -> list[str]:
        for place, line in enumerate(lines):
            if re.search(pattern, line):
                words = by(figures) if callable(by) else by
                return [*lines[:place], re.sub(pattern, words, line, count=1), *lines[place + 1 :]]
        assume(False)
        return lines

    return spoil


def appended(words):
    """A sentence put behind the paragraph on what was not done."""

    def spoil(lines: list[str], figures: NoticeFigures) -> list[str]:
        place = next(place for place, line in enumerate(lines) if "目录" in line and "。" in line)
        return [*lines[:place], lines[place] + words(figures), *lines[place + 1 :]]

    return spoil


def row_and_part_grown(lines: list[str], figures: NoticeFigures) -> list[str]:
    """One category and its first group both one more: its row still adds up, its column does not."""
    pattern = re.compile(r"(；发布[^，；。\d]+)(\d+)(条，其中[^，；。\d]+)(\d+)(条)")
    for place, line in enumerate(lines):
        if found := pattern.search(line):
            grown = f"{found[1]}{int(found[2]) + 1}{found[3]}{int(found[4]) + 1}{found[5]}"
            return [*lines[:place], line.replace(found[0], grown, 1), *lines[place + 1 :]]
    assume(False)
    return lines


def letters_grown(lines: list[str], figures: NoticeFigures) -> list[str]:
    """One letter more than the units have; told of a month that answered all, for numbers behind might explain it."""
    total = figures.mailbox.total.value
    answered = replace(figures.mailbox, answers=build.answers(on_time=total))
    lines = [paragraph.text for paragraph in composed(replace(figures, mailbox=answered)).paragraphs()]
    return replaced(r"(?<=收到部门信箱)\d+(?=件)", str(total + 1))(lines, figures)


TEXT_SLIPS = {
    "parts_do_not_add": letters_grown,
    "parts_exceed_total": replaced(r"(?<=收到部门信箱)\d+(?=件)", "1"),
    "table_does_not_add": row_and_part_grown,
    "list_duplicate": replaced(r"(：)([^：、。，]+)(、)", r"\1\2\3\2\3"),
    "list_empty": replaced(r"(?<=件，)涉及.*?件(?=，(各单位|均|其中|单位))", "涉及"),
    "cutoff_word": replaced("截至", "截止"),
    "date_impossible": appended(lambda figures: "已于2月30日检查。"),
    "deadline_before_issue": appended(lambda figures: f"各单位要在{figures.issued_on.month}月1日前完成整改。"),
    "as_of_after_issue": replaced(r"截至\d+月\d+日", lambda figures: f"截至{figures.issued_on.month}月28日"),
    "title_period_differs": replaced(r"(?<=关于)\d+年\d+月份", "2018年12月份"),
    "numbering": replaced("^二是", "四是"),
    "unit_unknown": replaced(r"(?<=：)[^：、。，]+(?=、)", "区不存在局"),
    "punctuation_half_width": replaced("(?<=月份)，", ","),
    "brackets_unbalanced": appended(lambda figures: "按照《实施方案执行。"),
    "paragraph_repeated": lambda lines, figures: [*lines[:-2], lines[-3], *lines[-2:]],
}


@pytest.mark.parametrize("code", TEXT_SLIPS)
@spoiling
@given(figures=months(smallest=2))
def test_a_slip_in_the_words_is_found(code, figures):
    lines = [paragraph.text for paragraph in composed(figures).paragraphs()]
    before = {each.code for each in check_text(lines, context(figures))}
    found = {each.code for each in check_text(TEXT_SLIPS[code](lines, figures), context(figures))}
    assert code in found - before, "\n".join(TEXT_SLIPS[code](lines, figures))
