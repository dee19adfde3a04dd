"""Preparing a notice: count, gather the texts, compose, check. Preview, command and issue all come this way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosures.models import RestDay
from lanshan_portal.periods import Period
from reports import texts
from reports.checks import CheckContext, check_notice
from reports.checks.finding import Finding
from reports.composition import compose
from reports.figures import notice_figures
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice
from units.directory import Directory
from units.models import Office, Unit


@dataclass(frozen=True)
class PreparedNotice:
    """A notice with the figures it states, what the checks found in it, and the names its units were found under."""

    notice: Notice
    figures: NoticeFigures
    findings: tuple[Finding, ...]
    directory: Directory


def prepare(office: Office, period: Period, issued_on: date) -> PreparedNotice:
    """The office's notice of `period` as it would read if it were issued on `issued_on`."""
    directory = Unit.objects.filter(office=office).directory()
    calendar = RestDay.objects.calendar()
    figures = notice_figures.build(office, period, issued_on, directory=directory, calendar=calendar)
    notice = compose(figures, texts.gather(office, period, issued_on))
    context = CheckContext(directory=directory, calendar=calendar, period=period, issued_on=issued_on)
    return PreparedNotice(notice, figures, check_notice(notice, figures, context), directory)
