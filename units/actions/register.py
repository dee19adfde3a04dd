"""Changes to units that have a date: a new name or group from a day on, the end of a unit. A sheet only corrects."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from lanshan_portal.periods import chinese_date
from units import audit
from units.directory import Directory, Unresolved, normalised
from units.models import Unit, UnitAlias, UnitGroup, UnitVersion, User


class ChangeRefused(Exception):
    """A change that would contradict what is recorded; the message is the sentence for the clerk."""


@transaction.atomic
def rename_unit(
    *,
    unit: Unit,
    from_day: date,
    by: User | None,
    full_name: str = "",
    short_name: str = "",
    group: UnitGroup | None = None,
    kind: str = "",
) -> UnitVersion:
    """Let the unit bear another name, or count in another group, from `from_day` on; what is left out stays.

    Days before keep the name and group they had, so figures of past months do not move. Raises ChangeRefused when the
    day lies outside the unit's life or not after the day of its last change.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    current = unit.versions.last()
    assert current is not None, "every unit has a version"
    if unit.founded_on and from_day <= unit.founded_on:
        raise ChangeRefused(f"更名日期须晚于启用日期{chinese_date(unit.founded_on)}。")
    if unit.dissolved_on and from_day >= unit.dissolved_on:
        raise ChangeRefused(f"该单位已于{chinese_date(unit.dissolved_on)}停用，不能再更名。")
    if current.valid_from and from_day <= current.valid_from:
        raise ChangeRefused(f"更名日期须晚于上一次变更日期{chinese_date(current.valid_from)}。")
    if group is not None and group.office_id != unit.office_id:
        raise ChangeRefused(f"分组“{group.name}”不属于本机关。")
    following = UnitVersion(
        unit=unit,
        full_name=full_name or current.full_name,
        short_name=short_name or current.short_name,
        group=group or current.group,
        kind=kind or current.kind,
        valid_from=from_day,
    )
    if _told(following) == _told(current):
        raise ChangeRefused("全称、简称、分组和类型都没有变化。")
    current.valid_to = from_day
    current.save(update_fields=["valid_to"])
    following.save()
    audit.record(
        by=by,
        verb="unit.renamed",
        office=unit.office,
        target=unit,
        data={"from_day": from_day.isoformat(), "before": _told(current), "after": _told(following)},
    )
    return following


@transaction.atomic
def dissolve_unit(*, unit: Unit, on_day: date, by: User | None, successor: Unit | None = None) -> Unit:
    """End the unit: `on_day` is the first day it no longer exists; its records stay its own.

    Raises ChangeRefused when it ended already, when the day is not after its founding or its last change, or when the
    successor is itself, of another office, or did not exist on that day.
    """
    unit = Unit.objects.select_for_update().get(pk=unit.pk)
    if unit.dissolved_on:
        raise ChangeRefused(f"该单位已于{chinese_date(unit.dissolved_on)}停用。")
    current = unit.versions.last()
    begun = max(day for day in (unit.founded_on, current and current.valid_from, date.min) if day)
    if on_day <= begun:
        raise ChangeRefused(f"停用日期须晚于{chinese_date(begun)}。")
    if successor is not None:
        existed = Unit.objects.existing_at(on_day).filter(pk=successor.pk, office=unit.office_id).exists()
        if successor.pk == unit.pk or not existed:
            raise ChangeRefused(f"并入单位须是{chinese_date(on_day)}时存在的本机关其他单位。")
    unit.dissolved_on, unit.successor = on_day, successor
    unit.save(update_fields=["dissolved_on", "successor"])
    audit.record(
        by=by,
        verb="unit.dissolved",
        office=unit.office,
        target=unit,
        data={"on_day": on_day.isoformat(), "successor": successor.code if successor else None},
    )
    return unit


def _told(version: UnitVersion) -> dict[str, str]:
    return {
        "full_name": version.full_name,
        "short_name": version.short_name,
        "group": version.group.name,
        "kind": version.kind,
    }


# --- names


def unit_named(directory: Directory, text: str, day: date) -> Unit:
    """The unit a text means on `day`; raises ChangeRefused with the sentence why none does."""
    found = directory.resolve(text, day)
    if isinstance(found, Unresolved):
        raise ChangeRefused(found.sentence)
    return Unit.objects.get(pk=found.unit_id)


@transaction.atomic
def remember_alias(*, unit: Unit, name: str, by: User | None) -> UnitAlias:
    """Let `name` mean the unit from now on, wherever it stands; a sheet of units does not take it away again.

    Raises ChangeRefused when the name is too long, or means a unit of the office already.
    """
    longest = UnitAlias._meta.get_field("name").max_length or 0
    if len(name) > longest:
        raise ChangeRefused(f"“{name[:12]}…”有{len(name)}个字，超过{longest}个字的上限，不能作为别名。")
    wanted = normalised(name)
    taken = next(
        (
            entry
            for entry in Unit.objects.filter(office=unit.office_id).directory()
            if wanted in map(normalised, entry.names)
        ),
        None,
    )
    if taken is not None:
        raise ChangeRefused(f"“{name}”已经是{taken.short_name}的名称，没有另外记住。")
    alias = UnitAlias.objects.create(unit=unit, name=name, kept=True)
    audit.record(
        by=by,
        verb="unit.alias_remembered",
        office=unit.office,
        target=unit,
        data={"name": name, "unit": str(unit)},
    )
    return alias


@transaction.atomic
def forget_alias(*, alias: UnitAlias, by: User | None) -> None:
    """Let a remembered name mean nothing again."""
    audit.record(
        by=by,
        verb="unit.alias_forgotten",
        office=alias.unit.office,
        target=alias.unit,
        data={"name": alias.name, "unit": str(alias.unit)},
    )
    alias.delete()
