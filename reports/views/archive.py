"""Archives for an inspection: asked for here, put together in the background, fetched from one's own jobs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from reports.actions.archive import archive_notice, archive_unit
from reports.views.issued import issued_or_404
from units.access import access_of
from units.permissions import require
from units.roles import Permission

BEGUN = "正在汇集存档，完成后在页面右下角下载。"
YEARS = range(2000, 2101)


@require(Permission.READ_ALL_UNITS)
@require_POST
def issued_archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Have a notice's archive made."""
    archive_notice(issued=issued_or_404(request, pk), by=access_of(request).person, at=timezone.now())
    notes.done(request, BEGUN)
    return redirect("issued", pk)


@require(*EVERY_READER)
@require_POST
def units_archive(request: HttpRequest, code: str) -> HttpResponseBase:
    """Have the archive of a unit's year made: that of `year`, or of this one."""
    access = access_of(request)
    unit = get_object_or_404(access.visible_units, code=code)
    year = request.POST.get("year", str(timezone.localdate().year))
    if not year.isdecimal() or int(year) not in YEARS:
        raise Http404
    archive_unit(unit=unit, year=int(year), by=access.person, at=timezone.now())
    notes.done(request, BEGUN)
    return redirect(reverse("units_one", args=[unit.code]))
