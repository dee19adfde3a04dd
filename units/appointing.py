"""What a person may be, where and when: the rules of an appointment, whichever way it comes in. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from lanshan_portal.periods import chinese_date
from units.directory import Directory
from units.roles import AUDITOR, Role


@dataclass(frozen=True)
class Appointment:
    """A role at the office, or at one unit, from `since` to the day before `until`."""

    role: Role
    unit_id: int | None
    since: date
    until: date | None = None

    def overlaps(self, other: Appointment) -> bool:
        """Whether there is a day on which both hold."""
        return self.since < (other.until or date.max) and other.since < (self.until or date.max)

    @property
    def place(self) -> tuple[str, int | None]:
        """The role and where: two that share it must not share a day."""
        return (self.role.key, self.unit_id)


def span_in_words(since: date, until: date | None) -> str:
    """自2020年7月1日起, 2020年7月1日至2021年6月30日: the first and the last day."""
    if until is None:
        return f"自{chinese_date(since)}起"
    return f"{chinese_date(since)}至{chinese_date(until - timedelta(days=1))}"


def why_not_placed(role: Role, *, at_unit: bool) -> str:
    """Why the role cannot be held there: a unit's role needs a unit, the office's has none. Empty when it can."""
    if role.for_unit and not at_unit:
        return f"“{role.display_name}”是单位的角色，请填写单位。"
    if not role.for_unit and at_unit:
        return f"“{role.display_name}”是机关的角色，不填写单位。"
    return ""


def why_not(wanted: Appointment, held: Iterable[Appointment], directory: Directory) -> str:
    """Why somebody who holds `held` cannot be appointed so; empty when nothing stands against it."""
    role = wanted.role
    if sentence := why_not_placed(role, at_unit=wanted.unit_id is not None):
        return sentence
    if wanted.unit_id is not None and (sentence := _why_not_there(wanted.unit_id, wanted.since, directory)):
        return sentence
    for other in held:
        if not wanted.overlaps(other):
            continue
        when = span_in_words(other.since, other.until)
        if wanted.place == other.place:
            return f"{when}已是{_title(other, directory)}，不能重复任命。"
        if AUDITOR in (role, other.role) and role != other.role:
            return f"{AUDITOR.display_name}不能兼任其他角色，该账号{when}是{_title(other, directory)}。"
    return ""


def _why_not_there(unit_id: int, day: date, directory: Directory) -> str:
    """Why nobody can act for the unit on that day."""
    entry = directory.entry(unit_id, day)
    if entry.dissolved_on and entry.dissolved_on <= day:
        return f"{entry.short_name}已于{chinese_date(entry.dissolved_on)}停用，不能再任命人员。"
    if entry.founded_on and day < entry.founded_on:
        return f"{entry.short_name}自{chinese_date(entry.founded_on)}起设立，任职不能早于这一天。"
    return ""


def _title(held: Appointment, directory: Directory) -> str:
    """兰山街道的单位联络员, 办公室经办."""
    if held.unit_id is None:
        return held.role.display_name
    return f"{directory.entry(held.unit_id, held.since).short_name}的{held.role.display_name}"
