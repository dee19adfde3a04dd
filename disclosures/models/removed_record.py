"""RemovedRecord: a record somebody deleted, kept so that it can come back."""

from django.conf import settings
from django.db import models

from units.models import Office


class RemovedRecord(models.Model):
    """已删除的记录: every column as it was, for 撤回; the log tells who removed it without its contents."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("种类", max_length=30)
    record_id = models.BigIntegerField("记录编号")
    title = models.CharField("名称", max_length=300)
    values = models.JSONField("内容")
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField("删除时间")
    restored_at = models.DateTimeField("恢复时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "已删除的记录"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title
