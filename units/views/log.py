"""The log, for who may read all of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from units.access import office_of
from units.forms.log import LogFilterForm
from units.log import LogPage, page_of
from units.permissions import require
from units.roles import Permission
from units.views.accounts import directory_of


def place_asked_for(request: HttpRequest) -> dict[str, int | None]:
    """The event a page starts from: `before` for what is older, `after` for what is newer."""
    given = {name: request.GET.get(name, "") for name in ("before", "after")}
    return {
        name: int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
        for name, text in given.items()
    }


@require(Permission.READ_LOG)
@require_safe
def log(request: HttpRequest) -> HttpResponseBase:
    """The office's log, as far as it is asked for."""
    office, today = office_of(request), timezone.localdate()
    directory = directory_of(office)
    form = LogFilterForm(request.GET)
    found = (
        page_of(form.selection(office, directory, today), **place_asked_for(request))
        if form.is_valid()
        else LogPage([])
    )
    context = {
        "form": form,
        "log": found,
        "narrowed": form.is_valid() and any(form.cleaned_data.values()),
        "unit_names": [entry.short_name for entry in directory.at(today)],
    }
    return render(request, "units/log.html", context, status=422 if form.errors else 200)
