"""ImportBatch: one sheet that was accepted, and what it changed."""

from django.conf import settings
from django.db import models

from units.models import Office


class ImportBatch(models.Model):
    """One accepted sheet: who brought it when, the file and its SHA-256, and how many rows it wrote.

    A batch is undone as a whole: rows it made go, rows it changed return to what `ImportChange` kept of them.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="import_batches")
    kind = models.CharField("表格种类", max_length=30)
    file_name = models.CharField("文件名", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_as = models.CharField("存放位置", max_length=255, blank=True)
    new = models.PositiveIntegerField("新增", default=0)
    updated = models.PositiveIntegerField("更新", default=0)
    unchanged = models.PositiveIntegerField("未变", default=0)
    warnings = models.JSONField("提示", default=list)
    imported_at = models.DateTimeField("导入时间", auto_now_add=True)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    upload = models.CharField("上传编号", max_length=32, blank=True, default="", editable=False)
    """The upload it came of: however often that is confirmed or its worker dies, it is written once."""
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导入批次"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["upload"], condition=~models.Q(upload=""), name="import_batch_upload")
        ]

    def __str__(self) -> str:
        return f"{self.file_name}（{self.new + self.updated}行）"


class ImportChange(models.Model):
    """What a record was before a batch changed it."""

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="changes")
    record_id = models.BigIntegerField()
    earlier_batch_id = models.BigIntegerField(null=True)
    before = models.JSONField()

    class Meta:
        verbose_name = verbose_name_plural = "导入前的内容"
        indexes = [models.Index(fields=["earlier_batch_id"])]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.record_id}"
