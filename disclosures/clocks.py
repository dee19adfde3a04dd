"""Due dates, from the dates of a case, a limit and a calendar. Pure; `DeadlineRule` holds the limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosures.workdays import WorkingCalendar

CONSULTATION_DAYS = 15
"""Working days a third party or another organ has to answer (政府信息公开条例 art. 32, 34); then the organ goes on."""


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
    correction_asked_on: date | None = None
    correction_received_on: date | None = None
    consulted_on: date | None = None
    consultation_answered_on: date | None = None
    extended_on: date | None = None
    extension_days: int | None = None


def application_due(dates: ApplicationDates, working_days: int, calendar: WorkingCalendar) -> DueDate | None:
    """The due date of an application's reply, or None while the applicant's correction is awaited.

    20 working days from the day after receipt (art. 33), counted anew from receipt of the correction that was asked
    (art. 30); the time others are asked is not counted (art. 33): days after the asking up to the answer, but no longer
    than the others have (art. 32, 34). An extension adds its days once (art. 33). Nothing done after the due date had
    passed moves it.
    """
    start = dates.received_on
    if dates.correction_asked_on and dates.correction_asked_on <= calendar.add(start, working_days):
        if dates.correction_received_on is None:
            return None
        start = dates.correction_received_on
    elif dates.correction_received_on and dates.correction_asked_on is None:
        start = dates.correction_received_on
    allowed, pause = working_days, _pause(dates, start, calendar)
    # Others may be asked before an extension or after it: each counts if it came before the date it moves.
    if pause and pause.begun < calendar.add(start, allowed):
        allowed, pause = allowed + pause.working_days, None
    if dates.extended_on and dates.extended_on <= calendar.add(start, allowed):
        allowed += dates.extension_days or 0
    if pause and pause.begun < calendar.add(start, allowed):
        allowed += pause.working_days
    day = calendar.add(start, allowed)
    return DueDate(day, calendar.is_provisional(dates.received_on, day))


@dataclass(frozen=True)
class _Pause:
    """The time others are asked: the day it begins, and the working days that are not counted."""

    begun: date
    working_days: int


def _pause(dates: ApplicationDates, start: date, calendar: WorkingCalendar) -> _Pause | None:
    """The pause as far as it falls after the clock's start; silence ends it when the others' time is over."""
    if dates.consulted_on is None:
        return None
    over = calendar.add(dates.consulted_on, CONSULTATION_DAYS)
    ended = min(dates.consultation_answered_on or over, over)
    begun = max(dates.consulted_on, start)
    return _Pause(begun, calendar.between(begun, ended)) if ended > begun else None
