"""What units published, received, owe and submitted; one file a noun."""

from disclosures.models.application import DisclosureApplication, ResultCode
from disclosures.models.arrangement import Arrangement
from disclosures.models.deadline_rule import DeadlineRule
from disclosures.models.duty_exception import DutyExemption, DutyExtension
from disclosures.models.hand_in import DutyEvent, HandIn
from disclosures.models.import_batch import ImportBatch, ImportChange
from disclosures.models.job import Job
from disclosures.models.letter import Letter
from disclosures.models.list_layout import ListLayout
from disclosures.models.mailbox_case import MailboxCase
from disclosures.models.media_account import MediaAccount
from disclosures.models.media_check import MediaCheck
from disclosures.models.media_round import MediaRound, MediaRoundEntry
from disclosures.models.message import Message, Reminder, ReminderSettings
from disclosures.models.notice_text import NoticeText
from disclosures.models.published_item import PublishedItem
from disclosures.models.removed_record import RemovedRecord
from disclosures.models.requirement import Requirement
from disclosures.models.rest_day import CalendarYear, RestDay
from disclosures.models.saved_filter import SavedFilter
from disclosures.models.sending import Sending
from disclosures.models.stored_file import StoredFile
from disclosures.models.submission import Submission
from disclosures.models.vocabulary import Category, Channel, Platform

__all__ = [
    "Arrangement",
    "CalendarYear",
    "Category",
    "Channel",
    "DeadlineRule",
    "DisclosureApplication",
    "DutyEvent",
    "DutyExemption",
    "DutyExtension",
    "HandIn",
    "ImportBatch",
    "ImportChange",
    "Job",
    "Letter",
    "ListLayout",
    "MailboxCase",
    "MediaAccount",
    "MediaCheck",
    "MediaRound",
    "MediaRoundEntry",
    "Message",
    "NoticeText",
    "Platform",
    "PublishedItem",
    "Reminder",
    "ReminderSettings",
    "RemovedRecord",
    "Requirement",
    "RestDay",
    "ResultCode",
    "SavedFilter",
    "Sending",
    "StoredFile",
    "Submission",
]
