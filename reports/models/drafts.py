"""NoticeDraft: a notice on its way to be issued, what people changed in it, and what they signed off."""

from __future__ import annotations

from django.db import models

from lanshan_portal.periods import Period
from units.models import Office, User


class DraftQuerySet(models.QuerySet["NoticeDraft"]):
    """Drafts of notices."""

    def open_for(self, office: Office, period: Period) -> NoticeDraft | None:
        """The office's draft of that period, where there is one that is neither issued nor given up."""
        return self.filter(office=office, period=str(period), stage__in=NoticeDraft.OPEN_STAGES).first()

    def newest_of(self, office: Office, period: Period) -> NoticeDraft | None:
        """The office's last draft of that period that was not given up: open, or issued."""
        kept = self.filter(office=office, period=str(period)).exclude(stage=NoticeDraft.Stage.ABANDONED)
        return kept.order_by("-id").first()


class NoticeDraft(models.Model):
    """The notice of one period while people work at it; at most one of a period is open. Its words are composed anew from the
    data each time, with the paragraphs that people changed put in their places."""

    class Stage(models.TextChoices):
        """Whose hands it is in."""

        DRAFTING = "drafting", "初稿"
        REVIEW = "review", "审核"
        APPROVAL = "approval", "签发"
        ISSUED = "issued", "已印发"
        ABANDONED = "abandoned", "已作废"

    OPEN_STAGES = (Stage.DRAFTING, Stage.REVIEW, Stage.APPROVAL)

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="notice_drafts")
    period = models.CharField("所属期", max_length=23)
    issued_on = models.DateField("印发日期")
    stage = models.CharField("环节", max_length=10, choices=Stage.choices, default=Stage.DRAFTING)
    document_number = models.CharField("发文字号", max_length=60, blank=True)
    title_breaks = models.CharField("标题", max_length=200, blank=True)
    addressees = models.CharField("主送机关", max_length=300, blank=True)
    copies_to = models.CharField("抄送机关", max_length=300, blank=True)
    order = models.JSONField("段落次序", default=dict)
    """The keys of a section's paragraphs in the order somebody gave them, by section."""
    version = models.PositiveIntegerField(default=0)
    """Grows with every change of the draft as a whole; what was looked at names the one that was before the eyes."""
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    """SHA-256 of the words that were approved: only these are issued."""
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    return_reason = models.TextField("退回原因", blank=True)
    supersedes = models.ForeignKey(
        "reports.IssuedNotice", on_delete=models.PROTECT, null=True, related_name="corrections_drafted"
    )
    correction_reason = models.TextField("更正原因", blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报初稿"
        constraints = [
            models.UniqueConstraint(
                fields=["office", "period"],
                condition=models.Q(stage__in=["drafting", "review", "approval"]),
                name="one_open_draft_a_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.span.label}通报初稿"

    @property
    def span(self) -> Period:
        """The period it tells of."""
        return Period.parse(self.period)

    @property
    def may_be_changed(self) -> bool:
        """Whether its words may still be changed: while it is with whoever drafts it."""
        return self.stage == self.Stage.DRAFTING


class DraftParagraph(models.Model):
    """One paragraph of a draft that somebody changed, left out or added. What nobody touched has no row."""

    class Kind(models.TextChoices):
        """What was done with it."""

        CHANGED = "changed", "已修改"
        LEFT_OUT = "left_out", "已删去"
        ADDED = "added", "新增"

    draft = models.ForeignKey(NoticeDraft, on_delete=models.CASCADE, related_name="paragraphs")
    key = models.CharField(max_length=120)
    section = models.CharField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    pieces = models.JSONField(default=list)
    """Its words, in runs that are bound to a figure or a unit or to nothing (`reports.amendments.Piece`)."""
    written = models.TextField(blank=True)
    """What the rules had written when it was changed: when they write something else, the data have moved."""
    version = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "修改的段落"
        constraints = [models.UniqueConstraint(fields=["draft", "key"], name="one_row_a_paragraph")]
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.draft}：{self.key}"


class ParagraphRevision(models.Model):
    """One step in a paragraph's history. Written once."""

    class Act(models.TextChoices):
        """What was done."""

        CHANGED = "changed", "修改"
        LEFT_OUT = "left_out", "删去"
        RESTORED = "restored", "恢复自动生成的文字"
        ADDED = "added", "新增"
        RENEWED = "renewed", "更新数字"
        KEPT = "kept", "保留修改"
        FROM_WORD = "from_word", "采用 Word 修改"

    draft = models.ForeignKey(NoticeDraft, on_delete=models.PROTECT, related_name="revisions")
    key = models.CharField(max_length=120)
    act = models.CharField(max_length=10, choices=Act.choices)
    text = models.TextField(blank=True)
    pieces = models.JSONField(default=list)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "段落修改记录"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_act_display()}：{self.text[:30]}"


class FindingNote(models.Model):
    """Why a warning of the checks does not hold the notice up: somebody answers for it by name."""

    draft = models.ForeignKey(NoticeDraft, on_delete=models.CASCADE, related_name="finding_notes")
    code = models.CharField(max_length=60)
    message = models.TextField()
    reason = models.TextField("说明")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "核对说明"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.message[:30]}：{self.reason[:30]}"
