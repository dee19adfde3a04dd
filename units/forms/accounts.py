"""Forms about accounts: who somebody is, and what, where, from when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from units.account_list import OFFERED
from units.account_rules import PHONE_FORM, USERNAME_FORM, why_no_email, why_no_phone, why_no_username
from units.actions.accounts import Profile
from units.appointing import why_not_placed
from units.directory import DirectoryEntry
from units.forms.fields import day, select, text, told_why, unit_choices
from units.models import Unit
from units.roles import ROLES, Role


class ProfileForm(forms.Form):
    """Who an account belongs to."""

    display_name = text("姓名", longest=40, required="请填写姓名。", autocomplete="off")
    job_title = text("职务", longest=40, autocomplete="off")
    phone = text("联系电话", longest=40, help_text=PHONE_FORM, autocomplete="off", inputmode="tel")
    email = text("邮箱", longest=254, autocomplete="off", inputmode="email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(told_why(why_no_phone))
        self.fields["email"].validators.append(told_why(why_no_email))

    @property
    def profile(self) -> Profile:
        """What was filled in."""
        names = ("display_name", "job_title", "phone", "email")
        return Profile(**{name: self.cleaned_data[name] for name in names})


class AppointmentForm(forms.Form):
    """What somebody is, where, from when."""

    role = select("角色", required="请选择角色。")
    unit = select("单位", help_text="单位的角色须填，机关的角色留空")
    since = day("起始日期", required="请填写起始日期。", help_text="自这一天起可以办理")

    def __init__(self, *args: Any, units: Iterable[DirectoryEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of_office = [(role.key, role.display_name) for role in ROLES.values() if not role.for_unit]
        of_unit = [(role.key, role.display_name) for role in ROLES.values() if role.for_unit]
        self.fields["role"].choices = [("", "请选择"), ("单位", of_unit), ("机关", of_office)]  # type: ignore[attr-defined]
        self.fields["unit"].choices = unit_choices(units, "不填写")  # type: ignore[attr-defined]

    @property
    def chosen_role(self) -> Role:
        """The role."""
        return ROLES[self.cleaned_data["role"]]

    @property
    def chosen_unit(self) -> Unit | None:
        """The unit, where one was chosen."""
        chosen = self.cleaned_data["unit"]
        return Unit.objects.get(pk=chosen) if chosen else None

    def clean(self) -> dict[str, Any]:
        """A unit where the role is a unit's, none where it is the office's."""
        given = super().clean() or {}
        role = ROLES.get(given.get("role", ""))
        if role and (sentence := why_not_placed(role, at_unit=bool(given.get("unit")))):
            self.add_error("unit", sentence)
        return given


class NewAccountForm(AppointmentForm, ProfileForm):
    """A new account: its name, whose it is, and what that person is."""

    username = text("账号", longest=30, required="请填写账号。", help_text=USERNAME_FORM, autocomplete="off")
    field_order = ["username", "display_name", "role", "unit", "since", "job_title", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].validators.append(told_why(why_no_username))


class EndForm(forms.Form):
    """The day from which an appointment holds no more."""

    until = day("终止日期", required="请填写终止日期。")


class AccountFilterForm(forms.Form):
    """Which accounts a list shows."""

    q = text("姓名、拼音或账号", longest=40)
    role = select("角色")
    unit = text("单位", longest=80, list="unit-codes")
    state = select("状态")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "全部"), *((role.key, role.display_name) for role in ROLES.values())]  # type: ignore[attr-defined]
        self.fields["state"].choices = [("", "全部"), *OFFERED]  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["data-find"] = True
