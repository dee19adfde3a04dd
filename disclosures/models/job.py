"""Job: work that is too long for a request."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from disclosures.models.stored_file import StoredFile
from units.models import Office


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about jobs."""

    def active(self) -> JobQuerySet:
        """Waiting or under way."""
        return self.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING))

    def shown_to(self, user_id: int) -> JobQuerySet:
        """What a person's pages still show: the person's own, active or finished and not yet put away."""
        return self.filter(by=user_id, put_away=False)


class Job(models.Model):
    """Work in the background (import, export, documents): whose, what, how far, and what came of it.

    The row is written in the transaction that asks for the work and handed to a worker when that is committed. A worker
    that dies leaves it to be taken up again (`asked_at`: when a worker was last asked), so every kind of job must bear being
    run twice. How far it has come is kept in files beside it (`disclosures/jobs.py`): its own transaction would hide that.
    """

    class State(models.TextChoices):
        """How it stands."""

        QUEUED = "queued", "等候"
        RUNNING = "running", "进行中"
        DONE = "done", "已完成"
        FAILED = "failed", "没有完成"
        CANCELLED = "cancelled", "已取消"

    office = models.ForeignKey(Office, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField("种类", max_length=40)
    title = models.CharField("名称", max_length=200)
    arguments = models.JSONField("内容", default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField("提交时间")
    asked_at = models.DateTimeField("交办时间")
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    sentence = models.CharField("结果", max_length=300, blank=True)
    result = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    result_address = models.CharField("结果页面", max_length=300, blank=True)
    put_away = models.BooleanField("已收起", default=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["by", "put_away"], name="job_shown"),
            models.Index(fields=["asked_at"], condition=Q(state__in=("queued", "running")), name="job_active"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        """Whether it is waiting or under way."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)
