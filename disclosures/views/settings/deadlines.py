"""办理时限: dated limits with their sources; before one is saved, which open cases would be due on another day."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from disclosures.calendar_years import years_awaited
from disclosures.deadline_changes import limits_of, moved, with_rule
from disclosures.models import DeadlineRule
from disclosures.settings_forms import DeadlineForm
from disclosures.views.settings.pages import history_of, say_saved
from units.access import access_of, office_of
from units.actions import settings as actions
from units.models import Office
from units.permissions import require
from units.roles import Permission

PAGE = "办理时限"
EXAMPLES = 8


@require(Permission.MANAGE_SETTINGS)
def settings_deadlines(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """The limits, and the form for a new one or for the one of that number: first what it would move, then saving."""
    office, today = office_of(request), timezone.localdate()
    rule = get_object_or_404(DeadlineRule, office=office, pk=pk) if pk else DeadlineRule(office=office)
    form = DeadlineForm(request.POST or None, instance=rule, office=office)
    preview: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        before = _rules(office, rule.subject)
        after = with_rule(_rules(office, rule.subject), form.instance)
        if request.POST.get("step") == "save":
            event = actions.change(page=PAGE, records=after, office=office, by=access_of(request).user)
            say_saved(request, event, PAGE)
            return redirect("settings_deadlines")
        found = moved(office, rule.subject, limits_of(before), limits_of(after), today)
        preview = {"moved": found[:EXAMPLES], "count": len(found), "sooner": sum(each.is_sooner for each in found)}
    every = list(DeadlineRule.objects.filter(office=office).order_by("subject", "valid_from"))
    context = {
        "form": form,
        "rule": rule if pk else None,
        "preview": preview,
        "subjects": [
            (label, [each for each in every if each.subject == value]) for value, label in DeadlineRule.Subject.choices
        ],
        "today": today,
        "years_awaited": years_awaited(today),
        "history": history_of(office, DeadlineRule),
    }
    return render(request, "settings/deadlines.html", context)


def _rules(office: Office, subject: str) -> list[DeadlineRule]:
    return list(DeadlineRule.objects.filter(office=office, subject=subject))
