"""Shares of a total: a figure with the name it is told under."""

from __future__ import annotations

from dataclasses import dataclass

from reports.figures.figure import Figure
from units.directory import DirectoryEntry


@dataclass(frozen=True)
class NamedUnit:
    """A unit as the notice names it."""

    unit_id: int
    code: str
    name: str
    kind: str
    position: int

    @classmethod
    def of(cls, entry: DirectoryEntry) -> NamedUnit:
        """The unit under the short name of that entry."""
        return cls(entry.unit_id, entry.code, entry.short_name, entry.kind, entry.position)


@dataclass(frozen=True)
class Share:
    """Part of a total: the wording it is told under and the figure."""

    wording: str
    figure: Figure


@dataclass(frozen=True)
class UnitShare:
    """One unit's part of a total."""

    unit: NamedUnit
    figure: Figure


def by_count_then_order(shares: list[UnitShare]) -> tuple[UnitShare, ...]:
    """The units with something to tell, most first, ties in official order (the June 2020 notice, 一（三）)."""
    told = [share for share in shares if share.figure.value]
    return tuple(sorted(told, key=lambda share: (-share.figure.value, share.unit.position, share.unit.unit_id)))
