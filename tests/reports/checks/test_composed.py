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
from tests.reports.random_figures import CHANNELS, PLATFORMS, UNITS, figures, some, tables

CONTEXT = CheckContext(period=build.JUNE, issued_on=build.ISSUED_ON)


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
