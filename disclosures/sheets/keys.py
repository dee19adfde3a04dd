"""The natural key of a row as one short text: the target of every upsert."""

from collections.abc import Iterable
from hashlib import blake2b


def digest(parts: Iterable[str]) -> str:
    """32 hexadecimal characters that stand for `parts`; no two different keys meet in practice."""
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()
