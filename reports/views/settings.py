"""系统设置: the page that leads to all of them; those of notices, of fonts, and how the installation is."""

from __future__ import annotations

import platform
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.calendar_years import years_awaited
from disclosures.mail.server import MailServer
from disclosures.models import Job
from disclosures.month_in_view import month_in_view
from disclosures.views.settings.pages import history_of, kept
from lanshan_portal import condition
from lanshan_portal.periods import Period
from reports.models import NoticeSettings
from reports.notice import Paragraph, ParagraphKind, Span
from reports.renderers import RenderError, font_report
from reports.renderers.font_folder import FontFolder
from reports.settings_forms import NoticeForm, title_fault
from reports.typesetting.blocks import title_lines
from units.access import access_of, office_of
from units.models import Office
from units.permissions import require
from units.roles import Permission

PAGE = "通报设置"
WORKER_SILENT_AFTER = 120
"""Seconds without a sign of life after which nobody seems to be working."""


@require(Permission.MANAGE_SETTINGS)
@require_safe
def settings_all(request: HttpRequest) -> HttpResponseBase:
    """The settings, each with what it changes; what of them wants attention."""
    office, today = access_of(request).office, timezone.localdate()
    try:
        substituted = sum(use.substituted for use in font_report())
    except RenderError:
        substituted = None
    context = {
        "years_awaited": years_awaited(today),
        "this_year": today.year,
        "has_mail": MailServer.configured() is not None,
        "substituted": substituted,
        "phone": office.phone if office else "",
    }
    return render(request, "settings/settings.html", context)


# --- notices


@require(Permission.MANAGE_SETTINGS)
def settings_notice(request: HttpRequest) -> HttpResponseBase:
    """How the office's notices are counted, worded and set."""
    office = office_of(request)
    form = NoticeForm(request.POST or None, instance=NoticeSettings.of(office))
    if kept(request, form, PAGE):
        return redirect("settings_notice")
    period = month_in_view(request)
    pattern = form["title_breaks"].value() or ""
    context = {
        "form": form,
        "period": period,
        "history": history_of(office, NoticeSettings),
        **_title_preview(office, period, pattern),
    }
    return render(request, "settings/notice.html", context)


@require(Permission.MANAGE_SETTINGS)
@require_safe
def settings_notice_title(request: HttpRequest) -> HttpResponseBase:
    """How a title would stand on the paper, line by line; a fragment asked for while one types."""
    office, period = office_of(request), month_in_view(request)
    context = {"period": period, **_title_preview(office, period, request.GET.get("title_breaks", ""))}
    return render(request, "settings/_notice_title.html", context)


def _title_preview(office: Office, period: Period, pattern: str) -> dict[str, object]:
    if fault := title_fault(pattern):
        return {"fault": fault}
    words = pattern.format(period=period.in_title, area=office.whole_area)
    title = Paragraph(ParagraphKind.TITLE, tuple(Span(line) for line in words.split("|") if line))
    try:
        library = FontFolder(Path(settings.FONTS_DIR)).library()
        lines = [line.text for part in (_organ(office), title) for line in title_lines(part, library)]
    except RenderError as problem:
        return {"fault": str(problem)}
    return {"lines": lines}


def _organ(office: Office) -> Paragraph:
    return Paragraph.plain(ParagraphKind.TITLE, office.name)


# --- fonts and the installation


@require(Permission.MANAGE_SETTINGS)
@require_safe
def settings_fonts(request: HttpRequest) -> HttpResponseBase:
    """Which font each face of a document is drawn with, and which stands in for which."""
    context: dict[str, object] = {"folder": FontFolder(Path(settings.FONTS_DIR)).office}
    try:
        context["uses"] = font_report()
    except RenderError as problem:
        context["fault"] = str(problem)
    return render(request, "settings/fonts.html", context)


WORKS = {
    "database": "数据库",
    "migrations": "数据库结构与程序一致",
    "files": "上传文件夹可以写入",
    "queue": "任务队列",
}


@require(Permission.MANAGE_SETTINGS)
@require_safe
def settings_state(request: HttpRequest) -> HttpResponseBase:
    """Versions, database, queue, disk, backup, jobs: what one reads out to whoever helps."""
    seen = condition.worker_seen_at()
    silent = seen is None or (timezone.now() - seen).total_seconds() > WORKER_SILENT_AFTER
    database, size = condition.database_in_words()
    jobs = Job.objects.all()
    context = {
        "checks": [(WORKS[name], works) for name, works in condition.readiness().items()],
        "database": database,
        "database_size": size,
        "versions": [
            ("平台", settings.PORTAL_VERSION),
            ("Django", django.get_version()),
            ("Python", platform.python_version()),
        ],
        "queue": "Redis" if settings.CELERY_BROKER_URL.startswith("redis") else "文件队列",
        "worker_seen_at": seen,
        "worker_silent": silent and not settings.CELERY_TASK_ALWAYS_EAGER,
        "in_process": settings.CELERY_TASK_ALWAYS_EAGER,
        "disk": condition.disk(),
        "backed_up_at": condition.backed_up_at(),
        "jobs_active": jobs.active().count(),
        "jobs_failed": jobs.filter(state=Job.State.FAILED)[:5],
        "server": MailServer.configured(),
    }
    return render(request, "settings/state.html", context)
