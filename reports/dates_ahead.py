"""What falls due soon: tasks with how many have done them, and the plan of the notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from disclosures.compliance import Standing
from disclosures.duties.duty import duties_of, terms_due
from disclosures.models import Arrangement
from disclosures.workdays import WorkingCalendar
from reports.figures.figure import RowQuery
from units.directory import Directory
from units.models import Office

AHEAD = timedelta(days=31)
SOON_WORKING_DAYS = 3


@dataclass(frozen=True)
class DateAhead:
    """One date: what is due, of how many, how many have done it, how many working days are left."""

    day: date
    title: str
    working_days_left: int
    asked: int = 0
    done: int = 0
    query: RowQuery | None = None

    @property
    def soon(self) -> bool:
        """Whether hardly any working day is left."""
        return self.working_days_left <= SOON_WORKING_DAYS


def dates_ahead(
    office: Office,
    today: date,
    *,
    unit_ids: set[int] | None = None,
    directory: Directory,
    calendar: WorkingCalendar,
    limit: int = 5,
) -> list[DateAhead]:
    """The next dates from `today` on, for the whole office or for some units (None: all)."""
    terms = terms_due(office, today, today + AHEAD)
    found = []
    for term, asked in duties_of(dict.fromkeys(terms, today), office, directory).items():
        own = [duty for duty in asked if unit_ids is None or duty.unit.unit_id in unit_ids]
        if not own:
            continue
        counts = Counter(duty.standing for duty in own)
        filters = [("requirement", term.requirement.code), *((("term", term.code),) if term.code else ())]
        found.append(
            DateAhead(
                day=term.due_on,
                title=term.requirement.name,
                working_days_left=calendar.between(today, term.due_on),
                asked=len(own),
                done=counts[Standing.DONE] + counts[Standing.LATE],
                query=RowQuery("duties", (*filters, ("as_of", today.isoformat()))),
            )
        )
    known = {(each.day, each.title) for each in found}
    plan = Arrangement.objects.filter(office=office, due_on__gte=today, due_on__lte=today + AHEAD)
    for arrangement in plan if unit_ids is None else ():
        assert arrangement.due_on is not None
        if (arrangement.due_on, arrangement.title) not in known:
            left = calendar.between(today, arrangement.due_on)
            found.append(DateAhead(arrangement.due_on, arrangement.title, left))
    return sorted(found, key=lambda each: (each.day, each.title))[:limit]
