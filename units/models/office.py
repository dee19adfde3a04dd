"""Office: the organ that supervises and issues notices."""

from django.db import models

PRODUCT = "政务公开管理平台"


class Office(models.Model):
    """The 政府办公厅（室） of one government, in charge of disclosure there (政府信息公开条例 art. 3).

    Its words (level, government, short name) are what the notice says, so the same code writes a county's notice.
    """

    class Level(models.TextChoices):
        """The level word, as the notice uses it: 全区, 我县, 市政府."""

        DISTRICT = "区", "区"
        COUNTY = "县", "县"
        CITY = "市", "市"
        PREFECTURE = "州", "州"
        LEAGUE = "盟", "盟"
        BANNER = "旗", "旗"

    code = models.CharField("政区代码", max_length=12, unique=True)
    jurisdiction = models.CharField("政区名称", max_length=60, help_text="例：临沂市兰山区")
    level = models.CharField("级别词", max_length=2, choices=Level.choices)
    government = models.CharField("政府名称", max_length=60, help_text="例：兰山区人民政府")
    name = models.CharField("机关名称", max_length=80, help_text="通报署名，例：临沂市兰山区人民政府办公室")
    short_name = models.CharField("机关简称", max_length=40, help_text="例：区政府办公室")
    section = models.CharField("科室", max_length=60, blank=True, help_text="例：区政府办公室政务公开科")
    phone = models.CharField("联系电话", max_length=40, blank=True, db_default="", help_text="出错页面和登录页告知用户")
    addressees = models.TextField("主送机关")
    document_prefix = models.CharField("发文机关代字", max_length=20, help_text="例：临兰政办字")

    class Meta:
        verbose_name = verbose_name_plural = "机关"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__in=["区", "县", "市", "州", "盟", "旗"]), name="office_level"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def whole_area(self) -> str:
        """全区, 全县, 全市."""
        return f"全{self.level}"

    @property
    def own_government(self) -> str:
        """区政府, 县政府: the government as its own notice calls it."""
        return f"{self.level}政府"

    @property
    def portal_name(self) -> str:
        """兰山区政务公开管理平台: the portal as this office's people call it."""
        return f"{self.government.removesuffix('人民政府')}{PRODUCT}"

    @property
    def signature(self) -> str:
        """临沂市兰山区人民政府办公室政务公开科: the section with its office's whole name, as a letter is signed."""
        return f"{self.name}{self.section.removeprefix(self.short_name)}"
