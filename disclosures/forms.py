"""Forms of the first floor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile


class SheetForm(forms.Form):
    """One file to import."""

    sheet = forms.FileField(
        label="数据表文件",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": "请选择要导入的文件。",
            "empty": "文件是空的，请检查后重新选择。",
            "invalid": "文件没有传上来，请重新选择。",
            "missing": "文件没有传上来，请重新选择。",
            "max_length": "文件名过长，请改短后重新选择。",
        },
        max_length=255,
    )

    def clean_sheet(self) -> UploadedFile[Any]:
        """The file, if it is not too large."""
        sheet: UploadedFile[Any] = self.cleaned_data["sheet"]
        limit = settings.UPLOAD_MAX_BYTES
        if sheet.size and sheet.size > limit:
            raise forms.ValidationError(f"文件大小超过 {limit // 1024 // 1024} MB，请按月份或单位拆分后分别导入。")
        return sheet
