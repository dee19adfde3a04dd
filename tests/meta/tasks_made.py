"""What the table of addresses about tasks speaks of: a hand-in, exceptions, a task with an attachment, one removed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from disclosures.actions import exceptions, hand_ins, requirements
from disclosures.files.keeping import Brought
from tests.district import District
from units.models import User

PDF = b"%PDF-1.7"


def tasks_made(district: District, clerk: User) -> dict[str, Any]:
    """All of it at one unit, by the names that arguments of addresses use."""
    unit, now = district.street, timezone.now()
    about = {"unit": unit, "term": "", "by": clerk, "at": now}
    handed = hand_ins.hand_in(requirement=district.requirement(), files=[Brought("方案.pdf", PDF)], **about)
    listed = requirements.create(
        office=district.office,
        fields={
            "code": "T-2",
            "name": "访谈稿",
            "due_on": timezone.localdate() + timedelta(days=9),
            "scope": "listed",
            "recurrence": "一次",
            "action": "报送",
        },
        unit_ids=[unit.pk],
        files=[Brought("模板.pdf", PDF)],
        by=clerk,
        at=now,
    )
    until = timezone.localdate() + timedelta(days=20)
    extension = exceptions.extend(requirement=listed, until=until, reason="机构调整", **about)
    open_task = district.requirement(code="T-3", due_on=date(2020, 6, 30))
    exemption = exceptions.ask_exemption(requirement=open_task, reason="没有该项职责", **about)
    removed = requirements.delete(requirement=district.requirement(code="T-4"), by=clerk, at=now)
    return {
        "version": handed.pk,
        "receipt": handed.receipt,
        "file": handed.files.get().pk,
        "submission": handed.submission_id,
        "requirement": listed.pk,
        "attachment": listed.attachments.get().pk,
        "extension": extension.pk,
        "exemption": exemption.pk,
        "deletion": removed.pk,
    }
