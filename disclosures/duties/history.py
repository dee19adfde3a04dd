"""What was brought for a unit's duty, version by version, and every step that was taken about it, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from disclosures.duties.duty import Duty, Term
from disclosures.models import DutyEvent, HandIn, Submission
from units.models import Office, Unit, User

Kind = DutyEvent.Kind
LOOKS = {
    Kind.ACCEPTED: "good",
    Kind.EXEMPTED: "good",
    Kind.RETURNED: "bad",
    Kind.REMINDED: "warning",
    Kind.EXEMPTION_ASKED: "warning",
}


@dataclass(frozen=True)
class Step:
    """One line of the history: what happened, more words, when, by whom, and how it looks."""

    what: str
    words: str
    on: date
    at: datetime | None = None
    by: User | None = None
    look: str = ""
    hand_in: HandIn | None = None


@dataclass(frozen=True)
class History:
    """The versions and the steps of a duty, newest first."""

    versions: tuple[HandIn, ...]
    steps: tuple[Step, ...]

    @property
    def newest(self) -> HandIn | None:
        """The newest version that was not withdrawn."""
        return next((version for version in self.versions if version.withdrawn_at is None), None)

    @property
    def holds_again(self) -> str:
        """What stands for the unit once the newest version is taken back, as `hand_ins.withdraw` leaves it: 第1版, a
        sheet's record, or nothing."""
        newest, record = self.newest, self.newest.submission if self.newest else None
        if newest is None or record is None:
            return ""
        earlier = next((each for each in self.versions if each.submission_id == record.pk and each is not newest), None)
        if earlier and (record.reviewed_at is None or earlier.handed_in_at > record.reviewed_at):
            return f"第{earlier.number}版"
        return "表格导入的材料" if record.batch_id and not record.review_words else ""

    @property
    def replaced(self) -> frozenset[int]:
        """The versions (by id) whose record a later one stands for."""
        standing = [version for version in self.versions if version.submission_id is not None]
        newest = {version.submission_id: version.pk for version in reversed(standing)}
        return frozenset(version.pk for version in standing if newest[version.submission_id] != version.pk)


def history_of(term: Term, duty: Duty, office: Office) -> History:
    """Everything about a unit's duty; what a unit that went into it had brought belongs to it."""
    answered = Unit.objects.filter(office=office).directory().answered_for(duty.unit.unit_id, term.due_on)
    mine = {"requirement": term.requirement, "term": term.code, "unit__in": answered or (duty.unit.unit_id,)}
    versions = (
        HandIn.objects.filter(**mine)
        .select_related("handed_in_by", "submission")
        .prefetch_related("files")
        .order_by("-handed_in_at", "-number")
    )
    events = DutyEvent.objects.filter(**mine).select_related("by", "hand_in").order_by("-at", "-id")
    found = tuple(versions)
    steps = [
        *(_step(event) for event in events),
        *_by_sheet(duty, found),
    ]
    if term.requirement.assigned_on:
        steps.append(Step("布置任务", term.requirement.basis, term.requirement.assigned_on))
    return History(found, tuple(sorted(steps, key=_when, reverse=True)))


def _step(event: DutyEvent) -> Step:
    kind = Kind(event.kind)
    return Step(
        kind.label,
        event.words,
        timezone.localdate(event.at),
        event.at,
        event.by,
        LOOKS.get(kind, ""),
        event.hand_in if kind is Kind.HANDED_IN else None,
    )


def _by_sheet(duty: Duty, versions: tuple[HandIn, ...]) -> Iterator[Step]:
    """Hand-ins that came by sheet alone have no steps of their own: the record tells of them."""
    recorded = {version.submission_id for version in versions}
    for record in duty.submissions:
        if record.pk in recorded:
            continue
        verdict = "" if record.review == Submission.Review.PENDING or record.reviewed_at else f"，{record.review}"
        yield Step("报送材料（表格导入）", f"{record.title or '未填材料名称'}{verdict}", record.submitted_on)


def _when(step: Step) -> tuple[date, float]:
    """By day, and within the day by time; what has no time of day came first."""
    return step.on, step.at.timestamp() if step.at else 0.0
