"""The audit trail: writing it, and the sentence each kind of event is shown with.

Where a request comes from is known to the middleware alone (`lanshan_portal.middleware.NumberRequests`); whatever the request
causes is recorded with that address.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from units.models import AuditEvent, Office, User

SESSIONS, ACCOUNTS, READING = "登录", "账号", "查看和下载"
"""Families of events that change nothing that is counted."""
MARKED_BY = 32
"""How many events make a mark: so many may be committed after one of a higher number and still change it."""

request_address: ContextVar[str | None] = ContextVar("request_address", default=None)
"""The address of the request being answered; None outside of requests."""


def record(
    *,
    by: User | None,
    verb: str,
    office: Office | None = None,
    target: Model | None = None,
    data: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one event; `verb` is dotted (`import.accepted`) and gets its sentence where the log is shown."""
    return AuditEvent.objects.create(
        by=by,
        office=office,
        verb=verb,
        target_kind=target._meta.model_name or "" if target is not None else "",
        target_id=str(target.pk) if target is not None else "",
        address=request_address.get(),
        data=data or {},
    )


# --- reading it

Telling = Callable[[dict[str, Any]], str]
"""From an event's data to what more there is to say; must bear data of an earlier version."""


@dataclass(frozen=True)
class Verb:
    """A kind of event: its words, the family it is filtered by, and what its data say."""

    words: str
    family: str
    telling: Telling

    def sentence(self, data: dict[str, Any]) -> str:
        """An event with those data as the log shows it."""
        more = self.telling(data)
        return f"{self.words}：{more}" if more else self.words


VERBS: dict[str, Verb] = {}
"""Every verb; each app tells its own when it is ready (`trail.py` of the app)."""


def tell(verb: str, words: str, family: str, telling: Telling = lambda data: "") -> None:
    """Say how events of a verb are shown; a verb is told once."""
    assert verb not in VERBS, verb
    VERBS[verb] = Verb(words, family, telling)


def changes() -> str:
    """A mark of all that has been done so far: another one after every event that may change what is counted.

    Reckoned from the newest numbers, so it holds for one database; one look-up in the primary key.
    """
    quiet = [name for name, verb in VERBS.items() if verb.family in (SESSIONS, ACCOUNTS, READING)]
    newest = AuditEvent.objects.exclude(verb__in=quiet).order_by("-id").values_list("id", flat=True)
    return "-".join(map(str, newest[:MARKED_BY]))


def sentence_of(event: AuditEvent) -> str:
    """The event in words; of a verb that is no longer told, its name."""
    verb = VERBS.get(event.verb)
    return verb.sentence(event.data) if verb else event.verb
