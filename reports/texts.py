"""NoticeTexts: everything of a notice that is written rather than counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from disclosures.models import Arrangement, NoticeText
from lanshan_portal.periods import Period
from reports.models import NoticeSettings
from reports.notice import DocumentLayout
from reports.sections import NOTICE_SECTIONS
from units.models import Office


@dataclass(frozen=True)
class OfficeWords:
    """What the office calls itself and its area; a county's notice differs from a district's in these alone."""

    name: str
    short_name: str
    whole_area: str
    """全区, 全县."""
    own_government: str
    """区政府, 县政府."""
    level: str
    section: str
    addressees: str


@dataclass(frozen=True)
class ArrangementText:
    """One item of the plan for the coming time."""

    title: str
    body: str
    due_on: date | None = None


@dataclass(frozen=True)
class NoticeTexts:
    """The office's words, the texts people wrote for this notice, and how lists and the sheet are to be set."""

    office: OfficeWords
    opening: str = ""
    closing: str = ""
    annotation: str = ""
    contact: str = ""
    arrangements: tuple[ArrangementText, ...] = ()
    sections: tuple[str, ...] = NOTICE_SECTIONS
    merge_mailbox_ties: bool = True
    merge_platform_ties: bool = False
    title_pattern: str = "关于{period}{area}政务公开|工作情况的通报"
    layout: DocumentLayout = field(default_factory=DocumentLayout)


def gather(office: Office, period: Period, issued_on: date) -> NoticeTexts:
    """The texts of the notice of `period`: the office's words, settings, arrangements and written paragraphs."""
    settings = NoticeSettings.of(office)
    written = NoticeText.objects.of_notice(office, period)
    slot = NoticeText.Slot
    return NoticeTexts(
        office=OfficeWords(
            name=office.name,
            short_name=office.short_name,
            whole_area=office.whole_area,
            own_government=office.own_government,
            level=office.level,
            section=office.section,
            addressees=office.addressees,
        ),
        opening=written.get(slot.OPENING, ""),
        closing=written.get(slot.CLOSING, ""),
        annotation=written.get(slot.ANNOTATION, ""),
        contact=written.get(slot.CONTACT, ""),
        arrangements=tuple(
            ArrangementText(arrangement.title, arrangement.body, arrangement.due_on)
            for arrangement in Arrangement.objects.of_notice(office, period)
        ),
        sections=tuple(settings.sections),
        merge_mailbox_ties=settings.merge_mailbox_ties,
        merge_platform_ties=settings.merge_platform_ties,
        title_pattern=settings.title_breaks,
        layout=DocumentLayout(
            letterhead=settings.letterhead,
            line_pitch_pt=settings.line_pitch_pt,
            imprint=settings.imprint,
            copies_to=settings.copies_to,
            printed_on=issued_on,
            number_imprint_page=settings.number_imprint_page,
        ),
    )
