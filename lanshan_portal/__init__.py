"""The project package: settings, URLs, the calendar's Period, shared static files. It has no models."""

from lanshan_portal.celery import app as celery_app

__all__ = ["celery_app"]
