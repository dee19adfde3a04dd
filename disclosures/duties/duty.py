"""Duties as lists: a requirement's units with how each stands, and check rounds. What is counted here has no table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q

from disclosures.columns import lies_in
from disclosures.compliance import Arrival, Standing, due_in, locked_from, standings
from disclosures.models import DutyExemption, DutyExtension, HandIn, MediaCheck, PublishedItem, Requirement, Submission
from lanshan_portal.periods import ONE_DAY, Period
from units.directory import Directory, DirectoryEntry
from units.models import Office, Unit

BEHIND = "behind"
"""Late or missing: who did not do it in time."""


@dataclass(frozen=True)
class Duty:
    """One unit's part of a requirement's term: when it is due, how it stands, and what it handed in."""

    requirement: Requirement
    unit: DirectoryEntry
    due_on: date
    """With the unit's extension, where it has one."""
    standing: Standing
    submission: Submission | None
    """The first that counts, or the last that was returned."""
    term: str = ""
    item: PublishedItem | None = None
    """The published item that makes a hand-in unnecessary."""
    extension: DutyExtension | None = None
    exemption: DutyExemption | None = None
    """Approved, or still to be approved (`approved_at` empty)."""
    submissions: tuple[Submission, ...] = ()
    """All that was handed in, the returned too, earliest first."""
    asked: bool = True
    """Whether the requirement still asks the unit; what it handed in while it did stays."""

    @property
    def returned(self) -> bool:
        """Whether all it handed in was returned."""
        return self.submission is not None and self.submission.review == Submission.Review.RETURNED

    @property
    def awaits_review(self) -> bool:
        """Whether what it handed in is still to be reviewed."""
        return self.submission is not None and self.submission.review == Submission.Review.PENDING

    @property
    def arrived_on(self) -> date | None:
        """The day on which it was done: of the first hand-in that counts, or of the item that makes one unnecessary."""
        counting = [each.submitted_on for each in self.submissions if each.review != Submission.Review.RETURNED]
        return min([*counting, *([self.item.published_on] if self.item else [])], default=None)

    @property
    def is_open(self) -> bool:
        """Whether the unit still has something to do about it."""
        return self.asked and self.standing in (Standing.MISSING, Standing.AWAITED)

    @property
    def awaits_approval(self) -> bool:
        """Whether somebody has asked that it be marked as not applicable, and nobody has decided."""
        return self.exemption is not None and self.exemption.approved_at is None

    @property
    def locked_from(self) -> date | None:
        """The first day on which nothing is taken any more; None where what is late is always taken."""
        return locked_from(self.due_on, self.requirement.lock_after_days)

    def locked(self, day: date) -> bool:
        """Whether nothing is taken any more on `day`."""
        return self.locked_from is not None and day >= self.locked_from


@dataclass(frozen=True)
class Term:
    """A requirement in one of its terms: the month of a monthly one, or the whole of one asked once."""

    requirement: Requirement
    month: Period | None

    @classmethod
    def of_record(cls, requirement: Requirement, code: str) -> Term:
        """The term a record names, also one that the requirement has no more since it became monthly, or ceased to be."""
        return cls(requirement, Period.parse(code) if code else None)

    @classmethod
    def named(cls, requirement: Requirement, code: str) -> Term:
        """The term of that code (2020-06, or nothing); raises ValueError where the requirement has no such term."""
        monthly = requirement.recurrence == Requirement.Recurrence.MONTHLY
        if monthly is not bool(code):
            raise ValueError(f"“{requirement.name}”没有“{code}”这一期。")
        return cls.of_record(requirement, code)

    @cached_property
    def due_on(self) -> date:
        """When it is due."""
        return due_in(self.requirement.due_on, self.month) if self.month else self.requirement.due_on

    @property
    def code(self) -> str:
        """The month, as submissions name their term; empty for a requirement asked once."""
        return str(self.month) if self.month else ""

    @property
    def name(self) -> str:
        """政务访谈稿（2020年6月）: the requirement, with its month where there are several."""
        return f"{self.requirement.name}（{self.month.label}）" if self.month else self.requirement.name

    def publishing_days(self, as_of: date) -> tuple[date, date]:
        """The days on which an item counts as handed in: of the month, or from the day it was set, up to `as_of`."""
        if self.month:
            return self.month.start, min(self.month.last, as_of)
        return self.requirement.assigned_on or Period.month_of(self.requirement.due_on).start, as_of


def terms_of(requirement: Requirement, first: date, last: date) -> list[Term]:
    """The requirement's terms that fall due from `first` to `last`, both included; none before it was set or after its
    end."""
    if requirement.recurrence != Requirement.Recurrence.MONTHLY:
        return [term for term in [Term(requirement, None)] if first <= term.due_on <= last]
    begins = requirement.assigned_on or Period.month_of(requirement.due_on).start
    ends = requirement.ends_on or date.max
    terms = [Term(requirement, month) for month in Period.window(first, last).months()]
    return [term for term in terms if max(first, begins) <= term.due_on <= min(last, ends)]


