"""What one's own unit has to do: due, returned, waiting and done, with one sentence on top."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from disclosures.duties.duty import Duty, Term, duties_of, terms_due
from disclosures.duties.states import STAGES, Stage, Told, told
from disclosures.models import RestDay
from disclosures.month_in_view import MonthSwitch
from disclosures.workdays import WorkingCalendar
from lanshan_portal.addresses import duty_address
from lanshan_portal.periods import Period
from units.access import Access
from units.models import Office
from units.roles import Permission

STILL_OPEN = timedelta(days=92)
"""How far back what is not finished is listed whatever month somebody is looking at; what is older stands in its own month."""
LATELY = 31
"""What has been overdue for no more days than this stands before what is still ahead."""
TURN = {Stage.RETURNED: 0, Stage.OPEN: 1, Stage.REVIEW: 2, Stage.FINISHED: 3}
"""Whose turn comes first in the list."""


@dataclass(frozen=True)
class Line:
    """One duty of the list."""

    term: Term
    duty: Duty
    told: Told
    address: str
    working_days_left: int
    days_over: int

    @property
    def counts_down(self) -> bool:
        """Whether it is open with working days left, which its chip tells in days of the calendar."""
        return self.told.stage is Stage.OPEN and self.working_days_left > 0

    @property
    def by_when(self) -> str:
        """剩 2 个工作日, else as its chip says it."""
        return f"剩 {self.working_days_left} 个工作日" if self.working_days_left > 0 else self.told.words


def my_duties(
    request: HttpRequest, access: Access, office: Office, period: Period, as_of: date, switch: MonthSwitch
) -> HttpResponseBase:
    """The duties of the person's units: those due in `period`, as they stood at the end of `as_of`, and those of other
    months that are open today, whatever month somebody is looking at."""
    lines = _lines(access, office, period, as_of)
    counts = Counter(line.told.stage for line in lines)
    show = request.GET.get("show", "")
    shown = [line for line in lines if not show or line.told.stage == show]
    context = {
        "lines": shown,
        "total": len(lines),
        "choices": [(stage.value, words, counts[stage]) for stage, words in STAGES.items()],
        "show": show,
        "due": [line for line in lines if line.told.stage is Stage.OPEN and line.working_days_left <= 0],
        "ahead": [line for line in lines if line.told.stage is Stage.OPEN and line.working_days_left > 0],
        "returned": [line for line in lines if line.told.stage is Stage.RETURNED],
        "waiting": counts[Stage.REVIEW],
        "several": len({line.duty.unit.unit_id for line in lines}) > 1,
        "may_hand_in": access.may(Permission.HAND_IN),
        "as_of": as_of,
        "period": period,
        "month_switch": switch,
    }
    return render(request, "disclosures/rows/my_duties.html", context)


def _lines(access: Access, office: Office, period: Period, as_of: date) -> list[Line]:
    today = timezone.localdate()
    own = set(access.visible_units.values_list("pk", flat=True))
    of_period = dict.fromkeys(terms_due(office, period.start, period.last), as_of)
    around = terms_due(office, today - STILL_OPEN, Period.month_of(today).next().last)
    asked = of_period | {term: today for term in around if term not in of_period}
    calendar = RestDay.objects.calendar()
    lines = [
        _line(term, duty, asked[term], calendar)
        for term, duties in duties_of(asked, office).items()
        for duty in duties
        if duty.unit.unit_id in own
    ]
    shown = [line for line in lines if line.term in of_period or line.told.stage is not Stage.FINISHED]
    return sorted(shown, key=_order)


def _line(term: Term, duty: Duty, as_of: date, calendar: WorkingCalendar) -> Line:
    address = duty_address(term.requirement.code, term.code, duty.unit.code)
    left, over = calendar.between(as_of, duty.due_on), max(0, (as_of - duty.due_on).days)
    return Line(term, duty, told(duty, as_of), address, left, over)


def _order(line: Line) -> tuple[int, int, int]:
    """What is to be done first: returned, lately overdue, then what is ahead, soonest first, then what is long overdue.

    What is finished stands at the end, the newest first.
    """
    day = line.duty.due_on.toordinal()
    over = line.days_over
    if line.told.stage is Stage.FINISHED:
        return TURN[line.told.stage], 0, -day
    return TURN[line.told.stage], 2 if over > LATELY else 0 if over > 0 else 1, -day if over > 0 else day
