"""ListLayout: how a person wants to see a list."""

from django.conf import settings
from django.db import models


class ListLayout(models.Model):
    """列表显示: the columns a person chose for a list, how close the rows stand, how many a page has."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="list_layouts")
    kind = models.CharField("列表", max_length=30)
    columns = models.JSONField("显示的列", null=True, blank=True)
    """The keys of the columns shown, besides the one that names the record; empty: the usual ones."""
    dense = models.BooleanField("紧凑", default=False)
    page_rows = models.PositiveSmallIntegerField("每页行数", default=50)

    class Meta:
        verbose_name = verbose_name_plural = "列表显示"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="list_layout_one")]

    def __str__(self) -> str:
        return self.kind
