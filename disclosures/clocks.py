"""Due dates, from the dates of a case, a limit and a calendar. Pure; `DeadlineRule` holds the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosures.workdays import WorkingCalendar


@dataclass(frozen=True)
class DueDate:
    """The last day on which an answer is in time, and whether a year it crosses still lacks its official calendar."""

    day: date
    provisional: bool

    def met_by(self, answered_on: date | None) -> bool:
        """Whether an answer on that day is in time; no answer is not."""
        return answered_on is not None and answered_on <= self.day


def reply_due(received_on: date, working_days: int, calendar: WorkingCalendar) -> DueDate:
    """Due `working_days` after the day of receipt, which itself does not count."""
    day = calendar.add(received_on, working_days)
    return DueDate(day, calendar.is_provisional(received_on, day))


@dataclass(frozen=True)
class ApplicationDates:
    """The days of an application's handling that move its due date; see DisclosureApplication."""

    received_on: date
    correction_received_on: date | None = None
    consulted_on: date | None = None
    consultation_answered_on: date | None = None
    extended_on: date | None = None
    extension_days: int | None = None


def application_due(dates: ApplicationDates, working_days: int, calendar: WorkingCalendar) -> DueDate | None:
    """The due date of an application's reply, or None while its clock stands still.

    20 working days from the day after receipt (art. 33); from receipt of the correction where one was asked (art. 30);
    the time others are asked is not counted (art. 33: days after the asking up to the answer); an extension adds its
    days once (art. 33).
    """
    start = dates.correction_received_on or dates.received_on
    allowed = working_days + (dates.extension_days or 0 if dates.extended_on else 0)
    if dates.consulted_on and dates.consulted_on >= start:
        due_before_asking = calendar.add(start, allowed)
        if dates.consulted_on < due_before_asking:
            if dates.consultation_answered_on is None:
                return None
            allowed += calendar.between(dates.consulted_on, dates.consultation_answered_on)
    day = calendar.add(start, allowed)
    return DueDate(day, calendar.is_provisional(dates.received_on, day))
