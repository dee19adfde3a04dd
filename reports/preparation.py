"""Preparing a notice: count, gather the texts, compose, check. Preview, command and issue all come this way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from disclosures.models import RestDay
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports import texts
from reports.checks import CheckContext, check_notice
from reports.checks.finding import Finding
from reports.composition import compose
from reports.figures import notice_figures
from reports.figures.notice_figures import NoticeFigures
from reports.notice import Notice
from units.directory import Directory, DirectoryEntry
from units.models import Office, Unit


@dataclass(frozen=True)
class PreparedNotice:
    """A notice with the figures it states, and the names and the calendar it was reckoned with."""

    notice: Notice
    figures: NoticeFigures
    directory: Directory
    calendar: WorkingCalendar

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks find in it."""
        return _findings(self.notice, self.figures, tuple(self.directory), self.calendar)


def prepare(office: Office, period: Period, issued_on: date) -> PreparedNotice:
    """The office's notice of `period` as it would read if it were issued on `issued_on`."""
    directory = Unit.objects.filter(office=office).directory()
    calendar = RestDay.objects.calendar()
    figures = notice_figures.build(office, period, issued_on, directory=directory, calendar=calendar)
    notice = compose(figures, texts.gather(office, period, issued_on))
    return PreparedNotice(notice, figures, directory, calendar)


@lru_cache(maxsize=16)
def _findings(
    notice: Notice, figures: NoticeFigures, entries: tuple[DirectoryEntry, ...], calendar: WorkingCalendar
) -> tuple[Finding, ...]:
    """The checks are pure and take longer than all the rest: the same words and figures are checked once."""
    context = CheckContext(
        directory=Directory(entries), calendar=calendar, period=notice.period, issued_on=notice.issued_on
    )
    return check_notice(notice, figures, context)
