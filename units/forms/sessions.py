"""Forms of signing in and of one's own password."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_failure_limit
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from units.passwords import RULE


class SignInForm(AuthenticationForm):
    """Account and password. The answer to a wrong pair is the same whichever was wrong."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "账号"
        self.fields["username"].widget.attrs |= {"class": "form-control", "autocomplete": "username"}
        self.fields["username"].error_messages["required"] = "请填写账号。"
        self.fields["password"].label = "密码"
        self.fields["password"].widget.attrs |= {"class": "form-control"}
        self.fields["password"].error_messages["required"] = "请填写密码。"

    def get_invalid_login_error(self) -> ValidationError:
        """The sentence for a wrong account or password."""
        limit = get_failure_limit(self.request, {"username": self.data.get("username")})
        minutes = round(settings.AXES_COOLOFF_TIME * 60)
        return ValidationError(
            f"账号或密码不正确，请重新填写。连续{limit}次填错，该账号将锁定{minutes}分钟。", code="invalid_login"
        )


class ChangePasswordForm(PasswordChangeForm):
    """The password in use, and the new one twice."""

    error_messages = {
        "password_incorrect": "当前密码不正确，请重新填写。",
        "password_mismatch": "两次填写的新密码不一致。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "old_password": ("当前密码", "请填写当前密码。", ""),
            "new_password1": (
                "新密码",
                "请填写新密码。",
                RULE,
            ),
            "new_password2": ("再次填写新密码", "请再次填写新密码。", ""),
        }
        for name, (label, required, help_text) in words.items():
            field = self.fields[name]
            field.label, field.help_text = label, help_text
            field.error_messages["required"] = required
            field.widget.attrs |= {"class": "form-control"}

    def clean_new_password1(self) -> str:
        """The new password, if it is another than the one in use."""
        new: str = self.cleaned_data["new_password1"]
        if self.user.check_password(new):
            raise forms.ValidationError("新密码不能与当前密码相同。")
        return new
