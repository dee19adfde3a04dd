"""Which months somebody wants side by side."""

from __future__ import annotations

from typing import Any

from django import forms

from lanshan_portal.periods import Period, PeriodKind

MOST_MONTHS = 24
MONTH = forms.TextInput(attrs={"type": "month", "class": "form-control", "placeholder": "2020-06"})


class MonthField(forms.CharField):
    """A calendar month, 2020-06."""

    def clean(self, value: Any) -> Period:
        """The month; a sentence where it is none."""
        words = super().clean(value)
        try:
            month = Period.parse(words)
        except ValueError:
            month = None
        if month is None or month.kind is not PeriodKind.MONTH:
            raise forms.ValidationError(f"“{words}”不是月份，应写作 2020-06。")
        return month


class MonthsForm(forms.Form):
    """The first and the last month, at most two years apart."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, auto_id="months-%s")
        # `from` is a word of the language and cannot be an attribute.
        self.fields["from"] = MonthField(
            label="起始月份", widget=MONTH, error_messages={"required": "请填写起始月份。"}
        )
        self.fields["to"] = MonthField(label="截止月份", widget=MONTH, error_messages={"required": "请填写截止月份。"})

    def clean(self) -> dict[str, Any]:
        """The months in order, and not too many."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from"), cleaned.get("to")
        if first and last:
            if last.start < first.start:
                self.add_error("to", "截止月份不能早于起始月份。")
            elif len(list(Period.around([first, last]).months())) > MOST_MONTHS:
                self.add_error("to", f"一次最多比较{MOST_MONTHS}个月，请缩小范围。")
        return cleaned

    @property
    def periods(self) -> list[Period]:
        """The months asked for; needs a valid form."""
        return list(Period.around([self.cleaned_data["from"], self.cleaned_data["to"]]).months())
