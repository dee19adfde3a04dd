"""What the top floor keeps: how notices are to be, drafts of them, and those that were issued."""

from reports.models.consultation import Consultation, ConsultedUnit
from reports.models.drafts import DraftParagraph, FindingNote, NoticeDraft, ParagraphRevision
from reports.models.issued import FrozenFigure, IssuedFile, IssuedNotice, NamedUnit, NoticeReceipt
from reports.models.notice_settings import NoticeSettings
from reports.models.rectification import Rectification, RectificationStep

__all__ = [
    "Consultation",
    "ConsultedUnit",
    "DraftParagraph",
    "FindingNote",
    "FrozenFigure",
    "IssuedFile",
    "IssuedNotice",
    "NamedUnit",
    "NoticeDraft",
    "NoticeReceipt",
    "NoticeSettings",
    "ParagraphRevision",
    "Rectification",
    "RectificationStep",
]
