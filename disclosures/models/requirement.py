"""Requirement: something the office asks of units by a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import models

from disclosures.models.sheet_record import SheetRecord
from disclosures.models.stored_file import StoredFile
from lanshan_portal.periods import Period
from units.directory import Directory, DirectoryEntry
from units.models import Office, Unit, UnitGroup


class RequirementQuerySet(models.QuerySet["Requirement"]):
    """Questions about requirements."""

    def due_between(self, office: Office, first: date, last: date) -> RequirementQuerySet:
        """Requirements that may have a term due from `first` to `last`, both included."""
        monthly = models.Q(recurrence=Requirement.Recurrence.MONTHLY) & (
            models.Q(assigned_on__lte=last) | models.Q(assigned_on__isnull=True)
        )
        return self.filter(monthly | models.Q(due_on__gte=first, due_on__lte=last), office=office)

    def for_notices(self, office: Office, issue_dates: Mapping[Period, date]) -> RequirementQuerySet:
        """Requirements that one of those notices may tell of, by period and day of issue, in order of their codes.

        Monthly ones set before the last period's end; of those asked once, the ones due from the first period's start on, and
        the ones set by a notice of the month before one of the months.
        """
        whole = Period.around(issue_dates)
        monthly = models.Q(recurrence=Requirement.Recurrence.MONTHLY) & (
            models.Q(assigned_on__lt=whole.end) | models.Q(assigned_on__isnull=True, due_on__lt=whole.end)
        )
        sources = {str(month.previous()) for period in issue_dates for month in period.months()}
        once = models.Q(recurrence=Requirement.Recurrence.ONCE) & (
            models.Q(due_on__gte=whole.start, due_on__lte=max(whole.last, *issue_dates.values()))
            | models.Q(source_month__in=sources)
        )
        placed = self.filter(monthly | once, office=office).exclude(placement=Requirement.Placement.NONE)
        return placed.prefetch_related("units").order_by("code")


class Requirement(SheetRecord):
    """A task set for units (工作任务): what, of whom, by when, on what basis, and where the notice tells of it.

    Once: due on `due_on`. Monthly: due every month, on the day of the month of `due_on`, the first time on or after
    `assigned_on` and not after `ends_on`; each month is a term (期次). `counted_until` is the day up to which the notice
    counts. What comes after the due date is taken and marked as late, unless `lock_after_days` closes the duty so many days
    after it; then only an extension opens it again.
    """

    class Scope(models.TextChoices):
        """范围: every unit, one group, or listed units."""

        ALL = "all", "全部单位"
        GROUP = "group", "分组"
        LISTED = "listed", "指定单位"

    class Recurrence(models.TextChoices):
        """频次."""

        ONCE = "一次", "一次"
        MONTHLY = "每月", "每月"

    class Placement(models.TextChoices):
        """通报位置: the section of the notice that names who has not done it."""

        FOLLOW_UP = "上期重点工作", "上期重点工作"
        PROBLEM = "存在问题", "存在问题"
        NONE = "不通报", "不通报"

    class Action(models.TextChoices):
        """动作: the verb of the notice's sentence."""

        UPLOAD = "上传", "上传"
        REPORT = "报送", "报送"
        PUBLISH = "公开", "公开"
        OTHER = "其他", "其他"

    code = models.CharField("任务编号", max_length=40)
    name = models.CharField("任务名称", max_length=200)
    source_month = models.CharField("来源通报", max_length=7, blank=True, help_text="例：2020-05")
    assigned_on = models.DateField("布置日期", null=True, blank=True)
    due_on = models.DateField("截止日期")
    counted_until = models.DateField("统计截止日期", null=True, blank=True)
    scope = models.CharField("范围", max_length=6, choices=Scope.choices)
    group = models.ForeignKey(UnitGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    units = models.ManyToManyField(Unit, blank=True, related_name="+")
    recurrence = models.CharField("频次", max_length=4, choices=Recurrence.choices, default=Recurrence.ONCE)
    basis = models.CharField("依据文件", max_length=300, blank=True)
    column = models.CharField("栏目路径", max_length=200, blank=True)
    placement = models.CharField("通报位置", max_length=10, choices=Placement.choices, default=Placement.NONE)
    problem_title = models.CharField("问题标题", max_length=200, blank=True)
    problem_text = models.TextField("问题说明", blank=True)
    action = models.CharField("动作", max_length=4, choices=Action.choices, default=Action.UPLOAD)
    explanation = models.TextField(
        "报送要求", blank=True, db_default="", help_text="告诉单位报什么、怎么报，不写入通报"
    )
    ends_on = models.DateField("停止日期", null=True, blank=True, help_text="每月任务到这一天以后不再布置")
    lock_after_days = models.PositiveSmallIntegerField(
        "逾期锁定天数", null=True, blank=True, help_text="截止后过多少天不再接收补报；留空则一直接收，并标明逾期"
    )
    attachments = models.ManyToManyField(StoredFile, verbose_name="附件", blank=True, related_name="requirements")

    objects = RequirementQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "工作任务"
        ordering = ["due_on", "code"]
        constraints = [
            *SheetRecord.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(scope="group", group__isnull=False)
                | (~models.Q(scope="group") & models.Q(group__isnull=True)),
                name="requirement_group_where_scope_is_group",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def met_by_publishing(self) -> bool:
        """Whether an item the unit published in the column is the hand-in: what the portal has it does not ask for."""
        return self.action == Requirement.Action.PUBLISH and bool(self.column)

    @property
    def met_by_address(self) -> bool:
        """Whether the address of what was published is a hand-in, without any file."""
        return self.action == Requirement.Action.PUBLISH

    def asked_of(self, directory: Directory, day: date) -> tuple[DirectoryEntry, ...]:
        """The units the scope takes in on `day`, as they were called and grouped then, in official order.

        For a listed unit that has gone into another the other answers.
        """
        listed = [unit.pk for unit in self.units.all()] if self.scope == Requirement.Scope.LISTED else []
        return units_asked(self.scope, self.group_id, listed, directory, day)


def units_asked(
    scope: str, group_id: int | None, listed: Iterable[int], directory: Directory, day: date
) -> tuple[DirectoryEntry, ...]:
    """The units a scope takes in on `day`, whether it is kept already or only thought of."""
    units = directory.at(day)
    match scope:
        case Requirement.Scope.ALL:
            return units
        case Requirement.Scope.GROUP:
            return tuple(unit for unit in units if unit.group_id == group_id)
    heirs = {heir.unit_id for unit_id in listed if (heir := directory.heir(unit_id, day))}
    return tuple(unit for unit in units if unit.unit_id in heirs)
