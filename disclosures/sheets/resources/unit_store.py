"""Units with their current names, aliases and groups, as the `units` sheet writes them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Max, QuerySet

from disclosures.models import ImportBatch, ImportChange, Requirement
from disclosures.sheets.resources.regrouping import reworded
from disclosures.sheets.store import Change, Irreversible, Store, Stored, as_json
from lanshan_portal.periods import chinese_date
from units.actions import register
from units.models import Office, Unit, UnitAlias, UnitGroup, UnitVersion
from units.pinyin import initials

STORED = (
    "code",
    "full_name",
    "short_name",
    "aliases",
    "group",
    "kind",
    "position",
    "founded_on",
    "dissolved_on",
    "successor",
    "changed_on",
)
"""`changed_on` is what a sheet says of a change and is kept nowhere: it reads as empty from what is there."""


class UnitStore(Store):
    """The units of one office; a sheet corrects the current name, or begins a new one on its 变更日期, and never touches former ones."""

    stored = STORED

    def __init__(self, office: Office | None) -> None:
        self.office = office

    @property
    def _office_id(self) -> int:
        assert self.office is not None, "units belong to an office"
        return self.office.pk

    # --- what is there

    def current(self, keys: Sequence[str]) -> dict[str, Stored]:
        units = Unit.objects.filter(office=self.office, code__in=keys)
        return {str(values[0]): Stored(pk, values) for pk, values in self._read(units)}

    def tuples(self, rows: QuerySet[Any]) -> Iterator[tuple[Any, ...]]:
        return (values for _, values in self._read(rows))

    def _read(self, units: QuerySet[Any]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        for unit in units.select_related("successor").prefetch_related("versions__group", "aliases"):
            version = list(unit.versions.all())[-1]
            aliases = tuple(alias.name for alias in unit.aliases.all() if not alias.kept)
            yield (
                unit.pk,
                (
                    unit.code,
                    version.full_name,
                    version.short_name,
                    aliases,
                    version.group.name,
                    version.kind,
                    unit.position,
                    unit.founded_on,
                    unit.dissolved_on,
                    unit.successor.code if unit.successor else "",
                    None,
                ),
            )

    # --- writing

    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        renamed = self._rename_groups(reworded(self.office, STORED, changes))
        groups, made = self._groups([change.record.values[4] for change in changes])
        units: dict[str, Unit] = {}
        for record, before in changes:
            row = dict(zip(STORED, record.values, strict=True))
            unit = Unit.objects.get(pk=before.pk) if before else Unit(office=self.office, code=row["code"])
            if before is None or before.values[2] != row["short_name"]:
                unit.initials = initials(row["short_name"])
            unit.position, unit.founded_on = row["position"], row["founded_on"]
            unit.dissolved_on, unit.successor = row["dissolved_on"], None
            unit.save()
            units[unit.code] = unit
            dated = before is not None and row["changed_on"] is not None
            named = {
                "full_name": row["full_name"],
                "short_name": row["short_name"],
                "group": groups[row["group"]],
                "kind": row["kind"],
            }
            if dated:
                version = register.rename_unit(
                    unit=unit, from_day=row["changed_on"], by=batch.imported_by, names_checked=True, **named
                )
            else:
                version = unit.versions.last() or UnitVersion(unit=unit)
                for name, value in named.items():
                    setattr(version, name, value)
                version.save()
            self._set_aliases(unit, row["aliases"])
            kept = [] if dated else self._keep_former(unit, row, before)
            ImportChange.objects.create(
                batch=batch,
                record_id=unit.pk,
                before={
                    "made_group": made.pop(row["group"], None),
                    "renamed_groups": renamed,
                    "kept": kept,
                    "version": version.pk,
                    "dated": dated,
                }
                | ({"was": as_json(STORED, before.values)} if before else {}),
            )
            renamed = {}
        at = STORED.index("successor")
        self._set_successors({code: change.record.values[at] for change, code in zip(changes, units, strict=True)})

    def _rename_groups(self, names: dict[str, str]) -> dict[str, str]:
        """Give groups their new names; what they were called, by id."""
        former = {}
        for group in UnitGroup.objects.filter(office=self.office, name__in=names):
            former[str(group.pk)] = group.name
            group.name = names[group.name]
            group.save(update_fields=["name"])
        return former

    def _groups(self, names: Sequence[str]) -> tuple[dict[str, UnitGroup], dict[str, int]]:
        """The groups of these names, and the ids of those that had to be made, after the others in order."""
        known = {group.name: group for group in UnitGroup.objects.filter(office=self.office)}
        last = UnitGroup.objects.filter(office=self.office).aggregate(last=Max("position"))["last"] or 0
        made = {}
        for name in names:
            if name not in known:
                last += 1
                known[name] = UnitGroup.objects.create(office_id=self._office_id, name=name, position=last)
                made[name] = known[name].pk
        return known, made

    @staticmethod
    def _set_aliases(unit: Unit, names: Sequence[str]) -> None:
        """Exactly these aliases, in this order, besides the names the portal keeps."""
        if tuple(unit.aliases.filter(kept=False).values_list("name", flat=True)) == tuple(names):
            return
        unit.aliases.filter(kept=False).delete()
        unit.aliases.filter(name__in=names).delete()
        UnitAlias.objects.bulk_create(UnitAlias(unit=unit, name=name) for name in names)

    @staticmethod
    def _keep_former(unit: Unit, row: dict[str, Any], before: Stored | None) -> list[str]:
        """A name that was corrected goes on being understood."""
        if before is None:
            return []
        return register.keep_former_names(
            unit, before.values[1:3], (row["full_name"], row["short_name"], *row["aliases"])
        )

    def _set_successors(self, wanted: dict[str, str]) -> None:
        codes = {code for code in wanted.values() if code}
        successors = {unit.code: unit for unit in Unit.objects.filter(office=self.office, code__in=codes)}
        for code, successor in wanted.items():
            if successor:
                Unit.objects.filter(office=self.office, code=code).update(successor=successors[successor])

    # --- taking back

    def restore(self, batch: ImportBatch) -> None:
        changes = list(batch.changes.order_by("pk"))
        self._refuse_later_versions(changes)
        self._restore_group_names(changes)
        made = [change.record_id for change in changes if "was" not in change.before]
        if named := Requirement.objects.filter(units__in=made).first():
            raise Irreversible(f"该批次新增的单位已列入工作任务“{named}”的范围，请先撤销该任务。")
        Unit.objects.filter(pk__in=made).update(successor=None, dissolved_on=None)
        Unit.objects.filter(pk__in=made).delete()
        successors: dict[str, str] = {}
        for change in changes:
            if "was" in change.before:
                was = change.before["was"]
                self._restore_unit(change, was)
                successors[was["code"]] = was["successor"]
        self._set_successors(successors)
        groups = [change.before["made_group"] for change in changes if change.before["made_group"]]
        used = Requirement.objects.filter(group__in=groups).values("group")
        UnitGroup.objects.filter(pk__in=groups, versions__isnull=True).exclude(pk__in=used).delete()

    @staticmethod
    def _refuse_later_versions(changes: Sequence[ImportChange]) -> None:
        """A unit that was renamed since, from a day on, cannot go back to before."""
        for change in changes:
            last = UnitVersion.objects.filter(unit=change.record_id).last()
            if last is not None and last.pk != change.before["version"]:
                since = chinese_date(last.valid_from) if last.valid_from else ""
                raise Irreversible(
                    f"该批次之后，单位“{last.short_name}”又自{since}起变更了名称或分组，不能撤销；"
                    "如有错误，请更正单位表后重新导入。"
                )

    def _restore_group_names(self, changes: Sequence[ImportChange]) -> None:
        for change in changes:
            for pk, name in change.before["renamed_groups"].items():
                if UnitGroup.objects.filter(office=self.office, name=name).exists():
                    raise Irreversible(
                        f"该批次之后又建立了分组“{name}”，不能恢复原来的分组名称，请更正单位表后重新导入。"
                    )
                UnitGroup.objects.filter(pk=pk).update(name=name)

    def _restore_unit(self, change: ImportChange, was: dict[str, Any]) -> None:
        Unit.objects.filter(pk=change.record_id).update(
            position=was["position"],
            founded_on=was["founded_on"],
            dissolved_on=was["dissolved_on"],
            successor=None,
            initials=initials(was["short_name"]),
        )
        unit = Unit.objects.get(pk=change.record_id)
        version = UnitVersion.objects.get(pk=change.before["version"])
        if change.before["dated"]:
            version.delete()
            UnitVersion.objects.filter(unit=unit, valid_to=version.valid_from).update(valid_to=None)
        else:
            groups, _ = self._groups([was["group"]])
            version.full_name, version.short_name = was["full_name"], was["short_name"]
            version.group, version.kind = groups[was["group"]], was["kind"]
            version.save()
        unit.aliases.filter(kept=True, name__in=change.before["kept"]).delete()
        self._set_aliases(unit, was["aliases"])
