"""The form of a task: what, of whom, by when, on what basis, and where the notice tells of it."""

from __future__ import annotations

from typing import Any

from django import forms

from disclosures.duties.forms import DAY_ERRORS, FilesField, FilesInput, Styled
from disclosures.files.recognition import ACCEPT_ATTRIBUTE
from disclosures.models import Requirement, StoredFile
from lanshan_portal.periods import FIRST_YEAR, LAST_YEAR, Period, within_years
from units.models import Office, Unit, UnitGroup

CHOICES = {"scope": Requirement.Scope.choices, "recurrence": Requirement.Recurrence.choices}


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages=DAY_ERRORS,
    )


class RequirementForm(Styled, forms.ModelForm):
    """A task as the office sets it. Units are ticked where the scope lists them; new attachments are added to the old."""

    assigned_on = _day("布置日期", "范围中的单位以这一天的名称为准")
    due_on = _day("截止日期", "每月任务取其中的日，例如 25 日；没有这一天的月份取月末", required=True)
    counted_until = _day("统计截止日期", "通报统计到这一天为止；留空则统计到印发日期")
    ends_on = _day("停止日期", "每月任务到这一天以后不再布置；留空则一直继续")
    units = forms.ModelMultipleChoiceField(
        label="单位",
        queryset=Unit.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": "所选单位不存在，请重新选择。",
            "invalid_pk_value": "所选单位不存在，请重新选择。",
        },
    )
    brought = FilesField(
        label="附件和模板", required=False, widget=FilesInput(attrs={"accept": ACCEPT_ATTRIBUTE, "class": "file-input"})
    )
    dropped = forms.ModelMultipleChoiceField(queryset=StoredFile.objects.none(), required=False)

    class Meta:
        model = Requirement
        fields = [
            *("code", "name", "action", "recurrence", "assigned_on", "due_on", "counted_until", "ends_on"),
            *("lock_after_days", "scope", "group", "basis", "column", "explanation"),
            *("placement", "problem_title", "problem_text", "source_month"),
        ]
        labels = {"group": "分组"}
        help_texts = {
            "code": "每项任务一个编号，布置后不再更改",
            "action": "通报中的用词；选“公开”并填写栏目路径的，在网站对应栏目发布后即视为完成，不需要另行报送",
            "lock_after_days": "不填：一直接收补报，并标明逾期天数。填 5：截止 5 天后锁定，办理延期后才能报送",
            "basis": "要求报送的文件名称和文号，单位可以看到",
            "column": "各级之间以“-”连接，例如 公开-区政府信息公开-规划计划",
            "explanation": "告诉单位报什么、怎么报，不写入通报",
            "placement": "未完成的单位在通报的哪一部分列出",
            "source_month": "由通报布置的任务，填写该通报的月份，例如 2020-05",
        }
        widgets = {
            "explanation": forms.Textarea(attrs={"rows": 4}),
            "problem_text": forms.Textarea(attrs={"rows": 3}),
            "scope": forms.RadioSelect,
            "recurrence": forms.RadioSelect,
            "lock_after_days": forms.NumberInput(attrs={"min": 0, "max": 366, "placeholder": "不锁定"}),
        }
        error_messages = {
            "code": {"required": "请填写任务编号。", "max_length": "任务编号不超过 40 个字符，请改短。"},
            "name": {"required": "请填写任务名称。", "max_length": "任务名称不超过 200 字，请改短。"},
            "scope": {"required": "请选择报送范围。"},
            "lock_after_days": {"min_value": "锁定天数不能为负数。", "invalid": "锁定天数应为整数。"},
        }

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["group"].queryset = UnitGroup.objects.filter(office=office)  # type: ignore[attr-defined]
        self.fields["group"].empty_label = "请选择分组"  # type: ignore[attr-defined]
        self.fields["units"].queryset = Unit.objects.filter(office=office)  # type: ignore[attr-defined]
        for name in ("scope", "recurrence"):
            # A radio needs no line for nothing chosen.
            self.fields[name].choices = CHOICES[name]  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["code"]
            attached = self.instance.attachments.all()
            self.fields["dropped"].queryset = attached  # type: ignore[attr-defined]
            self.initial.setdefault("units", [unit.pk for unit in self.instance.units.all()])
        self.style()

    def clean_source_month(self) -> str:
        """The month of a notice, or nothing."""
        given: str = self.cleaned_data["source_month"].strip()
        try:
            return str(Period.parse(given)) if given else ""
        except ValueError:
            raise forms.ValidationError("来源通报应写作 2020-05。") from None

    def clean(self) -> dict[str, Any]:
        """Days in their order, a group or units where the scope needs them."""
        given: dict[str, Any] = super().clean() or {}
        for name in ("assigned_on", "due_on", "counted_until", "ends_on"):
            if given.get(name) and not within_years(given[name]):
                self.add_error(name, f"日期应在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
        self._in_order(given, "assigned_on", "due_on", "截止日期早于布置日期，请核对。")
        self._in_order(given, "due_on", "counted_until", "统计截止日期早于截止日期，请核对。")
        self._in_order(given, "assigned_on", "ends_on", "停止日期早于布置日期，请核对。")
        scope = given.get("scope")
        if scope == Requirement.Scope.GROUP and not given.get("group"):
            self.add_error("group", "请选择要报送的分组。")
        if scope == Requirement.Scope.LISTED and not given.get("units"):
            self.add_error("units", "请至少勾选一家单位。")
        if given.get("recurrence") == Requirement.Recurrence.ONCE and given.get("ends_on"):
            self.add_error("ends_on", "一次性任务不需要停止日期，请清空。")
        if given.get("placement") == Requirement.Placement.PROBLEM and not given.get("problem_title"):
            self.add_error("problem_title", "在“存在问题”中通报的任务，请填写问题标题。")
        return given

    def _in_order(self, given: dict[str, Any], earlier: str, later: str, sentence: str) -> None:
        if given.get(earlier) and given.get(later) and given[later] < given[earlier]:
            self.add_error(later, sentence)

    def _post_clean(self) -> None:
        """Writing is the action's: the form neither changes the task nor asks the database for its key."""

    def contents(self) -> dict[str, Any]:
        """What the action is given, of a valid form."""
        given = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        group = given.pop("group")
        listed = given["scope"] == Requirement.Scope.GROUP
        return given | {"group_id": group.pk if group and listed else None}

    @property
    def unit_ids(self) -> list[int]:
        """The units ticked."""
        return [unit.pk for unit in self.cleaned_data["units"]]
