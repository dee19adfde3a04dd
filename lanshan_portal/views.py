"""The way in, and the page for an error of our own."""

from __future__ import annotations

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseServerError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from disclosures.month_in_view import month_in_view
from units.access import access_of
from units.roles import ISSUING_LEADER, Permission

logger = logging.getLogger(__name__)


def home(request: HttpRequest) -> HttpResponseBase:
    """The overview of the month in view, for who signs the notice its one page; before there is an office, the page that
    brings one in."""
    access = access_of(request)
    if not access.memberships:
        return render(request, "no_role.html", status=403)
    if access.office is None and access.may(Permission.IMPORT_SHEETS):
        return redirect("imports")
    return redirect("overview_brief" if access.role == ISSUING_LEADER else "overview", month_in_view(request))


def server_error(request: HttpRequest) -> HttpResponse:
    """The page 500, made without the database; its code stands in the log beside what went wrong."""
    code = secrets.token_hex(4).upper()
    logger.error("错误编号 %s %s %s", code, request.method, request.path, exc_info=sys.exc_info())
    return HttpResponseServerError(render_to_string("500.html", {"code": code}))
