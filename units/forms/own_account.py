"""What a person says of the own account."""

from __future__ import annotations

from typing import Any

from django import forms

from units.account_rules import PHONE_FORM, why_no_email, why_no_phone
from units.forms.fields import text, told_why


class OwnAccountForm(forms.Form):
    """Telephone, mail, and how the portal speaks to the person."""

    phone = text("联系电话", longest=40, help_text=PHONE_FORM, autocomplete="tel", inputmode="tel")
    email = text("邮箱", longest=254, autocomplete="email", inputmode="email")
    mail_wanted = forms.BooleanField(
        label="消息同时发到邮箱", required=False, help_text="催办立即发送，其他消息每天汇总为一封；未填邮箱的不发送"
    )
    large_text = forms.BooleanField(label="使用大字号", required=False, help_text="所有页面的文字放大显示，只影响本人")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(told_why(why_no_phone))
        self.fields["email"].validators.append(told_why(why_no_email))
