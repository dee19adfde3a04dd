"""Units with their current names, aliases and groups, as the `units` sheet writes them."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Max, QuerySet

from disclosures.models import ImportBatch, ImportChange, Requirement
from disclosures.sheets.store import Change, Irreversible, Store, Stored, as_json
from units.models import Office, Unit, UnitAlias, UnitGroup, UnitVersion

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
)


def initials(name: str) -> str:
    """The pinyin initials of a name, for searching: qjyj for 区教育局."""
    # Here and not above: its dictionaries take 55 MB, which an import of anything but units need not carry.
    from pypinyin import Style, lazy_pinyin

    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER, errors="default"))
    return "".join(letter for letter in letters.lower() if letter.isascii() and letter.isalnum())[:60]


class UnitStore(Store):
    """The units of one office; a sheet corrects the current name and never touches former ones."""

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
                ),
            )

    # --- writing

    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        groups, made = self._groups([change.record.values[4] for change in changes])
        units: dict[str, Unit] = {}
        for record, before in changes:
            row = dict(zip(STORED, record.values, strict=True))
            unit = Unit.objects.get(pk=before.pk) if before else Unit(office=self.office, code=row["code"])
            if not unit.initials:
                unit.initials = initials(row["short_name"])
            unit.position, unit.founded_on = row["position"], row["founded_on"]
            unit.dissolved_on, unit.successor = row["dissolved_on"], None
            unit.save()
            units[unit.code] = unit
            version = unit.versions.last() or UnitVersion(unit=unit)
            version.full_name, version.short_name = row["full_name"], row["short_name"]
            version.group, version.kind = groups[row["group"]], row["kind"]
            version.save()
            self._set_aliases(unit, row["aliases"])
            kept = self._keep_former(unit, row, before)
            ImportChange.objects.create(
                batch=batch,
                record_id=unit.pk,
                before={"made_group": made.pop(row["group"], None), "kept": kept}
                | ({"was": as_json(STORED, before.values)} if before else {}),
            )
        self._set_successors({code: change.record.values[-1] for change, code in zip(changes, units, strict=True)})

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
        now = {row["full_name"], row["short_name"], *row["aliases"]}
        former = [name for name in dict.fromkeys(before.values[1:3]) if name not in now]
        return [
            name for name in former if UnitAlias.objects.get_or_create(unit=unit, name=name, defaults={"kept": True})[1]
        ]

    def _set_successors(self, wanted: dict[str, str]) -> None:
        codes = {code for code in wanted.values() if code}
        successors = {unit.code: unit for unit in Unit.objects.filter(office=self.office, code__in=codes)}
        for code, successor in wanted.items():
            if successor:
                Unit.objects.filter(office=self.office, code=code).update(successor=successors[successor])

    # --- taking back

    def restore(self, batch: ImportBatch) -> None:
        changes = list(batch.changes.all())
        made = [change.record_id for change in changes if "was" not in change.before]
        if named := Requirement.objects.filter(units__in=made).first():
            raise Irreversible(f"该批次新增的单位已列入工作任务“{named}”的范围，请先撤销该任务。")
        Unit.objects.filter(pk__in=made).update(successor=None, dissolved_on=None)
        Unit.objects.filter(pk__in=made).delete()
        successors: dict[str, str] = {}
        for change in changes:
            if "was" in change.before:
                was = change.before["was"]
                self._restore_unit(change.record_id, was, change.before["kept"])
                successors[was["code"]] = was["successor"]
        self._set_successors(successors)
        groups = [change.before["made_group"] for change in changes if change.before["made_group"]]
        used = Requirement.objects.filter(group__in=groups).values("group")
        UnitGroup.objects.filter(pk__in=groups, versions__isnull=True).exclude(pk__in=used).delete()

    def _restore_unit(self, pk: int, was: dict[str, Any], kept: list[str]) -> None:
        Unit.objects.filter(pk=pk).update(
            position=was["position"], founded_on=was["founded_on"], dissolved_on=was["dissolved_on"], successor=None
        )
        unit = Unit.objects.get(pk=pk)
        groups, _ = self._groups([was["group"]])
        version = unit.versions.last()
        assert version is not None, "a unit has a name"
        version.full_name, version.short_name = was["full_name"], was["short_name"]
        version.group, version.kind = groups[was["group"]], was["kind"]
        version.save()
        unit.aliases.filter(kept=True, name__in=kept).delete()
        self._set_aliases(unit, was["aliases"])
