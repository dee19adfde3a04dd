"""Reading an answer: its words, and the way back that its note offers."""

from __future__ import annotations

from typing import Any


def text(response: Any) -> str:
    """The words of a page that is there."""
    assert response.status_code == 200
    words: str = response.content.decode()
    return words


def page_at(client: Any, address: str, **how: Any) -> str:
    """The words of the page at the address."""
    return text(client.get(address, **how))


def undo_of(page: str) -> str:
    """The address to which the first note of the page posts to take back what it tells."""
    _, _, note = page.partition('class="toast-note')
    _, _, address = note.partition('action="')
    return address.partition('"')[0]
