"""工作任务: for each requirement the notice tells of, which units have done it, which are late, which have not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from disclosures.compliance import Standing, due_in
from disclosures.duties.duty import Duty, Term, duties_at, terms_of
from disclosures.models import Requirement
from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit
from units.directory import Directory
from units.models import Office


@dataclass(frozen=True)
class UnitDuty:
    """How one unit stands towards a requirement's term, with what was granted it and what awaits a decision, for screens."""

    unit: NamedUnit
    standing: Standing
    due_on: date
    """With the unit's extension, where it has one."""
    done_on: date | None = None
    """The day of the hand-in that counts, or of the item published instead; of one that is missing at the cut-off, the day
    after it on which it came all the same."""
    published: str = ""
    """The title of the item that made a hand-in unnecessary."""
    returned: bool = False
    awaits_review: bool = False
    awaits_approval: bool = False
    extended_for: str = ""
    """Why it has longer, where it has."""
    exempt_for: str = ""
    """Why it does not apply, or is said not to while that awaits approval."""

    @classmethod
    def of(cls, duty: Duty, now: Duty) -> UnitDuty:
        """The duty as it stood at the cut-off, with what is known of it on the day of issue."""
        came = [now.item.published_on] if now.item else []
        if now.submission and not now.returned:
            came.append(now.submission.submitted_on)
        done_on = min(came, default=None)
        published = now.item.title if now.item and now.item.published_on == done_on else ""
        return cls(
            unit=NamedUnit.of(duty.unit),
            standing=duty.standing,
            due_on=duty.due_on,
            done_on=done_on,
            published=published,
            returned=now.returned and not came,
            awaits_review=now.awaits_review and not published,
            awaits_approval=now.awaits_approval,
            extended_for=duty.extension.reason if duty.extension else "",
            exempt_for=duty.exemption.reason if duty.exemption else "",
        )


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
    units: tuple[UnitDuty, ...] = ()
    """Every unit in the requirement's scope, the exempt ones too, in official order."""

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

    def names_when_late(self, unit: NamedUnit, day: date) -> bool:
        """Whether the notice would still name a unit that is missing if it handed in on `day`, too late."""
        if day > self.as_of:
            return True
        if self.placement == Requirement.Placement.FOLLOW_UP:
            return False
        return self.monthly or set(self.missing) <= {unit}

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


@dataclass(frozen=True)
class TaskFigures:
    """The requirements of one notice: what the last one asked, what is told as a problem, and what falls due in its period
    after the day of issue and is told of then."""

    follow_ups: tuple[DutyFigures, ...]
    problems: tuple[DutyFigures, ...]
    coming: tuple[DutyFigures, ...] = ()


def count(office: Office, period: Period, *, issued_on: date, directory: Directory) -> TaskFigures:
    """Figures of every requirement that concerns the notice of `period`, in the order of their codes."""
    return count_each(office, {period: issued_on}, directory=directory)[period]


def count_each(
    office: Office, issue_dates: Mapping[Period, date], *, directory: Directory
) -> dict[Period, TaskFigures]:
    """The same for each notice, by its period and day of issue, in the queries of one."""
    requirements = list(Requirement.objects.for_notices(office, issue_dates))
    told, coming = {}, {}
    for period, issued_on in issue_dates.items():
        terms = [term for each in requirements for term in _terms_told(each, period, issued_on)]
        told[period] = [(term, _cut_off(term, issued_on)) for term in terms]
        terms = [term for each in requirements for term in _terms_coming(each, period, issued_on)]
        coming[period] = [(term, issued_on) for term in terms]
    counted = {
        (term, as_of, issued_on)
        for period, issued_on in issue_dates.items()
        for term, as_of in (*told[period], *coming[period])
    }
    days = {(term, day) for term, as_of, issued_on in counted for day in (as_of, issued_on)}
    duties = duties_at(sorted(days, key=lambda one: (one[0].requirement.code, one[0].code, one[1])), office, directory)
    figures = {
        (term, as_of, issued_on): _figures(term, as_of, duties[term, as_of], duties[term, issued_on])
        for term, as_of, issued_on in counted
    }

    def placed(period: Period, placement: str) -> tuple[DutyFigures, ...]:
        return tuple(
            each
            for term, as_of in told[period]
            if term.requirement.placement == placement
            and (
                (each := figures[term, as_of, issue_dates[period]]).missing
                or not perhaps_told_before(term.requirement, period, issued_on=issue_dates[period])
            )
        )

    return {
        period: TaskFigures(
            follow_ups=placed(period, Requirement.Placement.FOLLOW_UP),
            problems=placed(period, Requirement.Placement.PROBLEM),
            coming=tuple(figures[term, as_of, issue_dates[period]] for term, as_of in coming[period]),
        )
        for period in issue_dates
    }


def _terms_told(requirement: Requirement, period: Period, issued_on: date) -> list[Term]:
    if requirement.recurrence == Requirement.Recurrence.MONTHLY:
        return terms_of(requirement, period.start, period.last)
    return [Term(requirement, None)] if tells_of(requirement, period, issued_on=issued_on) else []


def _terms_coming(requirement: Requirement, period: Period, issued_on: date) -> list[Term]:
    """Of one asked once and set by a notice: due in the period, but not told of before it is due."""
    if requirement.recurrence == Requirement.Recurrence.MONTHLY or not issued_on < requirement.due_on <= period.last:
        return []
    return [] if tells_of(requirement, period, issued_on=issued_on) else [Term(requirement, None)]


def _cut_off(term: Term, issued_on: date) -> date:
    """统计截止日期 where one is given that is not before the due date, but never after the day of issue."""
    given = term.requirement.counted_until
    return min(given, issued_on) if given and given >= term.due_on else issued_on


def _figures(term: Term, as_of: date, duties: list[Duty], now: list[Duty]) -> DutyFigures:
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
        units=tuple(UnitDuty.of(duty, later) for duty, later in zip(duties, now, strict=True)),
    )
