"""What a worker is asked to do; each task calls one function. What the work is stands in `disclosures/jobs.py`."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from disclosures import jobs


@shared_task
def run_job(pk: int) -> None:
    """Do the work of a job."""
    jobs.run(pk)


@shared_task
def sweep_jobs() -> None:
    """Take up jobs that lost their worker; the schedule calls it every half minute."""
    jobs.sweep(timezone.now())
