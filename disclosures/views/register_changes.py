"""Changes to the register: new units, corrections, changes from a day on, the end, other names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures.sheets.resources.regrouping import with_records
from disclosures.views.register import groups_of, own_unit, unit_page
from lanshan_portal import notes
from lanshan_portal.periods import chinese_date
from units.access import access_of, office_of
from units.actions import register
from units.actions.register import ChangeRefused
from units.forms.fields import blame
from units.forms.register import AliasForm, ChangeForm, CorrectForm, DissolveForm, UnitForm
from units.models import Membership, Office, Unit, UnitAlias, UnitVersion
from units.permissions import require
from units.roles import Permission
from units.views.accounts import directory_of

MOVES_THE_PAST = {"group", "kind", "founded_on"}
"""What figures of past months are counted by."""


@require(Permission.MANAGE_SETTINGS)
def units_new(request: HttpRequest) -> HttpResponseBase:
    """Enter a unit."""
    office = office_of(request)
    last = Unit.objects.filter(office=office).aggregate(last=Max("position"))["last"] or 0
    initial = {"position": last + 1, "founded_on": timezone.localdate()}
    form = UnitForm(request.POST or None, groups=groups_of(office), initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("code", "position", "founded_on", "aliases")}
        try:
            unit = register.found_unit(office=office, by=access_of(request).user, **given, **form.named)
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            since = f"自{chinese_date(unit.founded_on)}起" if unit.founded_on else "以前各月也"
            notes.done(request, f"已新建单位“{form.cleaned_data['short_name']}”，{since}计算。")
            return redirect("units_register", unit.code)
    return _form(request, form, "新建单位", "保存", hint="单位较多时，可以导入单位表一次建立。")


@require(Permission.MANAGE_SETTINGS)
def units_correct(request: HttpRequest, code: str) -> HttpResponseBase:
    """Correct what was entered wrongly."""
    unit, office = own_unit(request, code), office_of(request)
    initial = _as_it_is(_current(unit)) | {"founded_on": unit.founded_on, "always": unit.founded_on is None}
    form = CorrectForm(request.POST or None, groups=groups_of(office), initial=initial)
    moves = bool(with_records([unit.pk]))
    if request.method == "POST" and form.is_valid():
        try:
            changed = register.correct_unit(
                unit=unit, founded_on=form.cleaned_data["founded_on"], by=access_of(request).user, **form.named
            )
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            notes.done(request, _corrected(changed, moves=moves))
            return redirect("units_register", unit.code)
    warning = (
        "该单位已有数据：更正分组、类型或启用日期后，以前各月的统计随之改变。如系自某日起变更，请改用“变更”。"
        if moves
        else ""
    )
    hint = "原来的名称留作别名，表格中仍可使用。"
    return _form(request, form, "更正", "保存更正", unit=unit, hint=hint, warning=warning)


def _corrected(changed: list[str], *, moves: bool) -> str:
    if not changed:
        return "没有变化。"
    named = "原来的名称留作别名。" if {"full_name", "short_name"} & set(changed) else ""
    moved = "以前各月的统计随之改变。" if moves and MOVES_THE_PAST & set(changed) else ""
    return f"已更正。{named}{moved}"


@require(Permission.MANAGE_SETTINGS)
def units_change(request: HttpRequest, code: str) -> HttpResponseBase:
    """Another name, group or kind from a day on."""
    unit, office = own_unit(request, code), office_of(request)
    initial = _as_it_is(_current(unit)) | {"from_day": timezone.localdate()}
    form = ChangeForm(request.POST or None, groups=groups_of(office), initial=initial)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["from_day"]
        try:
            register.rename_unit(unit=unit, from_day=day, by=access_of(request).user, **form.named)
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            undo = reverse("units_change_undo", args=[unit.code])
            notes.done(request, f"已变更，自{chinese_date(day)}起生效，此前各月不变。", undo=undo)
            return redirect("units_register", unit.code)
    hint = "更名、调整分组等自某日起的变化在这里办理；录入有误的请用“更正”。"
    return _form(request, form, "变更", "保存变更", unit=unit, hint=hint)


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_change_undo(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the last dated change back."""
    unit = own_unit(request, code)
    try:
        before = register.take_back_change(unit=unit, by=access_of(request).user)
    except ChangeRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已撤销变更，恢复为“{before.short_name}”。")
    return redirect("units_register", unit.code)


