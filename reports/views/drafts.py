"""Working at a draft: its paragraphs, particulars, findings, and the way from hand to hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.month_in_view import issue_date
from lanshan_portal import notes
from lanshan_portal.periods import Period
from reports import document_numbers
from reports.actions import approval, drafting
from reports.actions.drafting import DraftRefused, ParagraphMoved
from reports.desk import Lying, anchor_of, desk_of
from reports.draft_form import ParticularsForm
from reports.models import IssuedNotice, NoticeDraft, NoticeSettings
from reports.preparation import prepare_draft
from units.access import access_of, office_of
from units.permissions import require
from units.roles import Permission

REVISIONS_SHOWN = 200


def draft_of(request: HttpRequest, pk: int) -> NoticeDraft:
    """The office's draft of that number; 404 where there is none."""
    return get_object_or_404(NoticeDraft.objects.select_related("office"), pk=pk, office=office_of(request))


def desk_address(draft: NoticeDraft, anchor: str = "") -> str:
    """The page on which the draft lies."""
    return reverse("notice", args=[draft.span]) + (f"#{anchor}" if anchor else "")


def done_on_desk(
    request: HttpRequest, draft: NoticeDraft, act: Callable[[], Any], words: str, anchor: str = ""
) -> HttpResponseBase:
    """Do something with the draft, say what came of it, and go back to the desk."""
    try:
        act()
    except DraftRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, words)
    return notes.go_on(request, desk_address(draft, anchor))


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_begin(request: HttpRequest, period: Period) -> HttpResponseBase:
    """Begin the draft of a period."""
    office, by = office_of(request), access_of(request).person
    try:
        drafting.begin(office=office, period=period, issued_on=issue_date(request, period), by=by, at=timezone.now())
    except DraftRefused as refused:
        notes.refused(request, str(refused))
    return redirect("notice", period)


# --- paragraphs


def _lying(draft: NoticeDraft, key: str) -> Lying:
    """The paragraph of that key as it lies on the desk; 404 where there is none."""
    for each in desk_of(draft, prepare_draft(draft)).paragraphs:
        if each.key == key and key:
            return each
    raise Http404


