"""AuditEvent: who did what to what, when."""

from django.conf import settings
from django.db import models

from units.models.office import Office


class AuditEvent(models.Model):
    """One thing a person or the portal did (网络安全法: logs kept six months and more).

    Written once: the database refuses to change or remove one (`lanshan_portal/immutable.py`). The object is named by kind
    and id, without a foreign key: the trail outlives what it tells of.
    """

    at = models.DateTimeField("时间", auto_now_add=True, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField("事项", max_length=60)
    target_kind = models.CharField("对象类别", max_length=40, blank=True)
    target_id = models.CharField("对象编号", max_length=40, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)
    data = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "操作日志"
        ordering = ["-at", "-id"]
        indexes = [
            # In the order in which the log is read, so that a page of it costs the same however long it is.
            models.Index(fields=["by", "-at", "-id"], name="audit_event_person"),
            models.Index(fields=["verb", "-at", "-id"], name="audit_event_verb"),
            models.Index(fields=["address", "-at", "-id"], name="audit_event_address"),
            models.Index(fields=["target_kind", "target_id"], name="audit_event_of_target"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Write the event once; raises TypeError when it exists already."""
        if self.pk:
            raise TypeError("操作日志只能追加，不能修改。")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
