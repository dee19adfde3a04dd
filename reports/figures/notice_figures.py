"""NoticeFigures: every figure of one notice, counted once and handed to the page, the text and the documents alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosures.models import RestDay
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period, PeriodKind
from reports.figures import applications, duties, mailbox, media, published
from reports.figures.applications import ApplicationFigures
from reports.figures.duties import DutyFigures
from reports.figures.mailbox import MailboxFigures
from reports.figures.media import MediaFigures
from reports.figures.published import PublishedFigures
from reports.models import NoticeSettings
from units.directory import Directory
from units.models import Office, Unit


@dataclass(frozen=True)
class NoticeFigures:
    """The figures of the notice of `period`, issued on `issued_on`; answers and rectifications as known that day."""

    period: Period
    issued_on: date
    published: PublishedFigures
    applications: ApplicationFigures
    mailbox: MailboxFigures
    media: MediaFigures
    follow_ups: tuple[DutyFigures, ...]
    problems: tuple[DutyFigures, ...]
    coming: tuple[DutyFigures, ...] = ()
    """What falls due in the period after the day of issue: for screens; the notice tells of it when it is due."""

    @property
    def duties(self) -> tuple[DutyFigures, ...]:
        """Every requirement that concerns the period: follow-ups, problems, and what is still coming."""
        return (*self.follow_ups, *self.problems, *self.coming)


def media_window(choice: str, period: Period, issued_on: date) -> Period:
    """The days whose check rounds the notice counts: its own period, or for a month's notice the month of issue.

    The June 2020 notice, issued on 14 July, counts a round held in July; a quarter's counts those of the quarter.
    """
    own = choice == NoticeSettings.MediaWindow.PERIOD or period.kind is not PeriodKind.MONTH
    if own or issued_on in period:
        return period
    return Period.month_of(issued_on)


def build(
    office: Office,
    period: Period,
    issued_on: date,
    *,
    directory: Directory | None = None,
    calendar: WorkingCalendar | None = None,
) -> NoticeFigures:
    """Count everything the notice tells; a handful of queries, each touching the period's rows only.

    Who has read the office's directory and the calendar already hands them in.
    """
    return build_each(office, {period: issued_on}, directory=directory, calendar=calendar)[period]


def build_each(
    office: Office,
    issue_dates: Mapping[Period, date],
    *,
    directory: Directory | None = None,
    calendar: WorkingCalendar | None = None,
) -> dict[Period, NoticeFigures]:
    """The figures of several notices (periods apart from each other, in order) by their days of issue, in as many queries
    as one takes."""
    settings = NoticeSettings.of(office)
    directory = directory or Unit.objects.filter(office=office).directory()
    calendar = calendar or RestDay.objects.calendar()
    windows = {
        period: (media_window(settings.media_window, period, issued_on), issued_on)
        for period, issued_on in issue_dates.items()
    }
    items = published.count_each(office, list(issue_dates), directory)
    requests = applications.count_each(office, issue_dates, calendar=calendar, directory=directory)
    letters = mailbox.count_each(office, issue_dates, calendar=calendar, directory=directory)
    checks = media.count_each(office, windows.values(), directory=directory)
    tasks = duties.count_each(office, issue_dates, directory=directory)
    return {
        period: NoticeFigures(
            period=period,
            issued_on=issued_on,
            published=items[period],
            applications=requests[period],
            mailbox=letters[period],
            media=checks[windows[period]],
            follow_ups=tasks[period].follow_ups,
            problems=tasks[period].problems,
            coming=tasks[period].coming,
        )
        for period, issued_on in issue_dates.items()
    }
