"""Names of units: each may mean one unit at a time, whoever gives it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from units.directory import Directory, normalised

ALIAS_LONGEST = 80
Span = tuple[date, date]
"""The days a unit exists: the first, and the first on which it does not any more."""


def lifetime(founded_on: date | None, dissolved_on: date | None) -> Span:
    """The days a unit exists, whether bounded or not."""
    return (founded_on or date.min, dissolved_on or date.max)


class TakenNames:
    """Every name that means a unit, with whose it is and when: former names included, for sheets of former months use them."""

    def __init__(self, directory: Directory, *, without: Collection[str] = ()) -> None:
        """The names of a directory, but for the units of the codes in `without`."""
        self._taken: dict[str, list[tuple[str, str, Span]]] = {}
        for entry in directory:
            if entry.code not in without:
                span = lifetime(entry.founded_on, entry.dissolved_on)
                for name in entry.names:
                    self.take(entry.code, f"单位“{entry.short_name}”", name, span)

    def take(self, code: str, owner: str, name: str, span: Span) -> None:
        """Let the name mean that unit."""
        self._taken.setdefault(normalised(name), []).append((code, owner, span))

    def why_not(self, code: str, name: str, span: Span) -> str:
        """Why the unit of that code cannot bear the name while it exists; empty when it can."""
        for other, owner, (start, end) in self._taken.get(normalised(name), ()):
            if other != code and start < span[1] and span[0] < end:
                return f"“{name}”已是{owner}的名称，同一时期两个单位不能同名。"
        return ""
