"""The order of units, and the groups they count in."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from disclosures.views.register import groups_of
from lanshan_portal import notes
from units.access import access_of, office_of
from units.actions import groups
from units.actions.groups import HIGHEST
from units.actions.register import ChangeRefused
from units.forms.fields import blame
from units.forms.register import GroupForm
from units.models import UnitGroup
from units.permissions import require
from units.roles import Permission
from units.views.accounts import directory_of

STEPS = {"up": -1, "down": 1}


@require(Permission.MANAGE_SETTINGS)
def units_order(request: HttpRequest) -> HttpResponseBase:
    """Type the units' numbers, or move one up or down; all of them in one form."""
    office = office_of(request)
    entries = directory_of(office).at(timezone.localdate())
    typed = {entry.unit_id: request.POST.get(f"position-{entry.unit_id}", "").strip() for entry in entries}
    wrong: dict[int, str] = {}
    if request.method == "POST":
        wrong = {pk: f"排序应为0至{HIGHEST}之间的整数。" for pk, text in typed.items() if not _is_place(text)}
        if not wrong:
            return _ordered(request, {pk: int(text) for pk, text in typed.items()})
    rows = [
        (entry, typed[entry.unit_id] if request.method == "POST" else entry.position, wrong.get(entry.unit_id, ""))
        for entry in entries
    ]
    context = {"rows": rows, "wrong": wrong, "sentences": _sentences(rows)}
    return render(request, "disclosures/units/order.html", context, status=422 if wrong else 200)


def _is_place(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= HIGHEST


def _sentences(rows: list[tuple[Any, Any, str]]) -> list[str]:
    return [f"{entry.short_name}：{sentence}" for entry, _, sentence in rows if sentence]


def _ordered(request: HttpRequest, places: dict[int, int]) -> HttpResponseBase:
    """Keep the places, after moving the unit whose arrow was pressed."""
    direction, _, pk = request.POST.get("move", "").partition(":")
    if direction in STEPS and pk.isdigit() and int(pk) in places:
        places = groups.swapped(list(places.items()), int(pk), STEPS[direction])
    moved = groups.order_units(office=office_of(request), positions=places, by=access_of(request).user)
    notes.done(request, f"已调整{moved}个单位的排序。" if moved else "排序没有变化。")
    return redirect("units_order")


@require(Permission.MANAGE_SETTINGS)
def units_groups(request: HttpRequest) -> HttpResponseBase:
    """The groups, and a new one."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = groups.add_group(
                office=office_of(request), name=form.cleaned_data["name"], by=access_of(request).user
            )
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            notes.done(request, f"已新建分组“{group.name}”。")
            return redirect("units_groups")
    return _page(request, form)


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_groups_rename(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give a group another name."""
    group = _group(request, pk)
    was = group.name
    form = GroupForm(request.POST, prefix=str(pk))
    if form.is_valid():
        try:
            changed = groups.rename_group(group=group, name=form.cleaned_data["name"], by=access_of(request).user)
        except ChangeRefused as refused:
            blame(form, refused)
        else:
            words = f"分组“{was}”已改名为“{group.name}”，以前各月也改用新的名称。" if changed else "分组名称没有变化。"
            notes.done(request, words)
            return redirect("units_groups")
    return _page(request, GroupForm(), renaming=(pk, form))


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_groups_move(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Move a group up or down."""
    steps = STEPS.get(request.POST.get("direction", ""), 0)
    groups.move_group(group=_group(request, pk), steps=steps, by=access_of(request).user)
    return redirect("units_groups")


@require(Permission.MANAGE_SETTINGS)
@require_POST
def units_groups_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove a group that is empty."""
    group = _group(request, pk)
    name = group.name
    try:
        groups.remove_group(group=group, by=access_of(request).user)
    except ChangeRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已删除分组“{name}”。")
    return redirect("units_groups")


def _group(request: HttpRequest, pk: int) -> UnitGroup:
    return get_object_or_404(UnitGroup, pk=pk, office=office_of(request))


def _page(request: HttpRequest, form: GroupForm, renaming: tuple[int, GroupForm] | None = None) -> HttpResponse:
    renamed, refused = renaming or (0, None)
    today = timezone.localdate()
    now: dict[int, int] = {}
    for entry in directory_of(office_of(request)).at(today):
        now[entry.group_id] = now.get(entry.group_id, 0) + 1
    listed = groups_of(office_of(request)).annotate(ever=Count("versions__unit", distinct=True))
    rows = [
        (
            group,
            now.get(group.pk, 0),
            refused if group.pk == renamed else GroupForm(initial={"name": group.name}, prefix=str(group.pk)),
        )
        for group in listed
    ]
    context = {"form": form, "rows": rows, "refused": refused}
    wrong = form.errors or (refused and refused.errors)
    return render(request, "disclosures/units/groups.html", context, status=422 if wrong else 200)
