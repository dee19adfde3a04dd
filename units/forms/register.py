"""Forms about units: a new one, corrections, changes from a day on, the end, other names, groups."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from units.actions.groups import HIGHEST
from units.directory import DirectoryEntry
from units.forms.fields import day, select, text, unit_choices
from units.models import Unit, UnitGroup, UnitKind
from units.unit_names import ALIAS_LONGEST


class GroupedForm(forms.Form):
    """What a unit is called and where it counts."""

    full_name = text("全称", longest=80, required="请填写全称。", autocomplete="off")
    short_name = text("简称", longest=40, required="请填写简称。", help_text="通报中的用名", autocomplete="off")
    group = select("分组", required="请选择分组。", help_text="统计口径；没有的分组请先在“分组”中新建")
    kind = select("类型", required="请选择类型。")

    def __init__(self, *args: Any, groups: Iterable[UnitGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        self.fields["group"].choices = [  # type: ignore[attr-defined]
            ("", "请选择"),
            *((pk, group.name) for pk, group in self.groups.items()),
        ]
        self.fields["kind"].choices = [("", "请选择"), *UnitKind.choices]  # type: ignore[attr-defined]

    @property
    def named(self) -> dict[str, Any]:
        """The names, the group and the kind, as the actions take them."""
        given = self.cleaned_data
        return {
            "full_name": given["full_name"],
            "short_name": given["short_name"],
            "group": self.groups[given["group"]],
            "kind": given["kind"],
        }


class DatedForm(GroupedForm):
    """The same, and since when the unit exists: a day, or the tick that says always."""

    BOTH = "已勾选“长期存在（以前各月也计算）”，又填写了启用日期，请只留一项。"
    NEITHER = "请填写启用日期；长期存在的单位，请勾选“长期存在（以前各月也计算）”。"

    founded_on = day("启用日期", help_text="自这一天起统计和通报")
    always = forms.BooleanField(label="长期存在（以前各月也计算）", required=False)

    def clean(self) -> dict[str, Any]:
        """A unit without a day counts in every past month, so that has to be said.

        The tick goes before a day that was there already, and stands against one that was typed.
        """
        given = super().clean() or {}
        always, founded_on = given.get("always"), given.get("founded_on")
        if "founded_on" in self.errors or bool(always) != bool(founded_on):
            return given
        if not always:
            self.add_error("founded_on", self.NEITHER)
        elif "founded_on" in self.changed_data:
            self.add_error("founded_on", self.BOTH)
        else:
            given["founded_on"] = None
        return given


class UnitForm(DatedForm):
    """A new unit."""

    code = text(
        "单位编码",
        longest=40,
        required="请填写单位编码。",
        help_text="一个单位一个编码，改名不改编码",
        autocomplete="off",
    )
    position = forms.IntegerField(
        label="排序",
        min_value=0,
        max_value=HIGHEST,
        help_text="通报中的先后次序，数字小的在前",
        widget=forms.NumberInput(attrs={"class": "form-control"}),
        error_messages={
            "required": "请填写排序。",
            "invalid": "排序应为整数。",
            "min_value": f"排序应为0至{HIGHEST}之间的整数。",
            "max_value": f"排序应为0至{HIGHEST}之间的整数。",
        },
    )
    aliases = text("别名", longest=400, help_text="表格中可能出现的其他写法，以“、”分隔", autocomplete="off")
    field_order = ["code", "position", "full_name", "short_name", "group", "kind", "founded_on", "always", "aliases"]

    def clean_aliases(self) -> list[str]:
        """The names one by one."""
        names = [name.strip() for name in re.split("[、,，;；]", self.cleaned_data["aliases"]) if name.strip()]
        if long := [name for name in names if len(name) > ALIAS_LONGEST]:
            raise ValidationError(f"“{long[0][:12]}…”超过{ALIAS_LONGEST}个字，请精简。")
        return list(dict.fromkeys(names))


class CorrectForm(DatedForm):
    """What was entered wrongly."""

    field_order = ["full_name", "short_name", "group", "kind", "founded_on", "always"]


class ChangeForm(GroupedForm):
    """What is another from a day on."""

    from_day = day("变更日期", required="请填写变更日期。", help_text="自这一天起使用新的名称和分组，此前各月不变")
    field_order = ["from_day", "full_name", "short_name", "group", "kind"]


class DissolveForm(forms.Form):
    """The end of a unit, and whom it goes into."""

    on_day = day("停用日期", required="请填写停用日期。", help_text="自这一天起不再统计和通报，此前各月不变")
    successor = select("并入单位", help_text="职责并入其他单位的填写，未完成的任务由并入的单位承担")

    def __init__(self, *args: Any, units: Iterable[DirectoryEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"].choices = unit_choices(units, "没有并入其他单位")  # type: ignore[attr-defined]

    @property
    def chosen_successor(self) -> Unit | None:
        """The unit it goes into."""
        chosen = self.cleaned_data["successor"]
        return Unit.objects.get(pk=chosen) if chosen else None


class AliasForm(forms.Form):
    """One more name."""

    name = text("别名", longest=ALIAS_LONGEST, required="请填写别名。", autocomplete="off")


class GroupForm(forms.Form):
    """The name of a group."""

    name = text("分组名称", longest=60, required="请填写分组名称。", autocomplete="off")


class RegisterFilterForm(forms.Form):
    """Which units the register shows, as of which day."""

    q = text("名称或拼音", longest=40)
    group = select("分组")
    standing = select("状态")
    as_of = day("截至日期")

    def __init__(self, *args: Any, groups: Iterable[str], standings: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "全部"), *((name, name) for name in groups)]  # type: ignore[attr-defined]
        self.fields["standing"].choices = list(standings)  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["data-find"] = True
