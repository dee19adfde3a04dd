"""Rendered: what every renderer returns."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rendered:
    """A finished file: the name a browser saves it under, its media type, its bytes."""

    filename: str
    content_type: str
    content: bytes
