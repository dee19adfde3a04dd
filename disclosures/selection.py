"""Selecting rows by kind and parameters: the one place that a list, an export and a figure's test go through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from disclosures.duties.duty import duties, media_rounds
from disclosures.filters import FILTERS
from units.access import Access
from units.models import Office


def records(kind: str, office: Office) -> QuerySet[Any]:
    """Every record of a kind that the office keeps; KeyError for a kind without a list of records."""
    model = FILTERS[kind]._meta.model
    rows: QuerySet[Any] = model._default_manager.filter(office=office)
    return rows


def visible(kind: str, access: Access) -> QuerySet[Any]:
    """The records of a kind that the person may see; KeyError for a kind without a list of records, or without an office."""
    if access.office is None:
        raise KeyError(kind)
    rows = records(kind, access.office)
    return rows if access.reads_all_units else rows.filter(unit__in=access.visible_units)


def selected(kind: str, office: Office, parameters: Mapping[str, str]) -> QuerySet[Any] | list[Any]:
    """The rows of a kind that `parameters` select.

    Raises KeyError for an unknown kind or a missing parameter, ValueError for one that makes no sense.
    """
    given = dict(parameters)
    match kind:
        case "duties":
            return duties(
                office,
                given["requirement"],
                as_of=date.fromisoformat(given["as_of"]),
                term=given.get("term", ""),
                standing=given.get("standing", ""),
                unit=given.get("unit", ""),
            )
        case "media_rounds":
            return media_rounds(office, date.fromisoformat(given["from"]), date.fromisoformat(given["to"]))
    filtered = FILTERS[kind](given, records(kind, office), office=office)
    if not filtered.is_valid():
        raise ValueError("；".join(f"{name}：{error}" for name, errors in filtered.errors.items() for error in errors))
    return filtered.qs
