"""Whom a reminder would reach and with what: each unit with its open items, its people, and how often it was reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from disclosures.models import Message, Reminder, ReminderSettings
from disclosures.open_items import OpenItem, open_items
from lanshan_portal.periods import Period
from units.directory import DirectoryEntry
from units.models import Office, Unit, User
from units.people import UnitPeople, people_of

REMEMBERED = timedelta(days=30)
"""How long an earlier reminder counts as the chance a liaison had before the leader in charge is told."""


@dataclass(frozen=True)
class Candidate:
    """One unit that could be reminded: what is open, who would read it, and how often it was reminded today."""

    unit: DirectoryEntry
    items: tuple[OpenItem, ...]
    people: UnitPeople
    today: tuple[Reminder, ...] = ()
    """Today's reminders, newest first, each with its messages at hand (`messages.all()`)."""
    limit: int = 0
    reminded_before: bool = field(default=False)
    """Whether a reminder of an earlier day told of something that is still overdue."""

    @property
    def overdue(self) -> int:
        """How many of its items are overdue."""
        return sum(item.overdue for item in self.items)

    @property
    def at_limit(self) -> bool:
        """Whether it has been reminded as often today as the office allows."""
        return len(self.today) >= self.limit

    @property
    def again(self) -> bool:
        """Whether it would be reminded a further time today."""
        return bool(self.today) and not self.at_limit

    def readers(self, *, copies: bool = True) -> tuple[User, ...]:
        """Who gets the message: the liaisons; the leaders too once a liaison has had a chance, or where there is none."""
        if not self.people.liaisons or (copies and self.reminded_before):
            return tuple(dict.fromkeys((*self.people.liaisons, *self.people.leaders)))
        return self.people.liaisons

    @property
    def copied(self) -> tuple[User, ...]:
        """The leaders who would get a copy."""
        return tuple(user for user in self.readers() if user not in self.people.liaisons)

    @property
    def by_mail(self) -> bool:
        """Whether anybody of them also gets mail."""
        return any(user.email and user.mail_wanted for user in self.readers())

    @property
    def to_phone(self) -> bool:
        """Whether the portal reaches nobody."""
        return not self.readers()


def candidates(
    office: Office,
    period: Period,
    today: date,
    *,
    unit_ids: Collection[int] | None = None,
    requirement: str = "",
) -> list[Candidate]:
    """The units with something open, in official order; the number of queries does not grow with them."""
    directory = Unit.objects.filter(office=office).directory()
    found = open_items(office, period, today, unit_ids=unit_ids, requirement=requirement, directory=directory)
    people = people_of(found, today)
    limit = ReminderSettings.of(office).daily_limit
    sent: dict[int, list[Reminder]] = {}
    told_before: dict[int, set[str]] = {}
    reminders = Reminder.objects.filter(
        office=office, unit__in=found, sent_on__gt=today - REMEMBERED, sent_on__lte=today, taken_back_at__isnull=True
    )
    for reminder in reminders.select_related("sent_by").prefetch_related("messages__user"):
        if reminder.sent_on == today:
            sent.setdefault(reminder.unit_id, []).append(reminder)
        else:
            told_before.setdefault(reminder.unit_id, set()).update(item.get("key", "") for item in reminder.items)
    return [
        Candidate(
            unit=directory.entry(unit_id, today),
            items=tuple(items),
            people=people[unit_id],
            today=tuple(sent.get(unit_id, ())),
            limit=limit,
            reminded_before=any(item.overdue and item.key in told_before.get(unit_id, ()) for item in items),
        )
        for unit_id, items in found.items()
    ]


@dataclass(frozen=True)
class Effect:
    """What sending would do, in numbers: how many units get it, which of them again today, which only a telephone reaches."""

    units: int
    again: int
    to_phone: int
    copied: int

    @classmethod
    def of(cls, chosen: Collection[Candidate]) -> Effect:
        """The effect of reminding those."""
        return cls(
            units=sum(not each.to_phone for each in chosen),
            again=sum(each.again and not each.to_phone for each in chosen),
            to_phone=sum(each.to_phone for each in chosen),
            copied=sum(bool(each.copied) for each in chosen),
        )

    @property
    def sentence(self) -> str:
        """将向5家单位发送催办，其中1家今天已催过，另有3家没有接收人，须电话通知."""
        told = f"将向{self.units}家单位发送催办"
        again = f"，其中{self.again}家今天已催过" if self.again else ""
        by_phone = f"，另有{self.to_phone}家没有接收人，须电话通知" if self.to_phone else ""
        return f"{told}{again}{by_phone}。"


@dataclass(frozen=True)
class Receipts:
    """How many of a sending's reminders were read by somebody, how many reached nobody, and how many messages went out."""

    units: int = 0
    reached: int = 0
    """Units somebody of which has a message of it."""
    read: int = 0
    to_phone: int = 0
    """Units without anybody to receive it; none where the sending was taken back, for its messages are gone."""
    messages: int = 0

    @property
    def unread(self) -> int:
        """How many units were sent theirs and have not read it."""
        return self.reached - self.read


def receipts(codes: Collection[str]) -> dict[str, Receipts]:
    """The receipts of some sendings, by code; two queries."""
    units: Counter[str] = Counter()
    in_force: Counter[str] = Counter()
    sent = Reminder.objects.filter(sending__in=codes)
    for code, taken_back_at in sent.values_list("sending", "taken_back_at"):
        units[code] += 1
        in_force[code] += taken_back_at is None
    messages: Counter[str] = Counter()
    reached: dict[str, set[int]] = {}
    read: dict[str, set[int]] = {}
    told = Message.objects.filter(reminder__sending__in=codes)
    for code, reminder_id, read_at in told.values_list("reminder__sending", "reminder_id", "read_at"):
        messages[code] += 1
        reached.setdefault(code, set()).add(reminder_id)
        if read_at:
            read.setdefault(code, set()).add(reminder_id)
    return {
        code: Receipts(
            units=units[code],
            reached=len(reached.get(code, ())),
            read=len(read.get(code, ())),
            to_phone=max(0, in_force[code] - len(reached.get(code, ()))),
            messages=messages[code],
        )
        for code in codes
    }
