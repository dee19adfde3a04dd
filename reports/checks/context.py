"""CheckContext: what the checks know besides the text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from units.directory import Directory


@dataclass(frozen=True)
class CheckContext:
    """The units, the calendar, and the notice's period and issue date; those two are read from the text when None."""

    directory: Directory | None = None
    calendar: WorkingCalendar = field(default_factory=WorkingCalendar)
    period: Period | None = None
    issued_on: date | None = None
