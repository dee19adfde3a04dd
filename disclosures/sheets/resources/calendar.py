"""工作日历."""

from collections.abc import Sequence

from disclosures.models import CalendarYear, ImportBatch, RestDay
from disclosures.sheets.resources.base import Column, Row, SheetResource
from disclosures.sheets.store import Change, ModelStore, Store
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, TextWidget


class RestDayStore(ModelStore):
    """The calendar, by day; a year whose rest days come in by sheet is official."""

    def write(self, changes: Sequence[Change], batch: ImportBatch) -> None:
        super().write(changes, batch)
        years: dict[int, str] = {}
        for change in changes:
            row = dict(zip(self.stored, change.record.values, strict=True))
            if row["nature"] == RestDay.Nature.REST:
                years[row["day"].year] = years.get(row["day"].year) or row["basis"]
        for year, basis in years.items():
            told, made = CalendarYear.objects.get_or_create(year=year, defaults={"official": True, "basis": basis})
            if not made and not told.official:
                told.official, told.basis = True, basis or told.basis
                told.save()

    def restore(self, batch: ImportBatch) -> None:
        years = set(RestDay.objects.filter(batch=batch).values_list("day__year", flat=True))
        super().restore(batch)
        left = set(RestDay.objects.filter(day__year__in=years).values_list("day__year", flat=True))
        CalendarYear.objects.filter(year__in=years - left).delete()


class RestDayResource(SheetResource):
    """One day whose nature differs from its weekday's."""

    date = Column("day", "日期", DateWidget(), required=True, example="2020-06-25")
    nature = Column(
        "nature",
        "性质",
        ChoiceWidget(RestDay.Nature),
        required=True,
        example="休息",
        note="放假填休息，调休上班填上班。",
    )
    name = Column("name", "名称", TextWidget(), default="", example="端午节")
    basis = Column("basis", "依据", TextWidget(width=36), default="", example="国办发明电〔2019〕16号")

    model = RestDay
    key_in_words = "日期"
    day = "day"
    of_office = False
    export_order = ("day",)

    def store(self) -> Store:
        return RestDayStore(self.model, self.stored, office=None, key_column="day")

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["day"].isoformat(),)

    def key(self, row: Row) -> str:
        return self.natural_key(row)[0]
