"""The Celery worker beside the portal: it answers over the broker of this run, filesystem or Redis."""

import subprocess
import time
from datetime import timedelta

from django.utils import timezone

from disclosures.actions.reminders import SMALL, remind
from disclosures.models import Message
from lanshan_portal.celery import app
from lanshan_portal.periods import Period
from tests.district import District
from tests.people import liaison, staff


def test_the_worker_answers_over_the_broker(worker: subprocess.Popen[bytes]) -> None:
    answers = app.control.inspect(timeout=10, limit=1).ping()
    assert [answer["ok"] for answer in answers.values()] == ["pong"]


def test_the_worker_knows_every_task_of_the_portal(worker: subprocess.Popen[bytes]) -> None:
    app.loader.import_default_modules()
    ours = {name for name in app.tasks if not name.startswith("celery.")}
    known = app.control.inspect(timeout=10, limit=1).registered()
    assert [set(names) for names in known.values()] == [ours]


def test_the_worker_reminds_many_units(worker: subprocess.Popen[bytes]) -> None:
    """What a page leaves to a worker, the worker knows how to do: it was told of the work as the page was."""
    district = District()
    district.requirement("T-1", due_on=timezone.localdate() - timedelta(days=6))
    for number in range(SMALL):
        liaison(district.unit(f"单位{number}"), name=f"liaison{number}")
    sending = remind(
        office=district.office,
        unit_ids=list(district.office.units.values_list("pk", flat=True)),
        period=Period.month_of(timezone.localdate() - timedelta(days=6)),
        code="a" * 32,
        by=staff(district.office),
        at=timezone.now(),
    )
    deadline = time.monotonic() + 30
    while sending.sent_at is None and time.monotonic() < deadline:
        time.sleep(0.1)
        sending.refresh_from_db()
    assert sending.left_out == []
    assert Message.objects.count() == SMALL
