"""The notice before it is issued: in the page with its findings, and as files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from disclosures.downloads import download
from disclosures.month_in_view import issue_date, look_at, month_switch
from lanshan_portal.periods import Period
from reports.actions import approval
from reports.checks.finding import Finding, Level, counted
from reports.consultation_state import state_of
from reports.desk import desk_of
from reports.freezing import digest
from reports.models import IssuedNotice, NoticeDraft
from reports.months import has_data
from reports.notice import ParagraphKind
from reports.preparation import PreparedNotice, prepare, prepare_draft
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


LIVE = "live"
"""The parameter that asks for the notice as the data are now, though it is issued."""


def _prepared(request: HttpRequest, period: Period) -> PreparedNotice:
    """The draft of the period where one is open, else the notice as the rules write it."""
    office = office_of(request)
    draft = NoticeDraft.objects.select_related("office").open_for(office, period)
    return prepare_draft(draft) if draft else prepare(office, period, issue_date(request, period))


@require(Permission.PREVIEW_NOTICE)
@require_safe
def notice(request: HttpRequest, period: Period) -> HttpResponseBase:
    """The period's notice: its draft on the desk; what was issued; else how it would read, with the findings beside it."""
    look_at(request, period)
    office = office_of(request)
    if draft := NoticeDraft.objects.select_related("office", "supersedes").open_for(office, period):
        return desk_page(request, draft)
    if LIVE not in request.GET and (issued := IssuedNotice.objects.of_period(office, period)):
        return redirect("issued", issued.pk)
    prepared = _prepared(request, period)
    findings = list(prepared.findings)
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
        "may_draft": access_of(request).may(Permission.DRAFT_NOTICE),
        "query": f"?issued_on={issued_on.isoformat()}",
        "has_data": has_data(prepared.figures),
        "may_import": access_of(request).may(Permission.IMPORT_SHEETS),
        "month_switch": month_switch(request, period, lambda month: reverse("notice", args=[month])),
    }
    return render(request, "reports/notice.html", context)


def desk_page(
    request: HttpRequest, draft: NoticeDraft, *, status: int = 200, undecided: dict[str, Any] | None = None
) -> HttpResponseBase:
    """The draft with what each person may do about it; `undecided`: the decision that was not taken, and why."""
    access, prepared, period = access_of(request), prepare_draft(draft), draft.span
    consultation = state_of(draft, prepared)
    findings = list(prepared.findings)
    desk = desk_of(draft, prepared)
    stage, may = draft.stage, access.may
    under_way = draft.approved_at is not None
    context = {
        "period": period,
        "draft": draft,
        "desk": desk,
        "notice": prepared.notice,
        "paragraphs": [(lying, _level_at(lying.paragraph.text, findings)) for lying in desk.paragraphs],
        "told": approval.told(draft, prepared),
        "findings_said": counted(findings),
        "blocked": approval.what_blocks(draft, prepared),
        "seen": digest(prepared.notice),
        "steps": _steps(draft),
        "files": FILES,
        "consultation": consultation,
        "awaited": consultation.awaited_on(timezone.localdate()),
        "undecided": undecided,
        "may_change": may(Permission.DRAFT_NOTICE) and draft.may_be_changed,
        "may_sign_off": may(Permission.DRAFT_NOTICE, Permission.REVIEW_NOTICE) and not under_way,
        "may_pass": may(Permission.REVIEW_NOTICE) and stage == draft.Stage.REVIEW,
        "may_approve": may(Permission.ISSUE_NOTICE) and stage == draft.Stage.APPROVAL and not under_way,
        "may_return": not under_way
        and (
            (stage == draft.Stage.REVIEW and may(Permission.REVIEW_NOTICE))
            or (stage == draft.Stage.APPROVAL and may(Permission.ISSUE_NOTICE))
        ),
        "month_switch": month_switch(request, period, lambda month: reverse("notice", args=[month])),
    }
    return render(request, "reports/draft/desk.html", context, status=status)


STEPS = ("归集数据", "核对问题", "形成初稿", "审核", "签发", "印发")


def _steps(draft: NoticeDraft) -> list[tuple[str, str]]:
    """The steps of a notice, each done, now or ahead."""
    now = {draft.Stage.DRAFTING: 2, draft.Stage.REVIEW: 3, draft.Stage.APPROVAL: 5 if draft.approved_at else 4}
    at = now.get(NoticeDraft.Stage(draft.stage), len(STEPS))
    return [(words, "done" if place < at else "now" if place == at else "ahead") for place, words in enumerate(STEPS)]


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
    return handed_over(rendered, period, form, inline=inline)


def handed_over(rendered: Rendered, period: Period, form: str, *, inline: bool) -> HttpResponseBase:
    """A notice's file to save, or to be shown in the browser."""
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
