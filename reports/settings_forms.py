"""The form of the notice's settings."""

from __future__ import annotations

import string
from typing import Any

from django import forms

from lanshan_portal.form_fields import dressed
from reports.models import NoticeSettings
from reports.section_titles import SECTIONS, TITLES, scattered

PLACES = {"period", "area"}
"""What a title may leave open: the period, and 全区 or 全县."""


def title_fault(pattern: str) -> str:
    """What is wrong with a title's pattern, as a sentence; nothing where it can be used."""
    try:
        named = {name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None}
    except ValueError:
        return "花括号没有成对，请检查。"
    if named - PLACES:
        return "花括号中只能写 {period}（所属期）和 {area}（全区、全县）。"
    if not pattern.replace("|", "").strip():
        return "请填写标题。"
    return ""


class NoticeForm(forms.ModelForm):
    """Which sections in which order, how lists are worded, how the paper is set."""

    class Meta:
        model = NoticeSettings
        fields = [
            "media_window",
            "merge_mailbox_ties",
            "merge_platform_ties",
            "title_breaks",
            "letterhead",
            "line_pitch_pt",
            "imprint",
            "copies_to",
            "number_imprint_page",
            "number_word",
            "two_roles_by_one",
            "consult_days",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = self.instance.sections
        for number, key in enumerate([*kept, *(key for key in SECTIONS if key not in kept)], start=1):
            self.fields[f"on_{key}"] = forms.BooleanField(label=TITLES[key], required=False, initial=key in kept)
            self.fields[f"at_{key}"] = forms.IntegerField(
                label=f"{TITLES[key]}的次序", initial=number, min_value=1, max_value=99
            )
        self.fields["copies_to"].help_text = "设版记时印在末页，不写“抄送：”和句号"
        dressed(self)

    def section_rows(self) -> list[tuple[Any, Any]]:
        """The pairs of fields of the sections, in the order in which they stand."""
        keys = [name.removeprefix("on_") for name in self.fields if name.startswith("on_")]
        return [(self[f"on_{key}"], self[f"at_{key}"]) for key in keys]

    def clean_title_breaks(self) -> str:
        """The pattern, if a title can be made of it."""
        pattern: str = self.cleaned_data["title_breaks"]
        if fault := title_fault(pattern):
            raise forms.ValidationError(fault)
        return pattern

    def clean(self) -> dict[str, Any]:
        """The chosen sections in their order; those of one part stand together."""
        given = super().clean() or {}
        chosen = [key for key in SECTIONS if given.get(f"on_{key}")]
        chosen.sort(key=lambda key: given.get(f"at_{key}") or 0)
        if not chosen:
            self.add_error(None, "请至少保留一个段落。")
        elif part := scattered(chosen):
            self.add_error(None, f"“{part}”各段须排在一起，请调整次序。")
        self.instance.sections = chosen
        return given
