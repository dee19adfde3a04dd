"""One's own account: how one is reached, the age of the password, what one is and what one did."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from lanshan_portal import notes
from units.access import access_of
from units.account_list import titles_of
from units.actions import accounts
from units.forms.own_account import OwnAccountForm
from units.log import Selection, page_of
from units.models import Unit, User
from units.permissions import signed_in_only
from units.views.log import place_asked_for

PROFILE = ("phone", "email", "mail_wanted", "large_text")
DUE_SOON_DAYS = 14


@signed_in_only
def account(request: HttpRequest) -> HttpResponseBase:
    """The person's own account, and the log of what was done with it."""
    access, now = access_of(request), timezone.now()
    user = access.person
    form = OwnAccountForm(request.POST or None, initial={name: getattr(user, name) for name in PROFILE})
    if request.method == "POST" and form.is_valid():
        changed = accounts.keep_own_profile(user=user, office=access.office, **form.cleaned_data)
        notes.done(request, "本人资料已保存。" if changed else "资料没有变化。")
        return redirect("account")
    day, due_in = timezone.localdate(now), _due_in(user, now)
    titles: tuple[str, ...] = ()
    if access.office:
        directory = Unit.objects.filter(office=access.office).directory()
        titles = titles_of([user], access.office, day, directory).get(user.pk, ())
    context = {
        "form": form,
        "titles": titles,
        "password_age": password_age(user, now),
        "max_age_days": settings.PASSWORD_MAX_AGE_DAYS,
        "due_in": due_in,
        "due_soon": due_in is not None and due_in <= DUE_SOON_DAYS,
        "log": page_of(Selection(people=(user.pk,)), **place_asked_for(request)),
    }
    return render(request, "units/own_account.html", context, status=422 if form.errors else 200)


def password_age(user: User, at: datetime) -> int:
    """For how many days the password has been in use."""
    return (at - (user.password_changed_at or user.date_joined)).days


def _due_in(user: User, at: datetime) -> int | None:
    """In how many days the password must be changed; None where it need not be."""
    limit = settings.PASSWORD_MAX_AGE_DAYS
    return max(0, limit - password_age(user, at)) if limit else None
