"""DeadlineRule: a limit in working days, with its source and the time it is in force."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from units.models import Office


class DeadlineRule(models.Model):
    """How many working days a subject has, by which law or document, from when to when (办理时限)."""

    class Subject(models.TextChoices):
        """What the limit is for."""

        APPLICATION_REPLY = "application_reply", "依申请公开答复"
        APPLICATION_EXTENSION = "application_extension", "依申请公开延期上限"
        MAILBOX_REPLY = "mailbox_reply", "部门信箱答复"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="deadline_rules")
    subject = models.CharField("事项", max_length=30, choices=Subject.choices)
    working_days = models.PositiveSmallIntegerField("工作日数")
    source = models.CharField("依据", max_length=200)
    valid_from = models.DateField("施行日期", null=True, blank=True)
    valid_to = models.DateField("废止日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理时限"
        ordering = ["subject", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["office", "subject", "valid_from"], name="deadline_rule_start")]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}{self.working_days}个工作日"


def limit_on(subject: DeadlineRule.Subject, day_field: str) -> Subquery:
    """The working days that the rule for `subject` allows on the outer row's `day_field`, for an annotation."""
    day = OuterRef(day_field)
    in_force = DeadlineRule.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        office=OuterRef("office"),
        subject=subject,
    ).order_by(F("valid_from").desc(nulls_last=True))
    return Subquery(in_force.values("working_days")[:1])
