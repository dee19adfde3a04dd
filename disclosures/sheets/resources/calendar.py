"""工作日历."""

from disclosures.models import RestDay
from disclosures.sheets.resources.base import Column, Row, SheetResource
from disclosures.sheets.store import ModelStore, Store
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, TextWidget


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
        return ModelStore(self.model, self.stored, office=None, key_column="day")

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["day"].isoformat(),)

    def key(self, row: Row) -> str:
        return self.natural_key(row)[0]
