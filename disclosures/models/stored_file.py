"""StoredFile: a file somebody brought, kept under its content."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from units.models import Office

CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "ofd": "application/ofd",
    "png": "image/png",
    "jpg": "image/jpeg",
    "zip": "application/zip",
}


class StoredFile(models.Model):
    """A file as it came: its bytes lie outside the web root, named by their SHA-256, and are never changed.

    What the file is was found in its content (`disclosures/files/recognition.py`), not in its name. Whoever may see what it
    was handed in for may download it; it has no page of its own.
    """

    class Kind(models.TextChoices):
        """What a file is, by its content."""

        DOCX = "docx", "Word 文档"
        XLSX = "xlsx", "Excel 表格"
        PDF = "pdf", "PDF"
        OFD = "ofd", "OFD"
        PNG = "png", "PNG 图片"
        JPEG = "jpg", "JPEG 图片"
        ZIP = "zip", "压缩包"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=255)
    kind = models.CharField("类型", max_length=4, choices=Kind.choices)
    size = models.PositiveBigIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    stored_as = models.CharField("存放位置", max_length=255)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    brought_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "文件"
        ordering = ["id"]
        indexes = [models.Index(fields=["office", "sha256"], name="stored_file_content")]

    def __str__(self) -> str:
        return self.name

    @property
    def content_type(self) -> str:
        """What a browser is told it is."""
        return CONTENT_TYPES[self.kind]

    @property
    def shown_in_page(self) -> bool:
        """Whether a browser shows it without a program: pictures and PDF."""
        return self.kind in (self.Kind.PNG, self.Kind.JPEG, self.Kind.PDF)
