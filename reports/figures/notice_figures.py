"""NoticeFigures: every figure of one notice, counted once and handed to the page, the text and the documents alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosures.models import Requirement, RestDay
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
    settings = NoticeSettings.of(office)
    directory = directory or Unit.objects.filter(office=office).directory()
    calendar = calendar or RestDay.objects.calendar()
    return NoticeFigures(
        period=period,
        issued_on=issued_on,
        published=published.count(office, period, directory),
        applications=applications.count(office, period, as_of=issued_on, calendar=calendar, directory=directory),
        mailbox=mailbox.count(office, period, as_of=issued_on, calendar=calendar, directory=directory),
        media=media.count(
            office, media_window(settings.media_window, period, issued_on), as_of=issued_on, directory=directory
        ),
        follow_ups=duties.count(
            office, period, issued_on=issued_on, placement=Requirement.Placement.FOLLOW_UP, directory=directory
        ),
        problems=duties.count(
            office, period, issued_on=issued_on, placement=Requirement.Placement.PROBLEM, directory=directory
        ),
    )
