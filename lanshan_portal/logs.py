"""The lines of the log: which request, from where, by whom."""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

current_request: ContextVar[Any] = ContextVar("current_request", default=None)
"""The request being answered; None outside of requests."""

NOBODY = "-"


class RequestFacts(logging.Filter):
    """Give every line the request's number, its address and the person's id; a dash for what there is not.

    What Django tells of a request after it is answered carries the request itself.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always let the line through."""
        request = getattr(record, "request", None) or current_request.get()
        record.number = getattr(request, "number", NOBODY)
        record.address = getattr(request, "client_address", None) or NOBODY
        # Asked of the request only if it is known already: a line of the log must not ask the database.
        person = getattr(request, "_cached_user", None)
        record.person = getattr(person, "pk", None) or NOBODY
        return True
