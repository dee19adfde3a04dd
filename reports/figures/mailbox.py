"""部门信箱: letters received, by unit, and whether they were answered in time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from disclosures.answering import answer_state
from disclosures.models import MailboxCase
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports.figures.answers import AnsweredCase, AnswerFigures, count_answers
from reports.figures.figure import Figure, RowQuery
from reports.figures.shares import NamedUnit, UnitShare, by_count_then_order
from units.directory import Directory
from units.models import Office


@dataclass(frozen=True)
class MailboxFigures:
    """The letters of a period: total, by unit (most first), answers."""

    period: Period
    total: Figure
    by_unit: tuple[UnitShare, ...]
    answers: AnswerFigures


def count(
    office: Office, period: Period, *, as_of: date, calendar: WorkingCalendar, directory: Directory
) -> MailboxFigures:
    """Count the letters received in `period`, with their answers as known at the end of `as_of`."""
    letters = list(MailboxCase.objects.received_in(office, period).with_limits())
    rows = RowQuery("mailbox_cases", (("from", period.start.isoformat()), ("to", period.last.isoformat())))
    shares = []
    for unit_id, number in Counter(letter.unit_id for letter in letters).items():
        unit = NamedUnit.of(directory.entry(unit_id, period.last))
        shares.append(
            UnitShare(
                unit,
                Figure(
                    f"mailbox.by_unit.{unit.code}",
                    number,
                    period,
                    rows.narrowed(unit=unit.code),
                    f"{unit.name}收到信箱件数",
                ),
            )
        )
    return MailboxFigures(
        period=period,
        total=Figure("mailbox.total", len(letters), period, rows, "收到信箱件数"),
        by_unit=by_count_then_order(shares),
        answers=count_answers(
            "mailbox",
            (
                AnsweredCase(letter.unit_id, answer_state(letter.due(calendar), letter.answered_on, as_of))
                for letter in letters
            ),
            period=period,
            as_of=as_of,
            rows=rows,
            directory=directory,
        ),
    )
