"""签收: a unit receives an issued notice; the first hand counts."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from reports.models import IssuedNotice, NoticeReceipt
from units import audit
from units.models import Unit, User


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
