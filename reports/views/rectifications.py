"""Rectifications: the list, one with its history, opening, answering, verifying, and the notice to print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions.hand_ins import MOST_FILES
from disclosures.files.keeping import FilesRefused
from disclosures.files.recognition import ACCEPTED
from disclosures.models import StoredFile
from disclosures.views.duty import handed_out
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from reports.actions import rectification as acts
from reports.actions.rectification import RectificationRefused
from reports.models import IssuedNotice, Rectification, RectificationStep
from reports.models.rectification import RectificationQuerySet
from reports.rectification_forms import AgainForm, AnswerForm, OpenForm
from reports.rectifying import BACK_AGAIN, Line, again_in_words, counted, due_proposed, seen_by
from reports.views.issued import issued_or_404
from units.access import access_of
from units.permissions import require
from units.roles import Permission

PAGE_ROWS = 50
OVERDUE = "overdue"
PASS, RETURN, REOPEN = "pass", "return", "reopen"
ACTS: dict[str, tuple[Callable[..., Any], str]] = {
    PASS: (acts.verify, "已核验通过，整改办结。"),
    RETURN: (acts.send_back, "已退回，单位重新整改。"),
    REOPEN: (acts.reopen, "已重开，单位重新整改。"),
}
"""What the office may do, and the note when it is done."""


def _visible(request: HttpRequest) -> RectificationQuerySet:
    """All of the office's; for who acts for a unit its own, and those of what went into it."""
    access = access_of(request)
    rows = Rectification.objects.of_office(access.office_or_404)
    if access.reads_all_units:
        return rows
    own = access.visible_units.values_list("pk", flat=True)
    return rows.of_units(seen_by(own, access.directory, timezone.localdate()))


def _one(request: HttpRequest, pk: int) -> Rectification:
    return get_object_or_404(_visible(request).select_related("repeat_of__notice"), pk=pk)


@require(*EVERY_READER)
@require_safe
def rectifications(request: HttpRequest) -> HttpResponseBase:
    """What is to be rectified: overdue first. Of one state, of one notice."""
    access, day = access_of(request), timezone.localdate()
    rows = _visible(request)
    notice: IssuedNotice | None = None
    if (wanted := request.GET.get("notice", "")).isdecimal():
        notice = issued_or_404(request, int(wanted))
        rows = rows.filter(notice=notice)
    counts = counted(rows.select_related(None).only("state", "due_on"), day)
    state = request.GET.get("state", "")
    if state == OVERDUE:
        rows = rows.overdue(day)
    elif state in Rectification.State:
        rows = rows.filter(state=state)
    else:
        state = ""
    page = Paginator(rows.urgent_first(day), PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "lines": [Line.of(each, access.directory, day) for each in page],
        "counts": counts,
        "shown": state,
        "filtered": bool(state),
        "of_notice": notice,
        "reads_all": access.reads_all_units,
    }
    return render(request, "reports/rectifications/list.html", context)


@require(*EVERY_READER)
@require_safe
def rectifications_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One, with every step and what can be done about it now."""
    return _page(request, _one(request, pk))


@require(*EVERY_READER)
@require_safe
def rectifications_print(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The notice to the unit, as a letter on A4."""
    found = _one(request, pk)
    first = found.steps.filter(act=RectificationStep.Act.OPENED).first()
    context = {
        "rectification": found,
        "unit": access_of(request).directory.entry(found.unit_id, found.notice.issued_on),
        "due_on": (first.due_on if first else None) or found.due_on,
        "dated": timezone.localdate(found.opened_at),
    }
    return render(request, "reports/rectifications/print.html", context)


@require(*EVERY_READER)
@require_safe
def rectifications_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A paper of one; with `?inline` shown in the browser, if that can show it."""
    found = _one(request, pk)
    papers = StoredFile.objects.filter(pk__in=found.steps.values("files"))
    return handed_out(request, get_object_or_404(papers, pk=file), of=str(found))


@require(Permission.MANAGE_REQUIREMENTS)
@require_POST
def rectifications_open(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open one for every unit an issued notice names."""
    notice, form = issued_or_404(request, pk), OpenForm(request.POST)
    if not form.is_valid():
        notes.refused(request, "".join(str(each) for each in form.errors["due_on"]))
        return redirect("issued", pk)
    by, due_on = access_of(request).person, form.cleaned_data["due_on"]
    try:
        made = acts.open_all(issued=notice, due_on=due_on, by=by, at=timezone.now())
    except RectificationRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已向 {len(made)} 家单位开立整改，并发送整改通知。")
    return redirect("issued", pk)


