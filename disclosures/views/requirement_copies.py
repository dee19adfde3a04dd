"""Last month's tasks, again: each with another name and day, all set at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from disclosures.actions import requirements as acts
from disclosures.compliance import due_in
from disclosures.models import Requirement
from disclosures.month_in_view import month_asked_for
from disclosures.views.requirements import next_codes
from lanshan_portal import notes
from lanshan_portal.periods import Period, day_asked_for
from units.access import access_of, office_of
from units.models import Office
from units.permissions import require
from units.roles import Permission

LONGEST_NAME = 200


@dataclass(frozen=True)
class Line:
    """A task with the name and the day it is to have, as proposed or as typed; and what is wrong with them."""

    task: Requirement
    name: str
    due: str
    due_on: date | None
    ticked: bool

    @property
    def error(self) -> str:
        """What is wrong with a line that is ticked."""
        if not self.ticked:
            return ""
        if not self.name or len(self.name) > LONGEST_NAME:
            return f"请填写任务名称，不超过 {LONGEST_NAME} 字。"
        return "" if self.due_on else "截止日期应写作 2020-06-01。"


@require(Permission.MANAGE_REQUIREMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def requirements_copy(request: HttpRequest) -> HttpResponseBase:
    """The tasks asked once in the month before, to be set again for this one; monthly ones come again by themselves."""
    office, month = office_of(request), _month(request)
    tasks = Requirement.objects.due_between(office, month.previous().start, month.previous().last)
    once = tasks.filter(recurrence=Requirement.Recurrence.ONCE).select_related("group")
    lines = [
        _typed(request, task) if request.method == "POST" else _proposed(task, month)
        for task in once.prefetch_related("units", "attachments").order_by("due_on", "code")
    ]
    ticked = [line for line in lines if line.ticked]
    if request.method == "POST" and not ticked:
        notes.refused(request, "请勾选要复制的任务。")
    elif request.method == "POST" and not any(line.error for line in ticked):
        _copy(request, office, ticked)
        notes.done(request, f"已布置 {len(ticked)} 项任务。")
        return redirect(f"{reverse('rows', args=['duties'])}?from={month.start}&to={month.last}")
    context = {"lines": lines, "month": month, "before": month.previous(), "longest": LONGEST_NAME}
    return render(request, "disclosures/requirements/copy.html", context)


def _month(request: HttpRequest) -> Period:
    return Period.month_of(month_asked_for(request).last)


def _proposed(task: Requirement, month: Period) -> Line:
    due_on = due_in(task.due_on, month)
    return Line(task, _renamed(task.name, month.previous(), month), due_on.isoformat(), due_on, ticked=True)


def _typed(request: HttpRequest, task: Requirement) -> Line:
    due = request.POST.get(f"due-{task.pk}", "")
    try:
        due_on = day_asked_for(due)
    except ValueError:
        due_on = None
    name = request.POST.get(f"name-{task.pk}", "").strip()
    return Line(task, name, due, due_on, ticked=str(task.pk) in request.POST.getlist("task"))


def _renamed(name: str, before: Period, month: Period) -> str:
    """The name with the month before replaced by this one: 5月份台账 becomes 6月份台账."""
    was, now = before.start, month.start
    with_years = name.replace(f"{was.year}年{was.month}月", f"{now.year}年{now.month}月")
    return with_years.replace(f"{was.month}月", f"{now.month}月")


def _copy(request: HttpRequest, office: Office, lines: list[Line]) -> None:
    at = timezone.now()
    today = timezone.localdate(at)
    codes = next_codes(office, Period.month_of(today), len(lines))
    acts.copy_all(
        office=office,
        copies=[
            (
                line.task,
                {
                    "code": code,
                    "name": line.name,
                    "due_on": line.due_on,
                    "assigned_on": min(today, line.due_on or today),
                },
            )
            for code, line in zip(codes, lines, strict=True)
        ],
        by=access_of(request).person,
        at=at,
    )
