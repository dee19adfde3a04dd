"""工作安排 and 通报文字: what the office itself writes for a notice."""

from disclosures.models import Arrangement, NoticeText
from disclosures.sheets.resources.base import Column, Row, SheetResource
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, NumberWidget, PeriodWidget, TextWidget, YesNoWidget


class ArrangementResource(SheetResource):
    """One item of the plan for the time after a notice."""

    term = Column("term", "期次", PeriodWidget(), required=True, example="2020-06")
    number = Column("number", "序号", NumberWidget(1, 999), required=True, example="1", note="在通报中的先后次序。")
    title = Column("title", "标题", TextWidget(width=36), required=True, example="及时公开2020年上半年工作总结")
    body = Column(
        "body", "正文", TextWidget(lines=True, width=70), required=True, example="请各镇街、各部门于7月24日前公开。"
    )
    due_on = Column("due_on", "截止日期", DateWidget(), example="2020-07-24")
    column = Column("column", "栏目路径", TextWidget(width=30), default="", note="各级之间以“-”连接。")
    becomes_requirement = Column(
        "becomes_requirement", "转为任务", YesNoWidget(), default=False, example="是", note="留空为否。"
    )

    model = Arrangement
    key_in_words = "期次和序号"
    term_attribute = "term"
    export_order = ("term", "number")

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["term"], str(row["number"]))


class NoticeTextResource(SheetResource):
    """The words for one slot of a notice."""

    term = Column("term", "期次", PeriodWidget(), required=True, example="2020-06")
    slot = Column("slot", "段落", ChoiceWidget(NoticeText.Slot), required=True, example="结语")
    body = Column("body", "正文", TextWidget(lines=True, width=80), required=True, example="请各单位认真整改。")

    model = NoticeText
    key_in_words = "期次和段落"
    term_attribute = "term"
    export_order = ("term", "slot")

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["term"], row["slot"])
