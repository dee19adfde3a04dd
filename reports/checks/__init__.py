"""Consistency checks: over the text of any notice, and over the figures of our own. Pure; `docs/checks.md` lists them.

A check is a function of a text that was read and of what is known besides; it yields findings and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from reports.checks import (
    claims,
    cross_tables,
    deadlines,
    lists,
    numbering,
    percentages,
    periods_told,
    punctuation,
    rates,
    slips,
    sums,
    tables,
    unit_names,
)
from reports.checks import figures as figure_checks
from reports.checks.context import CheckContext
from reports.checks.dates import issue_date, period_in
from reports.checks.finding import Code, Finding, Level
from reports.checks.reading import NoticeText, read
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice

__all__ = ["CheckContext", "Code", "Finding", "Level", "check_notice", "check_text"]

TEXT_CHECKS: tuple[Callable[[NoticeText, CheckContext], Iterable[Finding]], ...] = (
    sums.check,
    cross_tables.check,
    percentages.check,
    rates.check,
    tables.check,
    lists.check_lengths,
    lists.check_named,
    lists.check_duplicates,
    lists.check_empty,
    unit_names.check_two_names,
    unit_names.check_known,
    claims.check_all,
    claims.check_departments,
    slips.check_cutoff,
    slips.check_verbs,
    deadlines.check_impossible,
    deadlines.check_deadlines,
    deadlines.check_as_of,
    periods_told.check_title,
    periods_told.check_sections,
    periods_told.check_plan,
    periods_told.check_dates,
    periods_told.check_issue,
    numbering.check_headings,
    numbering.check_run_in,
    numbering.check_arabic,
    punctuation.check_document_numbers,
    punctuation.check_half_width,
    punctuation.check_doubled,
    punctuation.check_brackets,
    punctuation.check_numbers,
    punctuation.check_spaces,
    punctuation.check_repeated,
)

GRAVEST_FIRST = (Level.ERROR, Level.WARNING, Level.INFORMATION)


def check_text(paragraphs: Sequence[str], context: CheckContext) -> tuple[Finding, ...]:
    """What the checks find in a notice's text, gravest first, in reading order of the checks.

    `paragraphs` may be the lines of a pasted text, broken anywhere; a table's row is one line, its cells parted by
    tabs. Period and issue date are read from title and last line where the context does not give them.
    """
    text = read(paragraphs)
    issued_on = context.issued_on or issue_date(text.dated)
    period = context.period or period_in(text.title, issued_on)
    known = replace(context, period=period, issued_on=issued_on)
    found = dict.fromkeys(finding for check in TEXT_CHECKS for finding in check(text, known))
    return _sorted(found)


def check_notice(notice: Notice, figures: NoticeFigures, context: CheckContext) -> tuple[Finding, ...]:
    """The text checks over a composed notice, and the checks of its figures against each other and against its words."""
    found = check_text([paragraph.text for paragraph in notice.paragraphs()], context)
    return _sorted((*found, *figure_checks.check(notice, figures, found)))


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: GRAVEST_FIRST.index(finding.level)))
