"""工作任务 and 任务报送."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from disclosures.models import HandIn, ImportBatch, Requirement, Submission
from disclosures.sheets import cells
from disclosures.sheets.cells import Cell
from disclosures.sheets.keys import requirement_parts, submission_parts
from disclosures.sheets.resources.base import Column, Complaint, Row, SheetResource, needs, not_before
from disclosures.sheets.store import Change, Irreversible, ModelStore, Store, Stored
from disclosures.sheets.widgets import (
    ChoiceWidget,
    DateWidget,
    MonthWidget,
    TaskWidget,
    TextWidget,
    UnitWidget,
)
from units.directory import normalised

EVERYONE = "全部单位"


class Scope(NamedTuple):
    """Whom a requirement asks."""

    scope: str
    group_id: int | None = None
    unit_ids: tuple[int, ...] = ()


class ScopeWidget(UnitWidget):
    """全部单位, the name of a group, or units separated by 、. A group's name may itself hold 、."""

    form = "“全部单位”、某个分组的名称，或以“、”分隔的单位"
    width = 30

    def clean(self, value: Cell, row: Any = None, *, day: date | None = None, **kwargs: Any) -> Any:
        given = cells.text(value)
        if normalised(given) == EVERYONE:
            return Scope(Requirement.Scope.ALL)
        if group := self.register.groups.get(normalised(given)):
            return Scope(Requirement.Scope.GROUP, group[0])
        units = []
        names = [name for name in map(str.strip, given.replace("，", "、").replace(",", "、").split("、")) if name]
        for name in names:
            try:
                units.append(super().clean(name, day=day))
            except ValueError as problem:
                groups = "、".join(f"“{name}”" for _, name in self.register.groups.values())
                raise ValueError(f"{problem}范围应填“{EVERYONE}”、分组名称（{groups}）或以“、”分隔的单位。") from None
        return Scope(Requirement.Scope.LISTED, None, tuple(sorted(dict.fromkeys(units))))

    def render(self, value: Any, obj: Any = None, *, day: date | None = None, **kwargs: Any) -> str:
        if value is None:
            return ""
        if value.scope == Requirement.Scope.ALL:
            return EVERYONE
        if value.scope == Requirement.Scope.GROUP:
            return next(name for pk, name in self.register.groups.values() if pk == value.group_id)
        order = {pk: place for place, pk in enumerate(entry.unit_id for entry in self.register.directory)}
        units = sorted(value.unit_ids, key=lambda pk: order[pk])
        return "、".join(super(ScopeWidget, self).render(pk, day=day) for pk in units)

    def offered(self) -> tuple[str, ...]:
        return (EVERYONE, *(name for _, name in self.register.groups.values()))


class RequirementStore(ModelStore):
    """Requirements with the units they list, which live in a table of their own."""

    def _units(self, pks: Sequence[int]) -> dict[int, tuple[int, ...]]:
        listed: dict[int, list[int]] = {}
        through = Requirement.units.through.objects.filter(requirement__in=pks).order_by("unit_id")
        for requirement_id, unit_id in through.values_list("requirement_id", "unit_id"):
            listed.setdefault(requirement_id, []).append(unit_id)
        return {pk: tuple(listed.get(pk, ())) for pk in pks}

    def with_lists(self, found: dict[str, Stored]) -> dict[str, Stored]:
        units = self._units([stored.pk for stored in found.values()])
        return {key: stored._replace(values=(*stored.values, units[stored.pk])) for key, stored in found.items()}

    def tuples(self, rows: Any) -> Any:
        found = list(rows.values_list("pk", *self.columns))
        units = self._units([pk for pk, *_ in found])
        return iter([(*values, units[pk]) for pk, *values in found])

    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        super().write(changes, batch)
        wanted = {change.record.key: change.record.values[-1] for change in changes}
        pks = dict(self._scope().filter(key__in=list(wanted)).values_list("key", "pk"))
        self._list_units({pks[key]: units for key, units in wanted.items()})

    def restore(self, batch: ImportBatch) -> None:
        super().restore(batch)
        self._list_units({change.record_id: change.before["unit_ids"] for change in batch.changes.all()})

    def _list_units(self, units: dict[int, Iterable[int]]) -> None:
        through = Requirement.units.through
        through.objects.filter(requirement__in=list(units)).delete()
        through.objects.bulk_create(
            through(requirement_id=pk, unit_id=unit_id) for pk, listed in units.items() for unit_id in listed
        )


