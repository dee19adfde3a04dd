"""Consultation: 预通报, what each named unit was sent of a draft before its issue, what it said, what the office answered."""

from __future__ import annotations

from datetime import date

from django.db import models

from disclosures.models import StoredFile
from reports.models.drafts import NoticeDraft
from units.models import Office, Unit, User


class Consultation(models.Model):
    """The asking about one draft; sent again, it is the same one with a later last day."""

    draft = models.OneToOneField(NoticeDraft, on_delete=models.PROTECT, related_name="consultation")
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("发送时间")
    answer_by = models.DateField("回复期限")

    class Meta:
        verbose_name = verbose_name_plural = "预通报"

    def __str__(self) -> str:
        return f"{self.draft.span.label}预通报"


class ConsultedUnitQuerySet(models.QuerySet["ConsultedUnit"]):
    """Questions about what units were sent."""

    def current(self) -> ConsultedUnitQuerySet:
        """What stands: not replaced by other sentences since."""
        return self.filter(replaced_at__isnull=True)

    def undecided(self) -> ConsultedUnitQuerySet:
        """Objections the office has not answered."""
        return self.filter(answer=ConsultedUnit.Answer.OBJECTED, decision="")

    def awaited(self, office: Office, day: date) -> ConsultedUnitQuerySet:
        """What may still be answered on `day` and has no answer."""
        return self.current().filter(
            answer="",
            consultation__draft__office=office,
            consultation__draft__stage=NoticeDraft.Stage.DRAFTING,
            consultation__answer_by__gte=day,
        )


class ConsultedUnit(models.Model):
    """The sentences of a draft that name one unit, as it was sent them, with its answer.

    Sentences that change are sent as a row of their own; the one before is kept with what was said of it.
    """

    class Answer(models.TextChoices):
        """What the unit says."""

        CONFIRMED = "confirmed", "确认"
        OBJECTED = "objected", "有异议"

    class Decision(models.TextChoices):
        """What the office says of an objection."""

        UPHELD = "upheld", "采纳"
        REFUSED = "refused", "不采纳"

    UNANSWERED = "未回复"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("单位", max_length=100)
    entries = models.JSONField("点到本单位的内容")
    """[{"part": the headings it stands under, "pieces": [[part, words], …]}]: the names of others are left out."""
    sent_at = models.DateTimeField("发送时间")
    replaced_at = models.DateTimeField(null=True)
    """When other sentences took its place, or the draft named the unit no more."""
    answer = models.CharField("回复", max_length=9, choices=Answer.choices, blank=True)
    words = models.TextField("异议理由", blank=True)
    files = models.ManyToManyField(StoredFile, verbose_name="佐证材料", blank=True, related_name="consulted_units")
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField("回复时间", null=True)
    decision = models.CharField("办理意见", max_length=7, choices=Decision.choices, blank=True)
    decision_words = models.TextField("办理理由", blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("办理时间", null=True)

    objects = ConsultedUnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "预通报单位"
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "unit"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_current_row_a_consulted_unit",
            )
        ]
        ordering = ["unit__position", "id"]

    def __str__(self) -> str:
        return f"{self.consultation}：{self.unit_name}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the unit finds it right."""
        return self.answer == self.Answer.CONFIRMED

    @property
    def is_objected(self) -> bool:
        """Whether the unit objects."""
        return self.answer == self.Answer.OBJECTED

    @property
    def awaits_decision(self) -> bool:
        """Whether it is an objection that nobody has answered."""
        return self.is_objected and not self.decision

    @property
    def answer_in_words(self) -> str:
        """确认, 有异议, or 未回复."""
        return self.get_answer_display() or self.UNANSWERED
