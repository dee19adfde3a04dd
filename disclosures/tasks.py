"""What a worker is asked to do; each task calls one function. What the work is stands in `disclosures/jobs.py`."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

# A worker does the jobs that these modules register, whichever page asked for them.
from disclosures import jobs, sample  # noqa: F401
from disclosures.actions import hand_over, mail, reminders  # noqa: F401
from lanshan_portal.condition import worker_lives


@shared_task
def run_job(pk: int) -> None:
    """Do the work of a job."""
    jobs.run(pk)


@shared_task
def sweep_jobs() -> None:
    """Take up jobs that lost their worker; the schedule calls it every half minute."""
    worker_lives()
    jobs.sweep(timezone.now())


@shared_task
def pass_on_messages() -> None:
    """Give successors what the people before them have not read, once their day has come; the schedule calls it."""
    hand_over.pass_on_all(timezone.localdate())


@shared_task
def send_mail() -> None:
    """Send the mail that is due; the schedule calls it every minute."""
    mail.send_due(at=timezone.now())
