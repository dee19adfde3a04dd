"""示例数据: what it is, loading it into an empty portal, taking it out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures import jobs, sample
from disclosures.models import Job
from lanshan_portal import notes
from units.access import access_of
from units.permissions import require
from units.roles import Permission

TITLES = {sample.LOAD: "装入示例数据", sample.REMOVE: "移除示例数据"}


def _job() -> Job | None:
    return Job.objects.filter(kind__in=TITLES).first()


@require(Permission.MANAGE_SETTINGS)
@require_safe
def settings_sample(request: HttpRequest) -> HttpResponseBase:
    """What the sample is, whether it stands, and how far its loading or removal has come."""
    office, job = access_of(request).office, _job()
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(status=204) if job and job.is_active else notes.refreshed()
    context: dict[str, Any] = {
        "months": sample.months(),
        "loaded": sample.loaded(office),
        "may_load": sample.may_load(office),
        "job": job,
        "progress": jobs.progress_of(job) if job and job.is_active else None,
    }
    return render(request, "settings/sample.html", context)


def _begin(request: HttpRequest, kind: str) -> HttpResponseBase:
    access = access_of(request)
    with transaction.atomic():
        running = _job()
        if running is None or not running.is_active:
            jobs.begin(
                kind=kind,
                title=TITLES[kind],
                by=access.person,
                office=access.office,
                arguments={},
                at=timezone.now(),
            )
    return redirect("settings_sample")


@require(Permission.MANAGE_SETTINGS)
@require_POST
def settings_sample_load(request: HttpRequest) -> HttpResponseBase:
    """Load the sample, where the portal is empty."""
    if not sample.may_load(access_of(request).office):
        notes.refused(request, "平台中已有本机关的数据，不能再装入示例数据。")
        return redirect("settings_sample")
    return _begin(request, sample.LOAD)


@require(Permission.MANAGE_SETTINGS)
@require_POST
def settings_sample_remove(request: HttpRequest) -> HttpResponseBase:
    """Take the sample out, where it stands."""
    if not sample.loaded(access_of(request).office):
        notes.refused(request, "平台中没有示例数据。")
        return redirect("settings_sample")
    return _begin(request, sample.REMOVE)
