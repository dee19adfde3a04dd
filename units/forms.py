"""Forms of signing in and of one's own password."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_failure_limit
from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError

from lanshan_portal.form_fields import dressed
from units.models import Office, User
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


class MailForm(forms.ModelForm):
    """One's own e-mail address, and whether messages come there too."""

    class Meta:
        model = User
        fields = ["email", "mail_wanted"]
        labels = {"email": "电子邮箱", "mail_wanted": "站内消息同时发到邮箱"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= {"invalid": "邮箱地址应写作 name@example.gov.cn。"}
        self.fields["email"].help_text = "只用于接收平台的提醒，其他单位看不到。"
        self.fields["email"].widget.attrs |= {"class": "form-control", "autocomplete": "email"}

    def clean(self) -> dict[str, Any]:
        """Mail can only be wanted at an address."""
        given = super().clean() or {}
        if given.get("mail_wanted") and not given.get("email") and "email" not in self.errors:
            self.add_error("email", "要接收邮件提醒，请填写邮箱地址；不需要时，请取消下面的勾选。")
        return given


class OfficeForm(forms.ModelForm):
    """What the office calls itself; each field says where its words appear."""

    class Meta:
        model = Office
        fields = [
            "name",
            "short_name",
            "section",
            "phone",
            "jurisdiction",
            "level",
            "government",
            "document_prefix",
            "addressees",
        ]
        help_texts = {
            "name": "通报的署名和标题首行、邮件落款",
            "short_name": "通报正文中的自称，例：区政府办公室",
            "section": "页面左上角、通报附注和邮件落款，例：区政府办公室政务公开科",
            "phone": "出错页面和邮件中告知各单位",
            "jurisdiction": "例：临沂市兰山区",
            "level": "通报中的“全区”“区政府”由此而来",
            "government": "平台名称由此而来，例：兰山区人民政府",
            "document_prefix": "发文字号的前一部分，例：临兰政办字",
            "addressees": "通报的主送机关，一般不改",
        }
        widgets = {"addressees": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dressed(self)
