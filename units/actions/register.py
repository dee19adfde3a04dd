"""Changes to units: founding, correcting, a new name or group from a day on, ending, and taking the last two back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from lanshan_portal.periods import chinese_date
from units import audit
from units.directory import Directory, Unresolved
from units.models import Office, Unit, UnitAlias, UnitGroup, UnitVersion, User
from units.pinyin import initials
from units.unit_names import ALIAS_LONGEST, TakenNames, lifetime


class ChangeRefused(Exception):
    """A change that would contradict what is recorded; the message is the sentence for the clerk.

    `field` names the field of a form that is to blame, where one is.
    """

    def __init__(self, sentence: str, *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


# --- a new unit, and corrections


@transaction.atomic
def found_unit(
    *,
    office: Office,
    code: str,
    full_name: str,
    short_name: str,
    group: UnitGroup,
    kind: str,
    position: int,
    founded_on: date | None,
    by: User | None,
    aliases: Sequence[str] = (),
) -> Unit:
    """Enter a unit in the register; raises ChangeRefused when its code or one of its names means another unit."""
    _alone_at(office)
    if Unit.objects.filter(office=office, code=code).exists():
        raise ChangeRefused(f"单位编码“{code}”已被使用，请核对。", field="code")
    _refuse_group_of_others(group, office)
    names = {"code": code, "full_name": full_name, "short_name": short_name}
    _refuse_taken_names(office, code, [*names.items(), *(("aliases", name) for name in aliases)], founded_on, None)
    unit = Unit.objects.create(
        office=office, code=code, position=position, founded_on=founded_on, initials=initials(short_name)
    )
    UnitVersion.objects.create(unit=unit, full_name=full_name, short_name=short_name, group=group, kind=kind)
    UnitAlias.objects.bulk_create(UnitAlias(unit=unit, name=name) for name in dict.fromkeys(aliases))
    audit.record(by=by, verb="unit.founded", office=office, target=unit, data=_named(unit, short_name))
    return unit


@transaction.atomic
def correct_unit(
    *,
    unit: Unit,
    full_name: str,
    short_name: str,
    group: UnitGroup,
    kind: str,
    founded_on: date | None,
    by: User | None,
) -> list[str]:
    """Correct what the unit is called, where it counts and when it began, for all the time since its last dated change; the
    names of what changed. A corrected name stays as an alias; a corrected group or kind moves figures of past months.

    Raises ChangeRefused when a name means another unit, or the unit would begin after its first change or its end.
    """
    unit = _fresh(unit)
    current = _current(unit)
    _refuse_group_of_others(group, unit.office)
    _refuse_taken_names(
        unit.office, unit.code, [("full_name", full_name), ("short_name", short_name)], founded_on, unit.dissolved_on
    )
    first_change = unit.versions.filter(valid_from__isnull=False).first()
    for day, what in (
        (first_change and first_change.valid_from, "第一次变更的日期"),
        (unit.dissolved_on, "停用日期"),
    ):
        if founded_on and day and founded_on >= day:
            raise ChangeRefused(f"启用日期应早于{what}{chinese_date(day)}，请核对。", field="founded_on")
    was = _told(current)
    current.full_name, current.short_name, current.group, current.kind = full_name, short_name, group, kind
    changed = [name for name, value in _told(current).items() if was[name] != value]
    if unit.founded_on != founded_on:
        changed.append("founded_on")
    if not changed:
        return []
    current.save()
    unit.founded_on, unit.initials = founded_on, initials(short_name)
    unit.save(update_fields=["founded_on", "initials"])
    keep_former_names(unit, (was["full_name"], was["short_name"]), (full_name, short_name))
    data = _named(unit, short_name) | {"changed": changed, "was": was["short_name"]}
    audit.record(by=by, verb="unit.corrected", office=unit.office, target=unit, data=data)
    return changed


def keep_former_names(unit: Unit, former: Iterable[str], now: Iterable[str]) -> list[str]:
    """Let names that were corrected go on being understood; those that were not kept before."""
    still = set(now)
    wanted = [name for name in dict.fromkeys(former) if name not in still]
    return [
        name for name in wanted if UnitAlias.objects.get_or_create(unit=unit, name=name, defaults={"kept": True})[1]
    ]


@transaction.atomic
def add_alias(*, unit: Unit, name: str, by: User | None) -> UnitAlias:
    """Let another name mean the unit, wherever it stands; a sheet of units does not take it away again.

    Raises ChangeRefused when it is too long, or means the unit already, or another.
    """
    if len(name) > ALIAS_LONGEST:
        raise ChangeRefused(
            f"“{name[:12]}…”有{len(name)}个字，超过{ALIAS_LONGEST}个字的上限，不能作为别名。", field="name"
        )
    unit = _fresh(unit)
    current = _current(unit)
    if name in (unit.code, current.full_name, current.short_name) or unit.aliases.filter(name=name).exists():
        raise ChangeRefused(f"“{name}”已是该单位的名称或别名。", field="name")
    _refuse_taken_names(unit.office, unit.code, [("name", name)], unit.founded_on, unit.dissolved_on)
    alias = UnitAlias.objects.create(unit=unit, name=name, kept=True)
    data = _named(unit, current.short_name) | {"alias": name}
    audit.record(by=by, verb="unit.alias_added", office=unit.office, target=unit, data=data)
    return alias


@transaction.atomic
def remove_alias(*, alias: UnitAlias, by: User | None) -> None:
    """Let the name mean the unit no more; sheets that use it are then refused."""
    unit = _fresh(alias.unit)
    data = _named(unit, _current(unit).short_name) | {"alias": alias.name}
    alias.delete()
    audit.record(by=by, verb="unit.alias_removed", office=unit.office, target=unit, data=data)


# --- from a day on


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
    names_checked: bool = False,
) -> UnitVersion:
    """Let the unit bear another name, or count in another group, from `from_day` on; what is left out stays.

    Days before keep the name and group they had, so figures of past months do not move. Raises ChangeRefused when the
    day lies outside the unit's life or not after the day of its last change, or when a name means another unit; a sheet has
    looked at all its names together (`names_checked`).
    """
    unit = _fresh(unit)
    current = _current(unit)
    if unit.founded_on and from_day <= unit.founded_on:
        raise ChangeRefused(f"更名日期须晚于启用日期{chinese_date(unit.founded_on)}。", field="from_day")
    if unit.dissolved_on and from_day >= unit.dissolved_on:
        raise ChangeRefused(f"该单位已于{chinese_date(unit.dissolved_on)}停用，不能再更名。")
    if current.valid_from and from_day <= current.valid_from:
        raise ChangeRefused(f"更名日期须晚于上一次变更日期{chinese_date(current.valid_from)}。", field="from_day")
    if group is not None:
        _refuse_group_of_others(group, unit.office)
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
    if not names_checked:
        names = [("full_name", following.full_name), ("short_name", following.short_name)]
        _refuse_taken_names(unit.office, unit.code, names, unit.founded_on, unit.dissolved_on)
    current.valid_to = from_day
    current.save(update_fields=["valid_to"])
    following.save()
    _find_by(unit, following.short_name)
    audit.record(
        by=by,
        verb="unit.renamed",
        office=unit.office,
        target=unit,
        data={"from_day": from_day.isoformat(), "before": _told(current), "after": _told(following)},
    )
    return following


@transaction.atomic
def take_back_change(*, unit: Unit, by: User | None) -> UnitVersion:
    """Undo the unit's last dated change: what it was before goes on. Raises ChangeRefused when there was none."""
    unit = _fresh(unit)
    last = _current(unit)
    before = unit.versions.exclude(pk=last.pk).last()
    if before is None or last.valid_from is None:
        raise ChangeRefused("该单位没有可以撤销的变更。")
    last.delete()
    before.valid_to = None
    before.save(update_fields=["valid_to"])
    _find_by(unit, before.short_name)
    data = {"from_day": last.valid_from.isoformat(), "before": _told(last), "after": _told(before)}
    audit.record(by=by, verb="unit.change_taken_back", office=unit.office, target=unit, data=data)
    return before


