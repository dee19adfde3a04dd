"""Handing over: who leaves, from when, who takes over; and the sheet that goes with it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from disclosures.actions import hand_over as actions
from disclosures.actions.hand_over import HandedOver, Newcomer
from disclosures.hand_over import what_to_hand_over
from disclosures.month_in_view import issue_date, month_in_view
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import chinese_date, day_asked_for
from units.access import access_of, office_of
from units.actions.appointments import AccountRefused
from units.forms.fields import blame
from units.forms.hand_over import HandOverForm, NewcomerForm
from units.models import Membership, User
from units.passwords import RULE
from units.people import accounts_of, people_of_units
from units.permissions import require
from units.roles import ROLES, Permission
from units.views.accounts import directory_of, slips_page


@require(Permission.MANAGE_USERS)
def accounts_hand_over(request: HttpRequest) -> HttpResponseBase:
    """Hand a unit's role over; the answer is the sheet, or first the slip of a new account."""
    office, now = office_of(request), timezone.now()
    today, given = timezone.localdate(now), request.POST or None
    held = Membership.objects.filter(office=office, unit__isnull=False, until__isnull=True).select_related("user")
    form = HandOverForm(
        given,
        office=office,
        held=held,
        directory=directory_of(office),
        today=today,
        initial={"leaver": request.GET.get("leaver", ""), "from_day": today},
    )
    newcomer = NewcomerForm(given if form.is_new else None, prefix="new")
    if request.method == "POST" and form.is_valid() and (not form.is_new or newcomer.is_valid()):
        successor = form.found or Newcomer(newcomer.cleaned_data["username"], newcomer.profile)
        try:
            done = _handed_over(request, form, successor)
        except AccountRefused as refused:
            blame(newcomer if form.is_new and refused.field in newcomer.fields else form, refused)
        else:
            return _answer(request, form, done)
    wrong = form.errors or newcomer.errors
    context = {
        "form": form,
        "newcomer": newcomer,
        "accounts": accounts_of(office).filter(is_active=True).order_by("username"),
        "anybody": held.exists(),
    }
    return render(request, "disclosures/hand_over/form.html", context, status=422 if wrong else 200)


def _handed_over(request: HttpRequest, form: HandOverForm, successor: User | Newcomer) -> HandedOver:
    by = access_of(request).user
    assert by is not None, "signed in"
    return actions.hand_over(
        membership=form.membership,
        successor=successor,
        from_day=form.cleaned_data["from_day"],
        by=by,
        at=timezone.now(),
    )


def _answer(request: HttpRequest, form: HandOverForm, done: HandedOver) -> HttpResponseBase:
    following = done.following
    assert following.unit is not None, "only a unit's role is handed over"
    sheet = f"{reverse('units_hand_over', args=[following.unit.code])}?as_of={timezone.localdate()}"
    words = f"已交接：自{chinese_date(form.cleaned_data['from_day'])}起，{following.user}任{following.unit}{ROLES[following.role].display_name}"
    passed = f"，转交未读消息{done.passed_on}条。" if done.passed_on else "。"
    if done.slip is None:
        notes.done(request, words + passed)
        return redirect(sheet)
    more = {
        "next_step": sheet,
        "next_words": "打印交接单",
        "next_icon": "file-earmark-text",
        "sentence": words + passed,
    }
    return slips_page(request, [done.slip], "交接已办理，新账号已建立", reverse("accounts"), more=more)


@require(*EVERY_READER)
@require_safe
def units_hand_over(request: HttpRequest, code: str) -> HttpResponseBase:
    """The sheet of a unit, for the paper that both sign."""
    access = access_of(request)
    unit = get_object_or_404(access.visible_units, code=code)
    office, as_of = office_of(request), _as_of(request)
    today = timezone.localdate()
    sheet = what_to_hand_over(office, unit, as_of, directory_of(office))
    context: dict[str, Any] = {
        "sheet": sheet,
        "people": [(each, ROLES[each.role]) for each in people_of_units(office, today).get(unit.pk, ())],
        "handed_role": ROLES[sheet.handed.role] if sheet.handed else None,
        "rule": RULE,
        "max_age_days": settings.PASSWORD_MAX_AGE_DAYS,
        "lock_after": settings.AXES_FAILURE_LIMIT,
        "lock_minutes": round(settings.AXES_COOLOFF_TIME * 60),
        "portal_address": request.build_absolute_uri("/"),
        "today": today,
    }
    return render(request, "disclosures/hand_over/sheet.html", context)


def _as_of(request: HttpRequest) -> date:
    """The day the sheet reckons from: the one asked for, else the one the person's pages reckon from."""
    asked = request.GET.get("as_of", "")
    if not asked:
        return issue_date(request, month_in_view(request))
    try:
        return day_asked_for(asked)
    except ValueError:
        raise Http404 from None
