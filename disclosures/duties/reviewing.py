"""What waits for the office: hand-ins to review and exemptions to approve, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, QuerySet

from disclosures.duties.duty import Term
from disclosures.lists.pages import COUNT_CAP
from disclosures.models import DutyExemption, DutyExtension, HandIn, Submission
from units.directory import Directory, DirectoryEntry
from units.models import Office, Unit


@dataclass(frozen=True)
class Waiting:
    """A hand-in as the queue lists it: whose, for what, when it was due, how late it came, and its newest version."""

    record: Submission
    unit: DirectoryEntry
    term: Term
    due_on: date
    version: HandIn | None

    @property
    def days_late(self) -> int:
        """How many days after its due date it came."""
        return max(0, (self.record.submitted_on - self.due_on).days)

    @property
    def number(self) -> int | str:
        """The version looked at, as forms pass it on; nothing for what a sheet brought."""
        return self.version.number if self.version else ""


def to_review(office: Office, requirement: str = "") -> QuerySet[Submission]:
    """The hand-ins that wait for review, of one requirement (by code) or of all, earliest first."""
    rows = Submission.objects.filter(office=office, review=Submission.Review.PENDING).select_related("requirement")
    if requirement:
        rows = rows.filter(requirement__code=requirement)
    return rows.order_by("submitted_on", "id")


def reviewed(office: Office) -> QuerySet[Submission]:
    """The hand-ins that were reviewed here (not by sheet), newest verdict first."""
    rows = Submission.objects.filter(office=office, reviewed_at__isnull=False).exclude(review=Submission.Review.PENDING)
    return rows.select_related("requirement", "reviewed_by").order_by("-reviewed_at", "-id")


def to_approve(office: Office) -> QuerySet[DutyExemption]:
    """The exemptions that somebody asked for and nobody has decided, earliest first."""
    rows: QuerySet[DutyExemption] = DutyExemption.objects.undecided().filter(requirement__office=office)  # type: ignore[assignment]
    return rows.select_related("requirement", "unit", "granted_by").order_by("granted_at", "id")


def requirements_waiting(office: Office) -> list[tuple[str, str, int]]:
    """The requirements with something to review: code, name, how many; in the order of their codes."""
    counted = to_review(office).order_by().values_list("requirement__code", "requirement__name")
    return list(counted.annotate(number=Count("pk")).order_by("requirement__code"))


def furnished(records: Iterable[Submission], office: Office) -> list[Waiting]:
    """The records of a page with what their lines need; a few queries for all of them."""
    listed = list(records)
    directory = Unit.objects.filter(office=office).directory()
    newest = dict(
        HandIn.objects.filter(submission__in=listed).values_list("submission").annotate(newest=Max("pk")).order_by()
    )
    versions = HandIn.objects.select_related("handed_in_by").prefetch_related("files").in_bulk(newest.values())
    asked = {record.requirement_id for record in listed}
    granted = DutyExtension.objects.in_force().filter(requirement__in=asked)
    extended = {
        (requirement_id, term, unit_id): due_on
        for requirement_id, term, unit_id, due_on in granted.values_list(  # type: ignore[misc]
            "requirement", "term", "unit", "due_on"
        )
    }
    return [_waiting(record, directory, extended, versions.get(newest.get(record.pk, 0))) for record in listed]


def _waiting(
    record: Submission,
    directory: Directory,
    extended: dict[tuple[int, str, int], date],
    version: HandIn | None,
) -> Waiting:
    term = Term.of_record(record.requirement, record.term)
    owner = directory.heir(record.unit_id, term.due_on) or directory.entry(record.unit_id, record.submitted_on)
    due_on = extended.get((record.requirement_id, record.term, owner.unit_id), term.due_on)
    return Waiting(record, owner, term, due_on, version)


def neighbours(office: Office, pk: int, requirement: str = "") -> tuple[int | None, int | None, int, int]:
    """What stands before and after a hand-in in the queue, its place counted from 1 (0: not in it), and how many wait."""
    waiting = list(to_review(office, requirement).values_list("pk", flat=True)[:COUNT_CAP])
    if pk not in waiting:
        return None, (waiting[0] if waiting else None), 0, len(waiting)
    at = waiting.index(pk)
    before = waiting[at - 1] if at else None
    after = waiting[at + 1] if at + 1 < len(waiting) else None
    return before, after, at + 1, len(waiting)