@transaction.atomic
def dissolve_unit(*, unit: Unit, on_day: date, by: User | None, successor: Unit | None = None) -> Unit:
    """End the unit: `on_day` is the first day it no longer exists; its records stay its own.

    Raises ChangeRefused when it ended already, when the day is not after its founding or its last change, or when the
    successor is itself, of another office, or did not exist on that day.
    """
    unit = _fresh(unit)
    if unit.dissolved_on:
        raise ChangeRefused(f"该单位已于{chinese_date(unit.dissolved_on)}停用。")
    current = _current(unit)
    begun = max(day for day in (unit.founded_on, current.valid_from, date.min) if day)
    if on_day <= begun:
        raise ChangeRefused(f"停用日期须晚于{chinese_date(begun)}。", field="on_day")
    if successor is not None:
        existed = Unit.objects.existing_at(on_day).filter(pk=successor.pk, office=unit.office_id).exists()
        if successor.pk == unit.pk or not existed:
            raise ChangeRefused(f"并入单位须是{chinese_date(on_day)}时存在的本机关其他单位。", field="successor")
    unit.dissolved_on, unit.successor = on_day, successor
    unit.save(update_fields=["dissolved_on", "successor"])
    audit.record(
        by=by,
        verb="unit.dissolved",
        office=unit.office,
        target=unit,
        data=_named(unit, current.short_name)
        | {"on_day": on_day.isoformat(), "successor": successor.code if successor else None},
    )
    return unit


