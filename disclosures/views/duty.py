"""One unit's duty in a term: what is asked, how it stands, handing in, taking back, every version and every step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions import hand_ins
from disclosures.actions.duties import DutyRefused, exceptions_query
from disclosures.actions.hand_ins import MOST_FILES, why_closed
from disclosures.downloads import download
from disclosures.duties.duty import Duty, Term, duty_of
from disclosures.duties.forms import HandInForm
from disclosures.duties.history import history_of
from disclosures.duties.states import last_returned, told
from disclosures.files.keeping import FilesRefused, content_of
from disclosures.files.recognition import ACCEPTED
from disclosures.models import HandIn, Requirement, RestDay, StoredFile
from lanshan_portal import notes
from lanshan_portal.addresses import duty_address
from lanshan_portal.nav import EVERY_READER
from units import audit
from units.access import Access, access_of
from units.models import Office, Unit
from units.permissions import require
from units.roles import Permission


@dataclass(frozen=True)
class Found:
    """A duty as an address names it, for somebody who may see it."""

    access: Access
    office: Office
    term: Term
    unit: Unit
    duty: Duty
    day: date

    @property
    def address(self) -> str:
        """Its page."""
        return duty_address(self.term.requirement.code, self.term.code, self.unit.code)

    @property
    def may_hand_in(self) -> bool:
        """Whether the person hands in for the unit."""
        return self.access.units_for(Permission.HAND_IN).filter(pk=self.unit.pk).exists()


def find(request: HttpRequest, code: str, term: str, unit: str) -> Found:
    """The duty, as of today; 404 where there is none, and where it is another unit's."""
    access = access_of(request)
    owner = get_object_or_404(access.visible_units, code=unit)
    requirements = Requirement.objects.select_related("group", "office").prefetch_related("units", "attachments")
    requirement = get_object_or_404(requirements, office=owner.office_id, code=code)
    day = timezone.localdate()
    try:
        asked = Term.named(requirement, term)
    except ValueError:
        raise Http404 from None
    duty = duty_of(asked, owner.pk, day, requirement.office)
    if duty is None:
        raise Http404
    return Found(access, requirement.office, asked, owner, duty, day)


@require(*EVERY_READER)
@require_safe
def duty(request: HttpRequest, code: str, term: str, unit: str) -> HttpResponseBase:
    """The page of one duty."""
    found = find(request, code, term, unit)
    return render(request, "disclosures/duty/duty.html", context_of(found, _blank(found)))


@require(Permission.HAND_IN)
@require_POST
def duty_hand_in(request: HttpRequest, code: str, term: str, unit: str) -> HttpResponseBase:
    """Take what is handed in; what is wrong is told beside the form, which keeps files and words."""
    found = find(request, code, term, unit)
    if not found.may_hand_in:
        raise Http404
    form = HandInForm(request.POST, request.FILES, publish=found.term.requirement.met_by_address)
    sentences: list[str] = []
    if form.is_valid():
        given = form.cleaned_data
        try:
            version = hand_ins.hand_in(
                requirement=found.term.requirement,
                term=found.term.code,
                unit=found.unit,
                files=given["brought"],
                title=given["title"],
                note=given["note"],
                address=given.get("address", ""),
                by=found.access.person,
                at=timezone.now(),
            )
        except FilesRefused as refused:
            sentences = list(refused.sentences)
        except DutyRefused as refused:
            sentences = [str(refused)]
        else:
            words = f"已报送，回执编号 {version.receipt}。审核前可以撤回或更换。"
            notes.done(request, words, undo=reverse("duty_withdraw", args=[version.pk]))
            return notes.go_on(request, found.address)
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "disclosures/duty/_hand_in_errors.html", {"form": form, "sentences": sentences})
    context = context_of(found, form) | {"sentences": sentences}
    return render(request, "disclosures/duty/duty.html", context)


