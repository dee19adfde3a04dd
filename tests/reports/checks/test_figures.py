"""Figures of a notice against each other and against its words."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import count

import pytest

from lanshan_portal.periods import Period
from reports.checks import CheckContext, check_notice
from reports.composition import compose
from reports.figures.figure import Figure
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice, Span
from tests.reports import figure_builders as build
from tests.reports.checks.texts import district

CONTEXT = CheckContext(directory=district(), period=build.JUNE, issued_on=build.ISSUED_ON)


NUMBERS = count()


def distinct(value):
    """The value with every figure under a name of its own, as counted figures have."""
    if isinstance(value, Figure):
        return replace(value, name=f"{value.name}.{next(NUMBERS)}", meaning=value.meaning or "件数")
    if isinstance(value, tuple):
        return tuple(distinct(item) for item in value)
    if is_dataclass(value) and not isinstance(value, Period):
        return replace(value, **{field.name: distinct(getattr(value, field.name)) for field in fields(value)})
    return value


def june() -> NoticeFigures:
    """The June 2020 figures, all in order."""
    table = {
        "动态类信息": {build.TOWNS: 521, build.DEPARTMENTS: 441},
        "政务主动公开类信息": {build.TOWNS: 125, build.DEPARTMENTS: 463},
    }
    published = replace(build.published(table), by_unit=build.unit_shares(("李官镇", 646), ("区教育局", 904)))
    return distinct(
        NoticeFigures(
            period=build.JUNE,
            issued_on=build.ISSUED_ON,
            published=published,
            applications=build.applications({"区政府网站收到政府信息公开申请": 1, "收到信函申请": 3}),
            mailbox=build.mailbox(("区教育局", 5), ("区人社局", 2), ("区住建局", 2)),
            media=build.media(stale={"微博": 2, "抖音": 1}, others={"错别字": 1}, period=build.JUNE),
            follow_ups=(
                build.duty("单位主动公开基本目录", missing=("区民政局", "李官镇"), source=Period.month(2020, 5)),
            ),
            problems=(
                build.duty("政务访谈稿", missing=("区信访局",), late=("枣园镇",), action="报送", term=build.JUNE),
            ),
        )
    )


def told(figures: NoticeFigures, notice: Notice | None = None) -> list[tuple[str, str, str]]:
    findings = check_notice(notice or compose(figures, build.district_texts()), figures, CONTEXT)
    return [(str(finding.code), str(finding.level), finding.message) for finding in findings]


def codes(figures: NoticeFigures, notice: Notice | None = None) -> set[str]:
    return {code for code, _, _ in told(figures, notice)}


def off_by_one(figure: Figure) -> Figure:
    return replace(figure, value=figure.value + 1)


def test_figures_in_order_have_no_findings():
    assert told(june()) == []


def test_a_period_without_a_single_item_asks_whether_the_data_are_there():
    empty = distinct(build.nothing())
    assert ("nothing_published", "information", "本期网站信息为0条，请确认本期数据是否已导入。") in told(empty)


WRONG_TOTALS = [
    lambda f: replace(f, published=replace(f.published, total=off_by_one(f.published.total))),
    lambda f: replace(f, applications=replace(f.applications, total=off_by_one(f.applications.total))),
    lambda f: replace(f, applications=replace(f.applications, unnamed=off_by_one(f.applications.unnamed))),
    lambda f: replace(f, mailbox=replace(f.mailbox, total=off_by_one(f.mailbox.total))),
    lambda f: replace(f, mailbox=replace(f.mailbox, by_unit=f.mailbox.by_unit[1:])),
    lambda f: replace(f, media=replace(f.media, stale=off_by_one(f.media.stale))),
    lambda f: replace(f, media=replace(f.media, found=off_by_one(f.media.found))),
    lambda f: replace(f, published=replace(f.published, by_unit=f.published.by_unit[1:])),
    lambda f: replace(f, published=replace(f.published, by_category=f.published.by_category[1:])),
    lambda f: replace(f, published=replace(f.published, by_group=f.published.by_group[1:])),
]


@pytest.mark.parametrize("spoil", WRONG_TOTALS)
def test_a_total_its_parts_do_not_make_is_an_error(spoil):
    assert "figures_do_not_add" in codes(spoil(june()))


def test_the_message_names_total_parts_and_difference():
    figures = june()
    total = replace(figures.mailbox.total, value=10, meaning="收到信箱件数")
    figures = replace(figures, mailbox=replace(figures.mailbox, total=total))
    assert ("figures_do_not_add", "error", "收到信箱件数为10，各单位之和为9，相差1，请核对数据。") in told(figures)


def test_a_list_shorter_than_its_count_is_an_error():
    figures = june()
    duty = figures.follow_ups[0]
    assert "list_length" in codes(replace(figures, follow_ups=(replace(duty, missing=duty.missing[1:]),)))


def respelled(notice: Notice, key: str, spell) -> Notice:
    """The notice with the spans of one section changed by `spell`."""

    def changed(section):
        if section.key != key:
            return section
        return replace(
            section,
            paragraphs=tuple(
                replace(one, spans=tuple(spell(span) for span in one.spans)) for one in section.paragraphs
            ),
        )

    return replace(notice, sections=tuple(map(changed, notice.sections)))


def test_a_number_changed_by_hand_is_an_error():
    figures = june()
    notice = compose(figures, build.district_texts())
    changed = respelled(notice, "mailbox", lambda span: replace(span, text="10") if span.text == "9" else span)
    assert "number_not_figure" in codes(figures, changed)


def test_a_number_without_a_figure_is_a_warning():
    figures = june()
    notice = compose(figures, build.district_texts())
    unbound = respelled(notice, "mailbox", lambda span: Span(span.text))
    assert ("number_without_figure", "warning", "数字“9件”没有对应的统计数据，请核对。") in told(figures, unbound)


def test_all_in_time_is_an_error_when_the_figures_say_otherwise():
    figures = june()
    notice = compose(figures, build.district_texts())
    mailbox = distinct(build.mailbox(("区教育局", 5), ("区人社局", 4), on_time=8, late=(("区教育局", 1),)))
    assert "均按时" in "".join(paragraph.text for paragraph in notice.paragraphs())
    assert "all_claim_untrue" in codes(replace(figures, mailbox=mailbox), notice)


def test_the_rest_in_time_is_no_claim_about_all():
    mailbox = distinct(build.mailbox(("区教育局", 5), ("区人社局", 4), on_time=8, late=(("区教育局", 1),)))
    assert codes(replace(june(), mailbox=mailbox)) == set()


def test_open_cases_are_told():
    mailbox = distinct(build.mailbox(("区教育局", 5), on_time=3, still_open=2))
    assert told(replace(june(), mailbox=mailbox)) == [
        ("cases_open", "information", "部门信箱有2件尚在办理期限内，办结后数字会变化，印发前请再核对一次。")
    ]


def test_a_figure_of_another_period_is_told_once():
    july = Period.month(2020, 7)
    media = build.media(stale={"微博": 2, "抖音": 1}, period=july)
    figures = replace(june(), media=distinct(replace(media, rounds=build.figure(1, "rounds", july))))
    assert [finding[:2] for finding in told(figures)] == [("period_differs", "information")]


def test_the_notice_is_checked_as_text_too():
    figures = june()
    texts = build.district_texts(closing="截止目前，整改须在2020年7月4日前完成。")
    assert codes(figures, compose(figures, texts)) == {"cutoff_word", "deadline_before_issue"}


def test_a_context_without_dates_reads_them_from_the_notice():
    figures = june()
    assert check_notice(compose(figures, build.district_texts()), figures, CheckContext()) == ()
    assert figures.issued_on == date(2020, 7, 14)
