"""Signing in and out, and one's own password."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.access import access_of
from units.actions import accounts
from units.audit import record
from units.forms.sessions import ChangePasswordForm, SignInForm
from units.models import AuditEvent, User

PREVIOUS_LOGIN_KEPT_AS = "previous_login"
"""The session's note of the sign-in before this one: when, and from which address."""


class SignIn(LoginView):
    """The sign-in page; both outcomes go into the trail."""

    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, remembering when this account last was."""
        user: User = form.get_user()
        before = AuditEvent.objects.filter(by=user, verb="session.opened").first()
        response = super().form_valid(form)
        self.request.session[PREVIOUS_LOGIN_KEPT_AS] = (
            [timezone.localtime(before.at).isoformat(), before.address or ""] if before else []
        )
        record(by=user, verb="session.opened", office=access_of(self.request).office)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what was wrong, and note the attempt without its password."""
        name = str(form.data.get("username", ""))[:150]
        if name:
            record(
                by=User.objects.filter(username=name).first(),
                verb="session.refused",
                data={"username": name},
            )
        return super().form_invalid(form)


class SignOut(LogoutView):
    """Sign out, by POST only."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session and note it."""
        access = access_of(request)
        if access.user:
            record(by=access.user, verb="session.closed", office=access.office)
        return super().post(request, *args, **kwargs)


class ChangePassword(RedirectURLMixin, PasswordChangeView):
    """The page that changes one's own password; the only one open to a first password."""

    form_class = ChangePasswordForm
    template_name = "registration/password.html"
    next_page = "home"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password; this session stays, every other one of the account ends."""
        accounts.change_own_password(
            user=form.user,
            password=form.cleaned_data["new_password1"],
            office=access_of(self.request).office,
            at=timezone.now(),
        )
        update_session_auth_hash(self.request, form.user)
        messages.success(self.request, "密码已修改，下次登录请使用新密码。")
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the person must change it before going on, and why."""
        user: User = self.request.user  # type: ignore[assignment]
        due = {"is_due": user.password_is_due(timezone.now()), "max_age_days": settings.PASSWORD_MAX_AGE_DAYS}
        return super().get_context_data(**kwargs) | due

    def get_success_url(self) -> str:
        """Back to the page the person came from."""
        return RedirectURLMixin.get_success_url(self)


@require_POST
def session_kept(request: HttpRequest) -> HttpResponse:
    """Go on working: asking at all renews the session."""
    return HttpResponse(status=204)
