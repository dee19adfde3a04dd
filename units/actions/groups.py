"""The office's groups of units, and the official order of units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import Max, ProtectedError

from units import audit
from units.actions.register import ChangeRefused
from units.models import Office, Unit, UnitGroup, User

HIGHEST = 99_999
"""The largest 排序 a unit may have, as in the `units` sheet."""


@transaction.atomic
def add_group(*, office: Office, name: str, by: User | None) -> UnitGroup:
    """Make a group, after the others; raises ChangeRefused when there is one of that name."""
    _refuse_taken(office, name)
    last = UnitGroup.objects.filter(office=office).aggregate(last=Max("position"))["last"] or 0
    group = UnitGroup.objects.create(office=office, name=name, position=last + 1)
    audit.record(by=by, verb="group.added", office=office, target=group, data={"name": name})
    return group


@transaction.atomic
def rename_group(*, group: UnitGroup, name: str, by: User | None) -> bool:
    """Give the group another name, for past months as well; whether that is another. Raises ChangeRefused as `add_group`."""
    if group.name == name:
        return False
    _refuse_taken(group.office, name)
    was, group.name = group.name, name
    group.save(update_fields=["name"])
    audit.record(by=by, verb="group.renamed", office=group.office, target=group, data={"name": name, "was": was})
    return True


@transaction.atomic
def move_group(*, group: UnitGroup, steps: int, by: User | None) -> None:
    """Move the group up (negative) or down among the office's groups; at the end it stays."""
    groups = list(UnitGroup.objects.select_for_update().filter(office=group.office))
    at = next(index for index, each in enumerate(groups) if each.pk == group.pk)
    to = min(max(at + steps, 0), len(groups) - 1)
    if to == at:
        return
    groups.insert(to, groups.pop(at))
    for position, each in enumerate(groups, start=1):
        each.position = position
    UnitGroup.objects.bulk_update(groups, ["position"])
    audit.record(by=by, verb="group.moved", office=group.office, target=group, data={"name": group.name})


@transaction.atomic
def remove_group(*, group: UnitGroup, by: User | None) -> None:
    """Remove a group in which no unit ever counted; raises ChangeRefused for any other, and for one that is a task's scope."""
    units = group.versions.values("unit").distinct().count()
    if units:
        raise ChangeRefused(f"分组“{group.name}”现有或曾有{units}个单位，不能删除；不再使用的分组可以改名或移到最后。")
    office, name, pk = group.office, group.name, group.pk
    try:
        with transaction.atomic():
            group.delete()
    except ProtectedError as protected:
        users = "、".join(sorted({str(record._meta.verbose_name) for record in protected.protected_objects}))
        raise ChangeRefused(f"分组“{name}”正被{users}使用，不能删除。") from None
    audit.record(by=by, verb="group.removed", office=office, data={"name": name, "pk": pk})


@transaction.atomic
def order_units(*, office: Office, positions: Mapping[int, int], by: User | None) -> int:
    """Give units, by their ids, these places in the official order; how many got another. Others stay where they are.

    Raises ChangeRefused for a place that no unit can have.
    """
    if beyond := [place for place in positions.values() if not 0 <= place <= HIGHEST]:
        raise ChangeRefused(f"排序应为0至{HIGHEST}之间的整数，不能是{beyond[0]}。")
    units = list(Unit.objects.select_for_update().filter(office=office, pk__in=positions))
    moved = [unit for unit in units if unit.position != positions[unit.pk]]
    for unit in moved:
        unit.position = positions[unit.pk]
    if moved:
        Unit.objects.bulk_update(moved, ["position"])
        codes = sorted(unit.code for unit in moved)
        audit.record(by=by, verb="unit.ordered", office=office, data={"codes": codes})
    return len(moved)


def swapped(places: Sequence[tuple[int, int]], pk: int, steps: int) -> dict[int, int]:
    """The places of units (id and place) after the unit `pk` has moved so many steps among them in their order.

    The places stay those that were there, so gaps between groups stay gaps; where several shared one, they are spread.
    """
    ordered = [unit for unit, _ in sorted(places, key=lambda each: each[1])]
    free = sorted(place for _, place in places)
    at = ordered.index(pk)
    ordered.insert(min(max(at + steps, 0), len(ordered) - 1), ordered.pop(at))
    found: dict[int, int] = {}
    last = -1
    for unit, place in zip(ordered, free, strict=True):
        last = max(place, last + 1)
        found[unit] = last
    return found


def _refuse_taken(office: Office, name: str) -> None:
    Office.objects.select_for_update(no_key=True).get(pk=office.pk)
    if UnitGroup.objects.filter(office=office, name=name).exists():
        raise ChangeRefused(f"已有分组“{name}”。", field="name")
