"""The office's queue: hand-ins to review, one after another or several at once, and exemptions to approve."""

from __future__ import annotations

import re
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosures.actions import exceptions
from disclosures.actions import reviews as acts
from disclosures.actions.duties import DutyRefused, exceptions_query
from disclosures.actions.reviews import Looked
from disclosures.duties import reviewing
from disclosures.duties.duty import duty_of
from disclosures.duties.forms import RETURN_REASONS, ReasonForm
from disclosures.duties.history import history_of
from disclosures.files.keeping import content_of
from disclosures.files.preview import UNREADABLE, Form, Preview, preview
from disclosures.models import DutyExemption, StoredFile, Submission
from lanshan_portal import notes
from lanshan_portal.nav import DECIDERS
from units.access import access_of, office_of
from units.models import Office
from units.permissions import require
from units.roles import Permission

PAGE_ROWS = 50
PENDING, EXEMPTIONS, DONE = "", "exemptions", "done"
ACCEPT, RETURN = "accept", "return"
DONE_SHOWN = 100
LOOKED = re.compile(r"([0-9]{1,18}):([0-9]{0,4})")


@require(*DECIDERS)
@require_safe
def reviews(request: HttpRequest) -> HttpResponseBase:
    """What waits, or what was decided lately."""
    return _queue(request)


def _queue(request: HttpRequest, asked: str = "", status: int = 200, **more: Any) -> HttpResponseBase:
    """The queue, or the part of it that was asked for or is named."""
    access = access_of(request)
    office = access.office_or_404
    reviewer, approver = (access.may(right) for right in DECIDERS)
    show = asked or request.GET.get("show", PENDING)
    if show not in (PENDING, EXEMPTIONS, DONE) or (show == EXEMPTIONS and not approver) or not reviewer:
        show = PENDING if reviewer else EXEMPTIONS
    wanted = request.GET.get("requirement", "")
    context: dict[str, Any] = {
        "show": show,
        "wanted": wanted,
        "reviewer": reviewer,
        "approver": approver,
        "requirements": reviewing.requirements_waiting(office) if show == PENDING else [],
        "reasons": RETURN_REASONS,
    }
    match show:
        case "exemptions":
            context["exemptions"] = reviewing.to_approve(office)
        case "done":
            decided = reviewing.reviewed(office)[:DONE_SHOWN]
            context["rows"] = reviewing.furnished(decided, office)
        case _:
            page = Paginator(reviewing.to_review(office, wanted), PAGE_ROWS).get_page(request.GET.get("page"))
            context |= {
                "page": page,
                "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
                "rows": reviewing.furnished(page.object_list, office),
            }
    return render(request, "disclosures/reviews/queue.html", context | more, status=status)


