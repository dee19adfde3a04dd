"""What has become of an issued notice: who has received it, and what of it the data tell otherwise by now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from disclosures.models import RestDay
from reports.figures.figure import Figure
from reports.models import IssuedNotice, NoticeReceipt
from reports.preparation import prepare_draft
from units.directory import DirectoryEntry
from units.models import Unit

RECEIVE_WITHIN = 2
"""Working days within which a unit receives a notice; who has not by then is listed."""


@dataclass(frozen=True)
class Difference:
    """A figure that is another number by now; None: it is told no more."""

    meaning: str
    issued: int
    now: int | None


def differences(issued: IssuedNotice) -> list[Difference]:
    """The figures of the notice that the data as they are now would make otherwise."""
    now: dict[str, Figure] = {
        figure.name: figure for figure in prepare_draft(issued.draft, final=True).notice.figures()
    }
    return [
        Difference(frozen.meaning, frozen.value, now[frozen.name].value if frozen.name in now else None)
        for frozen in issued.figures.defer("rows", "columns")
        if frozen.name not in now or now[frozen.name].value != frozen.value
    ]


@dataclass(frozen=True)
class Receiving:
    """One unit's receipt of a notice, or that there is none."""

    unit: DirectoryEntry
    named: bool
    receipt: NoticeReceipt | None


def receiving(issued: IssuedNotice) -> list[Receiving]:
    """Every unit that existed when it was issued, in official order, with its receipt."""
    day = timezone.localdate(issued.issued_at)
    receipts = {receipt.unit_id: receipt for receipt in issued.receipts.select_related("by")}
    named = set(issued.named.values_list("unit", flat=True))
    units = Unit.objects.filter(office=issued.office).directory().at(day)
    return [Receiving(unit, unit.unit_id in named, receipts.get(unit.unit_id)) for unit in units]


def receive_by(issued: IssuedNotice) -> date:
    """The last day on which receiving it is in time."""
    return RestDay.objects.calendar().add(timezone.localdate(issued.issued_at), RECEIVE_WITHIN)
