"""Rounds of checks: the list of them, beginning one, its grid, and what is done with it as a whole."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions import media_rounds
from disclosures.actions.media_entries import FIRST_LOOK, SECOND_LOOK, Saved, Typed, save_rows
from disclosures.duties.duty import media_rounds as rounds_checked
from disclosures.forms import MediaRoundForm
from disclosures.models import MediaRound, MediaRoundEntry
from disclosures.month_in_view import month_switch, period_asked_for
from disclosures.rounds import Line, lines_of
from lanshan_portal import notes
from lanshan_portal.nav import EVERY_READER
from lanshan_portal.periods import chinese_date
from units.access import access_of, office_of
from units.permissions import require
from units.roles import Permission

MOST_AT_ONCE = 500
"""Rows saved by one request: a pasted column comes as one."""


@require(*EVERY_READER)
@require_safe
def rounds(request: HttpRequest) -> HttpResponseBase:
    """The rounds between `from` and `to`, and those under way; of every unit, so only for who sees every unit."""
    access = access_of(request)
    if not access.reads_all_units or access.office is None:
        raise Http404
    period = period_asked_for(request)
    address = reverse("rows", args=["media_rounds"])
    held = {each.name: each for each in MediaRound.objects.filter(office=access.office)}
    under_way = MediaRound.objects.under_way().filter(office=access.office).with_progress()
    context = {
        "rounds": [(each, held.get(each.name)) for each in rounds_checked(access.office, period.start, period.last)],
        "under_way": under_way.select_related("started_by"),
        "period": period,
        "span": period,
        "may_edit": access.may(Permission.EDIT_RECORDS),
        "month_switch": month_switch(request, period, lambda month: f"{address}?from={month.start}&to={month.last}"),
    }
    return render(request, "disclosures/media/rounds.html", context)


@require(Permission.EDIT_RECORDS)
def rounds_new(request: HttpRequest) -> HttpResponseBase:
    """Begin a round."""
    access, office = access_of(request), office_of(request)
    today = timezone.localdate()
    form = MediaRoundForm(
        request.POST if request.method == "POST" else None, office=office, initial={"checked_on": today}
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            begun = media_rounds.start(
                office=office,
                name=given["name"].strip() or media_rounds.proposed_name(office, given["checked_on"]),
                checked_on=given["checked_on"],
                accounts=form.accounts(access.directory),
                scope=form.scope_in_words,
                rectify_by=given["rectify_by"],
                by=access.person,
                at=timezone.now(),
            )
        except media_rounds.RoundRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("rounds_one", begun.pk)
    context = {"form": form, "proposed": media_rounds.proposed_name(office, today)}
    return render(request, "disclosures/media/new.html", context, status=422 if form.errors else 200)


def _round(request: HttpRequest, pk: int) -> MediaRound:
    rounds_held = MediaRound.objects.filter(office=access_of(request).office)
    return get_object_or_404(rounds_held.select_related("office", "started_by", "finished_by"), pk=pk)


@require(Permission.READ_ALL_UNITS)
@require_safe
def rounds_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The grid of a round: an account a row, to be filled in by who may, to be read by the others."""
    access = access_of(request)
    media_round = _round(request, pk)
    lines = lines_of(media_round, access.directory)
    context = {
        "round": media_round,
        "lines": lines,
        "counts": media_rounds.counted(media_round),
        "results": MediaRoundEntry.Result.choices,
        "rechecks": MediaRoundEntry.Recheck.choices,
        "may_edit": access.may(Permission.EDIT_RECORDS),
    }
    return render(request, "disclosures/media/round.html", context)


@require(Permission.EDIT_RECORDS)
@require_POST
def rounds_save(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Save rows as they are typed: JSON {"rows": [{"pk", "version", field: text ...}]}; each row gets its own answer."""
    access = access_of(request)
    media_round = _round(request, pk)
    try:
        rows = [_typed(row) for row in json.loads(request.body)["rows"]]
    except (ValueError, KeyError, TypeError, RawPostDataException):
        return JsonResponse({"sentence": "内容没有传上来，请刷新页面后重试。"}, status=400)
    if len(rows) > MOST_AT_ONCE:
        return JsonResponse({"sentence": f"一次最多保存{MOST_AT_ONCE}行。"}, status=400)
    saved = save_rows(media_round=media_round, rows=rows, by=access.person, at=timezone.now())
    return JsonResponse({"rows": [_answer(each) for each in saved], "counts": media_rounds.counted(media_round)})


def _typed(row: Any) -> Typed:
    texts = {name: str(row[name])[:5_000] for name in (*FIRST_LOOK, *SECOND_LOOK) if name in row}
    if any("\x00" in text for text in texts.values()):
        raise ValueError
    return Typed(int(row["pk"]), int(row["version"]), texts)


def _answer(saved: Saved) -> dict[str, Any]:
    """What the page needs to know about a row: how it reads now, what is counted from it, or why it is not saved."""
    entry = saved.entry
    line = Line(entry)
    answer: dict[str, Any] = {
        "pk": entry.pk,
        "version": entry.version,
        "state": "saved" if saved.is_saved else "faulty" if saved.errors else "changed",
        "errors": saved.errors,
        "counted": line.counted,
        "found": line.found,
        "looked_at": entry.is_looked_at,
    }
    if not saved.errors:
        answer["texts"] = line.texts
    if answer["state"] == "changed":
        who = str(saved.changed_by or "他人")
        answer["sentence"] = f"{who}刚刚修改了这一行。"
    return answer


@require(Permission.EDIT_RECORDS)
@require_POST
def rounds_finish(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Turn what was entered into findings."""
    access = access_of(request)
    media_round = _round(request, pk)
    try:
        made = media_rounds.finish(media_round=media_round, by=access.person, at=timezone.now())
    except media_rounds.RoundRefused as refused:
        notes.refused(request, str(refused))
    else:
        found = sum(bool(check.problem) for check in made)
        notes.done(
            request,
            f"本轮检查已完成，检查{len({check.account_id for check in made})}个账号，发现问题{found}次。",
            undo=reverse("rounds_reopen", args=[pk]),
        )
    return redirect("rounds_one", pk)


@require(Permission.EDIT_RECORDS)
@require_POST
def rounds_reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the finishing back."""
    access = access_of(request)
    media_round = _round(request, pk)
    try:
        media_rounds.reopen(media_round=media_round, by=access.person, at=timezone.now())
    except media_rounds.RoundRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, "已退回检查，可以继续录入。")
    return redirect("rounds_one", pk)


@require(Permission.EDIT_RECORDS)
@require_POST
def rounds_abandon(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give up a round that is under way."""
    access = access_of(request)
    media_round = _round(request, pk)
    try:
        media_rounds.abandon(media_round=media_round, by=access.person)
    except media_rounds.RoundRefused as refused:
        notes.refused(request, str(refused))
        return redirect("rounds_one", pk)
    notes.done(request, f"已放弃“{media_round.name}”（{chinese_date(media_round.checked_on)}）。")
    return redirect("rows", "media_rounds")
