"""A unit's year: month by month how each thing stood, what came again, what it published, answered, ran and handed in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.utils import timezone

from disclosures.models import Category, MediaAccount, MediaCheck, PublishedItem, Submission
from disclosures.workdays import WorkingCalendar
from lanshan_portal.addresses import duty_address, rows_address
from lanshan_portal.periods import Period
from reports.cell_rows import rows_behind
from reports.cells import Cell, State
from reports.charts.months import MonthChart, MonthColumn
from reports.events import about_units
from reports.figures.figure import RowQuery
from reports.matrix_rows import unit_address
from reports.months import Month, in_a_row, own_ids
from reports.overview import UnitRow
from reports.tables import Table, TableCell, TableRow
from reports.trend import axis_label
from units.directory import Directory
from units.models import Office, Unit, UnitAlias, UnitVersion

COLUMNS_SHOWN, DOCUMENTS_SHOWN, STEPS_SHOWN = 8, 30, 30


@dataclass(frozen=True)
class Again:
    """A problem of this month that was one in the months before: what, and in how many on end."""

    title: str
    months: int
    cell: Cell


@dataclass(frozen=True)
class Line:
    """One subject over the months: what it is, and its cells with where each is shown in full (None: nothing was asked)."""

    title: str
    cells: tuple[tuple[Cell, str] | None, ...]


def unit_year(
    unit: Unit, office: Office, year: Sequence[Month], month: Month, directory: Directory, calendar: WorkingCalendar
) -> dict[str, Any]:
    """Everything the unit's page shows, by the names its template uses."""
    day = month.period.last
    mine = own_ids(unit.pk, directory, day, {entry.unit_id for entry in directory}) | {unit.pk}
    rows = [[row for row in each.table.rows if row.unit.unit_id in mine] for each in year]
    own = month.table.row(unit.pk)
    first = timezone.make_aware(datetime.combine(year[0].period.start, time()))
    return {
        "row": own,
        "cells": list(month.table.cells(own)) if own else [],
        "known": bool(month.figures.published.total),
        "has_data": month.has_data,
        "since": year[0].period.label,
        "again": _again(unit, own, year, month, directory),
        "chart": _chart(year, rows),
        "table": _table(year, rows),
        "months": [axis_label(each.period, first=at == 0) for at, each in enumerate(year)],
        "lines": _lines(year, rows),
        "published": _published(unit, month),
        "lists": _lists(unit, office, month, directory),
        "accounts": _accounts(unit, month.period),
        "documents": _documents(office, mine, year, directory),
        "steps": about_units(office, mine, directory, since=first, limit=STEPS_SHOWN),
        "register": _register(unit, directory),
    }


def _again(unit: Unit, own: UnitRow | None, year: Sequence[Month], month: Month, directory: Directory) -> list[Again]:
    if own is None or month not in year:
        return []
    counts = in_a_row(year, directory)
    return [
        Again(column.title, months, cell)
        for column, cell in month.table.cells(own)
        if cell.is_problem and (months := counts.get((unit.pk, column.subject), 1)) > 1
    ]


def _chart(year: Sequence[Month], rows: Sequence[list[UnitRow]]) -> MonthChart:
    columns = tuple(
        MonthColumn(
            label=axis_label(month.period, first=at == 0),
            parts=(sum(row.published.value for row in own),) if own and month.figures.published.total else None,
            below=sum(row.problems for row in own) if own and month.has_data else None,
            current=at == len(year) - 1,
        )
        for at, (month, own) in enumerate(zip(year, rows, strict=True))
    )
    return MonthChart(columns, ("信息发布",), "本单位月度信息发布量", "条", "问题", "项")


def _table(year: Sequence[Month], rows: Sequence[list[UnitRow]]) -> Table:
    listed = []
    for month, own in zip(year, rows, strict=True):
        if not own:
            cells = (TableCell(None), TableCell(None))
        else:
            codes = ",".join(row.unit.code for row in own)
            query = own[0].published.query
            if len(own) > 1:
                days = tuple(each for each in query.filters if each[0] in ("from", "to"))
                query = RowQuery(query.kind, (*days, ("unit", codes)))
            published = sum(row.published.value for row in own)
            known = bool(month.figures.published.total)
            cells = (
                TableCell.rows(published, query, "发布信息数") if known else TableCell(None),
                TableCell(sum(row.problems for row in own), unit_address(month.period)(own[0].unit.code))
                if month.has_data
                else TableCell(None),
            )
        listed.append(TableRow(month.period.label, cells))
    return Table("本单位月度情况", "近12个月", ("月份", "信息发布（条）", "问题（项）"), tuple(listed))


