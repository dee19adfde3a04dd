"""The notice before it is issued: in the page with its findings, and as files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from disclosures.downloads import download
from disclosures.month_in_view import issue_date, look_at, month_switch
from lanshan_portal.periods import Period
from reports.checks.finding import Finding, Level, counted, gravest_first
from reports.months import has_data
from reports.notice import ParagraphKind
from reports.preparation import PreparedNotice, prepare
from reports.renderers import RENDERERS, RenderError
from reports.renderers.json import render_json
from reports.renderers.rendered import Rendered
from units import audit
from units.access import access_of, office_of
from units.permissions import require
from units.roles import Permission

FILES = (
    ("pdf", "PDF", "file-earmark-pdf", "按公文格式排版，可直接印制"),
    ("docx", "Word", "file-earmark-word", "可在 WPS、Word 中修改"),
    ("html", "网页", "file-earmark-code", "可直接发布"),
    ("text", "纯文本", "file-earmark-text", "每段一行"),
    ("json", "数据", "file-earmark-code", "每个数字及其来源"),
)
EXTENSIONS = {"text": "txt"}


def _prepared(request: HttpRequest, period: Period) -> PreparedNotice:
    return prepare(office_of(request), period, issue_date(request, period))


@require(Permission.PREVIEW_NOTICE)
@require_safe
def notice(request: HttpRequest, period: Period) -> HttpResponseBase:
    """The notice in the page: every number leads to its rows, findings stand beside it."""
    look_at(request, period)
    prepared = _prepared(request, period)
    findings = gravest_first(prepared.findings)
    issued_on = prepared.notice.issued_on
    context = {
        "period": period,
        "issued_on": issued_on,
        "notice": prepared.notice,
        "paragraphs": [(paragraph, _level_at(paragraph.text, findings)) for paragraph in prepared.notice.paragraphs()],
        "kinds": ParagraphKind,
        "findings": findings,
        "findings_said": counted(findings),
        "files": FILES,
        "query": f"?issued_on={issued_on.isoformat()}",
        "has_data": has_data(prepared.figures),
        "may_import": access_of(request).may(Permission.IMPORT_SHEETS),
        "month_switch": month_switch(request, period, lambda month: reverse("notice", args=[month])),
    }
    return render(request, "reports/notice.html", context)


def _level_at(text: str, findings: list[Finding]) -> str:
    """The gravest finding whose place is this paragraph: it quotes it, whole or in part."""
    for finding in findings:
        if finding.level is not Level.INFORMATION and finding.where and finding.where.strip("…") in text:
            return str(finding.level)
    return ""


@require(Permission.PREVIEW_NOTICE)
@require_safe
def notice_pdf(request: HttpRequest, period: Period) -> HttpResponseBase:
    """The page that shows the PDF in a frame."""
    look_at(request, period)
    context = {
        "period": period,
        "issued_on": issue_date(request, period),
        "month_switch": month_switch(request, period, lambda month: reverse("notice_pdf", args=[month])),
    }
    return render(request, "reports/notice_pdf.html", context)


@require(Permission.PREVIEW_NOTICE)
@require_safe
@xframe_options_sameorigin
def notice_file(request: HttpRequest, period: Period, form: str) -> HttpResponseBase:
    """The notice as a file; `?inline` shows it in the browser."""
    access = access_of(request)
    if form != "json" and form not in RENDERERS:
        raise Http404
    prepared = _prepared(request, period)
    try:
        rendered = _rendered(prepared, form)
    except RenderError as refused:
        return render(request, "reports/not_rendered.html", {"sentence": str(refused), "period": period}, status=500)
    inline = form == "pdf" and "inline" in request.GET
    audit.record(
        by=access.user,
        verb="notice.downloaded",
        office=access.office,
        data={
            "period": str(period),
            "issued_on": prepared.notice.issued_on.isoformat(),
            "format": form,
            "inline": inline,
        },
    )
    response = download(
        rendered.content,
        name=rendered.filename,
        fallback=f"tongbao-{period}.{EXTENSIONS.get(form, form)}",
        content_type=rendered.content_type,
        inline=inline,
    )
    if inline:
        # The browser's own viewer draws the file; a policy for pages would take its parts away.
        response._csp_exempt = True  # type: ignore[attr-defined]
    return response


def _rendered(prepared: PreparedNotice, form: str) -> Rendered:
    if form == "json":
        return render_json(prepared.notice, prepared.findings)
    return RENDERERS[form](prepared.notice)
