"""The Celery application: Redis in real use, the filesystem broker under VAR_DIR in the embedded default."""

import os

from celery import Celery

from lanshan_portal import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lanshan_portal.settings")

broker.take_over()

app = Celery("lanshan_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
