"""The register of units as it stood on a day: what each was called, who acted for it, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from django.db.models import Count

from disclosures.models import MediaAccount
from units.directory import Directory, DirectoryEntry, normalised
from units.models import Membership, Office, Unit
from units.people import people_of_units
from units.roles import UNIT_LIAISON


class Standing(StrEnum):
    """Whether a unit existed on the day."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    AHEAD = "ahead"
    """Founded later."""


WITHOUT_LIAISON, ALL = "without_liaison", "all"
STANDINGS = (
    (Standing.IN_FORCE.value, "在册"),
    (WITHOUT_LIAISON, "在册，没有联络员"),
    (Standing.ENDED.value, "已停用"),
    (ALL, "全部"),
)
"""What the register can be narrowed to."""


@dataclass(frozen=True)
class RegisterRow:
    """One unit on the day: its names, its people, the number of its new-media accounts, and whom it went into."""

    entry: DirectoryEntry
    standing: Standing
    liaisons: tuple[Membership, ...]
    leaders: tuple[Membership, ...]
    media: int
    successor: str = ""

    @property
    def unit_id(self) -> int:
        """The unit."""
        return self.entry.unit_id


def standing_of(entry: DirectoryEntry, day: date) -> Standing:
    """Whether the unit existed on the day."""
    if entry.dissolved_on and entry.dissolved_on <= day:
        return Standing.ENDED
    return Standing.AHEAD if entry.founded_on and day < entry.founded_on else Standing.IN_FORCE


def register(
    office: Office,
    day: date,
    directory: Directory,
    *,
    words: str = "",
    group: str = "",
    standing: str = Standing.IN_FORCE,
) -> list[RegisterRow]:
    """The units of the office on the day, in official order: those that are so named, counted in that group and stood so.

    Names are looked for in codes, names, aliases and pinyin initials. Three queries besides the directory.
    """
    initials = dict(Unit.objects.filter(office=office).values_list("pk", "initials"))
    people = people_of_units(office, day)
    media = _accounts_by_unit(office)
    rows = []
    for entry in _entries(directory, day):
        row_standing = standing_of(entry, day)
        those = people.get(entry.unit_id, [])
        if not _stands_so(row_standing, those, standing):
            continue
        if (group and entry.group != group) or not _named(entry, initials.get(entry.unit_id, ""), words):
            continue
        rows.append(
            RegisterRow(
                entry=entry,
                standing=row_standing,
                liaisons=tuple(each for each in those if each.role == UNIT_LIAISON.key),
                leaders=tuple(each for each in those if each.role != UNIT_LIAISON.key),
                media=media.get(entry.unit_id, 0),
                successor=directory.entry(entry.successor_id, day).short_name if entry.successor_id else "",
            )
        )
    return rows


def _entries(directory: Directory, day: date) -> list[DirectoryEntry]:
    """Every unit once, as it was called on the day or nearest to it, in official order."""
    ids = dict.fromkeys(entry.unit_id for entry in directory)
    return [directory.entry(unit_id, day) for unit_id in ids]


def _stands_so(found: Standing, people: list[Membership], asked: str) -> bool:
    if asked == WITHOUT_LIAISON:
        return found is Standing.IN_FORCE and not any(each.role == UNIT_LIAISON.key for each in people)
    return asked == ALL or found == asked


def _named(entry: DirectoryEntry, initials: str, words: str) -> bool:
    wanted = normalised(words)
    if not wanted:
        return True
    return wanted.lower() in initials or any(wanted.lower() in normalised(name).lower() for name in entry.names)


def _accounts_by_unit(office: Office) -> dict[int, int]:
    """How many new-media accounts in use each unit keeps."""
    counted = MediaAccount.objects.filter(office=office).exclude(state=MediaAccount.State.CLOSED).order_by()
    return dict(counted.values("unit").annotate(number=Count("pk")).values_list("unit", "number"))


def in_groups(rows: Iterable[RegisterRow]) -> list[tuple[str, list[RegisterRow]]]:
    """The rows in runs of one group: the official order decides, not the group."""
    return [(name, list(run)) for name, run in groupby(rows, key=lambda row: row.entry.group)]


@dataclass(frozen=True)
class UnitFile:
    """Everything the register knows of one unit."""

    unit: Unit
    now: DirectoryEntry
    standing: Standing
    names: tuple[DirectoryEntry, ...]
    """What it was called, newest first."""
    memberships: tuple[Membership, ...]
    """Who was what for it, those in force on the day first."""
    accounts: tuple[MediaAccount, ...]
    successor: DirectoryEntry | None
    predecessors: tuple[DirectoryEntry, ...]


def file_of(unit: Unit, day: date, directory: Directory) -> UnitFile:
    """The register's file of a unit, as of the day."""
    names = tuple(entry for entry in directory if entry.unit_id == unit.pk)
    now = directory.entry(unit.pk, day)
    held = Membership.objects.filter(unit=unit).select_related("user", "handed_to__user").order_by("-since", "-id")
    return UnitFile(
        unit=unit,
        now=now,
        standing=standing_of(now, day),
        names=names[::-1],
        memberships=tuple(sorted(held, key=lambda each: each.until is not None and each.until <= day)),
        accounts=tuple(MediaAccount.objects.filter(unit=unit).select_related("platform")),
        successor=directory.entry(now.successor_id, day) if now.successor_id else None,
        predecessors=_went_into(unit, directory),
    )


def _went_into(unit: Unit, directory: Directory) -> tuple[DirectoryEntry, ...]:
    """The units that went into this one, as they were last called."""
    gone: dict[int, DirectoryEntry] = {}
    entries: Sequence[DirectoryEntry] = [entry for entry in directory if entry.successor_id == unit.pk]
    for entry in entries:
        gone[entry.unit_id] = entry
    return tuple(gone.values())
