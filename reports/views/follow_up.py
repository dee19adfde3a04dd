"""What follows an issued notice: its arrangements become tasks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from disclosures.views.requirements import next_codes
from lanshan_portal import notes
from lanshan_portal.periods import Period
from reports.actions.arrangements import TasksRefused, set_tasks
from reports.arrangement_forms import ArrangementTaskForm, forms_of
from reports.arrangements import arrangements_of
from reports.models import IssuedNotice
from reports.views.issued import issued_or_404
from units.access import access_of
from units.permissions import require
from units.roles import Permission

NONE_TICKED = "请勾选要布置的工作安排。"
NOT_SET = "任务没有布置，请先改正标出的内容。"


@require(Permission.MANAGE_REQUIREMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def issued_tasks(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The arrangements of the notice, each as the task it may become; all that are ticked are set at once."""
    notice = issued_or_404(request, pk)
    rows = arrangements_of(notice)
    codes = next_codes(notice.office, Period.month_of(timezone.localdate()), len(rows))
    if request.method != "POST":
        return _page(request, notice, forms_of(rows, codes, notice.office))
    forms = forms_of(rows, codes, notice.office, request.POST)
    ticked = [form for form in forms if form.is_ticked]
    if not ticked:
        return _page(request, notice, forms, NONE_TICKED)
    # Every one is looked at, so that all that is wrong is told at once.
    if not all([form.is_valid() for form in ticked]):
        return _page(request, notice, forms, NOT_SET)
    by, at = access_of(request).person, timezone.now()
    try:
        made = set_tasks(issued=notice, wanted=[form.wanted() for form in ticked], by=by, at=at)
    except TasksRefused as refused:
        for form in ticked:
            form.sentence = refused.sentences.get(form.row.arrangement.pk, "")
        return _page(request, notice, forms, NOT_SET)
    notes.done(request, f"已布置 {len(made)} 项任务，下期通报列出未完成的单位。")
    return redirect("issued_tasks", pk)


def _page(
    request: HttpRequest, notice: IssuedNotice, forms: list[ArrangementTaskForm], sentence: str = ""
) -> HttpResponseBase:
    rows = arrangements_of(notice)
    by_arrangement = {form.row.arrangement.pk: form for form in forms}
    context: dict[str, Any] = {
        "issued": notice,
        "rows": [(row, by_arrangement.get(row.arrangement.pk)) for row in rows],
        "to_set": any(row.task is None for row in rows),
        "units": access_of(request).directory.at(timezone.localdate()),
        "sentence": sentence,
    }
    return render(request, "reports/issued/tasks.html", context, status=422 if sentence else 200)
