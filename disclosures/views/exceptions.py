"""延期 and 不适用 for one or several duties: chosen by their units and month, or one by one; each undoable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from disclosures.actions import exceptions as acts
from disclosures.actions.duties import DutyRefused
from disclosures.actions.exceptions import Place
from disclosures.compliance import Standing
from disclosures.duties.duty import Duty, Term, duties_of, terms_due
from disclosures.duties.forms import EXEMPTION, EXEMPTION_REASONS, EXTENSION, EXTENSION_REASONS, ExceptionForm
from disclosures.duties.states import Told, told
from disclosures.models import DutyExemption, DutyExtension, Requirement, RestDay
from disclosures.month_in_view import month_asked_for
from lanshan_portal import notes
from lanshan_portal.addresses import duty_address
from units.access import Access, access_of, office_of
from units.models import Office, Unit
from units.permissions import require
from units.roles import Permission

DUTY = re.compile(r"(.+):(once|\d{4}-\d{2}|):(.+)", re.DOTALL)
"""How an address names a duty: CODE:TERM:UNIT, the term of one asked once empty or `once`."""
WORKING_DAYS_OFFERED = (3, 5, 10)


@dataclass(frozen=True)
class Offered:
    """A duty the page lists: how it stands, and whether it is ticked."""

    value: str
    term: Term
    duty: Duty
    told: Told
    ticked: bool


@require(Permission.GRANT_EXCEPTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def exceptions_new(request: HttpRequest) -> HttpResponseBase:
    """Choose duties, say what is granted and why; posted, it is done for each that may have it."""
    access, office = access_of(request), office_of(request)
    if request.method != "POST":
        form = ExceptionForm(initial={"kind": request.GET.get("kind", EXTENSION)})
        return _page(request, office, form, _offered(request, office))
    form = ExceptionForm(request.POST)
    offered = _of_values(office, request.POST.getlist("duty"), ticked=True)
    if not offered:
        form.add_error(None, "请勾选要办理的任务。")
    if not form.is_valid():
        return _page(request, office, form, offered or _offered(request, office))
    return _granted(request, access, form, offered)


def _granted(request: HttpRequest, access: Access, form: ExceptionForm, offered: list[Offered]) -> HttpResponseBase:
    by, at = access.person, timezone.now()
    units = Unit.objects.in_bulk({each.duty.unit.unit_id for each in offered})
    places = {Place(each.term.requirement, each.term.code, units[each.duty.unit.unit_id]): each for each in offered}
    reason = form.cleaned_data["reason"]
    exempting = form.cleaned_data["kind"] == EXEMPTION
    outcomes = (
        acts.exempt_all(places=places, reason=reason, by=by, at=at)
        if exempting
        else acts.extend_all(places=places, until=form.until_day, reason=reason, by=by, at=at)
    )
    refused = [outcome for outcome in outcomes if outcome.refused]
    done = len(outcomes) - len(refused)
    if done:
        notes.done(request, _done(access, exempting, done), undo=reverse("exceptions_undo", args=[at]))
    if not refused:
        return redirect(_back(request))
    sentences = [
        f"{places[outcome.place].duty.unit.short_name}的“{places[outcome.place].term.name}”：{outcome.refused}"
        for outcome in refused
    ]
    left = _of_values(access.office, [places[outcome.place].value for outcome in refused], ticked=True)
    return _page(request, access.office_or_404, form, left, sentences=sentences, done=done)


def _done(access: Access, exempting: bool, number: int) -> str:
    if not exempting:
        return f"已为 {number} 项任务办理延期。"
    if access.may(Permission.APPROVE_EXEMPTIONS):
        return f"已将 {number} 项任务标记为不适用。"
    return f"已申请将 {number} 项任务标记为不适用，批准后生效。"


@require(Permission.GRANT_EXCEPTIONS)
@require_POST
def exceptions_undo(request: HttpRequest, granted_at: Any) -> HttpResponseBase:
    """Take back what the person granted or asked for at one stroke."""
    by = access_of(request).person
    outcomes = acts.take_back(by=by, granted_at=granted_at, at=timezone.now())
    for outcome in outcomes:
        if outcome.refused:
            notes.refused(request, f"{outcome.place.unit}的“{outcome.place.requirement.name}”：{outcome.refused}")
    back = sum(not outcome.refused for outcome in outcomes)
    if back:
        notes.done(request, f"已撤回 {back} 项任务的办理，恢复为原来的情况。")
    elif not outcomes:
        notes.refused(request, "没有可以撤回的办理。")
    return redirect(_back(request))


@require(Permission.GRANT_EXCEPTIONS)
@require_POST
def extensions_revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one extension back."""
    extension = _own(request, DutyExtension, pk)
    _revoke(request, lambda by: acts.revoke_extension(extension=extension, by=by, at=timezone.now()), "已撤销延期。")
    return redirect(duty_address(extension.requirement.code, extension.term, extension.unit.code))


