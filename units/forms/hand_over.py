"""Who leaves, from when, and who takes over: somebody with an account, or a newcomer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from units.account_rules import USERNAME_FORM, why_no_username
from units.directory import Directory
from units.forms.accounts import ProfileForm
from units.forms.fields import day, select, text, told_why
from units.models import Membership, Office, User
from units.people import accounts_of, named
from units.roles import ROLES

EXISTING, NEW = "existing", "new"


class HandOverForm(forms.Form):
    """The appointment that is handed over, the day, and the successor."""

    leaver = select("移交人", required="请选择移交人。")
    from_day = day("交接日期", required="请填写交接日期。", help_text="接任人自这一天起办理，移交人任职到前一天")
    how = forms.ChoiceField(
        choices=((EXISTING, "已有账号"), (NEW, "新建账号")), label="接任人", initial=EXISTING, widget=forms.RadioSelect
    )
    successor = text(
        "接任人账号",
        longest=80,
        help_text="账号或姓名，输入时列出可选的人员",
        list="accounts-known",
        autocomplete="off",
    )

    def __init__(
        self, *args: Any, office: Office, held: Iterable[Membership], directory: Directory, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.office = office
        self.held = {str(each.pk): each for each in held}
        self.fields["leaver"].choices = [("", "请选择"), *_by_group(self.held.values(), directory, today)]  # type: ignore[attr-defined]
        self.found: User | None = None

    @property
    def membership(self) -> Membership:
        """What is handed over."""
        return self.held[self.cleaned_data["leaver"]]

    @property
    def is_new(self) -> bool:
        """Whether the successor gets a new account."""
        return self["how"].value() == NEW

    def clean(self) -> dict[str, Any]:
        """Find the successor, where there is one to be found."""
        given = super().clean() or {}
        if given.get("how") == EXISTING:
            try:
                self.found = self._find(given.get("successor") or "")
            except ValidationError as problem:
                self.add_error("successor", problem)
        return given

    def _find(self, words: str) -> User:
        if not words:
            raise ValidationError("请填写接任人的账号或姓名；还没有账号的，请选“为接任人新建账号”。")
        account = words.partition(" ")[0]
        known = accounts_of(self.office)
        exact = list(known.filter(username__iexact=account)) or list(known.filter(display_name=words))
        found = exact or list(named(known, words)[:4])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(f"没有找到“{words}”的账号，请核对；还没有账号的，请选“为接任人新建账号”。")
        listed = "、".join(f"{user}（{user.username}）" for user in found[:3]) + ("等" if len(found) > 3 else "")
        raise ValidationError(f"“{words}”对应几个账号：{listed}，请填写账号。")


def _by_group(held: Iterable[Membership], directory: Directory, today: date) -> list[Any]:
    """兰山街道　赵联络（单位联络员）, by group, in official order."""
    entries = []
    for each in held:
        assert each.unit_id is not None, "only a unit's roles are handed over"
        entry = directory.entry(each.unit_id, today)
        role = ROLES[each.role].display_name
        entries.append((entry, (str(each.pk), f"{entry.short_name}　{each.user}（{role}）")))
    entries.sort(key=lambda found: (found[0].group_position, found[0].order, found[1]))
    grouped = groupby(entries, key=lambda found: found[0].group)
    return [(group, [choice for _, choice in those]) for group, those in grouped]


class NewcomerForm(ProfileForm):
    """A successor who has no account yet."""

    username = text("账号", longest=30, required="请填写账号。", help_text=USERNAME_FORM, autocomplete="off")
    field_order = ["username", "display_name", "job_title", "phone", "email"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].validators.append(told_why(why_no_username))
