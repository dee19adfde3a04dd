"""What the office decides about its notices."""

from reports.models.notice_settings import NoticeSettings

__all__ = ["NoticeSettings"]
