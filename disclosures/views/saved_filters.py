"""我的筛选: the conditions of a list kept under a name, applied, renamed, removed."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from disclosures.forms import SavedFilterForm
from disclosures.lists import LISTS
from disclosures.models import SavedFilter
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from units.access import access_of
from units.permissions import require, signed_in_only

REMOVED = "removed_filter"
"""The session's note of the filter removed last, for 撤回."""


@signed_in_only
@require_safe
def saved_filters(request: HttpRequest) -> HttpResponseBase:
    """The person's filters of every list."""
    kept = SavedFilter.objects.filter(user=access_of(request).user)
    shown = [
        (LISTS[saved.kind], saved, f"{reverse('rows', args=[saved.kind])}?{saved.query}")
        for saved in kept
        if saved.kind in LISTS
    ]
    return render(request, "disclosures/rows/saved_filters.html", {"filters": shown})


@require(*EVERY_READER)
@require_POST
def saved_filters_add(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Keep the conditions of a list under a name; a name the person has already gets them anew."""
    if kind not in LISTS:
        raise Http404
    query = QueryDict(request.POST.get("query", ""))
    back = f"{reverse('rows', args=[kind])}?{request.POST.get('back', '')}"
    form = SavedFilterForm({"name": request.POST.get("name", ""), "query": query.urlencode(safe=",")})
    if not form.is_valid():
        notes.refused(request, form.sentence)
        return redirect(back)
    _, new = SavedFilter.objects.update_or_create(
        user=access_of(request).user,
        kind=kind,
        name=form.cleaned_data["name"],
        defaults={"query": form.cleaned_data["query"]},
    )
    notes.done(request, f"已{'保存' if new else '更新'}筛选“{form.cleaned_data['name']}”。")
    return redirect(back)


@signed_in_only
@require_POST
def saved_filters_rename(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give one of the person's filters another name."""
    saved = get_object_or_404(SavedFilter, pk=pk, user=access_of(request).user)
    form = SavedFilterForm({"name": request.POST.get("name", ""), "query": saved.query})
    if not form.is_valid():
        notes.refused(request, form.sentence)
        return redirect("saved_filters")
    name = form.cleaned_data["name"]
    others = SavedFilter.objects.filter(user=saved.user, kind=saved.kind, name=name).exclude(pk=pk)
    if others.exists():
        notes.refused(request, f"已有名为“{name}”的筛选，请换一个名称。")
    elif name != saved.name:
        SavedFilter.objects.filter(pk=pk).update(name=name)
        notes.done(request, f"已改名为“{name}”。")
    return redirect("saved_filters")


@signed_in_only
@require_POST
def saved_filters_remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove one of the person's filters; it can be taken back."""
    saved = get_object_or_404(SavedFilter, pk=pk, user=access_of(request).user)
    request.session[REMOVED] = {"kind": saved.kind, "name": saved.name, "query": saved.query}
    saved.delete()
    notes.done(request, f"已删除筛选“{saved.name}”。", undo=reverse("saved_filters_restore"))
    return redirect("saved_filters")


@signed_in_only
@require_POST
@transaction.atomic
def saved_filters_restore(request: HttpRequest) -> HttpResponseBase:
    """Bring back the filter removed last."""
    removed = request.session.pop(REMOVED, None)
    if removed:
        SavedFilter.objects.get_or_create(
            user=access_of(request).user,
            kind=removed["kind"],
            name=removed["name"],
            defaults={"query": removed["query"]},
        )
        notes.done(request, f"已恢复筛选“{removed['name']}”。")
    return redirect("saved_filters")
