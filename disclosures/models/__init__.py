"""What units published, received, owe and submitted; one file a noun."""

from disclosures.models.application import DisclosureApplication, ResultCode
from disclosures.models.arrangement import Arrangement
from disclosures.models.deadline_rule import DeadlineRule
from disclosures.models.import_batch import ImportBatch, ImportChange
from disclosures.models.mailbox_case import MailboxCase
from disclosures.models.media_account import MediaAccount
from disclosures.models.media_check import MediaCheck
from disclosures.models.notice_text import NoticeText
from disclosures.models.published_item import PublishedItem
from disclosures.models.requirement import Requirement
from disclosures.models.rest_day import CalendarYear, RestDay
from disclosures.models.submission import Submission
from disclosures.models.vocabulary import Category, Channel, Platform

__all__ = [
    "Arrangement",
    "CalendarYear",
    "Category",
    "Channel",
    "DeadlineRule",
    "DisclosureApplication",
    "ImportBatch",
    "ImportChange",
    "MailboxCase",
    "MediaAccount",
    "MediaCheck",
    "NoticeText",
    "Platform",
    "PublishedItem",
    "Requirement",
    "RestDay",
    "ResultCode",
    "Submission",
]
