"""The month of who belongs to a unit: what is due, what the notice would say of the unit today, how each thing stands."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from disclosures.month_in_view import month_switch
from reports.cells import ON_THAT_DAY, ON_THE_DAY, Cell, time_left
from reports.events import about_units
from reports.matrix_rows import unit_address
from reports.mending import HandedIn, Mending, handed_in_since, mending, open_first, told_since
from reports.models import ConsultedUnit
from reports.naming import NamingSentence, part_of, sentences_naming
from reports.overview import UnitRow
from reports.todo import Todo, todo
from reports.views.in_view import InView
from units.roles import Permission

LATELY = timedelta(days=60)
STEPS_SHOWN = 8


def own_month(seen: InView) -> HttpResponseBase:
    """The page."""
    own = set(seen.access.visible_units.values_list("pk", flat=True))
    directory, calendar = seen.prepared.directory, seen.prepared.calendar
    rows = [row for row in seen.month.table.rows if row.unit.unit_id in own]
    context: dict[str, Any] = {
        "period": seen.period,
        "issued_on": seen.issued_on,
        "issued_today": seen.issued_today,
        "month_switch": month_switch(seen.request, seen.period, lambda month: reverse("overview", args=[month])),
        "rows": rows,
        "several": len(rows) > 1,
        "consultations": ConsultedUnit.objects.awaited(seen.office, timezone.localdate())
        .filter(unit__in=own)
        .select_related("consultation__draft"),
        "may_hand_in": seen.access.may(Permission.HAND_IN),
    }
    if rows:
        # What was handed in and each step are shown as they happened, whatever day the page reckons from.
        now = timezone.now()
        open_now = todo(seen.office, own, seen.issued_on, directory, calendar, now=timezone.localdate(now))
        since = handed_in_since(own, seen.issued_on)
        context |= {
            "todo": open_now,
            "returned": [each for each in open_now if each.returned],
            "lead": _lead(open_now, seen),
            "named": [_told(sentence, seen, rows, since) for sentence in sentences_naming(seen.prepared.notice, own)],
            "units": [_unit(row, seen, since) for row in rows],
            "steps": about_units(seen.office, own, directory, since=now - LATELY, limit=STEPS_SHOWN),
        }
    return render(seen.request, "reports/own_month.html", context)


def _lead(open_now: list[Todo], seen: InView) -> dict[str, Any]:
    """The one sentence: what is late, else what comes next, else that there is nothing."""
    open_now = [each for each in open_now if each.look != "review"]
    late = [each for each in open_now if each.look == "behind"]
    dated = [each for each in open_now if each.due_on and each.due_on >= seen.issued_on]
    following = dated[0] if dated else None
    said = ""
    if following and following.due_on:
        last_day = ON_THE_DAY if seen.issued_today else ON_THAT_DAY
        _, _, said = time_left(following.due_on, seen.issued_on, seen.prepared.calendar, last_day=last_day)
    look = "bad" if late else "soon" if any(each.look == "soon" for each in open_now) else ""
    return {"late": late, "next": following, "said": said, "look": look, "open": len(open_now)}


def _told(sentence: NamingSentence, seen: InView, rows: Collection[UnitRow], since: HandedIn) -> dict[str, Any]:
    """A sentence of the notice, the part it stands in, and what can be done about it."""
    ids = {row.unit.code: row.unit.unit_id for row in rows}
    mended: list[Mending] = open_first(
        mending(query, seen.prepared.figures, ids[dict(query.filters)["unit"]], since) for query in sentence.queries
    )
    return {
        "sentence": sentence,
        "part": part_of(seen.prepared.notice, sentence.section),
        "mendings": mended,
        "over": not any(each.verb for each in mended),
    }


def _unit(row: UnitRow, seen: InView, since: HandedIn) -> dict[str, Any]:
    """One unit's cells: what was asked of it, and the others."""
    address = unit_address(seen.period)(row.unit.code)
    cells = [(column, cell, f"{address}?cell={column.key}") for column, cell in seen.month.table.cells(row)]
    tasks = [(column, cell, _since(cell, since)) for column, cell, _ in cells if column.is_duty and cell.query]
    return {
        "row": row,
        "address": address,
        "tasks": tasks,
        "others": [each for each in cells if not each[0].is_duty],
        "known": bool(seen.prepared.figures.published.total),
    }


def _since(cell: Cell, since: HandedIn) -> str:
    """What came of a task after the day the page reckons from, or nothing."""
    given = dict(cell.query.filters) if cell.query else {}
    later = since.get((given.get("requirement", ""), given.get("term", "")))
    return told_since(later) if later else ""
