"""Pictures of accounts: brought to a row of a round, seen there and beside the finding."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions.media_entries import add_screenshot, set_screenshot
from disclosures.actions.media_rounds import RoundRefused
from disclosures.downloads import download
from disclosures.files.keeping import content_of
from disclosures.files.recognition import FileRefused
from disclosures.models import MediaRoundEntry, StoredFile
from disclosures.views.rows import visible_records
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from units.access import access_of
from units.permissions import require
from units.roles import Permission

PASTED = "截图.png"


def _entry(request: HttpRequest, pk: int) -> MediaRoundEntry:
    entries = MediaRoundEntry.objects.filter(round__office=access_of(request).office)
    return get_object_or_404(entries.select_related("round__office", "account"), pk=pk)


def _brought(entry: MediaRoundEntry, file: int) -> StoredFile:
    """A picture that the office has, beside the row or taken away from it."""
    kinds = (StoredFile.Kind.PNG, StoredFile.Kind.JPEG)
    return get_object_or_404(StoredFile, pk=file, office=entry.round.office, kind__in=kinds)


def _picture(file: StoredFile) -> HttpResponseBase:
    try:
        content = content_of(file)
    except OSError:
        raise Http404 from None
    return download(
        content, name=file.name, fallback=f"{file.pk}.{file.kind}", content_type=file.content_type, inline=True
    )


@require(Permission.EDIT_RECORDS)
@require_POST
def entry_screenshots_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep a picture with a row: the field `picture`, chosen or pasted."""
    access = access_of(request)
    entry = _entry(request, pk)
    picture = request.FILES.get("picture")
    if picture is None:
        return JsonResponse({"sentence": "图片没有传上来，请重新选择。"}, status=400)
    try:
        kept = add_screenshot(
            entry=entry, name=picture.name or PASTED, content=picture.read(), by=access.person, at=timezone.now()
        )
    except (FileRefused, RoundRefused) as refused:
        return JsonResponse({"sentence": str(refused)}, status=422)
    return JsonResponse({"address": reverse("entry_screenshot", args=[entry.pk, kept.pk]), "name": kept.name})


@require(Permission.READ_ALL_UNITS)
@require_safe
def entry_screenshot(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A picture of a row."""
    return _picture(get_object_or_404(_entry(request, pk).screenshots, pk=file))


@require(Permission.EDIT_RECORDS)
@require_POST
def entry_screenshots_remove(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Take a picture away from a row; it can be given back."""
    entry = _entry(request, pk)
    picture = _brought(entry, file)
    set_screenshot(entry=entry, screenshot=picture, shown=False)
    notes.done(
        request,
        f"已移除“{entry.account.name}”的截图。",
        undo=reverse("entry_screenshots_restore", args=[entry.pk, picture.pk]),
    )
    return redirect("rounds_one", entry.round_id)


@require(Permission.EDIT_RECORDS)
@require_POST
def entry_screenshots_restore(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """Give back a picture that was taken away."""
    entry = _entry(request, pk)
    picture = _brought(entry, file)
    set_screenshot(entry=entry, screenshot=picture, shown=True)
    return redirect("rounds_one", entry.round_id)


@require(*EVERY_READER)
@require_safe
def check_screenshot(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A picture beside a finding, for whoever may see the finding."""
    check = get_object_or_404(visible_records("media_checks", access_of(request)), pk=pk)
    return _picture(get_object_or_404(check.screenshots, pk=file))
