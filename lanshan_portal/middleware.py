"""What stands between a request and every page: where it comes from, the size of uploads, NUL characters, passwords that are
due, fragments after a time-out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.defaults import bad_request

from units.addresses import address_of
from units.audit import request_address
from units.models import User

Handler = Callable[[HttpRequest], HttpResponseBase]

NUL = "\x00"
FORM_FIELDS = 64 * 1024
"""Room beside the file for the other fields of its form."""
OPEN_TO_DUE_PASSWORDS = {"password", "logout", "session_kept"}


class NoteAddress:
    """Tell the audit trail where the request comes from, for as long as it is answered."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever comes next."""
        noted = request_address.set(address_of(request))
        try:
            return self.get_response(request)
        finally:
            request_address.reset(noted)


class UploadLimit:
    """Refuse a body larger than any file the portal accepts before reading it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page 413 for too large a body, else whatever comes next."""
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.UPLOAD_MAX_BYTES + FORM_FIELDS:
            return render(request, "413.html", {"limit": settings.UPLOAD_MAX_BYTES}, status=413)
        return self.get_response(request)


class NoNulCharacters:
    """Refuse a character that no person types and PostgreSQL cannot store or compare: NUL in path or parameters."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page 400 for an address with one, else whatever comes next."""
        if NUL in request.path or _holds_nul(request.GET):
            return bad_request(request, SuspiciousOperation())
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """The page 400 for a form with one; read here, after the check of the body's size and of the form's token."""
        return bad_request(request, SuspiciousOperation()) if _holds_nul(request.POST) else None


def _holds_nul(parameters: QueryDict) -> bool:
    return any(NUL in word for name, values in parameters.lists() for word in (name, *values))


class DuePassword:
    """Lead a person whose password is due, set by somebody else or too old, to the page that changes it."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """The way to the change page, where it is due."""
        if not isinstance(request.user, User) or not request.user.password_is_due(timezone.now()):
            return None
        if request.resolver_match and request.resolver_match.view_name in OPEN_TO_DUE_PASSWORDS:
            return None
        return redirect(_with_next(reverse("password"), request.path))


class FragmentAfterTimeOut:
    """A fragment asked for after the session ended: send the whole page to sign in, and back to itself afterwards."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with a redirect to the sign-in page turned into one that htmx follows as a page."""
        response = self.get_response(request)
        login = reverse(settings.LOGIN_URL)
        if not getattr(request, "htmx", False) or not response.get("Location", "").startswith(login):
            return response
        page = request.htmx.current_url_abs_path or "/"  # type: ignore[attr-defined]
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = _with_next(login, page)
        return answer


def _with_next(address: str, page: str) -> str:
    """The address with the page to lead back to, its own parameters included."""
    return f"{address}?{urlencode({'next': page}, safe='/')}"
