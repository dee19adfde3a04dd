"""The natural key of a row as one short text: the target of every upsert."""

from collections.abc import Iterable
from datetime import date
from hashlib import blake2b


def digest(parts: Iterable[str]) -> str:
    """32 hexadecimal characters that stand for `parts`; no two different keys meet in practice."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def requirement_parts(code: str) -> tuple[str, ...]:
    """The natural key of a task, whether a sheet or a page brings it."""
    return (code,)


def submission_parts(requirement_id: int, term: str, unit_id: int, submitted_on: date) -> tuple[str, ...]:
    """The natural key of a hand-in, whether a sheet or a page brings it: of a day, a unit hands in one for a term."""
    return (str(requirement_id), term, str(unit_id), submitted_on.isoformat())
