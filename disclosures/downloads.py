"""Handing a file to the browser under a Chinese name."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NOT_IN_A_FALLBACK = re.compile(r"[^A-Za-z0-9._-]+")


def download(content: bytes, *, name: str, fallback: str, content_type: str, inline: bool = False) -> HttpResponse:
    """The file, saved under `name` (RFC 5987), or under `fallback` by programs that do not know it.

    What is not ASCII in the fallback, or would end it, is left out: one such character, and Django writes the whole
    header as an encoded word (RFC 2047) that no browser reads.
    """
    fallback = NOT_IN_A_FALLBACK.sub("", fallback)
    response = HttpResponse(content, content_type=content_type)
    shown = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{shown}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["Cache-Control"] = "private, no-store"
    return response