def _lines(year: Sequence[Month], rows: Sequence[list[UnitRow]]) -> list[Line]:
    """Each subject, the newest first, with its cell of every month; two units that became one stand in one line."""
    titles: dict[str, str] = {}
    cells: list[dict[str, tuple[Cell, str]]] = []
    for month, own in zip(year, rows, strict=True):
        here: dict[str, tuple[Cell, str]] = {}
        for row in own if month.has_data else ():
            address = unit_address(month.period)(row.unit.code)
            for column, cell in month.table.cells(row):
                titles[column.subject] = column.title
                before = here.get(column.subject)
                if before is None or cell.urgency < before[0].urgency:
                    here[column.subject] = (cell, f"{address}?cell={column.key}")
        cells.append(here)
    lines = [Line(title, tuple(here.get(subject) for here in cells)) for subject, title in titles.items()]
    told = [line for line in lines if any(each and each[0].state is not State.NONE for each in line.cells)]
    return sorted(told, key=lambda line: -max(at for at, each in enumerate(line.cells) if each))


def _published(unit: Unit, month: Month) -> dict[str, Any]:
    """This month's items by category and by column, each with its rows."""
    period = month.period
    days = (("from", period.start.isoformat()), ("to", period.last.isoformat()), ("unit", unit.code))
    counted = (
        PublishedItem.objects.filter(unit=unit, published_on__gte=period.start, published_on__lt=period.end)
        .order_by()
        .values_list("category", "column")
        .annotate(items=Count("*"))
    )
    categories: Counter[int] = Counter()
    columns: Counter[str] = Counter()
    for category, column, items in counted:
        categories[category] += items
        columns[column] += items
    names = Category.objects.filter(office=unit.office_id, pk__in=categories)
    most = [each for each in columns.most_common() if each[0]][:COLUMNS_SHOWN]
    rest = sum(columns.values()) - sum(items for _, items in most)
    return {
        "address": rows_address(RowQuery("published_items", days)),
        "categories": [
            (
                each.said,
                categories[each.pk],
                rows_address(RowQuery("published_items", (*days, ("category", each.name)))),
            )
            for each in names
        ],
        "columns": [
            (column, items, rows_address(RowQuery("published_items", (*days, ("column", column)))))
            for column, items in most
        ],
        "rest": rest,
    }


def _lists(unit: Unit, office: Office, month: Month, directory: Directory) -> list[dict[str, Any]]:
    """This month's letters, applications and checks: the first of each, and the list that holds them all."""
    media = month.figures.media.found.query
    window = tuple(each for each in media.filters if each[0] in ("from", "to"))
    days = (("from", month.period.start.isoformat()), ("to", month.period.last.isoformat()))
    found = []
    for kind, title, measure, span in (
        ("mailbox_cases", "部门信箱", "件", days),
        ("applications", "依申请公开", "件", days),
        ("media_checks", "新媒体检查", "次", window),
    ):
        query = RowQuery(kind, (*span, ("unit", unit.code)))
        rows = rows_behind(query, office, directory, month.figures.issued_on)
        found.append({"title": title, "measure": measure, "rows": rows, "address": rows_address(query)})
    return found


def _accounts(unit: Unit, period: Period) -> list[MediaAccount]:
    """The accounts the unit runs, each with when it was last looked at and what was found (`checked_on`, `found`)."""
    newest = MediaCheck.objects.filter(account=OuterRef("pk")).order_by("-checked_on", "-pk")
    return list(
        MediaAccount.objects.filter(unit=unit)
        .select_related("platform")
        .annotate(checked_on=Subquery(newest.values("checked_on")[:1]), found=Subquery(newest.values("problem")[:1]))
    )


def _documents(
    office: Office, mine: Collection[int], year: Sequence[Month], directory: Directory
) -> list[tuple[Submission, str]]:
    """What was handed in over the year, newest first, each with the page of its duty."""
    handed_in = (
        Submission.objects.filter(office=office, unit__in=mine, submitted_on__gte=year[0].period.start)
        .select_related("requirement")
        .order_by("-submitted_on", "-id")[:DOCUMENTS_SHOWN]
    )
    return [
        (
            each,
            duty_address(each.requirement.code, each.term, directory.entry(each.unit_id, each.submitted_on).code),
        )
        for each in handed_in
    ]


def _register(unit: Unit, directory: Directory) -> dict[str, Any]:
    """What the register says: names by their days, aliases, what went into it and what it went into."""
    versions = (
        UnitVersion.objects.filter(unit=unit).select_related("group").order_by(F("valid_from").desc(nulls_last=True))
    )
    gone_in = [
        directory.entry(each.pk, each.dissolved_on).short_name
        for each in Unit.objects.filter(successor=unit)
        if each.dissolved_on
    ]
    successor = (
        directory.entry(unit.successor_id, unit.dissolved_on).short_name
        if unit.successor_id and unit.dissolved_on
        else ""
    )
    return {
        "versions": list(versions),
        "aliases": list(UnitAlias.objects.filter(unit=unit).values_list("name", flat=True)),
        "gone_in": gone_in,
        "successor": successor,
    }
