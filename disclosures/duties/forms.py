"""Forms of tasks: handing in, returning, extending and exempting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from disclosures.files.keeping import Brought
from disclosures.files.recognition import ACCEPT_ATTRIBUTE

DAY_ERRORS = {"required": "请选择日期。", "invalid": "日期应写作 2020-06-01。"}

RETURN_REASONS = (
    ("缺盖章或签字", "缺少公章或负责人签字，请补齐后重新报送。"),
    ("不符合要求", "内容与任务要求不符，请对照报送要求修改。"),
    ("数据有误", "数据有误或前后不一致，请核对后重新报送。"),
    ("缺少附件", "缺少附件，请补充后重新报送。"),
    ("文件打不开", "文件打不开或内容不完整，请重新上传。"),
    ("涉及个人信息", "涉及个人信息，请删除或隐去后重新报送。"),
    ("格式不对", "格式不符合要求，请使用所附模板填报。"),
)
"""What hand-ins are most often returned for: a short name, and the sentence a reason is put together from."""
EXTENSION_REASONS = ("机构调整，职责正在交接。", "需上级部门审定后报送。", "联络员变更，材料正在补办。")
EXEMPTION_REASONS = ("本单位没有该项职责。", "职责已划转其他单位。", "当期没有相关业务。")


class FilesInput(forms.FileInput):
    """A field for several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> list[Any]:
        """Every file of the field."""
        return files.getlist(name)


class FilesField(forms.Field):
    """Several files, as they are brought; what they are is found in their content when they are kept."""

    widget = FilesInput

    def to_python(self, value: list[UploadedFile[Any]] | None) -> list[Brought]:
        """The files with their bytes."""
        return [Brought(file.name or "", file.read()) for file in value or []]


class Styled:
    """A form whose controls look like the portal's."""

    fields: dict[str, forms.Field]

    def style(self) -> None:
        """Give every control its class."""
        for field in self.fields.values():
            match field.widget:
                case forms.CheckboxInput() | forms.RadioSelect() | forms.CheckboxSelectMultiple() | forms.FileInput():
                    continue
                case forms.Select():
                    field.widget.attrs["class"] = "form-select"
                case _:
                    field.widget.attrs["class"] = "form-control"


class HandInForm(Styled, forms.Form):
    """What a unit hands in: files, their title, a note, and the address where something was to be published."""

    brought = FilesField(
        label="材料文件", required=False, widget=FilesInput(attrs={"accept": ACCEPT_ATTRIBUTE, "class": "file-input"})
    )
    title = forms.CharField(
        label="材料名称",
        max_length=200,
        error_messages={"required": "请填写材料名称。", "max_length": "材料名称不超过 200 字，请改短。"},
    )
    address = forms.CharField(
        label="公开网址",
        max_length=500,
        required=False,
        help_text="信息公开后的页面网址，从浏览器地址栏完整复制",
        error_messages={"max_length": "网址不超过 500 个字符，请核对。"},
    )
    note = forms.CharField(
        label="说明",
        max_length=1000,
        required=False,
        help_text="需要审核人员知道的情况，可以不填",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "说明不超过 1000 字，请改短。"},
    )

    def __init__(self, *args: Any, publish: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not publish:
            del self.fields["address"]
        self.style()


class ReasonForm(Styled, forms.Form):
    """A reason that must be given."""

    reason = forms.CharField(
        label="退回原因",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "请填写退回原因，说明哪里不符合要求、应如何修改。",
            "max_length": "原因不超过 1000 字，请改短。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style()


EXTENSION, EXEMPTION = "extension", "exemption"


class ExceptionForm(Styled, forms.Form):
    """延期 to a day or 不适用, with the reason."""

    kind = forms.ChoiceField(
        label="办理事项",
        choices=((EXTENSION, "延期"), (EXEMPTION, "标记不适用")),
        widget=forms.RadioSelect,
        initial=EXTENSION,
        error_messages={"required": "请选择延期或标记不适用。", "invalid_choice": "请选择延期或标记不适用。"},
    )
    until = forms.DateField(
        label="延期至",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages=DAY_ERRORS,
    )
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "请填写理由，说明依据的文件或情况。",
            "max_length": "理由不超过 300 字，请改短。",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style()

    def clean(self) -> dict[str, Any]:
        """A day where something is extended."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == EXTENSION and given.get("until") is None and "until" not in self.errors:
            self.add_error("until", "请选择延期至哪一天。")
        return given

    @property
    def until_day(self) -> date:
        """The day, of a valid form."""
        day: date = self.cleaned_data["until"]
        return day
