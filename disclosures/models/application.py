"""DisclosureApplication: a request for government information."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from disclosures.clocks import ApplicationDates, DueDate, application_due
from disclosures.models.deadline_rule import DeadlineRule, limit_on
from disclosures.models.sheet_record import SheetRecord
from disclosures.models.vocabulary import Channel
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from units.models import Office, Unit


class ResultCode(models.TextChoices):
    """办理结果 as table 3 of the annual report lists them (国办公开办函〔2021〕30号)."""

    DISCLOSED = "1", "予以公开"
    PARTLY = "2", "部分公开"
    SECRET = "3.1", "属于国家秘密"
    FORBIDDEN = "3.2", "其他法律行政法规禁止公开"
    SECURITY = "3.3", "危及“三安全一稳定”"
    THIRD_PARTY = "3.4", "保护第三方合法权益"
    INTERNAL = "3.5", "属于三类内部事务信息"
    PROCESS = "3.6", "属于四类过程性信息"
    ENFORCEMENT_FILE = "3.7", "属于行政执法案卷"
    ADMINISTRATIVE_QUERY = "3.8", "属于行政查询事项"
    NOT_HELD = "4.1", "本机关不掌握相关政府信息"
    TO_BE_MADE = "4.2", "没有现成信息需要另行制作"
    STILL_UNCLEAR = "4.3", "补正后申请内容仍不明确"
    PETITION = "5.1", "信访举报投诉类申请"
    REPEATED = "5.2", "重复申请"
    PUBLICATION = "5.3", "要求提供公开出版物"
    EXCESSIVE = "5.4", "无正当理由大量反复申请"
    CONFIRMATION = "5.5", "要求行政机关确认或重新出具已获取信息"
    NOT_CORRECTED = "6.1", "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    FEE_NOT_PAID = "6.2", "申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"
    OTHER = "6.3", "其他"


class DisclosureApplicationQuerySet(models.QuerySet["DisclosureApplication"]):
    """Questions about applications."""

    def received_in(self, office: Office, period: Period) -> DisclosureApplicationQuerySet:
        """Applications the office's units received in `period`, in order of receipt."""
        return self.filter(office=office, received_on__gte=period.start, received_on__lt=period.end).order_by(
            "received_on", "id"
        )

    def with_limits(self) -> DisclosureApplicationQuerySet:
        """Each application with the working days its reply had (`limit_days`), by the rule of its day of receipt."""
        return self.annotate(limit_days=limit_on(DeadlineRule.Subject.APPLICATION_REPLY, "received_on"))


class DisclosureApplication(SheetRecord):
    """An application for government information (依申请公开), or a letter of assistance the office counts with them.

    It holds no applicant's name: only what kind of applicant (annual report, table 3). Its due date is reckoned by
    `disclosures/clocks.py` from the dates here, never stored.
    """

    class ApplicantKind(models.TextChoices):
        """申请人类型, the columns of table 3."""

        PERSON = "自然人", "自然人"
        ENTERPRISE = "商业企业", "商业企业"
        RESEARCH = "科研机构", "科研机构"
        WELFARE = "社会公益组织", "社会公益组织"
        LEGAL_SERVICE = "法律服务机构", "法律服务机构"
        OTHER = "其他", "其他"

    number = models.CharField("申请编号", max_length=60)
    unit = models.ForeignKey(Unit, verbose_name="受理单位", on_delete=models.PROTECT, related_name="applications")
    channel = models.ForeignKey(Channel, verbose_name="渠道", on_delete=models.PROTECT, related_name="+")
    received_on = models.DateField("收到日期")
    applicant_kind = models.CharField("申请人类型", max_length=10, choices=ApplicantKind.choices, blank=True)
    content = models.TextField("申请内容", blank=True)
    correction_asked_on = models.DateField("补正通知日期", null=True, blank=True)
    correction_received_on = models.DateField("补正收到日期", null=True, blank=True)
    consulted_on = models.DateField("征求意见发出日期", null=True, blank=True)
    consultation_answered_on = models.DateField("征求意见收到日期", null=True, blank=True)
    extended_on = models.DateField("延期日期", null=True, blank=True)
    extension_days = models.PositiveSmallIntegerField("延期工作日数", null=True, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=4, choices=ResultCode.choices, blank=True)
    remark = models.TextField("备注", blank=True)

    limit_days: int
    """Annotated by `with_limits()`."""

    objects = DisclosureApplicationQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "依申请公开"
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["office", "received_on"], name="application_month")]
        constraints = [
            *SheetRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(extension_days__isnull=True) | Q(extension_days__lte=20), name="application_extension_cap"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def due(self, calendar: WorkingCalendar) -> DueDate | None:
        """The day its reply is due; None while its clock stands still. Needs `with_limits()`."""
        dates = ApplicationDates(
            received_on=self.received_on,
            correction_asked_on=self.correction_asked_on,
            correction_received_on=self.correction_received_on,
            consulted_on=self.consulted_on,
            consultation_answered_on=self.consultation_answered_on,
            extended_on=self.extended_on,
            extension_days=self.extension_days,
        )
        return application_due(dates, self.limit_days, calendar)
