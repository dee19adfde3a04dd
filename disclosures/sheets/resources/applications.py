"""依申请公开."""

from collections.abc import Iterable

from disclosures.models import Channel, DisclosureApplication, ResultCode
from disclosures.sheets.resources.base import Column, Complaint, Row, SheetResource, needs, not_before
from disclosures.sheets.widgets import ChoiceWidget, DateWidget, NumberWidget, TermWidget, TextWidget, UnitWidget

EXTENSION_CAP = "延期最长不得超过20个工作日（《中华人民共和国政府信息公开条例》第三十三条）。"


def answered_with_result(resource: SheetResource, row: Row) -> Iterable[Complaint]:
    """A result without the day of the answer leaves the clock running."""
    if row["result"] and not row["answered_on"]:
        yield "answered_on", "填写了办理结果，却没有答复日期，请补填。"


class ApplicationResource(SheetResource):
    """One application for information."""

    number = Column("number", "申请编号", TextWidget(width=18), required=True, example="兰公开申〔2020〕1号")
    unit = Column("unit_id", "受理单位", UnitWidget(), required=True, example="区政府办公室")
    channel = Column("channel_id", "渠道", TermWidget(Channel, width=12), required=True, example="网站")
    received_on = Column(
        "received_on",
        "收到日期",
        DateWidget(),
        required=True,
        example="2020-06-03",
        note="当面提交的为提交之日，邮寄的为签收之日，网上提交的为确认之日（条例第三十一条）。",
    )
    applicant_kind = Column(
        "applicant_kind",
        "申请人类型",
        ChoiceWidget(DisclosureApplication.ApplicantKind),
        default="",
        example="自然人",
        note="只填类型，不要填写申请人姓名。",
    )
    content = Column("content", "申请内容", TextWidget(lines=True, width=40), default="")
    correction_asked_on = Column(
        "correction_asked_on", "补正通知日期", DateWidget(), note="收到申请之日起7个工作日内（条例第三十条）。"
    )
    correction_received_on = Column(
        "correction_received_on", "补正收到日期", DateWidget(), note="期限自收到补正的申请之日起计算。"
    )
    consulted_on = Column(
        "consulted_on", "征求意见发出日期", DateWidget(), note="征求第三方或其他机关意见的时间不计入期限。"
    )
    consultation_answered_on = Column("consultation_answered_on", "征求意见收到日期", DateWidget())
    extended_on = Column("extended_on", "延期日期", DateWidget(), note="决定延期并告知申请人的日期。")
    extension_days = Column(
        "extension_days", "延期工作日数", NumberWidget(1, 20, beyond=EXTENSION_CAP), note=EXTENSION_CAP
    )
    answered_on = Column("answered_on", "答复日期", DateWidget(), example="2020-06-19", note="尚未答复的留空。")
    result = Column("result", "办理结果", ChoiceWidget(ResultCode, width=18), default="", example="予以公开")
    remark = Column("remark", "备注", TextWidget(lines=True, width=30), default="")

    model = DisclosureApplication
    key_in_words = "申请编号"
    day = "received_on"
    export_order = ("received_on", "pk")
    citizens = frozenset({"content", "remark"})
    recent = frozenset({"received_on"})
    rules = (
        not_before("answered_on", "received_on", "答复日期早于收到日期，请核对。"),
        not_before("correction_asked_on", "received_on", "补正通知日期早于收到日期，请核对。"),
        not_before("correction_received_on", "correction_asked_on", "补正收到日期早于补正通知日期，请核对。"),
        needs("correction_received_on", "correction_asked_on", "填写了补正收到日期，却没有补正通知日期，请补填。"),
        not_before("consulted_on", "received_on", "征求意见发出日期早于收到日期，请核对。"),
        not_before("consultation_answered_on", "consulted_on", "征求意见收到日期早于发出日期，请核对。"),
        needs("consultation_answered_on", "consulted_on", "填写了征求意见收到日期，却没有征求意见发出日期，请补填。"),
        not_before("extended_on", "received_on", "延期日期早于收到日期，请核对。"),
        needs("extended_on", "extension_days", "填写了延期日期，却没有延期工作日数，请补填。"),
        needs("extension_days", "extended_on", "填写了延期工作日数，却没有延期日期，请补填。"),
        answered_with_result,
    )

    def natural_key(self, row: Row) -> tuple[str, ...]:
        return (row["number"],)
