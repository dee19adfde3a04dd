"""One's own jobs: how far they are, their results, taking them back, putting them away."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from disclosures import jobs
from disclosures.downloads import download
from disclosures.files.keeping import content_of
from disclosures.models import Job
from units import audit
from units.access import access_of
from units.permissions import signed_in_only

JOBS_SHOWN = 20


def _own(request: HttpRequest, pk: int) -> Job:
    return get_object_or_404(Job, pk=pk, by=access_of(request).user)


@signed_in_only
@require_safe
def jobs_all(request: HttpRequest) -> HttpResponseBase:
    """The person's newest jobs, put away or not: a result waits here."""
    found = Job.objects.filter(by=access_of(request).user).select_related("result")[:JOBS_SHOWN]
    context = {"jobs": [(job, jobs.progress_of(job) if job.is_active else None) for job in found]}
    return render(request, "disclosures/jobs/jobs.html", context)


@signed_in_only
@require_safe
def jobs_mine(request: HttpRequest) -> HttpResponseBase:
    """The notes about the person's jobs, a fragment of every page."""
    return _notes(request)


def _notes(request: HttpRequest) -> HttpResponseBase:
    user = access_of(request).person
    shown = list(Job.objects.shown_to(user.pk).select_related("result")[:JOBS_SHOWN])
    context = {
        "jobs": [(job, jobs.progress_of(job)) for job in shown],
        "any_active": any(job.is_active for job in shown),
    }
    return render(request, "disclosures/jobs/_mine.html", context)


@signed_in_only
@require_POST
def jobs_cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End the work as soon as it notices; what is finished stays finished."""
    job = _own(request, pk)
    if job.is_active:
        jobs.cancel(job)
    return _notes(request) if request.htmx else redirect("jobs")  # type: ignore[attr-defined]


@signed_in_only
@require_POST
def jobs_put_away(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a finished job no more at the foot of every page; it stays in the list of jobs."""
    job = _own(request, pk)
    if not job.is_active:
        Job.objects.filter(pk=job.pk).update(put_away=True)
    return _notes(request) if request.htmx else redirect("jobs")  # type: ignore[attr-defined]


@signed_in_only
@require_safe
def jobs_result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file that came of the work."""
    job = _own(request, pk)
    if job.result is None:
        raise Http404
    audit.record(
        by=access_of(request).user,
        verb="file.downloaded",
        office=job.office,
        target=job.result,
        data={"file": job.result.name, "of": job.title},
    )
    return download(
        content_of(job.result),
        name=job.result.name,
        fallback=f"{job.kind}-{job.pk}.{job.result.kind}",
        content_type=job.result.content_type,
    )