@transaction.atomic
def reinstate_unit(*, unit: Unit, by: User | None) -> Unit:
    """Take back the end of a unit; raises ChangeRefused when it has not ended, or another unit bears one of its names now."""
    unit = _fresh(unit)
    if unit.dissolved_on is None:
        raise ChangeRefused("该单位没有停用。")
    current = _current(unit)
    names = [current.full_name, current.short_name, *unit.aliases.values_list("name", flat=True)]
    _refuse_taken_names(unit.office, unit.code, [("", name) for name in names], unit.founded_on, None)
    unit.dissolved_on = unit.successor = None
    unit.save(update_fields=["dissolved_on", "successor"])
    audit.record(by=by, verb="unit.reinstated", office=unit.office, target=unit, data=_named(unit, current.short_name))
    return unit


# --- what they share


def _alone_at(office: Office) -> None:
    """Let no other change to the office's units run beside this one: two could give two units one name."""
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)


def _fresh(unit: Unit) -> Unit:
    """The unit as it is now, with nobody else changing the office's."""
    _alone_at(unit.office)
    return Unit.objects.select_for_update(of=("self",)).select_related("office").get(pk=unit.pk)


def _current(unit: Unit) -> UnitVersion:
    """What the unit is called now, or was last."""
    current = unit.versions.select_related("group").last()
    assert current is not None, "every unit has a version"
    return current


def _find_by(unit: Unit, short_name: str) -> None:
    """Let the unit be found by the initials of this name."""
    unit.initials = initials(short_name)
    unit.save(update_fields=["initials"])


def _refuse_group_of_others(group: UnitGroup, office: Office) -> None:
    if group.office_id != office.pk:
        raise ChangeRefused(f"分组“{group.name}”不属于本机关。", field="group")


def _refuse_taken_names(
    office: Office,
    code: str,
    names: Iterable[tuple[str, str]],
    founded_on: date | None,
    dissolved_on: date | None,
) -> None:
    """Raise ChangeRefused when one of the names (with the field it stands in) means another unit while this one exists."""
    taken = TakenNames(Unit.objects.filter(office=office).directory(), without={code})
    for field, name in names:
        if sentence := taken.why_not(code, name, lifetime(founded_on, dissolved_on)):
            raise ChangeRefused(sentence, field=field)


def _named(unit: Unit, short_name: str) -> dict[str, object]:
    return {"code": unit.code, "name": short_name}


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
