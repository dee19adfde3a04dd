"""工作任务: for each requirement the notice tells of, which units have done it, which are late, which have not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from disclosures.compliance import HandIn, Standing, due_in, standings
from disclosures.models import Requirement, Submission
from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit
from units.directory import Directory
from units.models import Office


@dataclass(frozen=True)
class DutyFigures:
    """One requirement's term as the notice tells it: who was asked, who has done it, who is late, who has not.

    `missing` had not handed it in at the end of `as_of`; `late` had, after the due date. Both in official order.
    """

    code: str
    name: str
    action: str
    placement: str
    problem_title: str
    problem_text: str
    monthly: bool
    source: Period | None
    """The period of the notice that set it, where one did."""
    term: Period | None
    """The month of a monthly requirement."""
    due_on: date
    as_of: date
    asked: Figure
    done: Figure
    missing: tuple[NamedUnit, ...]
    missing_count: Figure
    late: tuple[NamedUnit, ...]
    late_count: Figure
    behind_count: Figure
    standings: tuple[tuple[NamedUnit, Standing], ...] = ()
    """Every unit asked, with how it stands, in official order."""

    @property
    def behind(self) -> tuple[NamedUnit, ...]:
        """The units late or missing, in official order: those who did not do it in time."""
        return tuple(sorted({*self.late, *self.missing}, key=lambda unit: (unit.position, unit.unit_id)))

    @property
    def named(self) -> tuple[NamedUnit, ...]:
        """The units the notice names for it, in official order; the screen counts the same ones.

        What was to be done once is told of those who still had not; only where all had, of those who were late. What is
        to be done monthly is told of both, and what the last notice asked of the missing alone.
        """
        return {"behind": self.behind, "missing": self.missing, "late": self.late}[self._told_of]

    @property
    def named_count(self) -> Figure:
        """How many units the notice names for it."""
        return {"behind": self.behind_count, "missing": self.missing_count, "late": self.late_count}[self._told_of]

    @property
    def _told_of(self) -> str:
        if self.placement == Requirement.Placement.FOLLOW_UP:
            return "missing"
        if self.monthly:
            return "behind"
        return "missing" if self.missing else "late"


def tells_of(requirement: Requirement, period: Period, *, issued_on: date, last_issued_on: date) -> bool:
    """Whether the notice of `period`, issued on `issued_on`, tells of a requirement asked once.

    One that an earlier notice set is told of by the next notice if it was due by then, else by the notice in whose
    period it falls due, unless the last notice, issued on `last_issued_on`, could tell of it already. Any other is told
    of by the notice in whose period it falls due.
    """
    if not requirement.source_month:
        return requirement.due_on in period
    following = Period.parse(requirement.source_month).next()
    if following.start in period:
        return requirement.due_on <= issued_on
    return following.end <= period.start and requirement.due_on in period and requirement.due_on > last_issued_on


def a_month_before(day: date) -> date:
    """The same day of the month before, or its last: when the last notice will have been issued."""
    return due_in(day, Period.month_of(day).previous())


def count(
    office: Office, period: Period, *, issued_on: date, placement: str, directory: Directory
) -> tuple[DutyFigures, ...]:
    """Figures of every requirement of `placement` that the notice of `period` tells of, in order of due date."""
    candidates = Requirement.objects.for_notice(office, period, placement)
    last_issued_on = a_month_before(issued_on)
    terms: list[tuple[Requirement, Period | None]] = []
    for requirement in candidates:
        if requirement.recurrence == Requirement.Recurrence.MONTHLY:
            first = Period.month_of(requirement.assigned_on or requirement.due_on)
            terms += [(requirement, month) for month in period.months() if month.start >= first.start]
        elif tells_of(requirement, period, issued_on=issued_on, last_issued_on=last_issued_on):
            terms.append((requirement, None))
    hand_ins = _hand_ins([requirement for requirement, _ in terms])
    return tuple(_duty(requirement, term, issued_on, hand_ins, directory) for requirement, term in terms)


def _hand_ins(requirements: Iterable[Requirement]) -> dict[tuple[int, str], list[HandIn]]:
    found: dict[tuple[int, str], list[HandIn]] = defaultdict(list)
    rows = Submission.objects.filter(requirement__in=list(requirements)).order_by("submitted_on", "id")
    for requirement_id, term, unit_id, day, review in rows.values_list(
        "requirement_id", "term", "unit_id", "submitted_on", "review"
    ):
        found[requirement_id, term].append(HandIn(unit_id, day, returned=review == Submission.Review.RETURNED))
    return found


def _duty(
    requirement: Requirement,
    term: Period | None,
    issued_on: date,
    hand_ins: dict[tuple[int, str], list[HandIn]],
    directory: Directory,
) -> DutyFigures:
    due_on = due_in(requirement.due_on, term) if term else requirement.due_on
    as_of = (
        requirement.counted_until if requirement.counted_until and requirement.counted_until >= due_on else issued_on
    )
    asked = [unit for unit in directory.at(due_on) if requirement.asks(unit)]
    state = standings(
        unit_ids=[unit.unit_id for unit in asked],
        hand_ins=hand_ins.get((requirement.pk, str(term) if term else ""), []),
        due_on=due_on,
        as_of=as_of,
    )
    named = {
        standing: tuple(NamedUnit.of(unit) for unit in asked if state[unit.unit_id] is standing)
        for standing in Standing
    }
    rows = RowQuery(
        "duties",
        (("requirement", requirement.code), *((("term", str(term)),) if term else ()), ("as_of", as_of.isoformat())),
    )
    counted = term or Period.window(due_on, max(due_on, as_of))

    def figure(key: str, value: int, meaning: str, **filters: str) -> Figure:
        name = f"duties.{requirement.code}{f'.{term}' if term else ''}.{key}"
        return Figure(name, value, counted, rows.narrowed(**filters), f"{requirement.name}：{meaning}", cut_off=as_of)

    missing, late = named[Standing.MISSING], named[Standing.LATE]
    return DutyFigures(
        code=requirement.code,
        name=requirement.name,
        action=requirement.action,
        placement=requirement.placement,
        problem_title=requirement.problem_title,
        problem_text=requirement.problem_text,
        monthly=term is not None,
        source=Period.parse(requirement.source_month) if requirement.source_month else None,
        term=term,
        due_on=due_on,
        as_of=as_of,
        asked=figure("asked", len(asked), "应报单位数"),
        done=figure("done", len(named[Standing.DONE]), "按时完成单位数", standing=Standing.DONE),
        missing=missing,
        missing_count=figure("missing", len(missing), "未完成单位数", standing=Standing.MISSING),
        late=late,
        late_count=figure("late", len(late), "逾期完成单位数", standing=Standing.LATE),
        behind_count=figure("behind", len(missing) + len(late), "未按时完成单位数", standing="behind"),
        standings=tuple((NamedUnit.of(unit), state[unit.unit_id]) for unit in asked),
    )
