"""The way in, the pages for errors, and what a monitor asks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from disclosures.month_in_view import month_in_view
from lanshan_portal import condition
from lanshan_portal.nav import EVERY_READER
from units import contact
from units.access import Access, access_of
from units.roles import ISSUING_LEADER, Permission


def home(request: HttpRequest) -> HttpResponseBase:
    """The overview of the month in view, for who signs the notice its one page, for who reads nothing else the log; before
    there is an office, the page that brings one in."""
    access = access_of(request)
    if not access.memberships:
        return render(request, "no_role.html", status=403)
    if access.office is None and access.may(Permission.IMPORT_SHEETS):
        return redirect("imports")
    if not access.may(*EVERY_READER) and access.may(Permission.READ_LOG):
        return redirect("log")
    return redirect("overview_brief" if access.role == ISSUING_LEADER else "overview", month_in_view(request))


# --- errors


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page 400; unlike Django's own it knows the request, so it can tell its number."""
    return render(request, "400.html", status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page 500, made without the database; what went wrong stands in the log under the same number."""
    known: Access | None = getattr(request, "_access", None)
    facts = {"number": getattr(request, "number", ""), "contact": contact.known(known.office if known else None)}
    return HttpResponseServerError(render_to_string("500.html", facts))


# --- monitoring


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether the portal can work: each thing it leans on by name, 503 when one is missing. No address, no version."""
    found = {name: "ok" if works else "failed" for name, works in condition.readiness().items()}
    ready = "failed" not in found.values()
    return JsonResponse({"status": "ok" if ready else "failed", "checks": found}, status=200 if ready else 503)
