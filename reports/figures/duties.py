"""工作任务: for each requirement the notice tells of, which units have done it, which are late, which have not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from disclosures.compliance import Standing, due_in
from disclosures.duties import Duty, Term, duties_of, terms_of
from disclosures.models import Requirement
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
    of_everybody: bool
    """Whether every unit was asked, not a group or listed ones."""
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
    """Every unit in the requirement's scope, the exempt ones too, with how it stands, in official order."""

    @property
    def all_done(self) -> bool:
        """Whether somebody was asked and everybody has handed it in by the cut-off: only then may the notice say 均已."""
        return bool(self.asked) and self.done.value + self.late_count.value == self.asked.value

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


def tells_of(requirement: Requirement, period: Period, *, issued_on: date) -> bool:
    """Whether the notice of `period`, issued on `issued_on`, tells of a requirement asked once.

    One that a notice set is told of by the next notice if it was due when that was issued, otherwise by the first after
    it. One that no notice set is told of by the notice in whose period it falls due.
    """
    if not requirement.source_month:
        return requirement.due_on in period
    following = Period.parse(requirement.source_month).next()
    if requirement.due_on > issued_on or following.start >= period.end:
        return False
    return following.start in period or requirement.due_on >= period.start


def perhaps_told_before(requirement: Requirement, period: Period, *, issued_on: date) -> bool:
    """Whether the notice before may have told of it: it was due by the same day of the month before this issue."""
    following = Period.parse(requirement.source_month).next() if requirement.source_month else period
    last_issued_on = due_in(issued_on, Period.month_of(issued_on).previous())
    return following.start not in period and requirement.due_on <= last_issued_on


def count(
    office: Office, period: Period, *, issued_on: date, placement: str, directory: Directory
) -> tuple[DutyFigures, ...]:
    """Figures of every requirement of `placement` that the notice of `period` tells of, in the order of their codes."""
    terms: list[Term] = []
    for requirement in Requirement.objects.for_notice(office, period, placement, issued_on):
        if requirement.recurrence == Requirement.Recurrence.MONTHLY:
            terms += terms_of(requirement, period.start, period.last)
        elif tells_of(requirement, period, issued_on=issued_on):
            terms.append(Term(requirement, None))
    counted = duties_of({term: _cut_off(term, issued_on) for term in terms}, office, directory)
    figures = [_figures(term, _cut_off(term, issued_on), duties) for term, duties in counted.items()]
    return tuple(
        each
        for term, each in zip(counted, figures, strict=True)
        if each.missing or not perhaps_told_before(term.requirement, period, issued_on=issued_on)
    )


def _cut_off(term: Term, issued_on: date) -> date:
    """统计截止日期 where one is given that is not before the due date, but never after the day of issue."""
    given = term.requirement.counted_until
    return min(given, issued_on) if given and given >= term.due_on else issued_on


def _figures(term: Term, as_of: date, duties: list[Duty]) -> DutyFigures:
    requirement, month, due_on = term.requirement, term.month, term.due_on
    named = {
        standing: tuple(NamedUnit.of(duty.unit) for duty in duties if duty.standing is standing)
        for standing in Standing
    }
    rows = RowQuery(
        "duties",
        (("requirement", requirement.code), *((("term", term.code),) if month else ()), ("as_of", as_of.isoformat())),
    )
    counted = month or Period.window(due_on, max(due_on, as_of))

    def figure(key: str, value: int, meaning: str, **filters: str) -> Figure:
        name = f"duties.{requirement.code}{f'.{term.code}' if month else ''}.{key}"
        return Figure(name, value, counted, rows.narrowed(**filters), f"{requirement.name}：{meaning}", cut_off=as_of)

    missing, late = named[Standing.MISSING], named[Standing.LATE]
    return DutyFigures(
        code=requirement.code,
        name=requirement.name,
        action=requirement.action,
        placement=requirement.placement,
        problem_title=requirement.problem_title,
        problem_text=requirement.problem_text,
        monthly=month is not None,
        of_everybody=requirement.scope == Requirement.Scope.ALL,
        source=Period.parse(requirement.source_month) if requirement.source_month else None,
        term=month,
        due_on=due_on,
        as_of=as_of,
        asked=figure("asked", len(duties) - len(named[Standing.EXEMPT]), "应报单位数"),
        done=figure("done", len(named[Standing.DONE]), "按时完成单位数", standing=Standing.DONE),
        missing=missing,
        missing_count=figure("missing", len(missing), "未完成单位数", standing=Standing.MISSING),
        late=late,
        late_count=figure("late", len(late), "逾期完成单位数", standing=Standing.LATE),
        behind_count=figure("behind", len(missing) + len(late), "未按时完成单位数", standing="behind"),
        standings=tuple((NamedUnit.of(duty.unit), duty.standing) for duty in duties),
    )
