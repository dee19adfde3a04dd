"""Duties as lists: a requirement's units with how each stands, and check rounds. What is counted here has no table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from disclosures.columns import lies_in
from disclosures.compliance import Arrival, Standing, due_in, locked_from, standings
from disclosures.models import DutyExemption, DutyExtension, MediaCheck, PublishedItem, Requirement, Submission
from lanshan_portal.periods import Period
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

    @property
    def returned(self) -> bool:
        """Whether all it handed in was returned."""
        return self.submission is not None and self.submission.review == Submission.Review.RETURNED

    @property
    def awaits_review(self) -> bool:
        """Whether what it handed in is still to be reviewed."""
        return self.submission is not None and self.submission.review == Submission.Review.PENDING

    @property
    def awaits_approval(self) -> bool:
        """Whether somebody has asked that it be marked as not applicable, and nobody has decided."""
        return self.exemption is not None and self.exemption.approved_at is None

    def locked(self, day: date) -> bool:
        """Whether nothing is taken any more on `day`."""
        first = locked_from(self.due_on, self.requirement.lock_after_days)
        return first is not None and day >= first


@dataclass(frozen=True)
class Term:
    """A requirement in one of its terms: the month of a monthly one, or the whole of one asked once."""

    requirement: Requirement
    month: Period | None

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
            extensions=_by_term(DutyExtension.objects.in_force().filter(**asked)),
            exemptions=_by_term(DutyExemption.objects.in_force().filter(**asked)),
            items=_published(terms, office),
        )


def _by_term(rows: Iterable[Any]) -> dict[tuple[int, str], list[Any]]:
    found: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        found.setdefault((row.requirement_id, row.term), []).append(row)
    return found


def _published(terms: Mapping[Term, date], office: Office) -> dict[tuple[int, str], list[PublishedItem]]:
    """The items that stand in the columns the terms name, by term, earliest first; two queries for all of them."""
    days = {term: term.publishing_days(as_of) for term, as_of in terms.items() if term.requirement.met_by_publishing}
    days = {term: (first, last) for term, (first, last) in days.items() if first <= last}
    if not days:
        return {}
    first, last = min(first for first, _ in days.values()), max(last for _, last in days.values())
    items = PublishedItem.objects.filter(office=office, published_on__gte=first, published_on__lte=last).order_by()
    wanted = {term.requirement.column for term in days}
    columns = {
        column: {each for each in wanted if lies_in(column, each)}
        for column in items.values_list("column", flat=True).distinct()
    }
    found = [column for column, lies in columns.items() if lies]
    standing = list(items.filter(column__in=found).order_by("published_on", "id")) if found else []
    return {
        (term.requirement.pk, term.code): [
            item
            for item in standing
            if first <= item.published_on <= last and term.requirement.column in columns[item.column]
        ]
        for term, (first, last) in days.items()
    }


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
        )
        for unit_id, those in own.items()
    ]


def _telling(submissions: list[Submission]) -> Submission | None:
    counting = [each for each in submissions if each.review != Submission.Review.RETURNED]
    return counting[0] if counting else submissions[-1] if submissions else None


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
