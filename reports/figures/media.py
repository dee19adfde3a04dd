"""政务新媒体: what the check rounds found, by platform, and whether it was put right in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from disclosures.compliance import Rectification, rectification
from disclosures.models import MediaAccount, MediaCheck, Platform
from lanshan_portal.periods import Period
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit, Share, UnitShare, by_count_then_order
from units.directory import Directory
from units.models import Office

STALE = MediaCheck.Problem.STALE


@dataclass(frozen=True)
class UnitMedia:
    """What the checks of a window found at one unit's accounts, and how much of it was not put right in time.

    `waiting` of the late ones are still not put right.
    """

    unit: NamedUnit
    checked: int
    found: int
    late: int
    pending: int
    rows: RowQuery
    waiting: int = 0
    stale: int = 0


@dataclass(frozen=True)
class MediaFigures:
    """The rounds held in a window, the accounts that had fallen silent (超期更新) by platform, other problems by type,
    and the findings that were not put right by their limit, or not yet, by `as_of`."""

    period: Period
    as_of: date
    rounds: Figure
    stale: Figure
    stale_by_platform: tuple[Share, ...]
    other_problems: tuple[Share, ...]
    found: Figure
    unrectified: Figure
    unrectified_by_unit: tuple[UnitShare, ...]
    pending: Figure
    by_unit: tuple[UnitMedia, ...] = ()
    """Every unit whose accounts were checked, for screens."""
    with_accounts: frozenset[int] = frozenset()
    """The units that have an account, or had one in the window: only they can be told not to have been checked."""

    @property
    def all_rectified(self) -> bool:
        """Whether every finding was put right, and within its limit."""
        return not self.unrectified and not self.pending


def count(office: Office, period: Period, *, as_of: date, directory: Directory) -> MediaFigures:
    """Count the checks of the window `period`; the window is the figure's own, not the notice's month."""
    return count_each(office, [(period, as_of)], directory=directory)[period, as_of]


def count_each(
    office: Office, windows: Iterable[tuple[Period, date]], *, directory: Directory
) -> dict[tuple[Period, date], MediaFigures]:
    """Count the checks of each window as known on its day, in the queries of one; windows may overlap."""
    windows = list(windows)
    seen = MediaCheck.objects.checked_in(office, Period.around(window for window, _ in windows))
    checks = list(seen.annotate(platform=F("account__platform")).order_by("checked_on", "id"))
    platforms = list(Platform.objects.filter(office=office))
    accounts = list(
        MediaAccount.objects.filter(office=office)
        .exclude(state=MediaAccount.State.SUSPENDED)
        .exclude(state=MediaAccount.State.CLOSED, closed_on=None)
        .order_by()
        .values_list("unit_id", "opened_on", "closed_on")
    )
    return {
        (window, as_of): _figures(
            window,
            as_of,
            [check for check in checks if check.checked_on in window and check.checked_on <= as_of],
            platforms,
            frozenset(
                unit_id
                for unit_id, opened_on, closed_on in accounts
                if (opened_on is None or opened_on < window.end) and (closed_on is None or closed_on > window.start)
            ),
            directory,
        )
        for window, as_of in windows
    }


def _figures(
    period: Period,
    as_of: date,
    checks: list[MediaCheck],
    all_platforms: Sequence[Platform],
    with_accounts: frozenset[int],
    directory: Directory,
) -> MediaFigures:
    last = min(period.last, as_of)
    found = [check for check in checks if check.problem]
    stale = [check for check in found if check.problem == STALE]
    rows = RowQuery("media_checks", (("from", period.start.isoformat()), ("to", last.isoformat())))
    problem_rows = rows.narrowed(found="yes")
    states = {check.pk: rectification(check.rectified_on, check.rectify_by, as_of) for check in found}
    platforms = Counter(check.platform for check in stale)  # type: ignore[attr-defined]
    others = Counter(check.problem for check in found if check.problem != STALE)
    late_units = Counter(check.unit_id for check in found if states[check.pk] is Rectification.LATE)

    def figure(key: str, value: int, meaning: str, query: RowQuery) -> Figure:
        return Figure(f"media.{key}", value, period, query, meaning, cut_off=as_of)

    late_rows = problem_rows.narrowed(rectified="late", as_of=as_of.isoformat())
    late_by_unit = []
    for unit_id, number in late_units.items():
        unit = NamedUnit.of(directory.entry(unit_id, period.last))
        late_by_unit.append(
            UnitShare(
                unit,
                figure(
                    f"unrectified_by_unit.{unit.code}",
                    number,
                    f"{unit.name}未按期整改次数",
                    late_rows.narrowed(unit=unit.code),
                ),
            )
        )
    return MediaFigures(
        period=period,
        as_of=as_of,
        rounds=Figure(
            "media.rounds",
            len({check.round for check in checks}),
            period,
            RowQuery("media_rounds", rows.filters),
            "组织新媒体检查次数",
            cut_off=as_of,
        ),
        stale=figure("stale", len(stale), "超期更新次数", rows.narrowed(problem=STALE)),
        stale_by_platform=tuple(
            Share(
                platform.said,
                figure(
                    f"stale_by_platform.{platform.name}",
                    platforms[platform.pk],
                    f"{platform.name}超期更新次数",
                    rows.narrowed(problem=STALE, platform=platform.name),
                ),
            )
            for platform in all_platforms
            if platforms[platform.pk]
        ),
        other_problems=tuple(
            Share(
                problem.label,
                figure(
                    f"problems.{problem.value}", others[problem], f"{problem.label}次数", rows.narrowed(problem=problem)
                ),
            )
            for problem in MediaCheck.Problem
            if others[problem]
        ),
        found=figure("found", len(found), "检查发现问题次数", problem_rows),
        unrectified=figure("unrectified", sum(late_units.values()), "未在规定时间内整改完成次数", late_rows),
        unrectified_by_unit=by_count_then_order(late_by_unit),
        pending=figure(
            "pending",
            sum(state is Rectification.PENDING for state in states.values()),
            "尚在整改期限内次数",
            problem_rows.narrowed(rectified="pending", as_of=as_of.isoformat()),
        ),
        by_unit=tuple(_unit_media(checks, states, period, as_of, rows, directory)),
        with_accounts=with_accounts,
    )


def _unit_media(
    checks: list[MediaCheck],
    states: dict[int, Rectification],
    period: Period,
    as_of: date,
    rows: RowQuery,
    directory: Directory,
) -> Iterable[UnitMedia]:
    waiting = Counter(
        check.unit_id
        for check in checks
        if states.get(check.pk) is Rectification.LATE and (check.rectified_on is None or check.rectified_on > as_of)
    )
    checked = Counter(check.unit_id for check in checks)
    stale = Counter(check.unit_id for check in checks if check.problem == STALE)
    by_state = Counter((check.unit_id, states[check.pk]) for check in checks if check.problem)
    for unit_id, number in checked.items():
        unit = NamedUnit.of(directory.entry(unit_id, period.last))
        yield UnitMedia(
            unit=unit,
            checked=number,
            found=sum(by_state[unit_id, state] for state in Rectification),
            late=by_state[unit_id, Rectification.LATE],
            pending=by_state[unit_id, Rectification.PENDING],
            rows=rows.narrowed(unit=unit.code),
            waiting=waiting[unit_id],
            stale=stale[unit_id],
        )
