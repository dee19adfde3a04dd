"""The row of one arrangement on the page that makes tasks of them: whether it becomes one, and which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from disclosures.duties.requirement_form import RequirementForm
from disclosures.models import Requirement
from reports.actions.arrangements import Wanted
from reports.arrangements import ArrangementTask, proposed
from units.models import Office

FIELDS = ["code", "name", "action", "due_on", "recurrence", "scope", "group", "column"]


class ArrangementTaskForm(RequirementForm):
    """A task as the arrangement proposes it, to be corrected; what is not ticked may be as it likes."""

    ticked = forms.BooleanField(label="布置", required=False)
    assigned_on = counted_until = ends_on = brought = dropped = None  # type: ignore[assignment]

    class Meta(RequirementForm.Meta):
        fields = FIELDS
        help_texts = {
            "name": "接在动作后面写入通报，例如“要求公开2020年上半年工作总结”",
            "action": "通报中的用词",
            "column": "各级之间以“-”连接；选“公开”并填写栏目的，在栏目发布即视为完成",
        }
        widgets = {
            "name": forms.TextInput,
            "scope": forms.Select(attrs={"data-carries": "scope"}),
            "recurrence": forms.Select,
        }

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, row: ArrangementTask, code: str, office: Office
    ) -> None:
        self.row = row
        initial = proposed(row.arrangement) | {"code": code}
        super().__init__(data, office=office, prefix=f"a{row.arrangement.pk}", initial=initial)
        self.sentence = ""
        """Why the action refused it, where it did."""

    @property
    def is_ticked(self) -> bool:
        """Whether it is to become a task, as proposed or as sent."""
        return bool(self["ticked"].value())

    @property
    def has_fault(self) -> bool:
        """Whether it is ticked and cannot be set so."""
        return bool(self.is_ticked and self.is_bound and (self.errors or self.sentence))

    @property
    def scope_shown(self) -> str:
        """The scope as it stands on the page."""
        return str(self["scope"].value() or Requirement.Scope.ALL)

    @property
    def units_ticked(self) -> set[str]:
        """The units ticked, as the page sends them."""
        return {str(getattr(value, "pk", value)) for value in self["units"].value() or []}

    def wanted(self) -> Wanted:
        """What the action is given, of a valid row."""
        return Wanted(self.row.arrangement, self.contents(), self.unit_ids)


def forms_of(
    rows: list[ArrangementTask], codes: list[str], office: Office, data: Any = None
) -> list[ArrangementTaskForm]:
    """A form for each arrangement that is no task yet, in order; `codes` are as many as there are rows."""
    offered = iter(codes)
    return [ArrangementTaskForm(data, row=row, code=next(offered), office=office) for row in rows if row.task is None]
