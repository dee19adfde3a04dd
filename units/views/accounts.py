"""Accounts: the list, one of them, making and correcting, initial passwords on slips, on and off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from lanshan_portal import notes
from lanshan_portal.addresses import next_page
from units.access import access_of, office_of
from units.account_list import counted, furnished, selected
from units.actions import accounts
from units.actions.accounts import Slip
from units.actions.appointments import AccountRefused
from units.directory import Directory
from units.forms.accounts import AccountFilterForm, AppointmentForm, EndForm, NewAccountForm, ProfileForm
from units.forms.fields import blame
from units.log import events_about
from units.models import Membership, Office, Unit, User
from units.passwords import RULE
from units.people import accounts_of
from units.permissions import require
from units.roles import ROLES, Permission

PAGE_ROWS = 50
MOST_SLIPS = 500
"""Slips made at once: a page of paper holds eight."""
EVENTS_SHOWN = 8


def account_of(request: HttpRequest, pk: int) -> User:
    """An account the office keeps; 404 for any other."""
    return get_object_or_404(accounts_of(office_of(request)), pk=pk)


def directory_of(office: Office) -> Directory:
    """Every name the office's units have borne."""
    return Unit.objects.filter(office=office).directory()


# --- the list


@require(Permission.MANAGE_USERS)
@require_safe
def accounts_all(request: HttpRequest) -> HttpResponseBase:
    """The office's accounts."""
    office, now = office_of(request), timezone.now()
    directory = directory_of(office)
    form, found = accounts_found(request, office, directory)
    page = Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))
    asked = {name: value for name, value in form.data.items() if value and name in form.fields}
    context = {
        "form": form,
        "narrowed": bool(asked),
        "export_address": f"{reverse('accounts_export')}?{urlencode(asked)}",
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "rows": furnished(page.object_list, office, now, directory),
        "counts": counted(office, now),
        "unit_names": [entry.short_name for entry in directory.at(timezone.localdate(now))],
    }
    return render(request, "units/accounts/list.html", context, status=422 if form.errors else 200)


def accounts_found(
    request: HttpRequest, office: Office, directory: Directory
) -> tuple[AccountFilterForm, QuerySet[User]]:
    """The accounts that the parameters of the list select; none where they make no sense."""
    form = AccountFilterForm(request.GET)
    if not form.is_valid():
        return form, User.objects.none()
    return form, selected(office, timezone.now(), directory=directory, **form.cleaned_data)


@require(Permission.MANAGE_USERS)
@require_safe
def roles(request: HttpRequest) -> HttpResponseBase:
    """Who may do what: the roles with their descriptions and permissions, and how many people hold each."""
    office, day = office_of(request), timezone.localdate()
    held = Membership.objects.in_force(day).filter(office=office, user__is_active=True)
    holders: dict[str, set[int]] = {}
    for role, user in held.values_list("role", "user"):
        holders.setdefault(role, set()).add(user)
    context = {
        "roles": [(role, len(holders.get(role.key, ()))) for role in ROLES.values()],
        "rights": [(right, [right in role.permissions for role in ROLES.values()]) for right in Permission],
    }
    return render(request, "units/accounts/roles.html", context)


# --- one account


@require(Permission.MANAGE_USERS)
@require_safe
def accounts_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One account: whose it is, what the person is and was, and what can be done with it."""
    return account_page(request, account_of(request, pk))


def account_page(
    request: HttpRequest, user: User, *, appoint: AppointmentForm | None = None, end: tuple[int, EndForm] | None = None
) -> HttpResponse:
    """The page of an account, with the form that was refused, if one was."""
    office, now = office_of(request), timezone.now()
    day, directory = timezone.localdate(now), directory_of(office)
    (row,) = furnished([user], office, now, directory)
    held = user.memberships.filter(office=office).select_related("handed_to__user").order_by("-since", "-id")
    refused_pk, refused_form = end or (0, None)
    context = {
        "row": row,
        "account": user,
        "is_self": user.pk == access_of(request).user.pk,  # type: ignore[union-attr]
        "today": day,
        "held": [
            (
                each,
                ROLES[each.role],
                directory.entry(each.unit_id, day).short_name if each.unit_id else "",
                refused_form if each.pk == refused_pk else EndForm(initial={"until": day}, prefix=str(each.pk)),
            )
            for each in held
        ],
        "appoint": appoint or AppointmentForm(units=directory.at(day), initial={"since": day}),
        "refused": appoint if appoint and appoint.errors else refused_form,
        "events": events_about(user, EVENTS_SHOWN),
        "may_read_log": access_of(request).may(Permission.READ_LOG),
    }
    return render(request, "units/accounts/one.html", context, status=422 if context["refused"] else 200)


@require(Permission.MANAGE_USERS)
def accounts_new(request: HttpRequest) -> HttpResponseBase:
    """Make an account; the answer is its slip."""
    office, now = office_of(request), timezone.now()
    units = directory_of(office).at(timezone.localdate(now))
    form = NewAccountForm(request.POST or None, units=units, initial={"since": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid():
        try:
            slip = accounts.open_account(
                office=office,
                username=form.cleaned_data["username"],
                profile=form.profile,
                role=form.chosen_role,
                unit=form.chosen_unit,
                since=form.cleaned_data["since"],
                by=access_of(request).person,
                at=now,
            )
        except AccountRefused as refused:
            blame(form, refused)
        else:
            return slips_page(request, [slip], "账号已建立", reverse("accounts_one", args=[slip.user.pk]))
    return render(request, "units/accounts/new.html", {"form": form}, status=422 if form.errors else 200)


@require(Permission.MANAGE_USERS)
def accounts_edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Correct whose account it is."""
    user, now = account_of(request, pk), timezone.now()
    as_it_is = {name: getattr(user, name) for name in ("display_name", "job_title", "phone", "email")}
    form = ProfileForm(request.POST or None, initial=as_it_is)
    if request.method == "POST" and form.is_valid():
        try:
            changed = accounts.correct(
                office=office_of(request),
                user=user,
                profile=form.profile,
                by=access_of(request).person,
                on=timezone.localdate(now),
            )
        except AccountRefused as refused:
            blame(form, refused)
        else:
            notes.done(request, f"{form.profile.display_name}的资料已保存。" if changed else "资料没有变化。")
            return redirect("accounts_one", pk)
    return render(
        request, "units/accounts/edit.html", {"form": form, "account": user}, status=422 if form.errors else 200
    )


