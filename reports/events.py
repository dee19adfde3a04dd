"""What happened lately: at the whole office, and about one unit. A few bounded queries, newest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from disclosures.duties.duty import Term
from disclosures.models import DutyEvent, ImportBatch, Message, Reminder
from disclosures.sheets import SHEET_KINDS
from lanshan_portal.addresses import duty_address
from lanshan_portal.components import moment
from units.directory import Directory
from units.models import Office

LATELY = 60
"""So many of the newest of each sort are looked through."""
SITTING = timedelta(minutes=20)
"""Sheets brought within so long of each other belong together."""

ICONS = {
    DutyEvent.Kind.HANDED_IN: "cloud-arrow-up",
    DutyEvent.Kind.WITHDRAWN: "reply",
    DutyEvent.Kind.ACCEPTED: "check-circle",
    DutyEvent.Kind.RETURNED: "reply",
    DutyEvent.Kind.REOPENED: "arrow-counterclockwise",
    DutyEvent.Kind.EXTENDED: "calendar-event",
    DutyEvent.Kind.EXTENSION_REVOKED: "calendar-x",
}
TONES = {
    DutyEvent.Kind.ACCEPTED: "good",
    DutyEvent.Kind.EXEMPTED: "good",
    DutyEvent.Kind.RETURNED: "bad",
    DutyEvent.Kind.EXEMPTION_REFUSED: "bad",
}


@dataclass(frozen=True)
class Happening:
    """One thing that happened: when, what, more of it, the page about it, and how it looks."""

    at: datetime
    what: str
    more: str = ""
    address: str = ""
    icon: str = "clock"
    tone: str = ""
    who: str = ""


def lately(office: Office, directory: Directory, limit: int = 6) -> list[Happening]:
    """What happened at the office: hand-ins and reviews, sheets that came in, reminders and who read them."""
    events = DutyEvent.objects.filter(requirement__office=office).exclude(kind=DutyEvent.Kind.REMINDED)
    found = [
        *(
            _of_duty(event, directory, named=True)
            for event in _newest(events.select_related("requirement", "by"), limit)
        ),
        *_of_batches(office),
        *_of_sendings(office),
        *_readings(office, directory),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def about_units(
    office: Office, unit_ids: Collection[int], directory: Directory, *, since: datetime, limit: int = 40
) -> list[Happening]:
    """What happened about some units since then: every step of their duties, reminders with who has read them."""
    events = DutyEvent.objects.filter(unit__in=unit_ids, at__gte=since).exclude(kind=DutyEvent.Kind.REMINDED)
    reminders = Reminder.objects.filter(office=office, unit__in=unit_ids, sent_at__gte=since, taken_back_at=None)
    found = [
        *(_of_duty(event, directory) for event in events.select_related("requirement", "by")[:limit]),
        *(
            _of_reminder(reminder)
            for reminder in reminders.select_related("sent_by").prefetch_related("messages__user")[:limit]
        ),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def _newest(events: Iterable[DutyEvent], limit: int) -> Iterable[DutyEvent]:
    """By number, which is the order they were written in: no index leads to the newest of an office by time."""
    return events.order_by("-id")[:limit]  # type: ignore[attr-defined]


def _of_duty(event: DutyEvent, directory: Directory, *, named: bool = False) -> Happening:
    entry = directory.entry(event.unit_id, event.at.date())
    name = Term.of_record(event.requirement, event.term).name
    kind = DutyEvent.Kind(event.kind)
    return Happening(
        at=event.at,
        what=f"{entry.short_name if named else ''}{'　' if named else ''}{kind.label}",
        more=name + (f"：{event.words}" if event.words else ""),
        address=duty_address(event.requirement.code, event.term, entry.code),
        icon=ICONS.get(kind, "dash-circle"),
        tone=TONES.get(kind, ""),
        who=str(event.by) if event.by else "",
    )


def _of_batches(office: Office) -> list[Happening]:
    """Sheets that came in; those one person brought in a sitting, as one."""
    newest = ImportBatch.objects.filter(office=office).select_related("imported_by")[:LATELY]
    sittings: list[list[ImportBatch]] = []
    for batch in newest:
        last = sittings[-1][-1] if sittings else None
        same = last and batch.imported_by_id == last.imported_by_id and not (batch.undone_at or last.undone_at)
        if last and same and last.imported_at - batch.imported_at <= SITTING:
            sittings[-1].append(batch)
        else:
            sittings.append([batch])
    return [_of_sitting(sitting) for sitting in sittings]


def _of_sitting(batches: list[ImportBatch]) -> Happening:
    newest = batches[0]
    titles = list(dict.fromkeys(kind.title if (kind := SHEET_KINDS.get(each.kind)) else each.kind for each in batches))
    if len(batches) == 1:
        what, more = f"导入{titles[0]}", f"{newest.file_name}，新增 {newest.new}，更新 {newest.updated}"
    else:
        what, more = f"导入 {len(batches)} 张表", "、".join(titles)
    return Happening(
        at=newest.undone_at or newest.imported_at,
        what=f"撤销{what}" if newest.undone_at else what,
        more=more,
        address=reverse("batches_one", args=[newest.pk]) if len(batches) == 1 else reverse("batches"),
        icon="arrow-counterclockwise" if newest.undone_at else "upload",
        who=str(newest.imported_by) if newest.imported_by else "",
    )


def _of_sendings(office: Office) -> list[Happening]:
    """Reminders that went out together, as one."""
    sent = Reminder.objects.filter(office=office, taken_back_at=None).select_related("sent_by").order_by("-id")[:LATELY]
    together: dict[str, list[Reminder]] = {}
    for reminder in sent:
        together.setdefault(reminder.sending, []).append(reminder)
    return [
        Happening(
            at=those[0].sent_at,
            what=f"催办 {len(those)} 家单位",
            more=f"共 {sum(len(each.items) for each in those)} 项",
            icon="megaphone",
            tone="warning",
            who=str(those[0].sent_by) if those[0].sent_by else "",
        )
        for those in together.values()
    ]


def _readings(office: Office, directory: Directory) -> list[Happening]:
    """Who has read a reminder, of those sent lately."""
    messages = Message.objects.filter(office=office, kind=Message.Kind.REMINDER).select_related("user", "reminder")
    return [
        Happening(
            at=message.read_at,
            what=f"{directory.entry(message.unit_id, message.read_at.date()).short_name}　已读催办",
            more=str(message.user),
            icon="eye",
        )
        for message in messages.order_by("-id")[:LATELY]
        if message.read_at and message.unit_id
    ]


def _of_reminder(reminder: Reminder) -> Happening:
    readers = Counter(bool(message.read_at) for message in reminder.messages.all())
    read = [message for message in reminder.messages.all() if message.read_at]
    titles = "、".join(item.get("title", "") for item in reminder.items)
    return Happening(
        at=reminder.sent_at,
        what="催办",
        more=f"{titles}。{_read_state(read, readers)}",
        icon="megaphone",
        tone="warning",
        who=str(reminder.sent_by) if reminder.sent_by else "",
    )


def _read_state(read: list[Message], readers: Counter[bool]) -> str:
    if not readers:
        return "没有收件人"
    if not read:
        return "尚未阅读"
    first = min(read, key=lambda message: message.read_at or message.created_at)
    unread = f"，{readers[False]}人未读" if readers[False] else ""
    return f"{first.user}{moment(first.read_at)}已读{unread}"
