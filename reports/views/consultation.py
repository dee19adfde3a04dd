"""预通报: sent from the desk, answered by each named unit on a page of its own, decided on the desk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.duties.forms import FilesField, FilesInput
from disclosures.files.keeping import FilesRefused
from disclosures.files.recognition import ACCEPT_ATTRIBUTE, ACCEPTED
from disclosures.views.duty import handed_out
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from reports.actions import consultation as acts
from reports.actions.drafting import DraftRefused
from reports.consultation_state import why_closed
from reports.models import ConsultedUnit
from reports.views.drafts import desk_address, done_on_desk, draft_of
from reports.views.notice import desk_page
from units.access import access_of
from units.permissions import require
from units.roles import Permission

ANCHOR = "consultation"
"""The panel's place on the desk."""


def _row(request: HttpRequest, pk: int) -> ConsultedUnit:
    """What a unit was sent, for whoever may see the unit; 404 for anybody else."""
    rows = ConsultedUnit.objects.select_related("consultation__draft__office", "unit", "answered_by", "decided_by")
    access = access_of(request)
    return get_object_or_404(
        rows, pk=pk, consultation__draft__office=access.office_or_404, unit__in=access.visible_units
    )


# --- on the desk


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_consult(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send each named unit its sentences."""
    draft, by, at = draft_of(request, pk), access_of(request).person, timezone.now()
    words = "预通报已发送被点名的单位，请等待回复。"
    return done_on_desk(request, draft, lambda: acts.send(draft=draft, by=by, at=at), words, ANCHOR)


@require(Permission.DRAFT_NOTICE)
@require_POST
def drafts_decide(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Decide an objection; what is lacking is told beside it on the desk, with the words that were typed."""
    row = _row(request, pk)
    given = {name: request.POST.get(name, "") for name in ("decision", "words", "seen")}
    try:
        row = acts.decide(row=row, by=access_of(request).person, at=timezone.now(), **given)
    except DraftRefused as refused:
        told = {"pk": row.pk, "sentence": str(refused), "words": given["words"]}
        return desk_page(request, row.consultation.draft, status=422, undecided=told)
    notes.done(request, f"已答复{row.unit_name}：{row.get_decision_display()}。")
    return notes.go_on(request, desk_address(row.consultation.draft, ANCHOR))


# --- at the unit


def _answers_for(request: HttpRequest, row: ConsultedUnit) -> bool:
    """Whether the person answers for the unit: its liaison; the office does not answer itself."""
    access = access_of(request)
    return not access.reads_all_units and access.units_for(Permission.HAND_IN).filter(pk=row.unit_id).exists()


def _page(request: HttpRequest, row: ConsultedUnit, **told: Any) -> HttpResponseBase:
    field = FilesInput(attrs={"accept": ACCEPT_ATTRIBUTE, "class": "file-input", "id": "id_brought"})
    current = ConsultedUnit.objects.current().filter(consultation=row.consultation_id, unit=row.unit_id)
    context = {
        "row": row,
        "draft": row.consultation.draft,
        "until": row.consultation.answer_by,
        "closed": why_closed(row, timezone.localdate()),
        "newer": current.first() if row.replaced_at else None,
        "may_answer": _answers_for(request, row),
        "files_field": field.render("brought", None),
        "limit": settings.UPLOAD_MAX_BYTES,
        "accepted_kinds": ACCEPTED,
        "most_files": acts.MOST_FILES,
        "longest": acts.LONGEST,
        "words": row.words,
    }
    return render(request, "reports/consultation/unit.html", context | told, status=422 if told else 200)


@require(*EVERY_READER)
@require_safe
def consultation(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What one unit was sent, with its answer or the form of it."""
    return _page(request, _row(request, pk))


@require(Permission.HAND_IN)
@require_POST
def consultation_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The unit's answer; what is lacking is told beside the form, which keeps words and files."""
    row = _row(request, pk)
    if not _answers_for(request, row):
        raise Http404
    given, words = request.POST.get("answer", ""), request.POST.get("words", "")
    try:
        row = acts.answer(
            row=row,
            answer=given,
            words=words,
            files=FilesField().to_python(request.FILES.getlist("brought")),
            kept=[int(each) for each in request.POST.getlist("kept") if each.isdigit()],
            by=access_of(request).person,
            at=timezone.now(),
        )
    except FilesRefused as refused:
        sentences = list(refused.sentences)
    except DraftRefused as refused:
        sentences = [str(refused)]
    else:
        notes.done(request, "已提出异议，请等待答复。" if row.is_objected else "已确认。")
        return notes.go_on(request, acts.address_of(row))
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "reports/consultation/_errors.html", {"sentences": sentences})
    return _page(request, row, sentences=sentences, words=words)


@require(*EVERY_READER)
@require_safe
def consultation_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of an objection; with `?inline` shown in the browser, if that can show it."""
    row = _row(request, pk)
    return handed_out(request, get_object_or_404(row.files, pk=file), of=str(row))
