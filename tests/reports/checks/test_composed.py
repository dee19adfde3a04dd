"""What the portal itself writes passes its own checks, whatever the numbers; a changed digit does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lanshan_portal.periods import Period
from reports.checks import CheckContext, Level, check_text
from reports.composition import compose
from reports.figures.notice_figures import NoticeFigures
from tests.reports import figure_builders as build
from tests.reports.checks.texts import found

CONTEXT = CheckContext(period=build.JUNE, issued_on=build.ISSUED_ON)
UNITS = (
    "区教育局",
    "区人社局",
    "区住建局",
    "区政府办公室",
    "兰山街道",
    "柳青街道",
    "区农业农村局",
    "李官镇",
    "兰山经开区",
)
GROUPS = (build.TOWNS, build.DEPARTMENTS, "各直属单位", "乡镇（街道）")
CATEGORIES = ("动态类信息", "政务主动公开类信息", "政策文件", "办事指南")
CHANNELS = ("区政府网站收到政府信息公开申请", "收到信函申请", "收到当面申请", "收到省市政府依申请协助调函")
PLATFORMS = ("微信订阅号", "微信服务号", "微博", "抖音")
PROBLEMS = ("错别字", "表述错误", "无法访问")

numbers = st.integers(0, 3000)


def some(names, values, smallest=0):
    return st.lists(st.sampled_from(names), unique=True, min_size=smallest).flatmap(
        lambda chosen: st.fixed_dictionaries({name: values for name in chosen})
    )


@st.composite
def tables(draw, smallest=1):
    groups = draw(st.lists(st.sampled_from(GROUPS), unique=True, min_size=smallest))
    categories = draw(st.lists(st.sampled_from(CATEGORIES), unique=True, min_size=smallest))
    return {category: {group: draw(numbers) for group in groups} for category in categories}


@st.composite
def states(draw, total: int):
    late = draw(st.integers(0, total))
    still_open = draw(st.integers(0, total - late))
    who = [(UNITS[0], late)] if late == 1 else [(UNITS[0], 1), (UNITS[4], late - 1)] if late else []
    return {"on_time": total - late - still_open, "late": tuple(who), "still_open": still_open}


@st.composite
def figures(draw) -> NoticeFigures:
    channels = draw(some(CHANNELS, st.integers(1, 30)))
    unnamed = draw(st.integers(0, 3))
    letters = draw(some(UNITS, st.integers(1, 12)))
    stale = draw(some(PLATFORMS, st.integers(1, 9)))
    others = draw(some(PROBLEMS, st.integers(1, 9)))
    flaws = sum(stale.values()) + sum(others.values())
    late = draw(st.integers(0, flaws))
    missing = tuple(draw(st.lists(st.sampled_from(UNITS), unique=True)))
    return NoticeFigures(
        period=build.JUNE,
        issued_on=build.ISSUED_ON,
        published=build.published(draw(tables())),
        applications=build.applications(channels, unnamed, **draw(states(sum(channels.values()) + unnamed))),
        mailbox=build.mailbox(*letters.items(), **draw(states(sum(letters.values())))),
        media=build.media(
            draw(st.integers(1, 3)),
            stale,
            others,
            late=((UNITS[1], late),) if late else (),
            pending=draw(st.integers(0, flaws - late)),
            period=build.JUNE,
        ),
        follow_ups=(build.duty("单位主动公开基本目录", missing=missing, source=Period.month(2020, 5)),),
        problems=(
            build.duty("实施方案", missing=missing[:3], late=missing[3:], title="重视不足", account="部分单位未落实"),
            build.duty("政务访谈稿", missing=missing, action="报送", title="报送不及时", term=build.JUNE),
        ),
    )


def lines_of(told: NoticeFigures, **texts) -> list[str]:
    return [paragraph.text for paragraph in compose(told, build.district_texts(**texts)).paragraphs()]


@settings(max_examples=150, deadline=None)
@given(figures(), st.booleans(), st.booleans())
def test_whatever_is_composed_has_no_errors_and_no_warnings(told, merge_letters, merge_platforms):
    lines = lines_of(told, merge_mailbox_ties=merge_letters, merge_platform_ties=merge_platforms)
    worse = [finding for finding in check_text(lines, CONTEXT) if finding.level != Level.INFORMATION]
    assert not worse, "\n".join([*lines, *(finding.message for finding in worse)])


def changed_digits(line: str):
    """The line with one digit of one of its counts changed, every place and every digit."""
    for number in re.finditer(r"\d+(?=[条件次])", line):
        for place in range(number.start(), number.end()):
            for digit in "0123456789":
                leading_zero = digit == "0" and place == number.start()
                if digit != line[place] and not leading_zero:
                    yield line[:place] + digit + line[place + 1 :]


@settings(max_examples=60, deadline=None)
@given(tables(smallest=2), st.data())
def test_any_changed_digit_of_a_table_is_found(table, data):
    """Each number of a table of two groups and two categories stands in a row and in a column."""
    assume(sum(any(row.values()) for row in table.values()) > 1)
    assume(sum(any(row[group] for row in table.values()) for group in next(iter(table.values()))) > 1)
    told = replace(build.nothing(), published=build.published(table))
    lines = lines_of(told)
    sentence = next(number for number, line in enumerate(lines) if "共发布信息" in line)
    lines[sentence] = data.draw(st.sampled_from(list(changed_digits(lines[sentence]))))
    assert {code for code, level in found(lines, CONTEXT) if level != "information"} & {
        "table_does_not_add",
        "parts_exceed_total",
        "parts_do_not_add",
        "total_unexplained",
    }, lines[sentence]


@settings(max_examples=60, deadline=None)
@given(some(UNITS, st.integers(1, 12), smallest=2), st.booleans(), st.data())
def test_any_changed_digit_of_the_letters_is_found(letters, merged, data):
    told = replace(build.nothing(), mailbox=build.mailbox(*letters.items()))
    lines = lines_of(told, merge_mailbox_ties=merged)
    sentence = next(number for number, line in enumerate(lines) if "部门信箱" in line and "件" in line)
    lines[sentence] = data.draw(st.sampled_from(list(changed_digits(lines[sentence]))))
    assert found(lines, CONTEXT), lines[sentence]


@settings(max_examples=60, deadline=None)
@given(some(CHANNELS, st.integers(1, 30), smallest=2), some(PLATFORMS, st.integers(1, 9), smallest=2), st.data())
def test_any_changed_total_of_applications_and_checks_is_found(channels, platforms, data):
    told = replace(
        build.nothing(),
        applications=build.applications(channels),
        media=build.media(stale=platforms, period=build.JUNE),
    )
    lines = lines_of(told)
    total = data.draw(st.sampled_from((r"申请\d+件，其中", r"出现\d+次超期")))
    sentence = next(number for number, line in enumerate(lines) if re.search(total, line))
    words = re.search(total, lines[sentence])[0]
    lines[sentence] = lines[sentence].replace(words, data.draw(st.sampled_from(list(changed_digits(words)))))
    assert found(lines, CONTEXT), lines[sentence]


def test_quarters_windows_and_counties_pass_too():
    for period in (
        Period.quarter(2020, 2),
        Period.half_year(2020, 1),
        Period.window(date(2020, 4, 3), date(2020, 6, 20)),
    ):
        told = replace(
            build.nothing(period),
            published=build.published(
                {"动态类信息": {"各镇": 3, "县直部门": 4}, "政策文件": {"各镇": 0, "县直部门": 1}}, period
            ),
        )
        lines = lines_of(told)
        assert [told for told in found(lines) if told[1] != "information"] == [], lines
