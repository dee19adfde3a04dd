"""The form of a single record, made of its sheet kind: the same columns, the same widgets, the same rules.

What the form refuses the sheet refuses, with the same sentence: both ask `disclosures/sheets/checking.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from disclosures.sheets import SHEET_KINDS
from disclosures.sheets.cells import is_blank
from disclosures.sheets.checking import REQUIRED, read_record
from disclosures.sheets.resources.base import EXAMPLE_MARK, Column
from disclosures.sheets.store import Record
from disclosures.sheets.widgets import (
    ChoiceWidget,
    DateWidget,
    NumberWidget,
    TermWidget,
    TextWidget,
    UnitWidget,
    UrlWidget,
    YesNoWidget,
)
from units.models import Office

NOT_A_RECORD = "这样填写会被当作合计或说明，不是一条记录，请改写。"
NOT_AN_EXAMPLE = f"以“{EXAMPLE_MARK}”开头的是模板的示例行，请改写。"
UNITS_LIST = "unit-names"
"""The id of the list of unit names that a page with such a form has."""
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})?")


class DayInput(forms.DateInput):
    """A day to be picked or typed; what was typed and is none stays to be seen."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """A date field of the browser for what it can show, a text field for the rest."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["type"] = "date" if _ISO.fullmatch(str(value or "")) else "text"
        return context


class CellField(forms.CharField):
    """A cell of the sheet as a field: its text goes to the sheet's checks as it is."""

    def __init__(self, column: Column, *, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(
            label=str(column.column_name),
            required=column.required,
            strip=False,
            help_text=column.note,
            widget=_input(column, suggestions),
        )
        self.column = column
        self.suggestions = suggestions

    def validate(self, value: Any) -> None:
        """Nothing here: the sheet's checks say what is missing and what is wrong."""


def _input(column: Column, suggestions: tuple[str, ...]) -> forms.Widget:
    """How a column is entered."""
    widget = column.widget
    attrs: dict[str, Any] = {"class": "form-control", "autocomplete": "off"}
    match widget:
        case ChoiceWidget() | TermWidget() | YesNoWidget():
            offered = [(text, text) for text in widget.offered()]
            return forms.Select(
                attrs={"class": "form-select"}, choices=[("", "请选择" if column.required else "—"), *offered]
            )
        case UnitWidget():
            return forms.TextInput(attrs=attrs | {"list": UNITS_LIST, "placeholder": "名称或拼音首字母"})
        case DateWidget():
            return DayInput(attrs=attrs)
        case NumberWidget():
            return forms.TextInput(attrs=attrs | {"inputmode": "numeric"})
        case TextWidget(lines=True):
            return forms.Textarea(attrs={"class": "form-control", "rows": 4})
        case UrlWidget():
            return forms.TextInput(attrs=attrs | {"inputmode": "url", "placeholder": "https://"})
    if suggestions:
        attrs["list"] = f"offered-{column.attribute}"
    return forms.TextInput(attrs=attrs)


class RecordForm(forms.Form):
    """One record of a sheet kind; `record` is what was checked and found in order."""

    record: Record

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        kind: str,
        office: Office,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), use_required_attribute=False)
        self.resource = SHEET_KINDS[kind].resource(office)
        self.warnings: list[str] = []
        for column in self.resource.columns:
            field = CellField(column, suggestions=self.resource.suggestions(column.attribute))
            self.fields[column.attribute] = field
            shown = str(self.initial.get(column.attribute, ""))
            # A word that is no longer offered stays that of a record that has it.
            if isinstance(field.widget, forms.Select) and shown and shown not in column.widget.offered():
                field.widget.choices = [*field.widget.choices, (shown, shown)]

    def clean(self) -> dict[str, Any]:
        """Check the record as a row of its sheet."""
        reading = read_record(self.resource, self.cleaned_data)
        errors = [error for error in reading.errors if error.row is not None]
        for error in errors:
            column = next((each for each in self.resource.columns if each.column_name == error.column), None)
            self.add_error(column.attribute if column else None, error.message)
        if not errors and not reading.records and all(map(is_blank, self.cleaned_data.values())):
            # A sheet passes an empty row over; here somebody has forgotten everything.
            for column in self.resource.columns:
                if column.required:
                    self.add_error(column.attribute, REQUIRED)
        elif not errors and not reading.records:
            first = self.resource.columns[0].attribute
            example = str(self.cleaned_data.get(first, "")).lstrip().startswith(EXAMPLE_MARK)
            self.add_error(first, NOT_AN_EXAMPLE if example else NOT_A_RECORD)
        if reading.records:
            self.record = reading.records[0]
        self.warnings = [re.sub(r"^第1行的?", "", warning) for warning in reading.warnings]
        return self.cleaned_data

    @property
    def offered(self) -> list[tuple[str, tuple[str, ...]]]:
        """The lists beside free fields, by their id."""
        return [
            (f"offered-{name}", field.suggestions)
            for name, field in self.fields.items()
            if isinstance(field, CellField) and field.suggestions
        ]


def cells_of(kind: str, office: Office, values: tuple[Any, ...]) -> dict[str, str]:
    """What the fields of a form show for a stored record, by attribute."""
    resource = SHEET_KINDS[kind].resource(office)
    cells = zip(resource.columns, resource.cells_of(values), strict=True)
    return {column.attribute: cell.isoformat() if isinstance(cell, date) else str(cell) for column, cell in cells}
