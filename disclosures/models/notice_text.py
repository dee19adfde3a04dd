"""NoticeText: words of the notice that people write."""

from __future__ import annotations

from django.db import models

from disclosures.models.sheet_record import SheetRecord
from lanshan_portal.periods import Period
from units.models import Office


class NoticeTextQuerySet(models.QuerySet["NoticeText"]):
    """Questions about notice texts."""

    def of_notice(self, office: Office, period: Period) -> dict[str, str]:
        """The words written for the notice of `period`, by slot."""
        return dict(self.filter(office=office, term=str(period)).values_list("slot", "body"))


class NoticeText(SheetRecord):
    """通报文字: the words for one slot of the notice of `term`; without them the portal's own standard words stand."""

    class Slot(models.TextChoices):
        """段落."""

        OPENING = "引言", "引言"
        CLOSING = "结语", "结语"
        ANNOTATION = "附注", "附注"
        CONTACT = "联系方式", "联系方式"

    term = models.CharField("期次", max_length=24)
    slot = models.CharField("段落", max_length=4, choices=Slot.choices)
    body = models.TextField("正文")

    objects = NoticeTextQuerySet.as_manager()

    class Meta(SheetRecord.Meta):
        verbose_name = verbose_name_plural = "通报文字"
        ordering = ["term", "slot"]

    def __str__(self) -> str:
        return f"{self.term} {self.slot}"
