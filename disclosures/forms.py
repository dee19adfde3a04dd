"""Forms of the first floor."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from disclosures.models import MediaAccount, Platform
from units.directory import Directory
from units.models import Office, UnitGroup

FILE_ERRORS = {
    "required": "请选择要导入的文件。",
    "empty": "文件是空的，请检查后重新选择。",
    "invalid": "文件没有传上来，请重新选择。",
    "missing": "文件没有传上来，请重新选择。",
    "max_length": "文件名过长，请改短后重新选择。",
}
MOST_SHEETS = 50
"""Files brought at once."""
LONGEST_PASTE = 2_000_000


class SheetForm(forms.Form):
    """What to import: one file, or a block of cells pasted from Excel or WPS."""

    sheet = forms.FileField(
        label="数据表文件",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages=FILE_ERRORS,
        max_length=255,
    )
    pasted = forms.CharField(
        label="粘贴的内容",
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        error_messages={"max_length": "粘贴的内容过长，请保存为文件后上传。"},
        widget=forms.Textarea(attrs={"class": "form-control paste-area", "rows": 10, "spellcheck": "false"}),
    )

    def clean_sheet(self) -> UploadedFile[Any] | None:
        """The file, if it is not too large."""
        sheet: UploadedFile[Any] | None = self.cleaned_data["sheet"]
        limit = settings.UPLOAD_MAX_BYTES
        if sheet is not None and sheet.size and sheet.size > limit:
            raise forms.ValidationError(f"文件大小超过 {limit // 1024 // 1024} MB，请按月份或单位拆分后分别导入。")
        return sheet

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        given = super().clean() or {}
        if not self.errors and given.get("sheet") is None and not given.get("pasted", "").strip():
            pasting = "pasted" in self.data and "sheet" not in self.files and self.data.get("by") == "paste"
            self.add_error("pasted" if pasting else "sheet", "请先粘贴内容。" if pasting else FILE_ERRORS["required"])
        return given


class SeveralFiles(forms.ClearableFileInput):
    """A field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each of them, by itself."""
        several = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(each, initial) for each in several]


class SheetsForm(forms.Form):
    """Several files to import, or a folder of them."""

    sheets = FilesField(
        label="数据表文件",
        widget=SeveralFiles(attrs={"accept": ".xlsx,.csv"}),
        error_messages=FILE_ERRORS | {"empty": "有的文件是空的，请检查后重新选择。"},
        max_length=255,
        allow_empty_file=True,
    )

    def clean_sheets(self) -> list[UploadedFile[Any]]:
        """The files, if they are not too many; what the system leaves in folders (desktop.ini, ~$表.xlsx) is no sheet."""
        sheets = [each for each in self.cleaned_data["sheets"] if not _left_by_programs(str(each.name))]
        if not sheets:
            raise forms.ValidationError(FILE_ERRORS["required"])
        if len(sheets) > MOST_SHEETS:
            raise forms.ValidationError(f"一次最多{MOST_SHEETS}个文件，现有{len(sheets)}个，请分次导入。")
        return sheets


def _left_by_programs(name: str) -> bool:
    return name.startswith(("~$", ".", "._")) or name.lower() in ("desktop.ini", "thumbs.db")


class SavedFilterForm(forms.Form):
    """A filter of one's own: its name and its conditions."""

    name = forms.CharField(
        max_length=40,
        error_messages={"required": "请填写筛选的名称。", "max_length": "名称不超过40个字，请改短。"},
    )
    query = forms.CharField(
        max_length=500,
        error_messages={
            "required": "没有筛选条件可以保存，请先筛选。",
            "max_length": "筛选条件过长，请减少后再保存。",
        },
    )

    @property
    def sentence(self) -> str:
        """What is wrong, in one sentence."""
        return next(str(error) for errors in self.errors.values() for error in errors)


DAY_ERRORS = {"required": "请填写检查日期。", "invalid": "日期应写作 2020-07-08。"}


def _day_field(label: str, *, required: bool, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        error_messages=DAY_ERRORS,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
    )


