"""部门信箱: letters received, by unit, and whether they were answered in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from disclosures.models import MailboxCase
from disclosures.workdays import WorkingCalendar
from lanshan_portal.periods import Period
from reports.figures.answers import AnswerFigures, case_of, count_answers
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
    return count_each(office, {period: as_of}, calendar=calendar, directory=directory)[period]


def count_each(
    office: Office, as_of: Mapping[Period, date], *, calendar: WorkingCalendar, directory: Directory
) -> dict[Period, MailboxFigures]:
    """Count those received in each period, with their answers as known at the end of the day given for it, in the
    queries of one."""
    received = list(MailboxCase.objects.received_in(office, Period.around(as_of)).with_limits())
    return {
        period: _figures(period, day, [each for each in received if each.received_on in period], calendar, directory)
        for period, day in as_of.items()
    }


def _figures(
    period: Period, as_of: date, letters: Sequence[MailboxCase], calendar: WorkingCalendar, directory: Directory
) -> MailboxFigures:
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
            (case_of(letter.unit_id, letter.due(calendar), letter.answered_on, as_of) for letter in letters),
            period=period,
            as_of=as_of,
            rows=rows,
            directory=directory,
        ),
    )