@require(Permission.MANAGE_SETTINGS)
def units_dissolve(request: HttpRequest, code: str) -> HttpResponseBase:
    """End a unit."""
    unit, office, today = own_unit(request, code), office_of(request), timezone.localdate()
    others = [entry for entry in directory_of(office).at(today) if entry.unit_id != unit.pk]
    form = DissolveForm(request.POST or None, units=others, initial={"on_day": today})
    if request.method == "POST" and form.is_valid():
        try:
            register.dissolve_unit(
                unit=unit,
                on_day=form.cleaned_data["on_day"],
                successor=form.chosen_successor,
                by=access_of(request).user,
            )
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            day = chinese_date(form.cleaned_data["on_day"])
            notes.done(request, f"已停用，自{day}起不再统计。", undo=reverse("units_reinstate", args=[unit.code]))
            return redirect("units_register", unit.code)
    people = Membership.objects.in_force(today).filter(unit=unit, user__is_active=True).count()
    warning = f"该单位现有{people}人任职，停用后请到账号页面终止或调整。" if people else ""
    return _form(request, form, "停用单位", "停用", unit=unit, warning=warning)


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_reinstate(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take the end of a unit back."""
    unit = own_unit(request, code)
    try:
        register.reinstate_unit(unit=unit, by=access_of(request).user)
    except ChangeRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已恢复单位“{unit}”。")
    return redirect("units_register", unit.code)


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_alias_add(request: HttpRequest, code: str) -> HttpResponseBase:
    """Let another name mean the unit."""
    unit = own_unit(request, code)
    form = AliasForm(request.POST)
    if form.is_valid():
        try:
            alias = register.add_alias(unit=unit, name=form.cleaned_data["name"], by=access_of(request).user)
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            undo = reverse("units_alias_remove", args=[unit.code, alias.pk])
            notes.done(request, f"已增加别名“{alias.name}”。", undo=undo)
            return redirect("units_register", unit.code)
    return unit_page(request, unit, alias_form=form)


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_alias_remove(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Let a name mean the unit no more."""
    unit = own_unit(request, code)
    alias = get_object_or_404(UnitAlias, pk=pk, unit=unit)
    name = alias.name
    register.remove_alias(alias=alias, by=access_of(request).user)
    notes.done(request, f"已删除别名“{name}”，以后表格中不能再用它指代该单位。")
    return redirect("units_register", unit.code)


def _current(unit: Unit) -> UnitVersion:
    current = unit.versions.last()
    assert current is not None, "every unit has a version"
    return current


def _as_it_is(version: UnitVersion) -> dict[str, Any]:
    return {
        "full_name": version.full_name,
        "short_name": version.short_name,
        "group": str(version.group_id),
        "kind": version.kind,
    }


def _form(
    request: HttpRequest,
    form: forms.Form,
    title: str,
    verb: str,
    *,
    unit: Unit | None = None,
    hint: str = "",
    warning: str = "",
) -> HttpResponse:
    """The page of one of these forms."""
    office: Office = office_of(request)
    context = {
        "form": form,
        "title": title,
        "verb": verb,
        "unit": unit,
        "hint": hint,
        "warning": warning,
        "back": reverse("units_register", args=[unit.code]) if unit else reverse("units"),
        "kept_as": f"{office.code}-{request.resolver_match.view_name}-{unit.pk if unit else ''}",  # type: ignore[union-attr]
    }
    return render(request, "disclosures/units/form.html", context, status=422 if form.errors else 200)
