"""部门信箱."""

from disclosures.models import MailboxCase
from disclosures.sheets.resources.base import Column, Row, SheetResource, not_before
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, TextWidget, UnitWidget, YesNoWidget


class MailboxCaseResource(SheetResource):
    """One letter to a unit's mailbox."""

    number = Column("number", "编号", TextWidget(width=18), required=True, example="XX2020060001")
    unit = Column("unit_id", "单位", UnitWidget(), required=True, example="区教育局", note="收信并答复的单位。")
    received_on = Column("received_on", "来信日期", DateWidget(), required=True, example="2020-06-02")
    title = Column(
        "title", "标题", TextWidget(width=40), default="", example="咨询义务教育招生政策", note="不要填写来信人姓名。"
    )
    kind = Column("kind", "类型", ChoiceWidget(MailboxCase.Kind), default="", example="咨询")
    answered_on = Column("answered_on", "答复日期", DateWidget(), example="2020-06-04", note="尚未答复的留空。")
    published = Column("published", "是否公开", YesNoWidget(), example="是", note="来信和答复是否在网站公开。")

    model = MailboxCase
    key_in_words = "编号"
    day = "received_on"
    export_order = ("received_on", "pk")
    citizens = frozenset({"title"})
    recent = frozenset({"received_on"})
    rules = (not_before("answered_on", "received_on", "答复日期早于来信日期，请核对。"),)

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["number"],)