@require(Permission.HAND_IN)
@require_POST
def rectifications_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the unit has done; what is wrong is told beside the form, which keeps files and words."""
    found, form = _one(request, pk), AnswerForm(request.POST, request.FILES)
    if not _may_answer(request, found):
        raise Http404
    sentences: list[str] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            acts.answer(
                rectification=found,
                words=given["words"],
                files=given["brought"],
                link=given["link"],
                by=access_of(request).person,
                at=timezone.now(),
            )
        except FilesRefused as refused:
            sentences = list(refused.sentences)
        except RectificationRefused as refused:
            sentences = [str(refused)]
        else:
            notes.done(request, "已回复整改情况，等待办公室核验。")
            return notes.go_on(request, reverse("rectifications_one", args=[pk]))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/rectifications/_answer_errors.html", {"form": form, "sentences": sentences})
    return _page(request, found, status=422, answer_form=form, sentences=sentences)


@require(Permission.REVIEW_SUBMISSIONS)
@require_POST
def rectifications_decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Verified, sent back, or reopened."""
    found = _one(request, pk)
    verdict, words = request.POST.get("verdict", ""), request.POST.get("words", "")
    form = AgainForm(request.POST, closed=verdict == REOPEN)
    if verdict not in ACTS:
        return _page(request, found, status=422, verdict_sentences=["请选择办理意见。"])
    act, said = ACTS[verdict]
    given: dict[str, Any] = {"rectification": found, "by": access_of(request).person, "at": timezone.now()}
    seen = request.POST.get("seen", "")
    if verdict != REOPEN:
        given["seen"] = int(seen) if seen.isdecimal() else 0
    if verdict == PASS:
        given["words"] = words
    elif form.is_valid():
        given |= {"reason": words, "due_on": form.cleaned_data["due_on"]}
    else:
        return _page(request, found, status=422, again_form=form)
    try:
        act(**given)
    except RectificationRefused as refused:
        more = {} if verdict == PASS else {"again_form": form}
        return _page(request, found, status=422, verdict_sentences=[str(refused)], **more)
    notes.done(request, said)
    return redirect("rectifications_one", pk)


# --- what the page shows


def _may_answer(request: HttpRequest, found: Rectification) -> bool:
    """Whether the person hands in for the unit, or for the one it has gone into."""
    access = access_of(request)
    own = access.units_for(Permission.HAND_IN).values_list("pk", flat=True)
    return found.unit_id in seen_by(own, access.directory, timezone.localdate())


def _page(request: HttpRequest, found: Rectification, status: int = 200, **more: Any) -> HttpResponseBase:
    access, day = access_of(request), timezone.localdate()
    found = _one(request, found.pk)
    steps = list(found.steps.select_related("by").prefetch_related("files"))
    context: dict[str, Any] = {
        "rectification": found,
        "line": Line.of(found, access.directory, day),
        "again": again_in_words(found),
        "unit": access.directory.entry(found.unit_id, found.notice.issued_on),
        "sentences_named": found.sentences,
        "steps": steps,
        "newest": steps[0] if steps else None,
        "closed": found.state == Rectification.State.CLOSED,
        "answered": found.state == Rectification.State.ANSWERED,
        "may_answer": _may_answer(request, found) and found.state != Rectification.State.CLOSED,
        "may_verify": access.may(Permission.REVIEW_SUBMISSIONS),
        "for_unit": not access.reads_all_units,
        "answer_form": AnswerForm(),
        "again_form": AgainForm(
            initial={"due_on": _again_by(found, day)}, closed=found.state == Rectification.State.CLOSED
        ),
        "limit": settings.UPLOAD_MAX_BYTES,
        "accepted_kinds": ACCEPTED,
        "most_files": MOST_FILES,
    }
    return render(request, "reports/rectifications/one.html", context | more, status=status)


def _again_by(found: Rectification, day: date) -> date:
    return max(found.due_on, due_proposed(day, day, BACK_AGAIN))
