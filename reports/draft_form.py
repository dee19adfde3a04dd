"""The form of a draft's particulars: what stands on the sheet besides the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from lanshan_portal.form_fields import dressed
from lanshan_portal.periods import FIRST_YEAR, LAST_YEAR, within_years
from reports import document_numbers
from reports.models import NoticeDraft
from reports.settings_forms import title_fault


class ParticularsForm(forms.ModelForm):
    """Day of issue, document number, title with its breaks, addressees, copies. Empty ones are as the office has set them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = NoticeDraft
        fields = ("issued_on", "document_number", "title_breaks", "addressees", "copies_to")
        widgets = {"issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "issued_on": "截至这一天的情况写入通报",
            "title_breaks": "用“|”标出回行处，{period}为所属期，{area}为全区、全县；留空则按通报设置",
            "addressees": "留空则按机关设置",
            "copies_to": "留空则按通报设置",
        }
        error_messages = {
            "issued_on": {"required": "请填写印发日期。", "invalid": "印发日期不存在，请重新选择。"},
        }

    def __init__(self, *args: Any, proposed: str, issued: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issued = issued
        self.initial["version"] = self.instance.version
        number = self.fields["document_number"]
        number.help_text = f"下一个序号是 {proposed}" if proposed else "通报设置中没有发文机关代字，可以不编号"
        if proposed and not self.instance.document_number:
            self.initial["document_number"] = proposed
        dressed(self)

    def clean_issued_on(self) -> Any:
        """A day of a year that can be asked for."""
        day = self.cleaned_data["issued_on"]
        if not within_years(day):
            raise forms.ValidationError(f"日期应在{FIRST_YEAR}年至{LAST_YEAR}年之间。")
        return day

    def clean_title_breaks(self) -> str:
        """A pattern that names nothing but the period and the area."""
        pattern: str = self.cleaned_data["title_breaks"].strip()
        if pattern and (fault := title_fault(pattern)):
            raise forms.ValidationError(fault)
        return pattern

    def clean(self) -> dict[str, Any]:
        """The number as GB/T 9704-2012, 7.2.5 wants it, and in its turn."""
        given: dict[str, Any] = super().clean() or {}
        number, day = given.get("document_number", ""), given.get("issued_on")
        if number and day and (fault := document_numbers.fault(number, day.year, self.issued)):
            self.add_error("document_number", fault)
        return given

    def _post_clean(self) -> None:
        """Writing is the action's: the form does not change the draft."""
