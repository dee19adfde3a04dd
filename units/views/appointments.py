"""What a person is somewhere: appointing, ending, taking either back. The page they are on is the account's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from lanshan_portal import notes
from lanshan_portal.addresses import next_page
from units.access import access_of, office_of
from units.account_list import title_of
from units.actions import appointments
from units.actions.appointments import AccountRefused
from units.forms.accounts import AppointmentForm, EndForm
from units.forms.fields import blame
from units.models import Membership
from units.permissions import require
from units.roles import Permission
from units.views.accounts import account_of, account_page, directory_of


def _membership(request: HttpRequest, pk: int, held: int) -> Membership:
    return get_object_or_404(Membership, pk=held, user=account_of(request, pk), office=office_of(request))


def _title(membership: Membership) -> str:
    return title_of(membership, timezone.localdate(), directory_of(membership.office))


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_appoint(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Appoint the person to a role."""
    user, office, day = account_of(request, pk), office_of(request), timezone.localdate()
    form = AppointmentForm(request.POST, units=directory_of(office).at(day))
    if not form.is_valid():
        return account_page(request, user, appoint=form)
    try:
        made = appointments.appoint(
            office=office,
            user=user,
            role=form.chosen_role,
            unit=form.chosen_unit,
            since=form.cleaned_data["since"],
            by=access_of(request).user,
        )
    except AccountRefused as refused:
        blame(form, refused)
        return account_page(request, user, appoint=form)
    undo = reverse("accounts_withdraw", args=[pk, made.pk]) if made.since >= day else ""
    notes.done(request, f"已任命{user}为{_title(made)}。", undo=undo)
    return redirect("accounts_one", pk)


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_withdraw(request: HttpRequest, pk: int, held: int) -> HttpResponseBase:
    """Take back an appointment that was a mistake."""
    membership = _membership(request, pk, held)
    title = _title(membership)
    try:
        appointments.withdraw(membership=membership, by=access_of(request).user, on=timezone.localdate())
    except AccountRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已撤销{membership.user}的任命：{title}。")
    return redirect(next_page(request, reverse("accounts_one", args=[pk])))


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_end(request: HttpRequest, pk: int, held: int) -> HttpResponseBase:
    """Let an appointment end on a day."""
    membership = _membership(request, pk, held)
    form = EndForm(request.POST, prefix=str(held))
    if not form.is_valid():
        return account_page(request, membership.user, end=(held, form))
    try:
        ended = appointments.end(
            membership=membership,
            until=form.cleaned_data["until"],
            by=access_of(request).user,
            on=timezone.localdate(),
        )
    except AccountRefused as refused:
        blame(form, refused)
        return account_page(request, membership.user, end=(held, form))
    # What had an end before goes on without one only when somebody says so.
    undo = "" if membership.until else reverse("accounts_resume", args=[pk, held])
    notes.done(request, f"{ended.user}的任职已终止：{_title(ended)}。", undo=undo)
    return redirect("accounts_one", pk)


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_resume(request: HttpRequest, pk: int, held: int) -> HttpResponseBase:
    """Take back the end of an appointment."""
    membership = _membership(request, pk, held)
    try:
        resumed = appointments.resume(membership=membership, by=access_of(request).user)
    except AccountRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"{resumed.user}的任职已恢复：{_title(resumed)}。")
    return redirect(next_page(request, reverse("accounts_one", args=[pk])))