def terms_due(office: Office, first: date, last: date) -> list[Term]:
    """The terms that fall due from `first` to `last`, both included, in order of due date."""
    requirements = (
        Requirement.objects.due_between(office, first, last).select_related("group").prefetch_related("units")
    )
    terms = [term for requirement in requirements for term in terms_of(requirement, first, last)]
    return sorted(terms, key=lambda term: (term.due_on, term.requirement.code))


def duties_of(terms: Mapping[Term, date], office: Office, directory: Directory | None = None) -> dict[Term, list[Duty]]:
    """Every unit asked in each term, with how it stands at the end of the day given for it, in official order.

    What a unit handed in or was granted before it went into another counts for the other.
    """
    found = duties_at(terms.items(), office, directory)
    return {term: found[term, as_of] for term, as_of in terms.items()}


def duties_at(
    asked: Iterable[tuple[Term, date]], office: Office, directory: Directory | None = None
) -> dict[tuple[Term, date], list[Duty]]:
    """The same for a term on several days, in the same few queries: two notices may tell of one requirement."""
    asked = list(asked)
    directory = directory or Unit.objects.filter(office=office).directory()
    last_day: dict[Term, date] = {}
    for term, as_of in asked:
        last_day[term] = max(as_of, last_day.get(term, as_of))
    records = _Records.of(last_day, office)
    return {(term, as_of): _duties(term, as_of, records, directory) for term, as_of in asked}


@dataclass(frozen=True)
class _Records:
    """What is recorded about some terms, by requirement and term; a few queries for all of them."""

    submissions: dict[tuple[int, str], list[Submission]]
    extensions: dict[tuple[int, str], list[DutyExtension]]
    exemptions: dict[tuple[int, str], list[DutyExemption]]
    items: dict[tuple[int, str], list[PublishedItem]]

    @classmethod
    def of(cls, terms: Mapping[Term, date], office: Office) -> _Records:
        """Everything about exactly those terms: a monthly requirement's other months are not read."""
        if not terms:
            return cls({}, {}, {}, {})
        asked = {"requirement__in": {term.requirement.pk for term in terms}, "term__in": {term.code for term in terms}}
        return cls(
            submissions=_by_term(Submission.objects.filter(**asked).order_by("submitted_on", "id")),
            # Where units merged several may answer to one: the newest is the one that holds.
            extensions=_by_term(DutyExtension.objects.in_force().filter(**asked).order_by("granted_at", "id")),
            exemptions=_by_term(DutyExemption.objects.in_force().filter(**asked).order_by("granted_at", "id")),
            items=_published(terms, office),
        )


def _by_term(rows: Iterable[Any]) -> dict[tuple[int, str], list[Any]]:
    found: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.requirement_id, row.term), []).append(row)
    return found


def _published(terms: Mapping[Term, date], office: Office) -> dict[tuple[int, str], list[PublishedItem]]:
    """For each term that publishing meets, the items that stand in the column it names, earliest first. Two queries."""
    spans = {term: term.publishing_days(as_of) for term, as_of in terms.items() if term.requirement.met_by_publishing}
    wanted = Q()
    for first, last in _merged(span for span in spans.values() if span[0] <= span[1]):
        wanted |= Q(published_on__gte=first, published_on__lte=last)
    if not wanted:
        return {}
    items = PublishedItem.objects.filter(wanted, office=office).order_by()
    columns = {column: _met_by(column, spans) for column in items.values_list("column", flat=True).distinct()}
    found: dict[tuple[int, str], list[PublishedItem]] = {}
    columns = {column: met for column, met in columns.items() if met}
    for item in items.filter(column__in=columns).order_by("published_on", "id") if columns else ():
        for term in columns[item.column]:
            first, last = spans[term]
            if first <= item.published_on <= last:
                found.setdefault((term.requirement.pk, term.code), []).append(item)
    return found


def _met_by(column: str, terms: Iterable[Term]) -> list[Term]:
    return [term for term in terms if lies_in(column, term.requirement.column)]


