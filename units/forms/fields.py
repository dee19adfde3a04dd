"""The fields forms of the ground floor are made of, each with its sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from lanshan_portal.periods import FIRST_YEAR, LAST_YEAR, within_years
from units.actions.appointments import AccountRefused
from units.actions.register import ChangeRefused
from units.directory import DirectoryEntry


def told_why(why_not: Callable[[str], str]) -> Callable[[str], None]:
    """A validator of a rule that answers with a sentence."""

    def validate(text: str) -> None:
        if sentence := why_not(text):
            raise ValidationError(sentence)

    return validate


def text(label: str, *, longest: int, required: str = "", help_text: str = "", **attributes: str) -> forms.CharField:
    """A line of text; `required` is the sentence for an empty one that must not be."""
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "form-control", **attributes}),
        error_messages={"required": required, "max_length": f"{label}不超过{longest}个字，请精简。"},
    )


def day(label: str, *, required: str = "", help_text: str = "") -> forms.DateField:
    """A day in the years the portal knows."""

    def in_years(value: date) -> None:
        if not within_years(value):
            raise ValidationError(f"{label}应在{FIRST_YEAR}年至{LAST_YEAR}年之间。")

    return forms.DateField(
        label=label,
        required=bool(required),
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        validators=[in_years],
        error_messages={"required": required, "invalid": f"{label}应写作 2020-06-01。"},
    )


def select(label: str, *, required: str = "", help_text: str = "") -> forms.ChoiceField:
    """One of a list that the form fills in."""
    return forms.ChoiceField(
        label=label,
        required=bool(required),
        help_text=help_text,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": required, "invalid_choice": f"没有这一项{label}可选，请重新选择。"},
    )


def unit_choices(units: Iterable[DirectoryEntry], empty: str) -> list[Any]:
    """The units of a list, by group, in official order."""
    ordered = sorted(units, key=lambda entry: (entry.group_position, entry.order))
    grouped = groupby(ordered, key=lambda entry: entry.group)
    return [("", empty), *((name, [(str(unit.unit_id), unit.short_name) for unit in those]) for name, those in grouped)]


def blame(form: forms.Form, refused: AccountRefused | ChangeRefused) -> None:
    """Put the sentence of a refusal where it belongs in the form."""
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))
