"""When mail may go out: not at night, not on days of rest where the office wants that, the day's letter at its hour. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from disclosures.workdays import WorkingCalendar


def is_quiet(quiet_from: time, quiet_to: time, moment: time) -> bool:
    """Whether the hours from `quiet_from` to `quiet_to` (excluded), over midnight or not, hold `moment`."""
    if quiet_from <= quiet_to:
        return quiet_from <= moment < quiet_to
    return moment >= quiet_from or moment < quiet_to


@dataclass(frozen=True)
class MailTimes:
    """An office's choice, with the calendar that says what a day of rest is. Moments are local."""

    quiet_from: time
    quiet_to: time
    digest_at: time
    workdays_only: bool
    calendar: WorkingCalendar

    def allow(self, now: datetime) -> bool:
        """Whether any mail may go out."""
        rests = self.workdays_only and not self.calendar.is_workday(now.date())
        return not rests and not is_quiet(self.quiet_from, self.quiet_to, now.time())

    def digest_until(self, now: datetime) -> datetime | None:
        """Up to which moment the day's letter tells of messages; None while it is not yet due or may not go out."""
        due = datetime.combine(now.date(), self.digest_at, now.tzinfo)
        return due if due <= now and self.allow(now) else None
