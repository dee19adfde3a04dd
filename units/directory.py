"""Directory: every name units have borne, to find the unit a text means as of a day. Pure."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lanshan_portal.periods import Period, chinese_date


@dataclass(frozen=True)
class DirectoryEntry:
    """One unit as it was over a span of days: its names, group, kind and place in the official order.

    `valid_from` and `valid_to` (excluded) bound the name; `founded_on` and `dissolved_on` (excluded) the unit itself;
    None means open.
    """

    unit_id: int
    code: str
    full_name: str
    short_name: str
    aliases: tuple[str, ...]
    group_id: int
    group: str
    group_position: int
    kind: str
    position: int
    valid_from: date | None = None
    valid_to: date | None = None
    founded_on: date | None = None
    dissolved_on: date | None = None
    successor_id: int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every text that means this unit in this span: code, full name, short name, aliases."""
        return (self.code, self.full_name, self.short_name, *self.aliases)

    @property
    def order(self) -> tuple[int, int]:
        """The official order: by position, groups keep together only where positions say so."""
        return (self.position, self.unit_id)

    @property
    def begins_on(self) -> date | None:
        """The first day of this name: its own, or the one the unit was founded on; None where it was always so."""
        return self.valid_from or self.founded_on

    def named_at(self, day: date) -> bool:
        """Whether the names of this entry were in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)

    def existed_at(self, day: date) -> bool:
        """Whether the unit existed on `day`."""
        return (self.founded_on is None or self.founded_on <= day) and (
            self.dissolved_on is None or day < self.dissolved_on
        )


@dataclass(frozen=True)
class Unresolved:
    """Why a text names no unit as of a day: a sentence for the reader, and the nearest names if there are any."""

    sentence: str
    nearest: tuple[str, ...] = ()
    is_unknown: bool = False
    """Whether no unit was ever called so."""


def normalised(name: str) -> str:
    """The name without the differences that never matter: white space, width of letters and brackets."""
    return "".join(unicodedata.normalize("NFKC", name).split())


class Directory:
    """All entries of an office; answers which unit a text means as of a day. Built once, asked often."""

    def __init__(self, entries: Iterable[DirectoryEntry]) -> None:
        self._entries = sorted(entries, key=lambda entry: (entry.order, entry.valid_from or date.min))
        self._by_name: dict[str, list[DirectoryEntry]] = {}
        self._by_unit: dict[int, list[DirectoryEntry]] = {}
        for entry in self._entries:
            self._by_unit.setdefault(entry.unit_id, []).append(entry)
            for name in dict.fromkeys(map(normalised, entry.names)):
                self._by_name.setdefault(name, []).append(entry)

    def __iter__(self) -> Iterator[DirectoryEntry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._by_unit)

    def at(self, day: date) -> tuple[DirectoryEntry, ...]:
        """The units that existed on `day`, as they were called then, in official order."""
        return tuple(entry for entry in self._entries if entry.existed_at(day) and entry.named_at(day))

    def during(self, period: Period) -> dict[int, DirectoryEntry]:
        """Every unit that existed on some day of `period`, by id, as it was called when last seen in it."""
        found: dict[int, DirectoryEntry] = {}
        for entry in self._entries:
            if (entry.founded_on is None or entry.founded_on < period.end) and (
                entry.dissolved_on is None or entry.dissolved_on > period.start
            ):
                last_seen = min(period.last, (entry.dissolved_on or date.max) - timedelta(days=1))
                if entry.named_at(last_seen):
                    found[entry.unit_id] = entry
        return found

    def entry(self, unit_id: int, day: date) -> DirectoryEntry:
        """The unit as it was called on `day`, or in the nearest span to it; KeyError if there is no such unit."""
        spans = self._by_unit[unit_id]
        for entry in spans:
            if entry.named_at(day):
                return entry
        return spans[0] if spans[0].valid_from and day < spans[0].valid_from else spans[-1]

    def heir(self, unit_id: int, day: date) -> DirectoryEntry | None:
        """The unit that answers for that one on `day`: itself, or whom it went into, or nobody."""
        seen: set[int] = set()
        while unit_id not in seen and unit_id in self._by_unit:
            seen.add(unit_id)
            entry = self.entry(unit_id, day)
            if entry.existed_at(day):
                return entry
            if entry.successor_id is None or entry.dissolved_on is None or day < entry.dissolved_on:
                return None
            unit_id = entry.successor_id
        return None

    def answered_for(self, unit_id: int, day: date) -> tuple[int, ...]:
        """The units that unit answers for on `day`: itself, and those that went into it."""
        return tuple(other for other in self._by_unit if (heir := self.heir(other, day)) and heir.unit_id == unit_id)

    def resolve(self, text: str, day: date) -> DirectoryEntry | Unresolved:
        """The unit that `text` (code, full name, short name or alias) meant on `day`, or why none does."""
        candidates = self._by_name.get(normalised(text), [])
        current = [entry for entry in candidates if entry.named_at(day) and entry.existed_at(day)]
        match len({entry.unit_id for entry in current}):
            case 1:
                return current[0]
            case 0:
                return self._why_not(text, candidates, day)
        names = "、".join(entry.full_name for entry in current)
        return Unresolved(f"“{text}”对应{len(current)}个单位（{names}），请改用全称或单位编码。")

    def _why_not(self, text: str, candidates: list[DirectoryEntry], day: date) -> Unresolved:
        if not candidates:
            nearest = self.nearest(text, day)
            hint = f"，是否为：{'、'.join(nearest)}" if nearest else ""
            return Unresolved(f"单位台账中没有“{text}”{hint}。", nearest, is_unknown=True)
        entry = candidates[-1]
        if entry.founded_on and day < entry.founded_on:
            return Unresolved(f"“{text}”自{chinese_date(entry.founded_on)}起设立，{chinese_date(day)}时尚不存在。")
        if entry.dissolved_on and entry.dissolved_on <= day:
            if entry.successor_id:
                successor = self.entry(entry.successor_id, day).short_name
                return Unresolved(
                    f"“{text}”已于{chinese_date(entry.dissolved_on)}停用，并入{successor}。", (successor,)
                )
            return Unresolved(f"“{text}”已于{chinese_date(entry.dissolved_on)}停用。")
        now = self.entry(entry.unit_id, day).short_name
        return Unresolved(f"“{text}”在{chinese_date(day)}时的名称为“{now}”，请核对单位名称或日期。", (now,))

    def nearest(self, text: str, day: date, limit: int = 3) -> tuple[str, ...]:
        """The short names most like `text` among the units of `day`, best first."""
        wanted = normalised(text)
        scored: dict[str, float] = {}
        for entry in self.at(day):
            for name in entry.names[1:]:
                score = difflib.SequenceMatcher(None, wanted, normalised(name)).ratio()
                scored[entry.short_name] = max(score, scored.get(entry.short_name, 0.0))
        ranked = sorted(scored, key=lambda name: -scored[name])
        return tuple(name for name in ranked if scored[name] >= 0.5)[:limit]