class MediaRoundForm(forms.Form):
    """A new round of checks: its day, its name, and which accounts it looks at."""

    ALL, GROUP, PLATFORM, SAMPLE = "all", "group", "platform", "sample"
    checked_on = _day_field("检查日期", required=True)
    name = forms.CharField(
        label="检查批次",
        required=False,
        max_length=40,
        help_text="留空则按检查日期自动编号，例如“2020年7月第1次”。",
        error_messages={"max_length": "检查批次不超过40个字，请改短。"},
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label="检查范围",
        choices=[
            (ALL, "全部正常使用的账号"),
            (GROUP, "某一分组的账号"),
            (PLATFORM, "某一平台的账号"),
            (SAMPLE, "随机抽查"),
        ],
        initial=ALL,
        error_messages={"required": "请选择检查范围。", "invalid_choice": "没有这一项可选，请重新选择。"},
        widget=forms.RadioSelect,
    )
    group = forms.ModelChoiceField(
        label="分组",
        queryset=UnitGroup.objects.none(),
        required=False,
        empty_label="请选择分组",
        error_messages={"invalid_choice": "没有这个分组，请重新选择。"},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    platform = forms.ModelChoiceField(
        label="平台",
        queryset=Platform.objects.none(),
        required=False,
        empty_label="请选择平台",
        error_messages={"invalid_choice": "没有这个平台，请重新选择。"},
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    sample = forms.IntegerField(
        label="抽查账号数",
        required=False,
        min_value=1,
        error_messages={"invalid": "抽查账号数应为整数。", "min_value": "至少抽查1个账号。"},
        widget=forms.NumberInput(attrs={"class": "form-control", "min": 1}),
    )
    rectify_by = _day_field("整改期限", required=False, help_text="发现问题的账号统一的期限，逐个账号可以另填。")

    def __init__(self, *args: Any, office: Office, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.fields["group"].queryset = UnitGroup.objects.filter(office=office)  # type: ignore[attr-defined]
        self.fields["platform"].queryset = Platform.objects.filter(office=office, active=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the scope needs is there; limits lie after the check."""
        given = super().clean() or {}
        for scope, name, sentence in (
            (self.GROUP, "group", "请选择要检查的分组。"),
            (self.PLATFORM, "platform", "请选择要检查的平台。"),
            (self.SAMPLE, "sample", "请填写抽查的账号数。"),
        ):
            if given.get("scope") == scope and not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if given.get("rectify_by") and given.get("checked_on") and given["rectify_by"] < given["checked_on"]:
            self.add_error("rectify_by", "整改期限早于检查日期，请核对。")
        return given

    def accounts(self, directory: Directory) -> list[MediaAccount]:
        """The accounts of the scope that are in use on the day of the check: by platform, then in the units' order."""
        given = self.cleaned_data
        day = given["checked_on"]
        rows = (
            MediaAccount.objects.open_on(day)
            .filter(office=self.office, state__in=(MediaAccount.State.NORMAL, MediaAccount.State.CLOSED))
            .select_related("platform")
            .order_by("platform__position", "platform_id", "unit__position", "pk")
        )
        if given["scope"] == self.PLATFORM:
            rows = rows.filter(platform=given["platform"])
        found = list(rows)
        if given["scope"] == self.GROUP:
            found = [each for each in found if directory.entry(each.unit_id, day).group_id == given["group"].pk]
        if given["scope"] == self.SAMPLE and given["sample"] < len(found):
            drawn = set(secrets.SystemRandom().sample(range(len(found)), given["sample"]))
            found = [each for at, each in enumerate(found) if at in drawn]
        return found

    @property
    def scope_in_words(self) -> str:
        """The scope as the round keeps it."""
        given = self.cleaned_data
        return {
            self.ALL: "全部账号",
            self.GROUP: f"分组：{given['group']}",
            self.PLATFORM: f"平台：{given['platform']}",
            self.SAMPLE: f"随机抽查{given['sample']}个账号",
        }[given["scope"]]
