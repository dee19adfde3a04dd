"""The definition every sheet kind is written in: columns, natural key, rules. One definition serves the import, the
template, the export and the documentation, so they cannot drift apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models import Field as ModelField
from django.db.models import Model, QuerySet
from import_export.fields import Field
from import_export.resources import Resource

from disclosures.sheets.keys import digest
from disclosures.sheets.register import Register
from disclosures.sheets.store import Change, ModelStore, Record, Store
from disclosures.sheets.widgets import CellWidget, TextWidget
from lanshan_portal.periods import Period
from units.models import Office

EXAMPLE_MARK = "【示例】"
"""The first cell of a template's example row begins with it; such a row is never data."""

Row = dict[str, Any]
"""The values of a row by attribute; an attribute whose cell could not be read is missing."""

Complaint = tuple[str, str]
"""The attribute that is wrong, and the sentence."""

Rule = Callable[["SheetResource", Row], Iterable[Complaint]]
"""Looks at one row. It touches only what it needs: a KeyError means that a cell was unreadable, and is passed over."""


class Column(Field):  # type: ignore[misc]
    """A column of a sheet: its header, what it fills, how a cell is read, and what to tell the clerk about it."""

    widget: CellWidget

    def __init__(
        self,
        attribute: str,
        column_name: str,
        widget: CellWidget,
        *,
        required: bool = False,
        default: Any = None,
        note: str = "",
        example: str = "",
    ) -> None:
        super().__init__(attribute=attribute, column_name=column_name, widget=widget, default=default)
        self.required = required
        self.note = note
        self.example = example

    @property
    def header(self) -> str:
        """The header as templates and exports print it: required columns are marked."""
        return f"{self.column_name}*" if self.required else str(self.column_name)

    @property
    def is_wide(self) -> bool:
        """Whether a form gives it a whole line."""
        return self.widget.width >= 30


class SheetResource(Resource):  # type: ignore[misc]
    """What a sheet kind is. A kind declares its columns as class attributes, in the order of the template."""

    model: ClassVar[type[Model]]
    key_in_words: ClassVar[str]
    """The natural key as the documentation says it."""
    day: ClassVar[str] = ""
    """The attribute whose day decides what a unit's name means, and in which month an export finds the row."""
    other_day: ClassVar[str] = ""
    """What decides where `day` is empty."""
    term_attribute: ClassVar[str] = ""
    """The attribute that holds the code of the notice's period, for kinds that belong to a notice."""
    derived: ClassVar[tuple[str, ...]] = ()
    """What is stored besides the columns."""
    settled: ClassVar[tuple[str, ...]] = ()
    """Derived attributes that a record keeps from its first import on."""
    rules: ClassVar[tuple[Rule, ...]] = ()
    of_office: ClassVar[bool] = True
    """Whether the rows belong to one office; the calendar is national, and an office belongs to none."""
    at_most: ClassVar[int] = 0
    """How many rows a sheet may hold; 0: no limit of its own."""
    citizens: ClassVar[frozenset[str]] = frozenset()
    """Attributes that hold what a citizen wrote: the log keeps them with numbers blotted out."""
    recent: ClassVar[frozenset[str]] = frozenset()
    """Date attributes that are odd before 2000: a warning."""

    def __init__(self, office: Office | None, *, epoch_1904: bool = False) -> None:
        super().__init__()
        self.office = office
        self.register = Register(office)
        self.warnings: list[str] = []
        for column in self.columns:
            widget = column.widget
            if isinstance(widget, TextWidget) and widget.longest is None:
                widget.longest = getattr(self._model_field(column.attribute), "max_length", None)
            widget.bind(self.register, epoch_1904=epoch_1904)

    # --- what it is made of

    @property
    def columns(self) -> list[Column]:
        """The columns, in the order of the template."""
        return list(self.fields.values())

    @classmethod
    def _model_field(cls, attribute: str) -> ModelField[Any, Any] | None:
        return next((field for field in cls.model._meta.concrete_fields if field.attname == attribute), None)

    @property
    def stored(self) -> tuple[str, ...]:
        """The attributes that are kept, in one fixed order: columns of the model, then what is derived."""
        columns = [column.attribute for column in self.columns if self._model_field(column.attribute)]
        return (*columns, *self.derived)

    def column_of(self, attribute: str) -> Column | None:
        """The column that fills an attribute."""
        return next((column for column in self.columns if column.attribute == attribute), None)

    def store(self) -> Store:
        """Where the records are kept."""
        return ModelStore(self.model, self.stored, office=self.office if self.of_office else None)

    # --- reading

    def natural_key(self, row: Row) -> tuple[str, ...]:
        """What makes the row itself; raises KeyError when a cell it needs was unreadable."""
        raise NotImplementedError

    def key(self, row: Row) -> str:
        """The natural key as it is stored."""
        return digest(self.natural_key(row))

    def complete(self, row: Row) -> None:
        """Fill in what is derived from the columns; only for rows without complaint."""

    def finish(self, records: list[Record], complain: Callable[[Record, str, str], None]) -> None:
        """Look at the sheet as a whole: `complain(record, attribute, sentence)`."""

    def remarks(self, changes: Iterable[Change]) -> Iterable[str]:
        """What the clerk should know about the changes, besides their number."""
        return ()

    def day_of(self, row: Mapping[str, Any]) -> date | None:
        """The day a row belongs to."""
        return row.get(self.day) or row.get(self.other_day)

    def suggestions(self, attribute: str) -> tuple[str, ...]:
        """What a form offers beside a free field; a column with a drop-down offers of itself."""
        return ()

    # --- writing

    def displayed(self, row: Row) -> Row:
        """The stored values, with those that only columns show added."""
        return row

    def export_field(self, field: Column, instance: Row, **kwargs: Any) -> Any:
        """One cell of an export, as of the day its row belongs to."""
        day = self.day_of(instance) if field.widget.needs_day else None
        return field.widget.render(instance.get(field.attribute), day=day)

    def cells_of(self, values: tuple[Any, ...]) -> list[Any]:
        """The cells of a stored record, in the order of the columns."""
        cells: list[Any] = self.export_resource(self.displayed(dict(zip(self.stored, values, strict=True))))
        return cells

    def rows_of(self, period: Period | None, queryset: QuerySet[Any] | None = None) -> Iterator[tuple[Any, ...]]:
        """The stored records (of a period, of a queryset) as tuples of `stored`, in their natural order."""
        rows = self.model._default_manager.all() if queryset is None else queryset
        if self.of_office:
            rows = rows.filter(office=self.office)
        if period and self.term_attribute:
            rows = rows.filter(**{self.term_attribute: str(period)})
        elif period and self.day:
            rows = rows.filter(**{f"{self.day}__gte": period.start, f"{self.day}__lt": period.end})
        return self.store().tuples(rows.order_by(*self.export_order))

    export_order: ClassVar[tuple[str, ...]] = ("pk",)


# --- rules that several kinds share


def not_before(later: str, earlier: str, sentence: str) -> Rule:
    """`later` may not lie before `earlier` where both are given."""

    def rule(resource: SheetResource, row: Row) -> Iterable[Complaint]:
        if row[later] and row[earlier] and row[later] < row[earlier]:
            yield later, sentence

    return rule


def needs(attribute: str, other: str, sentence: str) -> Rule:
    """`attribute` makes no sense where `other` is empty."""

    def rule(resource: SheetResource, row: Row) -> Iterable[Complaint]:
        if row[attribute] and not row[other]:
            yield attribute, sentence

    return rule