@require(Permission.GRANT_EXCEPTIONS, Permission.APPROVE_EXEMPTIONS)
@require_POST
def exemptions_revoke(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take one exemption back; an approved one only by who may approve."""
    exemption = _own(request, DutyExemption, pk)
    words = "已撤销不适用标记，任务恢复为需要报送。"
    _revoke(request, lambda by: acts.revoke_exemption(exemption=exemption, by=by, at=timezone.now()), words)
    return redirect(duty_address(exemption.requirement.code, exemption.term, exemption.unit.code))


def _own(request: HttpRequest, model: type[Model], pk: int) -> Any:
    found = model._default_manager.select_related("requirement", "unit")
    return get_object_or_404(found, requirement__office=access_of(request).office, pk=pk)


def _revoke(request: HttpRequest, act: Any, words: str) -> None:
    try:
        act(access_of(request).person)
    except DutyRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, words)


# --- what the page lists


def _offered(request: HttpRequest, office: Office) -> list[Offered]:
    """The duties an address names: themselves, or the units' of one requirement or of a month, those still open ticked."""
    values = request.GET.getlist("duty")
    if values:
        return _of_values(office, values, ticked=True)
    codes = request.GET.getlist("unit")
    if not codes:
        return []
    day = timezone.localdate()
    terms = _terms(request, office)
    found = duties_of(dict.fromkeys(terms, day), office)
    wanted = set(codes)
    return [
        _one(term, duty, day, ticked=duty.is_open)
        for term, duties in found.items()
        for duty in duties
        if duty.unit.code in wanted and duty.standing in (Standing.MISSING, Standing.AWAITED, Standing.LATE)
    ]


def _terms(request: HttpRequest, office: Office) -> list[Term]:
    """The term of the requirement that the address names, or those that fall due in its month."""
    try:
        if code := request.GET.get("requirement"):
            requirements = Requirement.objects.select_related("group").prefetch_related("units")
            asked = get_object_or_404(requirements, office=office, code=code)
            return [Term.named(asked, request.GET.get("term", ""))]
    except ValueError:
        raise Http404 from None
    month = month_asked_for(request)
    return terms_due(office, month.start, month.last)


def _of_values(office: Office | None, values: Iterable[str], *, ticked: bool) -> list[Offered]:
    """The duties of those values; what names none is left out."""
    if office is None:
        return []
    named = [found.groups() for value in dict.fromkeys(values) if (found := DUTY.fullmatch(value))]
    requirements = {
        requirement.code: requirement
        for requirement in Requirement.objects.filter(office=office, code__in={code for code, _, _ in named})
        .select_related("group")
        .prefetch_related("units")
    }
    wanted: dict[Term, set[str]] = {}
    for code, term, unit in named:
        try:
            wanted.setdefault(Term.named(requirements[code], "" if term == "once" else term), set()).add(unit)
        except (KeyError, ValueError):
            continue
    day = timezone.localdate()
    return [
        _one(term, duty, day, ticked=ticked)
        for term, duties in duties_of(dict.fromkeys(wanted, day), office).items()
        for duty in duties
        if duty.unit.code in wanted[term]
    ]


def _one(term: Term, duty: Duty, day: date, *, ticked: bool) -> Offered:
    return Offered(f"{term.requirement.code}:{term.code}:{duty.unit.code}", term, duty, told(duty, day), ticked)


def _page(
    request: HttpRequest, office: Office, form: ExceptionForm, offered: list[Offered], **more: Any
) -> HttpResponseBase:
    calendar, today = RestDay.objects.calendar(), timezone.localdate()
    latest = max([today, *(each.duty.due_on for each in offered)])
    context = {
        "form": form,
        "offered": offered,
        "days": [(number, calendar.add(latest, number)) for number in WORKING_DAYS_OFFERED],
        "extension_reasons": EXTENSION_REASONS,
        "exemption_reasons": EXEMPTION_REASONS,
        "approves": access_of(request).may(Permission.APPROVE_EXEMPTIONS),
        "next": _back(request),
    }
    in_drawer = request.htmx  # type: ignore[attr-defined]
    return render(request, f"disclosures/exceptions/{'_drawer' if in_drawer else 'page'}.html", context | more)


def _back(request: HttpRequest) -> str:
    """The page the person came from: as the form says, else as the browser says; otherwise the list of tasks."""
    came_from = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    local = f"{came_from.path}?{came_from.query}" if came_from.query else came_from.path
    for address in (request.POST.get("next") or request.GET.get("next", ""), local):
        if urlsplit(address).path == request.path:
            continue
        if address and url_has_allowed_host_and_scheme(address, allowed_hosts=None):
            return address
    return reverse("rows", args=["duties"])
