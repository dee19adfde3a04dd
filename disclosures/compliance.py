"""Who has done what was asked: for each unit of a requirement's term, done in time, late, missing. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lanshan_portal.periods import Period


class Standing(StrEnum):
    """How a unit stands towards a requirement on a day; late and missing are different facts."""

    DONE = "done"
    LATE = "late"
    MISSING = "missing"
    AWAITED = "awaited"
    """Not handed in, and not yet due."""


@dataclass(frozen=True)
class HandIn:
    """A submission as compliance sees it: who, when, and whether the review returned it."""

    unit_id: int
    submitted_on: date
    returned: bool = False


def due_in(due_on: date, term: Period) -> date:
    """The due date of a monthly requirement in the month `term`: the same day of the month, or its last day."""
    last = calendar.monthrange(term.start.year, term.start.month)[1]
    return term.start.replace(day=min(due_on.day, last))


def standings(*, unit_ids: Iterable[int], hand_ins: Iterable[HandIn], due_on: date, as_of: date) -> dict[int, Standing]:
    """How each unit stands at the end of `as_of`, in the order given.

    The first hand-in that was not returned counts, on the day it came in; what came after `as_of` is not known yet.
    """
    first: dict[int, date] = {}
    for hand_in in hand_ins:
        if hand_in.returned or hand_in.submitted_on > as_of:
            continue
        day = first.get(hand_in.unit_id)
        if day is None or hand_in.submitted_on < day:
            first[hand_in.unit_id] = hand_in.submitted_on
    return {unit_id: _standing(first.get(unit_id), due_on, as_of) for unit_id in unit_ids}


def _standing(handed_in: date | None, due_on: date, as_of: date) -> Standing:
    if handed_in is None:
        return Standing.MISSING if due_on <= as_of else Standing.AWAITED
    return Standing.DONE if handed_in <= due_on else Standing.LATE


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
