"""签收: a unit receives an issued notice; the first hand counts. Who has not is reminded, once a day."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from disclosures.actions.messages import tell
from disclosures.models import Message
from reports.issued_state import receiving
from reports.models import IssuedNotice, NoticeReceipt
from units import audit
from units.models import Office, Unit, User
from units.people import people_of


def receive(*, issued: IssuedNotice, unit: Unit, by: User, at: datetime) -> NoticeReceipt:
    """The unit's receipt; whoever is second finds the first one's."""
    try:
        with transaction.atomic():
            receipt = NoticeReceipt.objects.create(notice=issued, unit=unit, by=by, at=at)
            audit.record(
                by=by, verb="notice.received", office=issued.office, target=issued, data={"period": issued.period}
            )
    except IntegrityError:
        return NoticeReceipt.objects.select_related("by").get(notice=issued, unit=unit)
    return receipt


@transaction.atomic
def remind(*, issued: IssuedNotice, by: User, at: datetime) -> int:
    """Ask the units that have not received it to do so; how many were asked. Those asked today already are left out."""
    Office.objects.select_for_update(no_key=True).get(pk=issued.office_id)
    day, address = timezone.localdate(at), reverse("issued", args=[issued.pk])
    title = f"请签收：{issued.title}"[:200]
    asked_today = Message.objects.filter(
        office=issued.office, kind=Message.Kind.NOTICE, title=title, created_at__date=day
    )
    asked = set(asked_today.values_list("unit", flat=True))
    waiting = [
        each.unit.unit_id for each in receiving(issued) if each.receipt is None and each.unit.unit_id not in asked
    ]
    people = people_of(waiting, day)
    units = Unit.objects.in_bulk(waiting)
    told = 0
    for unit_id in waiting:
        readers = (*people[unit_id].liaisons, *people[unit_id].leaders)
        if not readers:
            continue
        tell(
            office=issued.office,
            people=readers,
            kind=Message.Kind.NOTICE,
            title=title,
            body="通报已印发，本单位尚未签收，请尽快查看并签收。",
            address=address,
            unit=units[unit_id],
            urgent=True,
            at=at,
        )
        told += 1
    audit.record(
        by=by,
        verb="notice.receipt_asked",
        office=issued.office,
        target=issued,
        data={"period": issued.period, "units": told},
    )
    return told
