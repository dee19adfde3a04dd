"""Finding the header row below title rows, and the columns in whatever order they stand. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from disclosures.sheets.cells import Cell, CellFault, shown

SEARCHED_ROWS = 100
"""A header stands in the first rows of a sheet; below it nobody looks for one."""

_MARKS = re.compile(r"[*\u200b-\u200f\ufeff]|\(必填\)")


def normalised_header(cell: Cell) -> str:
    """The header without what does not matter: white space, line breaks, width, the mark of a required column."""
    if isinstance(cell, CellFault):
        return ""
    folded = unicodedata.normalize("NFKC", shown(cell))
    return _MARKS.sub("", "".join(folded.split())).casefold()


def column_letter(index: int) -> str:
    """A, B, ... AA for the column at `index` (from 0)."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class Header:
    """The header row found: its number, where each known column stands, and what else it holds."""

    row: int
    positions: dict[str, int]
    unknown: tuple[str, ...] = ()
    duplicated: tuple[tuple[str, tuple[int, ...]], ...] = ()


@dataclass(frozen=True)
class NoHeader:
    """No row holds all required headers; the best one found, the headers it has and those it lacks."""

    row: int | None
    found: tuple[str, ...]
    lacking: tuple[str, ...]


def find_header(
    rows: Iterable[tuple[int, Sequence[Cell]]], *, required: Sequence[str], known: Sequence[str]
) -> Header | NoHeader:
    """The first row that holds all `required` column names, or what came nearest."""
    wanted = {normalised_header(name): name for name in known}
    best = NoHeader(None, (), tuple(required))
    for number, cells in rows:
        positions: dict[str, list[int]] = {}
        unknown = []
        for index, cell in enumerate(cells):
            if name := normalised_header(cell):
                if name in wanted:
                    positions.setdefault(wanted[name], []).append(index)
                else:
                    unknown.append(shown(cell))
        lacking = tuple(name for name in required if name not in positions)
        if not lacking:
            return Header(
                row=number,
                positions={name: places[0] for name, places in positions.items()},
                unknown=tuple(dict.fromkeys(" ".join(name.split()) for name in unknown)),
                duplicated=tuple((name, tuple(at)) for name, at in positions.items() if len(at) > 1),
            )
        found = tuple(name for name in known if name in positions)
        if len(found) > len(best.found):
            best = NoHeader(number, found, lacking)
    return best
