"""Issued notices: the list, one with its files and figures, receiving it, checking a file against it, correcting it."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from disclosures.downloads import XLSX, download
from disclosures.duties.sheets import plain_workbook
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from reports.actions import corrections
from reports.actions.drafting import DraftRefused
from reports.actions.receipts import receive, remind
from reports.freezing import thaw
from reports.issued_state import differences, receive_by, receiving
from reports.models import IssuedFile, IssuedNotice, NoticeDraft
from reports.rectification_forms import OpenForm
from reports.rectifying import counted, due_proposed, to_open
from reports.renderers.rendered import Rendered
from reports.views.notice import FILES, handed_over
from units import audit
from units.access import access_of
from units.permissions import require
from units.roles import Permission

PAGE_ROWS = 24
FORM_NAMES = {form: name for form, name, _, _ in FILES}
LARGEST = 20 * 1024 * 1024
"""Bytes of a file that is checked."""


def issued_or_404(request: HttpRequest, pk: int) -> IssuedNotice:
    """The office's notice of that number."""
    notices = IssuedNotice.objects.select_related("office", "supersedes", "superseded_by", "draft__office")
    return get_object_or_404(notices, pk=pk, office=access_of(request).office_or_404)


@require(*EVERY_READER)
@require_safe
def issued_all(request: HttpRequest) -> HttpResponseBase:
    """Every notice of the office, newest first; the drafts under way for who may see them."""
    access = access_of(request)
    office = access.office_or_404
    notices = IssuedNotice.objects.filter(office=office).select_related("superseded_by").defer("content")
    page = Paginator(notices, PAGE_ROWS).get_page(request.GET.get("page"))
    drafts: Any = ()
    if access.may(Permission.PREVIEW_NOTICE):
        drafts = NoticeDraft.objects.filter(office=office, stage__in=NoticeDraft.OPEN_STAGES).order_by("-period")
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "drafts": drafts,
        "may_preview": access.may(Permission.PREVIEW_NOTICE),
    }
    return render(request, "reports/issued/list.html", context)