@require(Permission.REVIEW_SUBMISSIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def reviews_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One hand-in with what was brought beside the verdict; then the next."""
    office = office_of(request)
    record = get_object_or_404(Submission.objects.select_related("requirement", "reviewed_by"), office=office, pk=pk)
    form, sentences = ReasonForm(), []
    if request.method == "POST":
        form = ReasonForm(request.POST)
        looked = _looked(f"{pk}:{request.POST.get('version', '')}")
        returning = request.POST.get("verdict") == RETURN
        if looked and (form.is_valid() or not returning):
            try:
                return _decided(request, office, record, looked, form.cleaned_data["reason"] if returning else "")
            except DutyRefused as refused:
                sentences = [str(refused)]
        if not returning:
            form = ReasonForm(initial={"reason": request.POST.get("reason", "")})
    return render(
        request,
        "disclosures/reviews/one.html",
        _of_one(request, office, record) | {"form": form, "sentences": sentences},
    )


def _decided(request: HttpRequest, office: Office, record: Submission, looked: Looked, reason: str) -> HttpResponseBase:
    """Decide and go to the next in the queue; raises DutyRefused."""
    by, at = access_of(request).person, timezone.now()
    wanted = request.GET.get("requirement", "")
    _, following, _, _ = reviewing.neighbours(office, record.pk, wanted)
    if reason:
        acts.return_(looked=looked, reason=reason, by=by, at=at)
    else:
        acts.accept(looked=looked, by=by, at=at)
    words = f"已{'退回' if reason else '通过'}{record.unit}的“{record.requirement.name}”。"
    notes.done(request, words, undo=reverse("reviews_undo", args=[at]))
    query = {"requirement": wanted} if wanted else None
    onwards = ("reviews_one", [following]) if following else ("reviews", [])
    return redirect(reverse(onwards[0], args=onwards[1], query=query))


def _of_one(request: HttpRequest, office: Office, record: Submission) -> dict[str, Any]:
    (waiting,) = reviewing.furnished([record], office)
    wanted = request.GET.get("requirement", "")
    before, after, place, number = reviewing.neighbours(office, record.pk, wanted)
    files = list(waiting.version.files.all()) if waiting.version else []
    shown = next((file for file in files if str(file.pk) == request.GET.get("file")), files[0] if files else None)
    duty = duty_of(waiting.term, waiting.unit.unit_id, timezone.localdate(), office)
    return {
        "record": record,
        "waiting": waiting,
        "duty": duty,
        "locked": duty is not None and duty.locked(timezone.localdate()),
        "history": history_of(waiting.term, duty, office) if duty else None,
        "files": files,
        "shown": shown,
        "preview": _preview(shown) if shown else None,
        "wanted": wanted,
        "before": before,
        "after": after,
        "place": place,
        "number": number,
        "reasons": RETURN_REASONS,
        "exceptions_query": exceptions_query(waiting.term, waiting.unit.code),
    }


def _preview(file: StoredFile) -> Preview:
    if file.shown_in_page:
        return preview(file, b"")
    try:
        return preview(file, content_of(file))
    except OSError:
        return Preview(Form.NOTHING, remark=UNREADABLE)


@require(Permission.REVIEW_SUBMISSIONS)
@require_POST
def reviews_decide(request: HttpRequest) -> HttpResponseBase:
    """Accept or return everything ticked, each for itself; who was refused is listed with the reason."""
    by, at = access_of(request).person, timezone.now()
    looked = [found for text in request.POST.getlist("looked") if (found := _looked(text))]
    returning = request.POST.get("verdict") == RETURN
    reason = request.POST.get("reason", "").strip()
    if not looked:
        notes.refused(request, "没有勾选要审核的材料。")
        return redirect("reviews")
    if returning and not reason:
        notes.refused(request, "退回材料须填写原因，请重新勾选后填写。")
        return redirect("reviews")
    outcomes = (
        acts.return_all(looked=looked, reason=reason, by=by, at=at)
        if returning
        else acts.accept_all(looked=looked, by=by, at=at)
    )
    refused = [outcome for outcome in outcomes if outcome.refused]
    done = len(outcomes) - len(refused)
    if done:
        words = f"已{'退回' if returning else '通过'} {done} 份材料。"
        notes.done(request, words, undo=reverse("reviews_undo", args=[at]))
    return _queue(request, outcomes=refused, done=done) if refused else redirect("reviews")


@require(Permission.REVIEW_SUBMISSIONS)
@require_POST
def reviews_undo(request: HttpRequest, decided_at: Any) -> HttpResponseBase:
    """Take back what the person decided at one stroke."""
    by = access_of(request).person
    outcomes = acts.reopen_all(by=by, decided_at=decided_at, at=timezone.now())
    back = sum(not outcome.refused for outcome in outcomes)
    for outcome in outcomes:
        if outcome.refused:
            notes.refused(request, f"{outcome.name}：{outcome.refused}")
    if back:
        notes.done(request, f"已撤销 {back} 份材料的审核，恢复为待审核。")
    elif not outcomes:
        notes.refused(request, "没有可以撤销的审核。")
    return redirect("reviews")


@require(Permission.REVIEW_SUBMISSIONS)
@require_POST
def reviews_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the verdict about one hand-in back."""
    access = access_of(request)
    record = get_object_or_404(Submission.objects.select_related("requirement"), office=access.office_or_404, pk=pk)
    try:
        acts.reopen(submission=record, by=access.person, at=timezone.now())
    except DutyRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"{record.unit}的“{record.requirement.name}”恢复为待审核。")
    return redirect("reviews_one", pk)


@require(Permission.APPROVE_EXEMPTIONS)
@require_POST
def reviews_exemption(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Approve an exemption somebody asked for, or decline it with a reason."""
    access = access_of(request)
    asked = DutyExemption.objects.select_related("requirement", "unit").filter(requirement__office=access.office_or_404)
    exemption: DutyExemption = get_object_or_404(asked, pk=pk)  # type: ignore[assignment]
    what = f"{exemption.unit}的“{exemption.requirement.name}”"
    returning, reason = request.POST.get("verdict") == RETURN, request.POST.get("reason", "").strip()
    if returning and not reason:
        return _queue(request, asked=EXEMPTIONS, status=422, unanswered=pk)
    try:
        if returning:
            exceptions.refuse_exemption(exemption=exemption, reason=reason, by=access.person, at=timezone.now())
            notes.done(request, f"未同意将{what}标记为不适用。")
        else:
            exceptions.approve_exemption(exemption=exemption, by=access.person, at=timezone.now())
            notes.done(request, f"已批准将{what}标记为不适用。", undo=reverse("exemptions_revoke", args=[exemption.pk]))
    except DutyRefused as refused:
        notes.refused(request, str(refused))
    return redirect(f"{reverse('reviews')}?show={EXEMPTIONS}")


def _looked(text: str) -> Looked | None:
    """A hand-in and the version looked at, as a form names them: 12:2, or 12: for what a sheet brought."""
    found = LOOKED.fullmatch(text)
    return Looked(int(found[1]), int(found[2]) if found[2] else None) if found else None
