"""What somebody who takes over for a unit must know: open duties, accounts on platforms, what went wrong lately."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from disclosures.compliance import Standing
from disclosures.duties.duty import Duty, Term, duties_of, terms_due
from disclosures.models import MediaAccount, MediaCheck
from units.directory import Directory, DirectoryEntry
from units.models import Membership, Office, Unit

BACK = timedelta(days=365)
"""What was not done longer ago than that is past mending."""
AHEAD = timedelta(days=62)
"""Two months of duties ahead: a monthly one appears twice."""
PROBLEMS_SHOWN = 3


@dataclass(frozen=True)
class OpenDuty:
    """A duty that is still to be done: which, by when, and what is special about it."""

    term: Term
    duty: Duty
    as_of: date

    @property
    def days_left(self) -> int:
        """Days from the day of reckoning to the due date."""
        return max(0, (self.duty.due_on - self.as_of).days)

    @property
    def days_over(self) -> int:
        """Days since the due date passed."""
        return max(0, (self.as_of - self.duty.due_on).days)

    @property
    def remarks(self) -> tuple[str, ...]:
        """延期, 已退回, 已报送待审, 已锁定: each where it holds."""
        found = []
        if self.duty.extension:
            found.append(f"已延期（原定{self.term.due_on.month}月{self.term.due_on.day}日）")
        if self.duty.returned:
            found.append("已退回，待重新报送")
        if self.duty.awaits_approval:
            found.append("已申请不适用，待批准")
        if self.duty.locked(self.as_of):
            found.append("已锁定，须先申请延期")
        return tuple(found)


@dataclass(frozen=True)
class PastProblem:
    """Something that was late, missing or found wrong: on which day, what, and what became of it."""

    day: date
    title: str
    words: str


@dataclass(frozen=True)
class HandOver:
    """Everything on the sheet of one unit, as of a day."""

    unit: DirectoryEntry
    as_of: date
    open_duties: tuple[OpenDuty, ...]
    accounts: tuple[MediaAccount, ...]
    problems: tuple[PastProblem, ...]
    handed: Membership | None
    """The newest appointment at the unit that was handed over; it knows its successor."""


def what_to_hand_over(office: Office, unit: Unit, as_of: date, directory: Directory) -> HandOver:
    """The sheet of a unit as things stand at the end of `as_of`."""
    terms = dict.fromkeys(terms_due(office, as_of - BACK, as_of + AHEAD), as_of)
    own = [
        (term, duty)
        for term, duties in duties_of(terms, office, directory).items()
        for duty in duties
        if duty.unit.unit_id == unit.pk
    ]
    handed = (
        Membership.objects.filter(unit=unit, handed_to__isnull=False)
        .select_related("user", "handed_to__user")
        .order_by("-until", "-id")
    )
    return HandOver(
        unit=directory.entry(unit.pk, as_of),
        as_of=as_of,
        open_duties=tuple(
            OpenDuty(term, duty, as_of)
            for term, duty in sorted(own, key=lambda each: each[1].due_on)
            if duty.standing in (Standing.AWAITED, Standing.MISSING)
        ),
        accounts=tuple(MediaAccount.objects.filter(unit=unit).exclude(state="已注销").select_related("platform")),
        problems=_problems(own, unit, as_of),
        handed=handed.first(),
    )


def _problems(own: list[tuple[Term, Duty]], unit: Unit, as_of: date) -> tuple[PastProblem, ...]:
    """The newest few of what was late, missing or found, newest first."""
    found = [*_of_duties(own), *_of_checks(unit, as_of)]
    return tuple(sorted(found, key=lambda problem: problem.day, reverse=True)[:PROBLEMS_SHOWN])


def _of_duties(own: list[tuple[Term, Duty]]) -> Iterator[PastProblem]:
    for term, duty in own:
        if duty.standing is Standing.MISSING:
            yield PastProblem(duty.due_on, term.name, "未完成")
        elif duty.standing is Standing.LATE:
            came = duty.submission.submitted_on if duty.submission else duty.item.published_on if duty.item else None
            late = f"逾期{(came - duty.due_on).days}天完成" if came else "逾期完成"
            yield PastProblem(duty.due_on, term.name, late)


def _of_checks(unit: Unit, as_of: date) -> Iterator[PastProblem]:
    checks = MediaCheck.objects.filter(unit=unit, checked_on__lte=as_of).exclude(problem="")
    for check in checks.select_related("account__platform").order_by("-checked_on", "-id")[:PROBLEMS_SHOWN]:
        mended = check.rectified_on is not None and check.rectified_on <= as_of
        yield PastProblem(
            check.checked_on,
            f"{check.account.platform}“{check.account}”{check.problem}",
            "已整改" if mended else "尚未整改",
        )
