"""Handing a file to the browser under a Chinese name."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, *, name: str, fallback: str, content_type: str, inline: bool = False) -> HttpResponse:
    """The file, saved under `name` (RFC 5987), or under the ASCII `fallback` by programs that do not know it."""
    response = HttpResponse(content, content_type=content_type)
    shown = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{shown}; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"
    response["Cache-Control"] = "private, no-store"
    return response