@require(Permission.DRAFT_NOTICE)
def drafts_paragraph(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """The form of one paragraph, in its place on the desk or as a page; saving it, also by itself while somebody types."""
    draft = draft_of(request, pk)
    context: dict[str, Any] = {"draft": draft, "key": key}
    if request.method != "POST":
        lying = _lying(draft, key)
        context |= {"lying": lying, "words": _bare_words(lying), "version": lying.version}
        return _paragraph_form(request, context)
    words, version = request.POST.get("words", ""), request.POST.get("version", "")
    try:
        row = drafting.change(
            draft=draft,
            key=key,
            words=words,
            version=int(version) if version.isdigit() else 0,
            by=access_of(request).person,
            at=timezone.now(),
        )
    except ParagraphMoved as moved:
        theirs = drafting.words_of_row(moved.now)
        context |= {"sentence": str(moved), "theirs": theirs, "words": words, "version": moved.now.version}
    except DraftRefused as refused:
        context |= {"sentence": str(refused), "words": words, "version": version}
    else:
        if "auto" in request.POST:
            saved = {"saved_at": timezone.now(), "version": row.version, "key": key}
            return render(request, "reports/draft/_saved.html", saved)
        return notes.anew(request, desk_address(draft, anchor_of(key)))
    if "auto" in request.POST:
        return render(request, "reports/draft/_not_saved.html", context)
    return _paragraph_form(request, context)


def _bare_words(lying: Lying) -> str:
    """The words to be changed: without the 一是 that the section's order gives."""
    return drafting.words_of_row(lying.row) if lying.row else lying.written


def _paragraph_form(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    beside = getattr(request, "htmx", False)
    return render(request, "reports/draft/_paragraph_form.html" if beside else "reports/draft/paragraph.html", context)


ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    "leave_out": (drafting.leave_out, "已删去这一段，可以在页面末尾恢复。"),
    "restore": (drafting.restore, "已恢复为自动生成的文字。"),
    "renew": (drafting.renew, "已保留修改的文字，数字更新为现在的数据。"),
    "keep": (drafting.keep, "已保留修改的文字。"),
}


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_act(request: HttpRequest, pk: int, key: str) -> HttpResponseBase:
    """Leave a paragraph out, restore it, take new numbers, keep it as it is, move it."""
    draft, name, by, at = draft_of(request, pk), request.POST.get("act", ""), access_of(request).person, timezone.now()
    if name in ("up", "down"):
        return done_on_desk(
            request,
            draft,
            lambda: drafting.move(draft=draft, key=key, up=name == "up", by=by, at=at),
            "已调整次序。",
        )
    if name not in ACTS:
        raise Http404
    act, words = ACTS[name]
    version = request.POST.get("version", "")
    number = int(version) if version.isdigit() else 0
    return done_on_desk(request, draft, lambda: act(draft=draft, key=key, version=number, by=by, at=at), words)


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Add a paragraph to a section."""
    draft = draft_of(request, pk)
    given = {"section": request.POST.get("section", ""), "words": request.POST.get("words", "")}
    by, at = access_of(request).person, timezone.now()
    return done_on_desk(request, draft, lambda: drafting.add(draft=draft, by=by, at=at, **given), "已新增一段。")


@require(Permission.PREVIEW_NOTICE)
@require_safe
def drafts_history(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every step of every paragraph, newest first; of one paragraph with `?key=`."""
    draft = draft_of(request, pk)
    steps = draft.revisions.select_related("by")
    if key := request.GET.get("key", ""):
        steps = steps.filter(key=key)
    return render(request, "reports/draft/history.html", {"draft": draft, "steps": steps[:REVISIONS_SHOWN], "key": key})


# --- particulars


@require(Permission.DRAFT_NOTICE)
def drafts_particulars(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Day of issue, number, title, addressees, copies."""
    draft = draft_of(request, pk)
    issued = list(IssuedNotice.objects.filter(office=draft.office).values_list("document_number", flat=True))
    word = NoticeSettings.of(draft.office).number_word
    proposed = document_numbers.proposed(word, draft.issued_on.year, issued)
    form = ParticularsForm(
        request.POST if request.method == "POST" else None, instance=draft, proposed=proposed, issued=issued
    )
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        version = form.cleaned_data["version"]
        fresh = draft_of(request, pk)
        return done_on_desk(
            request,
            fresh,
            lambda: drafting.set_particulars(
                draft=fresh, fields=fields, version=version, by=access_of(request).person, at=timezone.now()
            ),
            "版面和发文字号已保存。",
        )
    return render(request, "reports/draft/particulars.html", {"draft": draft, "form": form, "proposed": proposed})


# --- findings, and from hand to hand


@require(Permission.DRAFT_NOTICE, Permission.REVIEW_NOTICE)
@require_POST
def drafts_sign_off(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Answer for a warning with a reason."""
    draft = draft_of(request, pk)
    given = {name: request.POST.get(name, "") for name in ("code", "message", "reason")}
    by, at = access_of(request).person, timezone.now()
    return done_on_desk(request, draft, lambda: approval.sign_off(draft=draft, by=by, at=at, **given), "已记录说明。")


def _seen(request: HttpRequest) -> str:
    return request.POST.get("seen", "")


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_submit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send it to be reviewed."""
    draft, by, at = draft_of(request, pk), access_of(request).person, timezone.now()
    return done_on_desk(
        request, draft, lambda: approval.submit(draft=draft, seen=_seen(request), by=by, at=at), "已送审核。"
    )


@require(Permission.REVIEW_NOTICE)
@require_POST
def drafts_pass(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pass it on to be approved."""
    draft, by, at = draft_of(request, pk), access_of(request).person, timezone.now()
    return done_on_desk(
        request,
        draft,
        lambda: approval.pass_on(draft=draft, seen=_seen(request), by=by, at=at),
        "审核通过，已送签发领导。",
    )


@require(Permission.REVIEW_NOTICE, Permission.ISSUE_NOTICE)
@require_POST
def drafts_return(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give it back with a reason."""
    draft, by, at = draft_of(request, pk), access_of(request).person, timezone.now()
    reason = request.POST.get("reason", "")
    return done_on_desk(
        request, draft, lambda: approval.give_back(draft=draft, reason=reason, by=by, at=at), "已退回编制人员修改。"
    )


@require(Permission.ISSUE_NOTICE)
@require_POST
def drafts_approve(request: HttpRequest, pk: int) -> HttpResponseBase:
    """签发: have it issued."""
    draft, by, at = draft_of(request, pk), access_of(request).person, timezone.now()
    return done_on_desk(
        request,
        draft,
        lambda: approval.approve(draft=draft, seen=_seen(request), by=by, at=at),
        "已签发，正在生成公文并分发各单位，完成后有提示。",
    )


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_abandon(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give it up."""
    draft, by, at = draft_of(request, pk), access_of(request).person, timezone.now()
    return done_on_desk(
        request, draft, lambda: drafting.abandon(draft=draft, by=by, at=at), "初稿已作废，可以重新开始编制。"
    )
