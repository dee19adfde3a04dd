"""The office sets tasks: new, copied, changed with what that moves, ended, removed; and whom each asks."""

from __future__ import annotations

from datetime import date
from itertools import count, islice
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from disclosures.actions import requirements as acts
from disclosures.actions.requirements import RequirementRefused
from disclosures.compliance import due_in, locked_from
from disclosures.duties.duty import Term, terms_of
from disclosures.duties.requirement_form import RequirementForm
from disclosures.duties.requirement_moves import what_moves
from disclosures.files.keeping import FilesRefused
from disclosures.files.recognition import ACCEPTED
from disclosures.models import Requirement, RestDay
from disclosures.models.requirement import units_asked
from disclosures.month_in_view import month_in_view
from disclosures.views.duty import handed_out
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import Period, day_asked_for
from units.access import access_of, office_of
from units.directory import Directory
from units.models import AuditEvent, Office, Unit
from units.permissions import require
from units.roles import Permission

NAMES_SHOWN = 60


def _own(request: HttpRequest, pk: int) -> Requirement:
    found = Requirement.objects.select_related("group", "office").prefetch_related("units", "attachments")
    return get_object_or_404(found, office=office_of(request), pk=pk)


@require(Permission.MANAGE_REQUIREMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def requirements_new(request: HttpRequest) -> HttpResponseBase:
    """Set a task, empty or after another one."""
    office = office_of(request)
    copied = _copied(request, office)
    if request.method != "POST":
        return _form(request, RequirementForm(office=office, initial=_initial(office, request, copied)), copied=copied)
    form = RequirementForm(request.POST, request.FILES, office=office)
    if not form.is_valid():
        return _form(request, form, copied=copied)
    by = access_of(request).person
    try:
        made = acts.create(
            office=office,
            fields=form.contents(),
            unit_ids=form.unit_ids,
            files=form.cleaned_data["brought"],
            attachments=copied.attachments.all() if copied else (),
            by=by,
            at=timezone.now(),
        )
    except (RequirementRefused, FilesRefused) as refused:
        return _form(request, form, copied=copied, sentences=getattr(refused, "sentences", [str(refused)]))
    notes.done(request, f"已布置“{made.name}”。", undo=reverse("requirements_delete", args=[made.pk]))
    return redirect(_address_of(made))


@require(Permission.MANAGE_REQUIREMENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def requirements_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a task; where units have handed in, what that moves is told before it is done."""
    requirement = _own(request, pk)
    if request.method != "POST":
        return _form(request, RequirementForm(instance=requirement, office=requirement.office))
    form = RequirementForm(request.POST, request.FILES, instance=requirement, office=requirement.office)
    if not form.is_valid():
        return _form(request, form)
    fields, unit_ids = form.contents(), form.unit_ids
    moves = what_moves(requirement=requirement, fields=fields, unit_ids=unit_ids, day=timezone.localdate())
    if moves and request.POST.get("confirmed") != "yes":
        return _form(request, form, moves=moves)
    by = access_of(request).person
    try:
        changed = acts.change(
            requirement=requirement,
            fields=fields,
            unit_ids=unit_ids,
            files=form.cleaned_data["brought"],
            dropped=[file.pk for file in form.cleaned_data["dropped"]],
            by=by,
            at=timezone.now(),
        )
    except (RequirementRefused, FilesRefused) as refused:
        return _form(request, form, sentences=getattr(refused, "sentences", [str(refused)]))
    notes.done(request, f"已保存“{changed.name}”。")
    return redirect(_address_of(changed))


@require(Permission.MANAGE_REQUIREMENTS)
@require_POST
def requirements_asked(request: HttpRequest) -> HttpResponseBase:
    """Whom the task asks as its form stands, and what its days mean: a fragment beside the form."""
    return render(request, "disclosures/requirements/_asked.html", _asked(office_of(request), request.POST))


@require(Permission.MANAGE_REQUIREMENTS)
@require_POST
def requirements_end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Stop a monthly task after a day, or let it go on."""
    requirement = _own(request, pk)
    before = requirement.ends_on
    # Taking it back posts to an address that names the day before.
    day = (request.GET if "ends_on" in request.GET else request.POST).get("ends_on", "")
    try:
        ends_on = day_asked_for(day) if day else None
    except ValueError:
        notes.refused(request, "停止日期应写作 2020-06-01。")
        return redirect("requirements_edit", pk)
    by = access_of(request).person
    try:
        acts.end(requirement=requirement, ends_on=ends_on, by=by, at=timezone.now())
    except RequirementRefused as refused:
        notes.refused(request, str(refused))
    else:
        back = f"{reverse('requirements_end', args=[pk])}?ends_on={before or ''}"
        words = f"“{requirement.name}”{f'自{ends_on:%Y-%m-%d}以后不再布置' if ends_on else '恢复每月布置'}。"
        notes.done(request, words, undo="" if request.GET else back)
    return redirect("requirements_edit", pk)


@require(Permission.MANAGE_REQUIREMENTS)
@require_POST
def requirements_delete(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove a task nobody has handed anything in for."""
    requirement = _own(request, pk)
    by = access_of(request).person
    try:
        event = acts.delete(requirement=requirement, by=by, at=timezone.now())
    except RequirementRefused as refused:
        notes.refused(request, str(refused))
        return redirect("requirements_edit", pk)
    undo = reverse("requirements_restore", args=[event.pk])
    notes.done(request, f"已删除“{requirement.name}”。", undo=undo)
    return redirect("rows", "duties")


@require(Permission.MANAGE_REQUIREMENTS)
@require_POST
def requirements_restore(request: HttpRequest, event: int) -> HttpResponseBase:
    """Set a task again that was removed."""
    found = get_object_or_404(AuditEvent, office=office_of(request), verb__exact="requirement.deleted", pk=event)
    by = access_of(request).person
    try:
        made = acts.restore(event=found, by=by, at=timezone.now())
    except RequirementRefused as refused:
        notes.refused(request, str(refused))
        return redirect("rows", "duties")
    notes.done(request, f"已恢复“{made.name}”。")
    return redirect(_address_of(made))


@require(*EVERY_READER)
@require_safe
def requirements_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """An attachment of a task, for the office and for the units it asks."""
    requirement = _own(request, pk)
    access = access_of(request)
    if not access.reads_all_units:
        directory = _directory(requirement.office)
        day = timezone.localdate()
        terms = [*terms_of(requirement, requirement.due_on, max(day, requirement.due_on)), Term(requirement, None)]
        asked = {unit.unit_id for term in terms for unit in requirement.asked_of(directory, term.due_on)}
        if not access.visible_units.filter(pk__in=asked).exists():
            raise Http404
    return handed_out(request, get_object_or_404(requirement.attachments, pk=file), of=requirement.name)


# --- the form


def _form(request: HttpRequest, form: RequirementForm, **more: Any) -> HttpResponseBase:
    office = form.office
    directory, today = _directory(office), timezone.localdate()
    ticked = {str(value) for value in (form["units"].value() or [])}
    requirement = form.instance if form.instance.pk else None
    offered = {unit.unit_id: unit for unit in directory.at(today)}
    # A unit that is no more stays listed for as long as the task lists it.
    kept = {
        pk: directory.entry(pk, today) for unit in (requirement.units.all() if requirement else ()) if (pk := unit.pk)
    }
    context = {
        "form": form,
        "requirement": requirement,
        "units": [(unit, str(unit.unit_id) in ticked) for unit in (kept | offered).values()],
        "initials": dict(Unit.objects.filter(office=office).values_list("pk", "initials")),
        "has_hand_ins": requirement is not None and acts.has_hand_ins(requirement),
        "monthly": requirement is not None and requirement.recurrence == Requirement.Recurrence.MONTHLY,
        "limit": settings.UPLOAD_MAX_BYTES,
        "accepted_kinds": ACCEPTED,
        **_asked(office, _as_posted(form)),
    }
    return render(request, "disclosures/requirements/form.html", context | more)


def _as_posted(form: RequirementForm) -> QueryDict:
    """The values the form shows, as it would send them."""
    data = QueryDict(mutable=True)
    for name in ("scope", "group", "due_on", "recurrence", "lock_after_days"):
        value = form[name].value()
        data[name] = "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
    data.setlist("units", [str(value) for value in (form["units"].value() or [])])
    return data


def _asked(office: Office, given: QueryDict) -> dict[str, Any]:
    """Whom a scope takes in on the due date, and what the days mean."""
    try:
        due_on = day_asked_for(given.get("due_on", ""))
    except ValueError:
        return {"asked": None}
    group, listed = given.get("group", ""), given.getlist("units")
    asked = units_asked(
        given.get("scope", ""),
        int(group) if group.isdecimal() else None,
        [int(unit) for unit in listed if unit.isdecimal()],
        _directory(office),
        due_on,
    )
    groups: dict[str, int] = {}
    for unit in asked:
        groups[unit.group] = groups.get(unit.group, 0) + 1
    days = given.get("lock_after_days", "")
    monthly = given.get("recurrence") == Requirement.Recurrence.MONTHLY
    calendar = RestDay.objects.calendar()
    return {
        "asked": asked,
        "asked_groups": list(groups.items()),
        "names_shown": f":{NAMES_SHOWN}",
        "names_left": max(0, len(asked) - NAMES_SHOWN),
        "lock_days": days,
        "due_on": due_on,
        "due_monthly": monthly,
        "rests": not calendar.is_workday(due_on),
        "workday_before": next(
            day for back in range(1, 15) if calendar.is_workday(day := date.fromordinal(due_on.toordinal() - back))
        ),
        "locks_on": locked_from(due_on, int(days)) if days.isdecimal() and int(days) <= 366 else None,
    }


def _directory(office: Office) -> Directory:
    return Unit.objects.filter(office=office).directory()


def _address_of(requirement: Requirement) -> str:
    query = QueryDict(mutable=True)
    query["requirement"] = requirement.code
    return f"{reverse('rows', args=['duties'])}?{query.urlencode()}"


def next_codes(office: Office, month: Period, number: int) -> list[str]:
    """RW-202007-03, RW-202007-04: the next free numbers of the month."""
    beginning = f"RW-{month.start:%Y%m}-"
    taken = set(Requirement.objects.filter(office=office, code__startswith=beginning).values_list("code", flat=True))
    return list(islice((code for each in count(1) if (code := f"{beginning}{each:02}") not in taken), number))


def _copied(request: HttpRequest, office: Office) -> Requirement | None:
    code = request.GET.get("copy", "")
    found = Requirement.objects.select_related("group").prefetch_related("units", "attachments")
    return get_object_or_404(found, office=office, code=code) if code else None


def _initial(office: Office, request: HttpRequest, copied: Requirement | None) -> dict[str, Any]:
    today = timezone.localdate()
    month = month_in_view(request)
    initial: dict[str, Any] = {
        "code": next_codes(office, Period.month_of(today), 1)[0],
        "assigned_on": today,
        "scope": Requirement.Scope.ALL,
        "recurrence": Requirement.Recurrence.ONCE,
        "action": Requirement.Action.UPLOAD,
        "placement": Requirement.Placement.NONE,
    }
    if copied is None:
        return initial
    same = ("name", "action", "recurrence", "scope", "group", "basis", "column", "explanation", "placement")
    initial |= {name: getattr(copied, name) for name in (*same, "problem_title", "problem_text", "lock_after_days")}
    initial["units"] = [unit.pk for unit in copied.units.all()]
    initial["due_on"] = due_in(copied.due_on, Period.month_of(max(today, month.start)))
    return initial
