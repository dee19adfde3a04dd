"""How a case that must be answered in time stands on a day. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from disclosures.clocks import DueDate


class AnswerState(StrEnum):
    """How a case stands on the day of counting; the states exclude each other and cover every case."""

    ON_TIME = "on_time"
    LATE = "late"
    """Answered after its due date, or unanswered when it had passed."""
    OPEN = "open"
    """Unanswered with time left, or its clock stands still."""


def answer_state(due: DueDate | None, answered_on: date | None, as_of: date) -> AnswerState:
    """How a case with that due date stands at the end of `as_of`; an answer after that day is not known yet."""
    answered = answered_on is not None and answered_on <= as_of
    if due is None:
        return AnswerState.ON_TIME if answered else AnswerState.OPEN
    if answered:
        return AnswerState.ON_TIME if due.met_by(answered_on) else AnswerState.LATE
    return AnswerState.LATE if due.day < as_of else AnswerState.OPEN
