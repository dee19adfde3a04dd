"""What an awkward file is, and how most of them are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.sheets import ITEM_HEADERS, item, xlsx

SHEET_XML = "xl/worksheets/sheet1.xml"


@dataclass(frozen=True)
class Awkward:
    """A file that must be refused, why it exists, and what is said: (row, column, sentence)."""

    name: str
    content: Callable[[], bytes]
    says: tuple[tuple[int | None, str, str], ...]
    file_name: str = "六月.xlsx"
    kind: str = "published_items"


def whole(sentence: str) -> tuple[tuple[int | None, str, str], ...]:
    """A sentence about the file as a whole."""
    return ((None, "", sentence),)


def items(*rows: list[Any]) -> bytes:
    return xlsx([ITEM_HEADERS, *rows])


def with_cell(**changed: Any) -> Callable[[], bytes]:
    return lambda: items(item(1), item(2, **changed))
