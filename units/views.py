"""Signing in and out, and one's own password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from units.access import access_of
from units.addresses import address_of
from units.audit import record
from units.forms import ChangePasswordForm, SignInForm
from units.models import User

PREVIOUS_LOGIN_KEPT_AS = "previous_login"


class SignIn(LoginView):
    """The sign-in page; both outcomes go into the trail."""

    form_class = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, remembering when this account last was."""
        user: User = form.get_user()
        before = user.last_login
        response = super().form_valid(form)
        self.request.session[PREVIOUS_LOGIN_KEPT_AS] = timezone.localtime(before).isoformat() if before else ""
        record(by=user, verb="session.opened", office=access_of(self.request).office, address=address_of(self.request))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what was wrong, and note the attempt without its password."""
        name = str(form.data.get("username", ""))[:150]
        if name:
            record(
                by=User.objects.filter(username=name).first(),
                verb="session.refused",
                address=address_of(self.request),
                data={"username": name},
            )
        return super().form_invalid(form)


class SignOut(LogoutView):
    """Sign out, by POST only."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """End the session and note it."""
        access = access_of(request)
        if access.user:
            record(by=access.user, verb="session.closed", office=access.office, address=address_of(request))
        return super().post(request, *args, **kwargs)


class ChangePassword(RedirectURLMixin, PasswordChangeView):
    """The page that changes one's own password; the only one open to a first password."""

    form_class = ChangePasswordForm
    template_name = "registration/password.html"
    next_page = "home"

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password, end the duty to change it, and note the change."""
        form.user.must_change_password = False
        response = super().form_valid(form)
        record(
            by=form.user,
            verb="password.changed",
            office=access_of(self.request).office,
            address=address_of(self.request),
        )
        messages.success(self.request, "密码已修改，下次登录请使用新密码。")
        return response

    def get_success_url(self) -> str:
        """Back to the page the person came from."""
        return RedirectURLMixin.get_success_url(self)


@require_POST
def session_kept(request: HttpRequest) -> HttpResponse:
    """Go on working: asking at all renews the session."""
    return HttpResponse(status=204)
