"""The office's own words: categories of items, channels of applications, platforms of accounts.

They are data, with their wording in the notice: another office has others, in another order.
"""

from django.db import models

from units.models import Office


class Term(models.Model):
    """A word the office uses in sheets, and how its notice says it."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("名称", max_length=40, help_text="表格中的写法")
    wording = models.CharField("通报写法", max_length=80, blank=True, help_text="留空则与名称相同")
    position = models.PositiveIntegerField("排序", default=0)
    active = models.BooleanField("启用", default=True)

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="%(class)s_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> str:
        """The wording of the notice."""
        return self.wording or self.name


class Category(Term):
    """类别 of a published item, e.g. 动态类, 政务主动公开类; the notice says 动态类信息."""

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "信息类别"


class Channel(Term):
    """渠道 by which an application arrives (政府信息公开条例 art. 29-31).

    Its wording is the whole clause before the number, with {government} for 区政府:
    “{government}网站收到政府信息公开申请”.
    """

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "申请渠道"


class Platform(Term):
    """平台 of a new-media account, e.g. 微信订阅号, with the days an account may stay silent (国办秘函〔2019〕19号: 14)."""

    freshness_days = models.PositiveSmallIntegerField("更新时限（天）", default=14)

    class Meta(Term.Meta):
        verbose_name = verbose_name_plural = "新媒体平台"
