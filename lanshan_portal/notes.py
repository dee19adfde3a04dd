"""Short notes to the person after an act: what was done, and the way to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from lanshan_portal.addresses import next_page

UNDO = "undo:"


def done(request: HttpRequest, words: str, *, undo: str = "") -> None:
    """Say what was done; `undo` is an address that takes it back when it is posted to, offered as 撤回."""
    messages.success(request, words, extra_tags=f"{UNDO}{undo}" if undo else "")


def refused(request: HttpRequest, words: str) -> None:
    """Say why nothing was done; the note stays until it is closed."""
    messages.error(request, words)


def undo_address(tags: str) -> str:
    """The address in a note's tags that takes the act back, or nothing."""
    return next((tag.removeprefix(UNDO) for tag in tags.split() if tag.startswith(UNDO)), "")


def back(request: HttpRequest, otherwise: str) -> HttpResponseBase:
    """To the page that a note's form, or any form with `next`, was on, if it is one of ours; else to the page of that name."""
    return redirect(next_page(request, otherwise))


def anew(request: HttpRequest, address: str) -> HttpResponseBase:
    """The page on which a script sent the form, as it is now; without one, that address."""
    return refreshed() if request.htmx else redirect(address)  # type: ignore[attr-defined]


def refreshed() -> HttpResponse:
    """What tells a script to fetch its page anew."""
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer


def go_on(request: HttpRequest, address: str) -> HttpResponseBase:
    """The whole page to that address, whether a script sent the form or not."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer
