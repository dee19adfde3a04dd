"""SavedFilter: a list's conditions under a name of one's own."""

from django.conf import settings
from django.db import models


class SavedFilter(models.Model):
    """我的筛选: the parameters of a list's address, without its days, kept by one person under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters")
    kind = models.CharField("列表", max_length=30)
    name = models.CharField("名称", max_length=40)
    query = models.CharField("条件", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "我的筛选"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "kind", "name"], name="saved_filter_name")]

    def __str__(self) -> str:
        return self.name
