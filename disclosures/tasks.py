"""What the schedule asks of a worker; each task calls one function. What people ask of it are the jobs (`disclosures/jobs.py`)."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from disclosures import jobs
from disclosures.actions import hand_over, mail
from lanshan_portal.condition import worker_lives


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
