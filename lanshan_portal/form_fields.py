"""How fields of forms look and what they say: the frame's classes, and Chinese sentences instead of Django's."""

from __future__ import annotations

from typing import TypeVar

from django import forms

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def dressed(form: AnyForm) -> AnyForm:
    """The form with its widgets in the portal's clothes, and a sentence for what is missing or makes no sense."""
    for field in form.fields.values():
        label = str(field.label or "")
        field.error_messages["required"] = f"请填写{label}。"
        field.error_messages["invalid_choice"] = f"请重新选择{label}。"
        widget = field.widget
        if isinstance(widget, forms.Select):
            widget.attrs.setdefault("class", "form-select")
        elif not isinstance(widget, (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)):
            widget.attrs.setdefault("class", "form-control")
        _told(field, label)
    return form


def _told(field: forms.Field, label: str) -> None:
    match field:
        case forms.IntegerField() | forms.FloatField():
            field.error_messages["invalid"] = f"{label}应填写数字。"
        case forms.TimeField():
            field.error_messages["invalid"] = f"{label}应写作 16:30。"
            field.widget.input_type = "time"
            field.widget.format = "%H:%M"
        case forms.DateField():
            field.error_messages["invalid"] = f"{label}应写作 2020-06-01。"
            field.widget.input_type = "date"
            field.widget.format = "%Y-%m-%d"
