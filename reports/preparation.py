"""Preparing a notice: count, gather the texts, compose, check. Preview, command and issue all come this way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache

from disclosures.models import RestDay
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports import texts
from reports.amendments import UNCHANGED, Amendments, Piece
from reports.checks import CheckContext, check_notice
from reports.checks.finding import Finding
from reports.composition import compose
from reports.figures import notice_figures
from reports.figures.notice_figures import NoticeFigures
from reports.models import NoticeDraft
from reports.notice import Notice
from reports.texts import NoticeTexts
from units.directory import Directory, DirectoryEntry
from units.models import Office, Unit


@dataclass(frozen=True)
class PreparedNotice:
    """A notice with the figures it states, and the names and the calendar it was reckoned with."""

    notice: Notice
    figures: NoticeFigures
    texts: NoticeTexts
    directory: Directory
    calendar: WorkingCalendar

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What the checks find in it."""
        return _findings(self.notice, self.figures, tuple(self.directory), self.calendar)


def prepare(office: Office, period: Period, issued_on: date) -> PreparedNotice:
    """The office's notice of `period` as it would read if it were issued on `issued_on`, before anybody changed a word."""
    return _prepared(office, period, issued_on, texts.gather(office, period, issued_on), UNCHANGED)


def prepare_draft(draft: NoticeDraft, *, final: bool = False) -> PreparedNotice:
    """The draft as it reads now: the data as they are, with what people changed, and its own particulars.

    `final`: as it is issued, without the watermark of a draft.
    """
    gathered = texts.gather(draft.office, draft.span, draft.issued_on)
    layout = replace(
        gathered.layout,
        document_number=draft.document_number,
        copies_to=draft.copies_to or gathered.layout.copies_to,
        draft=not final,
    )
    own = replace(
        gathered,
        layout=layout,
        title_pattern=draft.title_breaks or gathered.title_pattern,
        office=replace(gathered.office, addressees=draft.addressees or gathered.office.addressees),
    )
    return _prepared(draft.office, draft.span, draft.issued_on, own, amendments_of(draft))


def amendments_of(draft: NoticeDraft) -> Amendments:
    """What people changed in the draft."""
    changed: dict[str, tuple[Piece, ...] | None] = {}
    added: dict[str, list[tuple[str, tuple[Piece, ...]]]] = {}
    for row in draft.paragraphs.all():
        pieces = tuple(Piece.of_json(piece) for piece in row.pieces)
        if row.kind == row.Kind.ADDED:
            added.setdefault(row.section, []).append((row.key, pieces))
        else:
            changed[row.key] = None if row.kind == row.Kind.LEFT_OUT else pieces
    return Amendments(changed, added, draft.order)


def _prepared(
    office: Office, period: Period, issued_on: date, written: NoticeTexts, amendments: Amendments
) -> PreparedNotice:
    directory = Unit.objects.filter(office=office).directory()
    calendar = RestDay.objects.calendar()
    figures = notice_figures.build(office, period, issued_on, directory=directory, calendar=calendar)
    notice = compose(figures, written, amendments)
    return PreparedNotice(notice, figures, written, directory, calendar)


@lru_cache(maxsize=16)
def _findings(
    notice: Notice, figures: NoticeFigures, entries: tuple[DirectoryEntry, ...], calendar: WorkingCalendar
) -> tuple[Finding, ...]:
    """The checks are pure and take longer than all the rest: the same words and figures are checked once."""
    context = CheckContext(
        directory=Directory(entries), calendar=calendar, period=notice.period, issued_on=notice.issued_on
    )
    return check_notice(notice, figures, context)
