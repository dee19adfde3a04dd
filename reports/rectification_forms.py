"""Forms of rectifications: opening them, answering, verifying."""

from __future__ import annotations

from typing import Any

from django import forms

from disclosures.duties.forms import DAY_ERRORS, FilesField, FilesInput, Styled
from disclosures.files.recognition import ACCEPT_ATTRIBUTE
from reports.actions.rectification import NO_REOPENING_REASON, NO_RETURN_REASON, NO_WORDS

LONGEST = 2000


def _words(label: str, rows: int, lacking: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows, "maxlength": LONGEST}),
        error_messages={"required": lacking, "max_length": f"{label}不超过 {LONGEST} 字，请改短。"},
    )


def _day(label: str = "整改期限") -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages=DAY_ERRORS,
    )


class OpenForm(Styled, forms.Form):
    """The day by which all is to be rectified."""

    due_on = _day()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style()


class AnswerForm(Styled, forms.Form):
    """What a unit has done, with papers or the address where it shows."""

    words = _words("整改情况", 5, NO_WORDS, "逐项说明问题原因、整改措施和完成情况")
    link = forms.CharField(
        label="整改后的网址",
        required=False,
        max_length=500,
        help_text="整改结果在网上可以看到的，从浏览器地址栏完整复制",
        error_messages={"max_length": "网址不超过 500 个字符，请核对。"},
    )
    brought = FilesField(
        label="整改材料", required=False, widget=FilesInput(attrs={"accept": ACCEPT_ATTRIBUTE, "class": "file-input"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.style()


class AgainForm(Styled, forms.Form):
    """Why it is to be done again, and by when: after an answer that is sent back, or after it was closed."""

    due_on = _day("新的整改期限")

    def __init__(self, *args: Any, closed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, lacking = ("重开原因", NO_REOPENING_REASON) if closed else ("退回原因", NO_RETURN_REASON)
        self.fields = {"words": _words(label, 3, lacking), **self.fields}
        self.style()
