"""IssuedNotice: a notice as it was issued, with its files, the rows behind its figures, and whom it names. Written once: the
database refuses to change any of it."""

from __future__ import annotations

from django.db import models

from lanshan_portal.periods import Period
from units.models import Office, Unit, User


class IssuedQuerySet(models.QuerySet["IssuedNotice"]):
    """Issued notices."""

    def in_force(self) -> IssuedQuerySet:
        """Those that no later one corrects."""
        return self.filter(superseded_by__isnull=True)

    def of_period(self, office: Office, period: Period) -> IssuedNotice | None:
        """The office's notice of that period that holds."""
        return self.in_force().filter(office=office, period=str(period)).select_related("office").first()


class IssuedNotice(models.Model):
    """A notice for good: its words with the figures they state, what the checks said, who answers for it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="issued_notices")
    draft = models.OneToOneField("reports.NoticeDraft", on_delete=models.PROTECT, related_name="issued")
    period = models.CharField("所属期", max_length=23)
    issued_on = models.DateField("印发日期")
    title = models.CharField("标题", max_length=300)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    content = models.JSONField("正文和数字")
    """The notice as `reports.freezing` writes it: every paragraph with its spans, and the sheet's layout."""
    findings = models.JSONField("核对结果")
    """What the checks said, each with its reason and by whom where it was signed off."""
    record = models.JSONField("办理记录")
    """Who drafted, reviewed and approved it, and when, by name."""
    digest = models.CharField("正文 SHA-256", max_length=64)
    template_version = models.CharField(max_length=10)
    fonts = models.JSONField("字体")
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name="更正的通报"
    )
    correction_reason = models.TextField("更正原因", blank=True)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    objects = IssuedQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "印发的通报"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "document_number"],
                condition=~models.Q(document_number=""),
                name="one_notice_a_document_number",
            ),
            models.UniqueConstraint(
                fields=["office", "period"],
                condition=models.Q(supersedes__isnull=True),
                name="one_first_notice_a_period",
            ),
        ]
        ordering = ["-issued_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        """The period it tells of."""
        return Period.parse(self.period)

    def of_form(self, form: str) -> IssuedFile:
        """Its file in that format; raises IssuedFile.DoesNotExist where it has none."""
        return self.files.get(form=form)


class IssuedFile(models.Model):
    """One file of an issued notice, to the byte."""

    notice = models.ForeignKey(IssuedNotice, on_delete=models.PROTECT, related_name="files")
    form = models.CharField("格式", max_length=5)
    name = models.CharField("文件名", max_length=300)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField("字节数")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "印发的文件"
        constraints = [models.UniqueConstraint(fields=["notice", "form"], name="one_file_a_form")]
        indexes = [models.Index(fields=["sha256"])]
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class FrozenFigure(models.Model):
    """One figure of an issued notice with the very rows it counted."""

    notice = models.ForeignKey(IssuedNotice, on_delete=models.PROTECT, related_name="figures")
    name = models.CharField(max_length=200)
    value = models.PositiveIntegerField("数值")
    meaning = models.TextField("含义")
    period = models.CharField("统计期间", max_length=23)
    cut_off = models.DateField("统计截止", null=True)
    each = models.PositiveIntegerField(default=1)
    query = models.TextField()
    columns = models.JSONField("列")
    rows = models.JSONField("记录")

    class Meta:
        verbose_name = verbose_name_plural = "印发的数字"
        constraints = [models.UniqueConstraint(fields=["notice", "name"], name="one_row_a_frozen_figure")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.meaning}：{self.value}"


class NamedUnit(models.Model):
    """A sentence of an issued notice that names a unit for what it did not do in time."""

    notice = models.ForeignKey(IssuedNotice, on_delete=models.PROTECT, related_name="named")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    unit_name = models.CharField("单位", max_length=100)
    part = models.CharField("所在部分", max_length=200)
    pieces = models.JSONField("原句")
    """The sentence as the unit reads it: (part, words), the names of others left out."""
    queries = models.JSONField(default=list)

    class Meta:
        verbose_name = verbose_name_plural = "点名"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.unit_name}：{self.text[:30]}"

    @property
    def text(self) -> str:
        """The sentence."""
        return "".join(words for _, words in self.pieces)


class NoticeReceipt(models.Model):
    """签收: a unit has received an issued notice, by whose hand and when."""

    notice = models.ForeignKey(IssuedNotice, on_delete=models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("签收时间")

    class Meta:
        verbose_name = verbose_name_plural = "签收"
        constraints = [models.UniqueConstraint(fields=["notice", "unit"], name="one_receipt_a_unit")]
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.unit}签收{self.notice}"