# --- initial passwords


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_password(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new initial password for one account; the answer is its slip."""
    user = account_of(request, pk)
    return _issued(request, [user], "已发放新的初始密码", reverse("accounts_one", args=[pk]))


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_slips(request: HttpRequest) -> HttpResponseBase:
    """New initial passwords for the accounts ticked; the answer is their slips."""
    wanted = [int(pk) for pk in request.POST.getlist("account") if pk.isascii() and pk.isdigit()][: MOST_SLIPS + 1]
    users = list(accounts_of(office_of(request)).filter(pk__in=wanted).order_by("username"))
    back = next_page(request, reverse("accounts"))
    if not users or len(wanted) > MOST_SLIPS:
        sentence = f"一次最多生成{MOST_SLIPS}张密码条，请分批办理。" if users else "没有选中账号，没有生成密码条。"
        notes.refused(request, sentence)
        return redirect(back)
    return _issued(request, users, f"已生成{len(users)}张密码条", back)


def _issued(request: HttpRequest, users: list[User], title: str, back: str) -> HttpResponseBase:
    try:
        slips = accounts.issue_passwords(
            office=office_of(request), users=users, by=access_of(request).person, at=timezone.now()
        )
    except AccountRefused as refused:
        notes.refused(request, str(refused))
        return redirect(back)
    return slips_page(request, slips, title, back)


def slips_page(
    request: HttpRequest, slips: list[Slip], title: str, back: str, *, more: dict[str, Any] | None = None
) -> HttpResponse:
    """The slips, the only time their passwords are shown: they are in this answer and nowhere else."""
    office, now = office_of(request), timezone.now()
    rows = furnished([slip.user for slip in slips], office, now, directory_of(office))
    context = {
        "title": title,
        "slips": [(row, slip.password) for row, slip in zip(rows, slips, strict=True)],
        "back": back,
        "portal_address": request.build_absolute_uri("/"),
        "rule": RULE,
        "day": timezone.localdate(now),
    }
    response = render(request, "units/accounts/slips.html", context | (more or {}))
    response["Cache-Control"] = "no-store"
    return response


# --- locks, on and off


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_unlock(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Let a locked account go."""
    office, by = office_of(request), access_of(request).person
    return _changed(
        request,
        pk,
        lambda user: accounts.unlock(office=office, user=user, by=by, at=timezone.now()),
        "的账号已解除锁定，可以登录。",
    )


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_deactivate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Switch an account off."""
    office, by = office_of(request), access_of(request).person
    return _changed(
        request,
        pk,
        lambda user: accounts.deactivate(office=office, user=user, by=by, on=timezone.localdate()),
        "的账号已停用。",
        undo="accounts_activate",
    )


@require(Permission.MANAGE_USERS)
@require_POST
def accounts_activate(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Switch an account on again."""
    office, by = office_of(request), access_of(request).person
    return _changed(
        request,
        pk,
        lambda user: accounts.activate(office=office, user=user, by=by, on=timezone.localdate()),
        "的账号已启用。",
        undo="accounts_deactivate",
    )


def _changed(
    request: HttpRequest, pk: int, change: Callable[[User], None], words: str, *, undo: str = ""
) -> HttpResponseBase:
    """Do it and say so, or say why not; then back to where the person was."""
    user = account_of(request, pk)
    try:
        change(user)
    except AccountRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"{user}{words}", undo=reverse(undo, args=[pk]) if undo else "")
    return redirect(next_page(request, reverse("accounts_one", args=[pk])))
