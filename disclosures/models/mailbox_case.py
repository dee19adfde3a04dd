"""MailboxCase: a letter in a unit's mailbox on the website."""

from __future__ import annotations

from django.db import models

from disclosures.clocks import DueDate, reply_due
from disclosures.models.deadline_rule import DeadlineRule, limit_on
from disclosures.models.sheet_record import SheetRecord
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from units.models import Office, Unit


class MailboxCaseQuerySet(models.QuerySet["MailboxCase"]):
    """Questions about letters."""

    def received_in(self, office: Office, period: Period) -> MailboxCaseQuerySet:
        """Letters received in `period`, in order of receipt."""
        return self.filter(office=office, received_on__gte=period.start, received_on__lt=period.end).order_by(
            "received_on", "id"
        )

    def with_limits(self) -> MailboxCaseQuerySet:
        """Each letter with the working days its answer had (`limit_days`), by the rule of its day of receipt."""
        return self.annotate(limit_days=limit_on(DeadlineRule.Subject.MAILBOX_REPLY, "received_on"))


class MailboxCase(SheetRecord):
    """A letter to a unit through the website (部门信箱), to be answered within the office's limit in working days."""

    class Kind(models.TextChoices):
        """类型 of a letter."""

        QUESTION = "咨询", "咨询"
        COMPLAINT = "投诉", "投诉"
        ADVICE = "建议", "建议"
        HELP = "求助", "求助"
        OTHER = "其他", "其他"

    number = models.CharField("编号", max_length=60)
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="mailbox_cases")
    received_on = models.DateField("来信日期")
    title = models.CharField("标题", max_length=300, blank=True)
    kind = models.CharField("类型", max_length=10, choices=Kind.choices, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    published = models.BooleanField("是否公开", null=True, blank=True)

    limit_days: int
    """Annotated by `with_limits()`."""

    objects = MailboxCaseQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "部门信箱"
        ordering = ["-received_on", "-id"]
        indexes = [models.Index(fields=["office", "received_on"], name="mailbox_case_month")]

    def __str__(self) -> str:
        return self.number

    def due(self, calendar: WorkingCalendar) -> DueDate:
        """The day its answer is due. Needs `with_limits()`."""
        return reply_due(self.received_on, self.limit_days, calendar)
