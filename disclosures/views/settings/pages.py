"""What all pages of settings have in common: the office, the note after saving, the history with its way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from lanshan_portal import notes
from units.access import access_of, office_of
from units.actions import settings as actions
from units.models import AuditEvent, Office
from units.permissions import require
from units.roles import Permission


def say_saved(request: HttpRequest, event: AuditEvent | None, page: str) -> None:
    """The note after saving, with its way back."""
    if event is None:
        notes.done(request, f"{page}没有改动。")
    else:
        notes.done(request, f"{page}已保存。", undo=reverse("settings_undo", args=[event.pk]))


def kept(request: HttpRequest, form: ModelForm, page: str) -> bool:
    """Whether the form was sent and its record is kept now; the note says so, with the way back."""
    if request.method != "POST" or not form.is_valid():
        return False
    office = office_of(request)
    say_saved(
        request, actions.change(page=page, records=[form.instance], office=office, by=access_of(request).user), page
    )
    return True


@dataclass(frozen=True)
class PastChange:
    """One line of a page's history: the event, what it changed, and whether it can be taken back here."""

    event: AuditEvent
    sentences: list[str]
    may_undo: bool


def history_of(office: Office, *models: type[Model]) -> list[PastChange]:
    """The newest changes; the last one can be taken back."""
    return [
        PastChange(event, actions.sentences(event), not number and event.verb == actions.CHANGED)
        for number, event in enumerate(actions.history(office, *models))
    ]


@require(Permission.MANAGE_SETTINGS)
@require_POST
def settings_undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back one change of the settings."""
    office = office_of(request)
    event = get_object_or_404(AuditEvent, pk=pk, office=office, verb=actions.CHANGED)
    try:
        actions.restore(event=event, office=office, by=access_of(request).user)
    except actions.SettingsRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"{event.data['page']}已恢复为修改前的内容。")
    return notes.back(request, "settings")