@require(Permission.HAND_IN)
@require_POST
def duty_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the newest version back before it is reviewed."""
    access = access_of(request)
    version = _visible_version(access, pk)
    if not access.units_for(Permission.HAND_IN).filter(pk=version.unit_id).exists():
        raise Http404
    try:
        hand_ins.withdraw(hand_in=version, by=access.person, at=timezone.now())
    except DutyRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已撤回第{version.number}版，材料保留在报送记录中，可以重新报送。")
    return redirect(duty_address(version.requirement.code, version.term, version.unit.code))


@require(*EVERY_READER)
@require_safe
def duty_receipt(request: HttpRequest, receipt: str) -> HttpResponseBase:
    """The receipt of a version, to print on A4."""
    version = _visible_version(access_of(request), HandIn.objects.filter(receipt=receipt).values("pk"))
    term = Term.of_record(version.requirement, version.term)
    found = duty_of(term, version.unit_id, timezone.localdate(version.handed_in_at), version.requirement.office)
    due_on = found.due_on if found else term.due_on
    context = {
        "version": version,
        "term": term,
        "due_on": due_on,
        "days_late": max(0, (timezone.localdate(version.handed_in_at) - due_on).days),
        "unit_name": found.unit.full_name if found else str(version.unit),
        "address": duty_address(version.requirement.code, version.term, version.unit.code),
    }
    return render(request, "disclosures/duty/receipt.html", context)


@require(*EVERY_READER)
@require_safe
def duty_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a version, withdrawn ones too; with `?inline` shown in the browser, if that can show it."""
    version = _visible_version(access_of(request), pk)
    return handed_out(request, get_object_or_404(version.files, pk=file), of=str(version.requirement))


def handed_out(request: HttpRequest, file: StoredFile, *, of: str) -> HttpResponseBase:
    """A kept file for who may have it; that is noted."""
    try:
        content = content_of(file)
    except OSError:
        raise Http404 from None
    audit.record(
        by=access_of(request).user,
        verb="file.downloaded",
        office=file.office,
        target=file,
        data={"file": file.name, "of": of},
    )
    return download(
        content,
        name=file.name,
        fallback=f"file-{file.pk}.{file.kind}",
        content_type=file.content_type,
        inline=file.shown_in_page and "inline" in request.GET,
    )


def _visible_version(access: Access, pk: Any) -> HandIn:
    """A version of a unit whose records the person may see: the unit's own, or of one that has gone into it; else 404."""
    versions = HandIn.objects.select_related("requirement__office", "unit", "handed_in_by").prefetch_related("files")
    version = get_object_or_404(versions, pk__in=pk if not isinstance(pk, int) else [pk])
    if access.visible_units.filter(pk=version.unit_id).exists():
        return version
    directory = Unit.objects.filter(office=version.requirement.office_id).directory()
    heir = directory.heir(version.unit_id, timezone.localdate())
    if heir is None or not access.visible_units.filter(pk=heir.unit_id).exists():
        raise Http404
    return version


# --- what the page shows


def _blank(found: Found) -> HandInForm:
    return HandInForm(initial={"title": found.term.requirement.name}, publish=found.term.requirement.met_by_address)


def context_of(found: Found, form: HandInForm) -> dict[str, Any]:
    """Everything the page of a duty shows."""
    access, duty, requirement = found.access, found.duty, found.term.requirement
    closed = why_closed(duty, found.day)
    history = history_of(found.term, duty, found.office)
    may_grant = access.may(Permission.GRANT_EXCEPTIONS) and duty.asked
    waiting = duty.submission if duty.awaits_review else None
    return {
        "term": found.term,
        "requirement": requirement,
        "duty": duty,
        "unit": found.unit,
        "day": found.day,
        "told": told(duty, found.day),
        "returned": last_returned(duty),
        "working_days_left": RestDay.objects.calendar().between(found.day, duty.due_on),
        "days_over": max(0, (found.day - duty.due_on).days),
        "closed": closed,
        "form": form,
        "may_hand_in": found.may_hand_in,
        "for_unit": not access.reads_all_units,
        "history": history,
        "newest": history.newest,
        "limit": settings.UPLOAD_MAX_BYTES,
        "accepted_kinds": ACCEPTED,
        "most_files": MOST_FILES,
        "to_review": waiting if access.may(Permission.REVIEW_SUBMISSIONS) else None,
        "may_reopen": access.may(Permission.REVIEW_SUBMISSIONS) and duty.submission and not waiting,
        "may_grant": may_grant,
        "may_manage": access.may(Permission.MANAGE_REQUIREMENTS),
        "exceptions_query": exceptions_query(found.term, found.unit.code),
    }
