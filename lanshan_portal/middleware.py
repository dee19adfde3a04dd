"""What stands between a request and every page: its number, where it comes from, browsers that are too old, the size of
uploads, NUL characters, passwords that are due, fragments after a time-out."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from lanshan_portal.logs import current_request
from lanshan_portal.views import bad_request
from units.addresses import address_of
from units.audit import request_address
from units.models import User

Handler = Callable[[HttpRequest], HttpResponseBase]

NUL = "\x00"
FORM_FIELDS = 64 * 1024
"""Room beside the file for the other fields of its form."""
OPEN_TO_DUE_PASSWORDS = {"password", "logout", "session_kept"}


REQUEST_NUMBER = "X-Request-Number"
NUMBER_BYTES = 4
"""Eight characters: short enough to read out on the telephone."""


class NumberRequests:
    """Give each request a number that its answer, its page of an error and its lines in the log bear. The outermost."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Whatever comes next, with the number in its head."""
        request.number = secrets.token_hex(NUMBER_BYTES).upper()  # type: ignore[attr-defined]
        request.client_address = address_of(request)  # type: ignore[attr-defined]
        noted, known = current_request.set(request), request_address.set(request.client_address)  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
        finally:
            current_request.reset(noted)
            request_address.reset(known)
        response[REQUEST_NUMBER] = request.number  # type: ignore[attr-defined]
        return response


class OldBrowsers:
    """Internet Explorer, and Chinese browsers in the mode that is it: one plain page that says how to leave it."""

    MARK = re.compile(r"MSIE |Trident/")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """That page, else whatever comes next. Answered as a success: the browser hides pages of errors behind its own."""
        if self.MARK.search(request.headers.get("User-Agent", "")):
            response = render(request, "old_browser.html")
            response["Cache-Control"] = "no-store"
            return response
        return self.get_response(request)


class RefusalsHavePages:
    """An address that only a form may be sent to, opened as a page (after signing in anew): a page instead of nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, with the page 405 in an empty refusal of a method."""
        response = self.get_response(request)
        if response.status_code != 405 or getattr(response, "content", None):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


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
            return bad_request(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponseBase | None:
        """The page 400 for a form with one; read here, after the check of the body's size and of the form's token."""
        return bad_request(request) if _holds_nul(request.POST) else None


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
