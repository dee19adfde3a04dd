"""NoticeSettings: how an office wants its notices counted, worded and set."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from units.models import Office


def standard_sections() -> list[str]:
    """The keys of the sections in the order of the June 2020 notice."""
    from reports.sections import NOTICE_SECTIONS

    return list(NOTICE_SECTIONS)


class NoticeSettings(models.Model):
    """One office's choices: which sections in which order, which window the new-media checks are counted in, whether
    ties are merged in lists, and the sheet of paper (GB/T 9704-2012 leaves these to the organ)."""

    class MediaWindow(models.TextChoices):
        """Which check rounds a notice counts."""

        MONTH_OF_ISSUE = "issue_month", "印发当月的检查"
        PERIOD = "period", "通报所属期内的检查"

    office = models.OneToOneField(Office, on_delete=models.CASCADE, related_name="notice_settings")
    sections = models.JSONField("段落顺序", default=standard_sections)
    media_window = models.CharField(
        "新媒体检查统计范围", max_length=12, choices=MediaWindow.choices, default=MediaWindow.MONTH_OF_ISSUE
    )
    merge_mailbox_ties = models.BooleanField("信箱件数相同的单位合并为“各n件”", default=True)
    merge_platform_ties = models.BooleanField("次数相同的平台合并为“各n次”", default=False)
    title_breaks = models.CharField(
        "标题分行",
        max_length=200,
        default="关于{period}{area}政务公开|工作情况的通报",
        help_text="用“|”标出回行处，{period}为所属期，{area}为全区、全县",
    )
    letterhead = models.CharField("发文机关标志", max_length=60, blank=True, help_text="留空则不设红头")
    imprint = models.BooleanField("设版记", default=False)
    copies_to = models.CharField("抄送机关", max_length=300, blank=True)
    number_imprint_page = models.BooleanField("版记页编页码", default=True)
    line_pitch_pt = models.FloatField(
        "行距（磅）",
        null=True,
        blank=True,
        validators=[MinValueValidator(26), MaxValueValidator(30)],
        help_text="26至30；留空则每面22行撑满版心",
    )

    number_word = models.CharField(
        "发文机关代字", max_length=30, blank=True, help_text="例如 临兰政办字；留空则通报不编发文字号"
    )
    two_roles_by_one = models.BooleanField("编制、审核、签发可由一人兼办两项", default=False)
    consult_days = models.PositiveSmallIntegerField(
        "预通报回复期限（工作日）",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(15)],
        help_text="从发送的次日起算，1至15个工作日",
    )

    class Meta:
        verbose_name = verbose_name_plural = "通报设置"

    def __str__(self) -> str:
        return f"{self.office}的通报设置"

    @staticmethod
    def words_of(field: str, value: str) -> str:
        """A value as the history of the settings shows it: sections by their titles."""
        from reports.section_titles import TITLES

        return TITLES.get(value, value) if field == "sections" else value

    @classmethod
    def of(cls, office: Office) -> NoticeSettings:
        """The office's settings; the standard ones, unsaved, where it has made none."""
        return cls.objects.filter(office=office).first() or cls(office=office)