class RequirementResource(SheetResource):
    """One task the office sets."""

    code = Column("code", "任务编号", TextWidget(width=16), required=True, example="2020-05-01")
    name = Column("name", "任务名称", TextWidget(width=36), required=True, example="上传各单位主动公开基本目录")
    source_month = Column(
        "source_month", "来源通报", MonthWidget(), default="", example="2020-05", note="布置该任务的通报的月份。"
    )
    assigned_on = Column(
        "assigned_on", "布置日期", DateWidget(), example="2020-06-10", note="范围中的单位以布置日期的名称为准。"
    )
    due_on = Column(
        "due_on", "截止日期", DateWidget(), required=True, example="2020-06-30", note="每月任务取其中的日。"
    )
    counted_until = Column(
        "counted_until", "统计截止日期", DateWidget(), example="2020-07-06", note="通报统计完成情况的截止日期。"
    )
    scope = Column("scope_of", "范围", ScopeWidget(), required=True, example="全部单位")
    recurrence = Column(
        "recurrence",
        "频次",
        ChoiceWidget(Requirement.Recurrence),
        default=Requirement.Recurrence.ONCE.value,
        note="留空为一次。",
    )
    basis = Column("basis", "依据文件", TextWidget(width=36), default="")
    column = Column("column", "栏目路径", TextWidget(width=30), default="", note="各级之间以“-”连接。")
    placement = Column(
        "placement",
        "通报位置",
        ChoiceWidget(Requirement.Placement, width=14),
        default=Requirement.Placement.NONE.value,
        note="未完成的单位在通报的哪一部分列出，留空为不通报。",
    )
    problem_title = Column("problem_title", "问题标题", TextWidget(width=36), default="")
    problem_text = Column("problem_text", "问题说明", TextWidget(lines=True, width=46), default="")
    action = Column(
        "action",
        "动作",
        ChoiceWidget(Requirement.Action),
        default=Requirement.Action.UPLOAD.value,
        note="通报中的用词，留空为上传。",
    )

    model = Requirement
    key_in_words = "任务编号"
    day = "due_on"
    derived = ("scope", "group_id", "unit_ids")
    export_order = ("due_on", "pk")
    rules = (
        not_before("due_on", "assigned_on", "截止日期早于布置日期，请核对。"),
        not_before("counted_until", "due_on", "统计截止日期早于截止日期，请核对。"),
    )

    def store(self) -> Store:
        return RequirementStore(self.model, self.stored, office=self.office)

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return requirement_parts(row["code"])

    def day_of(self, row: Any) -> date | None:
        """Units are named as of the day the task was set."""
        day: date | None = row.get("assigned_on") or row.get("due_on")
        return day

    def complete(self, row: Row) -> None:
        row["scope"], row["group_id"], row["unit_ids"] = row["scope_of"]

    def displayed(self, row: Row) -> Row:
        return row | {"scope_of": Scope(row["scope"], row["group_id"], tuple(row["unit_ids"]))}


def term_fits_recurrence(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """A monthly requirement is handed in for a month, one asked once for none."""
    monthly = row["task"].recurrence == Requirement.Recurrence.MONTHLY
    if monthly and not row["term"]:
        yield "term", "该任务为每月任务，应填写期次，例如 2020-06。"
    if row["term"] and not monthly:
        yield "term", "该任务的频次为一次，不应填写期次，请清空。"


class SubmissionStore(ModelStore):
    """Hand-ins; one to which a unit has brought files since does not go with its sheet."""

    def delete(self, new: Any) -> None:
        if new is not None and (brought := HandIn.objects.filter(submission__in=new).first()):
            raise Irreversible(
                f"{brought.unit}已为该批次中的报送记录在线报送了材料（回执 {brought.receipt}），"
                "撤销后材料将没有记录。材料尚未审核的，请先由单位撤回。"
            )
        super().delete(new)


class SubmissionResource(SheetResource):
    """One hand-in of a unit."""

    task = Column("task", "任务编号", TaskWidget(), required=True, example="2020-05-01")
    term = Column("term", "期次", MonthWidget(), default="", note="每月任务填写所属月份，一次性任务留空。")
    unit = Column("unit_id", "单位", UnitWidget(), required=True, example="区教育局")
    submitted_on = Column("submitted_on", "提交日期", DateWidget(), required=True, example="2020-06-28")
    title = Column("title", "材料名称", TextWidget(width=36), default="")
    review = Column(
        "review",
        "审核结果",
        ChoiceWidget(Submission.Review),
        default=Submission.Review.PENDING.value,
        note="留空为待审。",
    )
    adopted_by = Column(
        "adopted_by",
        "采用级别",
        ChoiceWidget(Submission.AdoptedBy),
        default="",
        note="亮点信息被采用的，填采用单位的级别。",
    )

    model = Submission
    key_in_words = "任务编号、期次、单位和提交日期"
    day = "submitted_on"
    derived = ("requirement_id",)
    export_order = ("submitted_on", "pk")
    recent = frozenset({"submitted_on"})
    rules = (term_fits_recurrence, needs("adopted_by", "title", "填写了采用级别，却没有材料名称，请补填。"))

    def store(self) -> Store:
        return SubmissionStore(self.model, self.stored, office=self.office)

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return submission_parts(row["task"].pk, row["term"], row["unit_id"], row["submitted_on"])

    def complete(self, row: Row) -> None:
        row["requirement_id"] = row["task"].pk

    def displayed(self, row: Row) -> Row:
        return row | {"task": self.register.task_codes[row["requirement_id"]]}
