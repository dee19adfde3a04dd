"""Duties as lists: a requirement's units with how each stands, and check rounds. What is counted here has no table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from disclosures.compliance import HandIn, Standing, due_in, standings
from disclosures.models import MediaCheck, Requirement, Submission
from lanshan_portal.periods import Period
from units.directory import Directory, DirectoryEntry
from units.models import Office, Unit

BEHIND = "behind"
"""Late or missing: who did not do it in time."""


@dataclass(frozen=True)
class Duty:
    """One unit's part of a requirement's term: how it stands, and what it handed in."""

    requirement: Requirement
    unit: DirectoryEntry
    due_on: date
    standing: Standing
    submission: Submission | None
    """The first that counts, or the last that was returned."""

    @property
    def returned(self) -> bool:
        """Whether all it handed in was returned."""
        return self.submission is not None and self.submission.review == Submission.Review.RETURNED


@dataclass(frozen=True)
class Term:
    """A requirement in one of its terms: the month of a monthly one, or the whole of one asked once."""

    requirement: Requirement
    month: Period | None

    @property
    def due_on(self) -> date:
        """When it is due."""
        return due_in(self.requirement.due_on, self.month) if self.month else self.requirement.due_on

    @property
    def code(self) -> str:
        """The month, as submissions name their term; empty for a requirement asked once."""
        return str(self.month) if self.month else ""


def terms_of(requirement: Requirement, first: date, last: date) -> list[Term]:
    """The requirement's terms that fall due from `first` to `last`, both included; none before it was set."""
    if requirement.recurrence != Requirement.Recurrence.MONTHLY:
        return [term for term in [Term(requirement, None)] if first <= term.due_on <= last]
    begins = requirement.assigned_on or Period.month_of(requirement.due_on).start
    terms = [Term(requirement, month) for month in Period.window(first, last).months()]
    return [term for term in terms if max(first, begins) <= term.due_on <= last]


def terms_due(office: Office, first: date, last: date) -> list[Term]:
    """The terms that fall due from `first` to `last`, both included, in order of due date."""
    requirements = (
        Requirement.objects.due_between(office, first, last).select_related("group").prefetch_related("units")
    )
    terms = [term for requirement in requirements for term in terms_of(requirement, first, last)]
    return sorted(terms, key=lambda term: (term.due_on, term.requirement.code))


def duties_of(terms: Mapping[Term, date], office: Office, directory: Directory | None = None) -> dict[Term, list[Duty]]:
    """Every unit asked in each term, with how it stands at the end of the day given for it, in official order.

    What a unit handed in before it went into another counts for the other.
    """
    directory = directory or Unit.objects.filter(office=office).directory()
    handed_in = _handed_in(terms)
    listed = {}
    for term, as_of in terms.items():
        own: dict[int, list[Submission]] = {
            unit.unit_id: [] for unit in term.requirement.asked_of(directory, term.due_on)
        }
        for submission in handed_in.get((term.requirement.pk, term.code), ()):
            heir = directory.heir(submission.unit_id, term.due_on)
            if heir and heir.unit_id in own and submission.submitted_on <= as_of:
                own[heir.unit_id].append(submission)
        state = standings(
            unit_ids=own,
            hand_ins=[
                HandIn(unit_id, each.submitted_on, returned=each.review == Submission.Review.RETURNED)
                for unit_id, those in own.items()
                for each in those
            ],
            due_on=term.due_on,
            as_of=as_of,
        )
        listed[term] = [
            Duty(term.requirement, directory.entry(unit_id, term.due_on), term.due_on, state[unit_id], _telling(those))
            for unit_id, those in own.items()
        ]
    return listed


def _handed_in(terms: Iterable[Term]) -> dict[tuple[int, str], list[Submission]]:
    """The submissions of exactly those terms, earliest first: a monthly requirement's other months are not read."""
    found: dict[tuple[int, str], list[Submission]] = {}
    rows = Submission.objects.filter(
        requirement__in={term.requirement.pk for term in terms}, term__in={term.code for term in terms}
    )
    for submission in rows.order_by("submitted_on", "id"):
        found.setdefault((submission.requirement_id, submission.term), []).append(submission)
    return found


def _telling(submissions: list[Submission]) -> Submission | None:
    counting = [each for each in submissions if each.review != Submission.Review.RETURNED]
    return counting[0] if counting else submissions[-1] if submissions else None


def duties(
    office: Office, requirement: str, *, as_of: date, term: str = "", standing: str = "", unit: str = ""
) -> list[Duty]:
    """The units of one requirement (by code) and term; those that stand so, those of the codes joined by commas.

    No requirement of that code has no duties. Raises ValueError with a sentence for a term that is no month.
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
