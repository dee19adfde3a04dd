"""Reading the log: which events somebody asks for, a page of them at a time, newest first.

A page costs the same however long the log is: it starts from the event the last one ended with, in the order of an index, and
nothing is counted. Words are looked for in what a reader reads, the told sentence, so a search walks the events and tells each;
after MOST_SCANNED it stops, says how far it has come, and goes on from there when asked to.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice
from operator import itemgetter
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from units.audit import VERBS
from units.directory import Directory, Unresolved
from units.models import AuditEvent, Membership, Office, User
from units.people import accounts_of, named

PAGE_ROWS = 50
SCANNED_AT_ONCE = 2_000
MOST_SCANNED = 20_000
MOST_STREAMS = 24
"""What so many people or verbs did is read from one index entry after another and merged; of more, in one pass."""
NOBODY = "系统"
"""Who did what no person did: a command, a worker."""
SHOWN = ("at", "pk", "verb", "data", "address", "by__display_name", "by__username")
"""What an entry is told from, its place first; as tuples, because a search tells thousands."""


@dataclass(frozen=True)
class LogEntry:
    """An event as it is read: when, who, what, from where."""

    pk: int
    at: datetime
    person: str
    account: str
    family: str
    sentence: str
    address: str

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> LogEntry:
        """An event, as SHOWN reads it, in words; of a verb that is no longer told, its name."""
        at, pk, verb, data, address, name, account = row
        known = VERBS.get(verb)
        return cls(
            pk=pk,
            at=at,
            person=name or account or NOBODY,
            account=account or "",
            family=known.family if known else "",
            sentence=known.sentence(data) if known else verb,
            address=address or "",
        )

    def says(self, terms: tuple[str, ...]) -> bool:
        """Whether every one of the terms stands in it."""
        words = f"{self.person} {self.account} {self.sentence} {self.address}".casefold()
        return all(term in words for term in terms)


@dataclass(frozen=True)
class Selection:
    """What is asked for: whose events, of which family, on which days, from which address, with which words."""

    office: Office | None = None
    """None: whatever the office, as in a person's own log."""
    people: tuple[int, ...] | None = None
    family: str = ""
    first: date | None = None
    last: date | None = None
    address: str = ""
    words: str = ""

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The words one by one, each of which an entry must hold."""
        return tuple(self.words.casefold().split())

    def streams(self) -> list[QuerySet[AuditEvent]]:
        """The events as one queryset, or several that an index gives in order where one would have to be sorted."""
        rows = _of_office(AuditEvent.objects.all(), self.office)
        if self.first:
            rows = rows.filter(at__gte=_midnight(self.first))
        if self.last:
            rows = rows.filter(at__lt=_midnight(self.last + timedelta(days=1)))
        if self.address:
            rows = rows.filter(address=self.address)
        verbs = [verb for verb, told in VERBS.items() if told.family == self.family] if self.family else None
        if self.people is not None:
            rows = rows.filter(verb__in=verbs) if verbs is not None else rows
            return _split(rows, "by", self.people)
        return _split(rows, "verb", verbs) if verbs is not None else [rows]


def _of_office(rows: QuerySet[AuditEvent], office: Office | None) -> QuerySet[AuditEvent]:
    """The office's events, and those of nobody's office: an attempt to sign in to an account that does not exist. Where there
    is one office, all are its own."""
    if office is None or not Office.objects.exclude(pk=office.pk).exists():
        return rows
    own_people = Membership.objects.filter(office=office).values("user")
    nobodys = Q(office__isnull=True) & (Q(by__isnull=True) | Q(by__in=own_people))
    return rows.filter(Q(office=office) | nobodys)


def _split(rows: QuerySet[AuditEvent], name: str, values: Any) -> list[QuerySet[AuditEvent]]:
    if len(values) > MOST_STREAMS:
        return [rows.filter(**{f"{name}__in": values})]
    return [rows.filter(**{name: value}) for value in values]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def people_asked_for(
    office: Office, *, person: str, unit: str, directory: Directory, day: date
) -> tuple[int, ...] | None:
    """The people so named who are or were something at that unit; None where neither is asked for."""
    if not person and not unit:
        return None
    everybody = accounts_of(office) | User.objects.filter(is_superuser=True)
    found = set(named(everybody, person).values_list("pk", flat=True))
    if unit:
        entry = directory.resolve(unit, day)
        if isinstance(entry, Unresolved):
            return ()
        found &= set(Membership.objects.filter(office=office, unit=entry.unit_id).values_list("user", flat=True))
    return tuple(sorted(found))


# --- walking


@dataclass(frozen=True)
class Place:
    """A place in the log: of an event, in its order."""

    at: datetime
    pk: int

    @classmethod
    def of(cls, pk: int | None) -> Place | None:
        """The place of the event with that number; None where there is none."""
        found = AuditEvent.objects.filter(pk=pk).values_list("at", flat=True).first() if pk else None
        return cls(found, pk) if found and pk else None


def walk(
    selection: Selection, place: Place | None = None, *, at_once: int, upwards: bool = False
) -> Iterator[LogEntry]:
    """The entries from a place on, that of `place` left out, so many at once; words are not looked at."""
    streams = selection.streams()
    while True:
        found = [list(_beyond(stream, place, upwards)[:at_once]) for stream in streams]
        merged = list(islice(heapq.merge(*found, key=itemgetter(0, 1), reverse=not upwards), at_once))
        yield from map(LogEntry.of, merged)
        if len(merged) < at_once:
            return
        place = Place(*merged[-1][:2])


def _beyond(rows: QuerySet[AuditEvent], place: Place | None, upwards: bool) -> QuerySet[AuditEvent, tuple[Any, ...]]:
    shown = rows.order_by(*(("at", "pk") if upwards else ("-at", "-pk"))).values_list(*SHOWN)
    return shown if place is None else _from(shown, place, upwards)


def _from(rows: QuerySet[AuditEvent, Any], place: Place, upwards: bool) -> QuerySet[AuditEvent, Any]:
    # The second condition decides between different times and is what an index understands, the first within one.
    if upwards:
        return rows.filter(Q(at__gt=place.at) | Q(pk__gt=place.pk), at__gte=place.at)
    return rows.filter(Q(at__lt=place.at) | Q(pk__lt=place.pk), at__lte=place.at)


def told(selection: Selection) -> Iterator[LogEntry]:
    """Every event that is asked for, newest first, however many."""
    for entry in walk(selection, at_once=SCANNED_AT_ONCE):
        if entry.says(selection.terms):
            yield entry


@dataclass(frozen=True)
class LogPage:
    """A page of the log: its entries, newest first, and the events its neighbours start from, where there are any."""

    entries: list[LogEntry]
    newer: int | None = None
    older: int | None = None
    searched_to: datetime | None = None
    """How far a search has come that stopped before the end."""


def page_of(selection: Selection, *, before: int | None = None, after: int | None = None) -> LogPage:
    """The events older than `before` or newer than `after`; the newest without either."""
    upwards = after is not None
    place = Place.of(after if upwards else before)
    at_once = SCANNED_AT_ONCE if selection.terms else PAGE_ROWS + 1
    entries: list[LogEntry] = []
    last: LogEntry | None = None
    stopped = False
    for scanned, entry in enumerate(walk(selection, place, at_once=at_once, upwards=upwards), start=1):
        if entry.says(selection.terms):
            entries.append(entry)
        if len(entries) > PAGE_ROWS:
            break
        last = entry
        if scanned == MOST_SCANNED:
            stopped = True
            break
    more = len(entries) > PAGE_ROWS
    entries = entries[:PAGE_ROWS]
    if upwards and not more and not stopped:
        return page_of(selection)  # there are not enough newer ones to fill it
    if upwards:
        entries.reverse()
        return LogPage(entries, newer=entries[0].pk if entries else None, older=entries[-1].pk if entries else after)
    return LogPage(
        entries,
        newer=(entries[0].pk if entries else before) if place else None,
        older=entries[-1].pk if more else last.pk if stopped and last else None,
        searched_to=last.at if stopped and last and not more else None,
    )


def events_about(target: Model, limit: int) -> list[LogEntry]:
    """The newest events about one thing."""
    rows = AuditEvent.objects.filter(target_kind=target._meta.model_name, target_id=str(target.pk))
    return [LogEntry.of(row) for row in rows.values_list(*SHOWN)[:limit]]
