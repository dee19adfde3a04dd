"""Unit: a body that is supervised, with the names it has borne."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from units.directory import Directory, DirectoryEntry
from units.models.office import Office


class UnitGroup(models.Model):
    """A grouping of units by which the notice gives its figures, e.g. 镇街道、商城、经开区.

    Groups are the office's data: any text of the sheet's 分组 column makes one.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="unit_groups")
    name = models.CharField("分组", max_length=60)
    position = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "单位分组"
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="unit_group_name")]

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    """What kind of body a unit is; the notice must not call a street a 部门."""

    TOWN = "镇", "镇"
    TOWNSHIP = "乡", "乡"
    STREET = "街道", "街道"
    COMMITTEE = "管委会", "管委会"
    DEPARTMENT = "部门", "部门"
    AFFILIATED = "直属机构", "直属机构"
    OTHER = "其他", "其他"


ENTRY_FIELDS = {
    "unit_id": "unit_id",
    "code": "unit__code",
    "full_name": "full_name",
    "short_name": "short_name",
    "group_id": "group_id",
    "group": "group__name",
    "group_position": "group__position",
    "kind": "kind",
    "position": "unit__position",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
    "founded_on": "unit__founded_on",
    "dissolved_on": "unit__dissolved_on",
    "successor_id": "unit__successor_id",
}
"""What a DirectoryEntry takes from a version, its unit and its group: read without making records of them, once a page."""


class UnitQuerySet(models.QuerySet["Unit"]):
    """Questions about units."""

    def existing_at(self, day: date) -> UnitQuerySet:
        """Units founded on or before `day` and not yet dissolved on it."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=day),
        )

    def directory(self) -> Directory:
        """Every name these units ever bore, ready to resolve text to a unit as of a day. Two queries."""
        aliases: dict[int, list[str]] = {}
        for unit_id, name in UnitAlias.objects.filter(unit__in=self).values_list("unit_id", "name"):
            aliases.setdefault(unit_id, []).append(name)
        rows = UnitVersion.objects.filter(unit__in=self).values_list(*ENTRY_FIELDS.values())
        return Directory(
            DirectoryEntry(aliases=tuple(aliases.get(entry["unit_id"], ())), **entry)
            for entry in (dict(zip(ENTRY_FIELDS, row, strict=True)) for row in rows)
        )


class Unit(models.Model):
    """A town, street, committee or department that answers for its own disclosure.

    The row is the body itself and never changes identity; what it was called and where it counted is dated in
    UnitVersion, so a past month reads as it read then. A dissolved unit names its successor.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="units")
    code = models.CharField("单位编码", max_length=40)
    position = models.PositiveIntegerField("排序")
    founded_on = models.DateField("启用日期", null=True, blank=True)
    dissolved_on = models.DateField("停用日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name="并入单位", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    initials = models.CharField("拼音首字母", max_length=60, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "code"], name="unit_code"),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(dissolved_on__gt=F("founded_on")),
                name="unit_dissolved_after_founded",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(dissolved_on__isnull=False), name="unit_successor_of_dissolved"
            ),
        ]

    def __str__(self) -> str:
        newest = self.versions.last()
        return newest.short_name if newest else self.code


class UnitVersion(models.Model):
    """What a unit was called, what kind it was and where it counted, over a half-open span of days."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    full_name = models.CharField("全称", max_length=80)
    short_name = models.CharField("简称", max_length=40, help_text="通报用名")
    group = models.ForeignKey(UnitGroup, verbose_name="分组", on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField("类型", max_length=8, choices=UnitKind.choices)
    valid_from = models.DateField("起用日期", null=True, blank=True)
    valid_to = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "单位名称沿革"
        ordering = ["unit", F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_start"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(valid_from__isnull=True), name="unit_version_one_beginning"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_version_span",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name


class UnitAlias(models.Model):
    """Another name under which a unit appears in sheets and texts, e.g. 区市场监督管理局 for 区市场监管局.

    `kept` marks one that did not come with a sheet: a former name the portal kept by itself, one added by hand. A sheet never
    drops those.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("别名", max_length=80)
    kept = models.BooleanField("系统留存", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "单位别名"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="unit_alias_name")]

    def __str__(self) -> str:
        return self.name
