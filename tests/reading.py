"""What a person reads of an answer."""

from __future__ import annotations

import re
from typing import Any


def words(response: Any) -> str:
    """The text of a page, without its tags."""
    return re.sub(r"<[^>]+>", "", response.content.decode())
