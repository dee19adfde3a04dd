"""Short notes to the person after an act: what was done, and the way to take it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

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