def _merged(spans: Iterable[tuple[date, date]]) -> list[tuple[date, date]]:
    """Spans of days, both included, with those that overlap or touch as one."""
    merged: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + ONE_DAY:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _duties(term: Term, as_of: date, records: _Records, directory: Directory) -> list[Duty]:
    key = (term.requirement.pk, term.code)
    own: dict[int, list[Submission]] = {unit.unit_id: [] for unit in term.requirement.asked_of(directory, term.due_on)}

    def answering(row: Any) -> int | None:
        """The unit asked that answers for the row's unit."""
        heir = directory.heir(row.unit_id, term.due_on)
        return heir.unit_id if heir and heir.unit_id in own else None

    for submission in records.submissions.get(key, ()):
        if submission.submitted_on <= as_of and (unit_id := answering(submission)):
            own[unit_id].append(submission)
    items = {
        unit_id: item
        for item in reversed(records.items.get(key, []))
        if item.published_on <= as_of and (unit_id := answering(item))
    }
    extensions = {unit_id: row for row in records.extensions.get(key, ()) if (unit_id := answering(row))}
    exemptions = {unit_id: row for row in records.exemptions.get(key, ()) if (unit_id := answering(row))}
    state = standings(
        unit_ids=own,
        arrivals=[
            *(
                Arrival(unit_id, each.submitted_on, returned=each.review == Submission.Review.RETURNED)
                for unit_id, those in own.items()
                for each in those
            ),
            *(Arrival(unit_id, item.published_on) for unit_id, item in items.items()),
        ],
        due_on=term.due_on,
        as_of=as_of,
        extended={unit_id: extension.due_on for unit_id, extension in extensions.items()},
        exempt={unit_id for unit_id, exemption in exemptions.items() if exemption.approved_at},
    )
    return [
        Duty(
            term.requirement,
            directory.entry(unit_id, term.due_on),
            extensions[unit_id].due_on if unit_id in extensions else term.due_on,
            state[unit_id],
            _telling(those),
            term.code,
            items.get(unit_id),
            extensions.get(unit_id),
            exemptions.get(unit_id),
            tuple(those),
        )
        for unit_id, those in own.items()
    ]


def _telling(submissions: list[Submission]) -> Submission | None:
    counting = [each for each in submissions if each.review != Submission.Review.RETURNED]
    return counting[0] if counting else submissions[-1] if submissions else None


def duty_of(term: Term, unit_id: int, as_of: date, office: Office) -> Duty | None:
    """One unit's duty at the end of `as_of`; None where the term does not ask it, and never had anything from it.

    A unit that is no longer asked keeps what it handed in: its duty then has `asked` false. Nobody is asked in a month
    before a monthly requirement was set, or after its end.
    """
    directory = Unit.objects.filter(office=office).directory()
    if term in terms_of(term.requirement, term.due_on, term.due_on):
        for duty in duties_of({term: as_of}, office, directory)[term]:
            if duty.unit.unit_id == unit_id:
                return duty
    mine = {"requirement": term.requirement, "term": term.code, "unit": unit_id}
    submissions = tuple(Submission.objects.filter(**mine).order_by("submitted_on", "id"))
    if not submissions and not HandIn.objects.filter(**mine).exists():
        return None
    entry = directory.entry(unit_id, term.due_on)
    told = _telling(list(submissions))
    return Duty(
        term.requirement, entry, term.due_on, Standing.EXEMPT, told, term.code, submissions=submissions, asked=False
    )


def duties(
    office: Office, requirement: str, *, as_of: date, term: str = "", standing: str = "", unit: str = ""
) -> list[Duty]:
    """The units of one requirement (by code) and term; those that stand so, those of the codes joined by commas.

    Without a standing, every unit that is asked: one that is exempt is listed under that standing alone. No requirement of
    that code has no duties. Raises ValueError with a sentence for a term that is no month.
    """
    asked = Requirement.objects.filter(office=office, code=requirement).prefetch_related("units").first()
    if asked is None:
        return []
    wanted = Term(asked, Period.parse(term) if term else None)
    rows = duties_of({wanted: as_of}, office)[wanted]
    if standing == BEHIND:
        rows = [row for row in rows if row.standing in (Standing.LATE, Standing.MISSING)]
    elif standing:
        rows = [row for row in rows if row.standing == standing]
    else:
        rows = [row for row in rows if row.standing is not Standing.EXEMPT]
    codes = {code for code in unit.split(",") if code}
    return [row for row in rows if not codes or row.unit.code in codes]


@dataclass(frozen=True)
class MediaRound:
    """One round of checks: its name, its days, how many accounts it looked at and what it found."""

    name: str
    first_day: date
    last_day: date
    checked: int
    found: int


def media_rounds(office: Office, first: date, last: date) -> list[MediaRound]:
    """The rounds with a check from `first` to `last`, both included, counted within those days, newest first."""
    rounds: dict[str, list[MediaCheck]] = {}
    checks = MediaCheck.objects.filter(office=office, checked_on__gte=first, checked_on__lte=last)
    for check in checks.order_by("-checked_on", "-id"):
        rounds.setdefault(check.round, []).append(check)
    return [
        MediaRound(
            name=name,
            first_day=those[-1].checked_on,
            last_day=those[0].checked_on,
            checked=len({check.account_id for check in those}),
            found=sum(bool(check.problem) for check in those),
        )
        for name, those in rounds.items()
    ]
