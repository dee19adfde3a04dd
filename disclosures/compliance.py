"""Who has done what was asked: for each unit of a requirement's term, done in time, late, missing, exempt. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lanshan_portal.periods import Period


class Standing(StrEnum):
    """How a unit stands towards a requirement on a day; late, missing and exempt are different facts."""

    DONE = "done"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "awaited"
    """Not handed in, and not yet due."""
    EXEMPT = "exempt"
    """Not asked, for a reason that was approved; counted neither as done nor as missing."""


@dataclass(frozen=True)
class Arrival:
    """A hand-in as compliance sees it: whose, when it came, and whether the review returned it."""

    unit_id: int
    on: date
    returned: bool = False


def due_in(due_on: date, term: Period) -> date:
    """The due date of a monthly requirement in the month `term`: the same day of the month, or its last day."""
    last = calendar.monthrange(term.start.year, term.start.month)[1]
    return term.start.replace(day=min(due_on.day, last))


NOBODY: Mapping[int, date] = {}


def standings(
    *,
    unit_ids: Iterable[int],
    arrivals: Iterable[Arrival],
    due_on: date,
    as_of: date,
    extended: Mapping[int, date] = NOBODY,
    exempt: Collection[int] = (),
) -> dict[int, Standing]:
    """How each unit stands at the end of `as_of`, in the order given.

    The first arrival that was not returned counts, on the day it came; what came after `as_of` is not known yet. `extended`
    gives the later day of those that have one, `exempt` those that are not asked.
    """
    first: dict[int, date] = {}
    for arrival in arrivals:
        if arrival.returned or arrival.on > as_of:
            continue
        day = first.get(arrival.unit_id)
        if day is None or arrival.on < day:
            first[arrival.unit_id] = arrival.on
    return {
        unit_id: Standing.EXEMPT
        if unit_id in exempt
        else _standing(first.get(unit_id), extended.get(unit_id, due_on), as_of)
        for unit_id in unit_ids
    }


def _standing(handed_in: date | None, due_on: date, as_of: date) -> Standing:
    if handed_in is None:
        return Standing.MISSING if due_on <= as_of else Standing.AWAITED
    return Standing.DONE if handed_in <= due_on else Standing.LATE


def locked_from(due_on: date, lock_after_days: int | None) -> date | None:
    """The first day on which nothing is taken any more; None where what is late is always taken."""
    return None if lock_after_days is None else due_on + timedelta(days=lock_after_days + 1)


class Rectification(StrEnum):
    """Whether a problem a check found was put right."""

    IN_TIME = "in_time"
    LATE = "late"
    """Put right too late, or not at all when the limit had passed."""
    PENDING = "pending"


def rectification(rectified_on: date | None, rectify_by: date | None, as_of: date) -> Rectification:
    """How a finding stands at the end of `as_of`; without a limit, that day is the limit."""
    done = rectified_on if rectified_on and rectified_on <= as_of else None
    limit = rectify_by or as_of
    if done:
        return Rectification.IN_TIME if done <= limit else Rectification.LATE
    return Rectification.LATE if limit <= as_of else Rectification.PENDING


def days_overdue(last_updated_on: date | None, checked_on: date, freshness_days: int) -> int:
    """How many days an account was silent on the day of the check, where that is longer than its platform allows; else 0."""
    silent = (checked_on - last_updated_on).days if last_updated_on else 0
    return silent if silent > freshness_days else 0