@require(*EVERY_READER)
@require_safe
def issued(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One issued notice. People of a unit read it with what it says of their unit, and receive it."""
    access, notice = access_of(request), issued_or_404(request, pk)
    context: dict[str, Any] = {
        "issued": notice,
        "notice": thaw(notice.content),
        "files": [(file, FORM_NAMES.get(file.form, file.form)) for file in notice.files.defer("content")],
        "figures": {figure.name: figure.pk for figure in notice.figures.defer("rows", "columns")},
        "superseded_by": getattr(notice, "superseded_by", None),
        "receive_by": receive_by(notice),
        "reads_all": access.reads_all_units,
    }
    if access.reads_all_units:
        everybody = receiving(notice)
        today = timezone.localdate()
        context |= {
            "rectified": counted(notice.rectifications.all(), today),
            "to_open": len(to_open(notice)),
            "open_form": OpenForm(initial={"due_on": due_proposed(notice.issued_on, today)}),
            "differences": differences(notice),
            "receiving": everybody,
            "received": sum(each.receipt is not None for each in everybody),
            "late": today > context["receive_by"],
            "may_correct": access.may(Permission.DRAFT_NOTICE) and context["superseded_by"] is None,
            "may_remind": access.may(Permission.REMIND),
            "may_arrange": access.may(Permission.MANAGE_REQUIREMENTS) and context["superseded_by"] is None,
        }
    else:
        own = list(access.visible_units)
        context |= {
            "named": notice.named.filter(unit__in=own),
            "rectifications": notice.rectifications.filter(unit__in=own),
            "own": [(unit, notice.receipts.filter(unit=unit).select_related("by").first()) for unit in own],
            "may_receive": access.may(Permission.HAND_IN),
        }
    return render(request, "reports/issued/issued.html", context)


@require(*EVERY_READER)
@require_safe
@xframe_options_sameorigin
def issued_file(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """A file of it, to the byte; `?inline` shows it in the browser."""
    notice = issued_or_404(request, pk)
    file = get_object_or_404(IssuedFile, notice=notice, form=form)
    inline = form == "pdf" and "inline" in request.GET
    audit.record(
        by=access_of(request).user,
        verb="notice.fetched",
        office=notice.office,
        target=notice,
        data={"period": notice.period, "format": form, "inline": inline},
    )
    rendered = Rendered(file.name, file.content_type, bytes(file.content))
    return handed_over(rendered, notice.span, form, inline=inline)


@require(Permission.READ_ALL_UNITS)
@require_safe
def issued_figure(request: HttpRequest, pk: int, figure: int) -> HttpResponseBase:
    """A figure of it with the very rows it counted; `?export` as a sheet."""
    notice = issued_or_404(request, pk)
    frozen = get_object_or_404(notice.figures, pk=figure)
    if "export" in request.GET:
        widths = [18] * len(frozen.columns)
        content = plain_workbook("记录", frozen.meaning, frozen.columns, frozen.rows, widths)
        audit.record(
            by=access_of(request).user,
            verb="table.exported",
            office=notice.office,
            data={"title": f"{notice.title}：{frozen.meaning}"},
        )
        return download(content, name=f"{frozen.meaning}.xlsx", fallback=f"figure-{figure}.xlsx", content_type=XLSX)
    return render(request, "reports/issued/figure.html", {"issued": notice, "figure": frozen})


@require(Permission.HAND_IN)
@require_POST
def issued_receive(request: HttpRequest, pk: int, code: str) -> HttpResponseBase:
    """签收 for one's own unit."""
    access, notice = access_of(request), issued_or_404(request, pk)
    if access.reads_all_units:
        # The office hands in for a unit where it must, but it does not receive its own notice.
        raise Http404
    unit = get_object_or_404(access.units_for(Permission.HAND_IN), code=code)
    receipt = receive(issued=notice, unit=unit, by=access.person, at=timezone.now())
    notes.done(request, f"{receipt.by}已签收。")
    return redirect("issued", pk)


@require(Permission.REMIND)
@require_POST
def issued_remind(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Ask the units that have not received it."""
    told = remind(issued=issued_or_404(request, pk), by=access_of(request).person, at=timezone.now())
    notes.done(
        request, f"已提醒{told}家单位签收。" if told else "未签收的单位今天都已提醒过，或者没有接收人，请电话通知。"
    )
    return redirect("issued", pk)


@require(Permission.DRAFT_NOTICE)
def issued_correct(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Begin a notice that corrects it, with the reason."""
    notice = issued_or_404(request, pk)
    reason = request.POST.get("reason", "")
    sentence = ""
    if request.method == "POST":
        try:
            draft = corrections.begin(issued=notice, reason=reason, by=access_of(request).person, at=timezone.now())
        except DraftRefused as refused:
            sentence = str(refused)
        else:
            notes.done(request, "已开始编制更正的通报，修改后按原来的环节送审、签发。")
            return redirect("notice", draft.span)
    context = {"issued": notice, "reason": reason, "sentence": sentence, "differences": differences(notice)}
    return render(request, "reports/issued/correct.html", context, status=422 if sentence else 200)


@require(*EVERY_READER)
def issued_verify(request: HttpRequest) -> HttpResponseBase:
    """Whether a file is an issued one, to the byte."""
    office = access_of(request).office_or_404
    context: dict[str, Any] = {}
    if request.method == "POST":
        given = request.FILES.get("file")
        if given is None:
            context["sentence"] = "请选择要核验的文件。"
        elif given.size is not None and given.size > LARGEST:
            context["sentence"] = "文件超过 20 MB，不是本平台印发的通报。"
        else:
            sha256 = hashlib.sha256(given.read()).hexdigest()
            found = IssuedFile.objects.filter(notice__office=office, sha256=sha256).select_related("notice").first()
            audit.record(
                by=access_of(request).user, verb="notice.verified", office=office, data={"name": str(given.name)[:200]}
            )
            context |= {"name": given.name, "sha256": sha256, "found": found, "checked": True}
            if found:
                context["superseded_by"] = IssuedNotice.objects.filter(supersedes=found.notice).first()
    return render(request, "reports/issued/verify.html", context)
