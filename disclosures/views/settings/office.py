"""机关: what the office calls itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from disclosures.views.settings.pages import history_of, kept
from units.access import office_of
from units.forms.office import OfficeForm
from units.models import Office
from units.permissions import require
from units.roles import Permission

PAGE = "机关"


@require(Permission.MANAGE_SETTINGS)
def settings_office(request: HttpRequest) -> HttpResponseBase:
    """The office's names, addressees and telephone."""
    office = office_of(request)
    form = OfficeForm(request.POST or None, instance=Office.objects.get(pk=office.pk))
    if kept(request, form, PAGE):
        return redirect("settings_office")
    context = {"form": form, "history": history_of(office, Office)}
    return render(request, "settings/office.html", context)
