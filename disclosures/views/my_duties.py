"""What one's own unit has to do: due, returned, waiting and done, with one sentence on top. All of it as it is today."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from disclosures.duties.duty import Duty, Term, duties_of, terms_due
from disclosures.duties.states import STAGES, Stage, Told, told
from disclosures.models import RestDay, Submission
from disclosures.month_in_view import MonthSwitch
from disclosures.workdays import WorkingCalendar
from lanshan_portal.addresses import duty_address
from lanshan_portal.periods import Period
from units.access import Access
from units.models import Office
from units.roles import Permission

STILL_OPEN = timedelta(days=92)
"""How far back what is not finished is listed whatever month somebody is looking at; what is older stands in its own month."""
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
    request: HttpRequest, access: Access, office: Office, period: Period, switch: MonthSwitch
) -> HttpResponseBase:
    """The duties of the person's units: those due in `period`, and those of other months that are not finished, whatever
    month somebody is looking at. What was handed in and waits, or came back, is listed however old it is."""
    today = timezone.localdate()
    lines = _lines(access, office, period, today)
    counts = Counter(line.told.stage for line in lines)
    show = request.GET.get("show", "")
    shown = [line for line in lines if not show or line.told.stage == show]
    context = {
        "lines": shown,
        "total": len(lines),
        "choices": [(stage.value, words, counts[stage]) for stage, words in STAGES.items()],
        "show": show,
        "overdue": [line for line in lines if line.told.stage is Stage.OPEN and line.days_over],
        "ahead": [line for line in lines if line.told.stage is Stage.OPEN and not line.days_over],
        "returned": [line for line in lines if line.told.stage is Stage.RETURNED],
        "waiting": counts[Stage.REVIEW],
        "several": len({line.duty.unit.unit_id for line in lines}) > 1,
        "may_hand_in": access.may(Permission.HAND_IN),
        "today": today,
        "period": period,
        "month_switch": switch,
    }
    return render(request, "disclosures/rows/my_duties.html", context)


def _lines(access: Access, office: Office, period: Period, today: date) -> list[Line]:
    own = set(access.visible_units.values_list("pk", flat=True))
    of_period = dict.fromkeys(terms_due(office, period.start, period.last), today)
    around = terms_due(office, today - STILL_OPEN, Period.month_of(today).next().last)
    asked = of_period | dict.fromkeys((*around, *_not_decided(own)), today)
    calendar = RestDay.objects.calendar()
    lines = [
        _line(term, duty, today, calendar)
        for term, duties in duties_of(asked, office).items()
        for duty in duties
        if duty.unit.unit_id in own
    ]
    shown = [line for line in lines if line.term in of_period or line.told.stage is not Stage.FINISHED]
    return sorted(shown, key=_order)


def _not_decided(units: set[int]) -> list[Term]:
    """The terms of which something the units handed in waits for its review, or came back."""
    waiting = Submission.objects.filter(unit__in=units).exclude(review=Submission.Review.ACCEPTED)
    waiting = waiting.select_related("requirement__group").prefetch_related("requirement__units")
    return list(
        {(each.requirement_id, each.term): Term.of_record(each.requirement, each.term) for each in waiting}.values()
    )


def _line(term: Term, duty: Duty, today: date, calendar: WorkingCalendar) -> Line:
    address = duty_address(term.requirement.code, term.code, duty.unit.code)
    left, over = calendar.between(today, duty.due_on), max(0, (today - duty.due_on).days)
    return Line(term, duty, told(duty, today), address, left, over)


def _order(line: Line) -> tuple[int, bool, int]:
    """What is to be done first: returned, then overdue, the latest first, then what is ahead, soonest first.

    What waits for somebody else and what is finished stands at the end, the newest first.
    """
    day = line.duty.due_on.toordinal()
    is_ahead = line.told.stage is Stage.OPEN and not line.days_over
    return TURN[line.told.stage], is_ahead, day if is_ahead else -day
