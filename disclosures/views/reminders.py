"""催办: whom to remind of what, the sendings with their receipts, taking one back, a list for the telephone."""

from __future__ import annotations

import re
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions import reminders as actions
from disclosures.calendar_years import years_awaited
from disclosures.mail.server import MailServer
from disclosures.models import Job, Message, Reminder, ReminderSettings, Requirement, Sending
from disclosures.month_in_view import look_at, month_in_view, month_switch
from disclosures.open_items import span_of
from disclosures.reminding import Candidate, Effect, candidates, receipts
from lanshan_portal import notes
from lanshan_portal.periods import Period
from units.access import access_of, office_of
from units.models import Office, Unit
from units.permissions import require
from units.roles import Permission

PAGE_ROWS = 30
MOST_WORDS = 500
READY_WORDS = (
    "请于今天下班前登录平台办理。",
    "请于明天12时前补报，逾期未报的将在当月通报中点名。",
    "如已办理，请在平台登记办理日期或上传材料。",
    "如确有困难，请及时与我们联系，说明原因和完成时间。",
)
CODE = re.compile(r"[0-9a-f]{32}")


def _period(request: HttpRequest) -> Period:
    """The month asked for, and from now on in view; the one in view where none is."""
    code = request.POST.get("month") or request.GET.get("month", "")
    if not code:
        return month_in_view(request)
    try:
        period = Period.parse(code)
    except ValueError:
        raise Http404 from None
    look_at(request, period)
    return period


# --- asking for it


@dataclass(frozen=True)
class Choice:
    """A unit on the form: whether it is ticked, or cannot be."""

    candidate: Candidate
    ticked: bool


@require(Permission.REMIND)
def reminders_new(request: HttpRequest) -> HttpResponseBase:
    """Whom to remind of what, with which words; sending it. A drawer where a page asks for it there."""
    office, today = office_of(request), timezone.localdate()
    period, requirement = _period(request), request.GET.get("requirement", "")
    narrowed = get_object_or_404(Requirement, office=office, code=requirement) if requirement else None
    asked_for = set(request.GET.getlist("unit"))
    found = candidates(office, period, today, unit_ids=_ids(office, asked_for), requirement=requirement)
    if request.GET.get("all") == "late":
        found = [each for each in found if each.overdue]
    words, sentences = request.POST.get("words", "").strip(), []
    ticked = set(request.POST.getlist("unit"))
    if request.method == "POST":
        sentences = _faults(ticked, words)
        if not sentences:
            return _sent(request, office, period, requirement, ticked, words)
    choices = [Choice(each, _ticked(each, request, ticked, all_wanted=bool(asked_for))) for each in found]
    context = {
        "period": period,
        "today": today,
        "requirement": narrowed,
        "choices": choices,
        "nothing_open": _nothing_open(office, asked_for, found, today),
        "effect": Effect.of([choice.candidate for choice in choices if choice.ticked]),
        "limit": ReminderSettings.of(office).daily_limit,
        "code": _code(request.POST.get("code", "")),
        "words": words,
        "copies": request.method != "POST" or "copies" in request.POST,
        "any_copies": any(choice.candidate.copied for choice in choices),
        "sentences": sentences,
        "ready_words": READY_WORDS,
        "most_words": MOST_WORDS,
        "has_mail": MailServer.configured() is not None,
        "years_awaited": _years_awaited(period, today),
        "calls_address": calls_address(
            period, [each.unit.code for each in found if each.to_phone or not each.by_mail], requirement
        ),
        "month_switch": month_switch(request, period, lambda month: f"{request.path}?month={month}"),
    }
    beside = request.htmx and request.method != "POST"  # type: ignore[attr-defined]
    return render(
        request, "disclosures/reminders/_drawer.html" if beside else "disclosures/reminders/new.html", context
    )


def _faults(ticked: set[str], words: str) -> list[str]:
    faults = []
    if not ticked:
        faults.append("还没有勾选单位，请至少勾选一家。")
    if len(words) > MOST_WORDS:
        faults.append(f"附言有{len(words)}个字，请压缩到{MOST_WORDS}个字以内。")
    return faults


def _ticked(each: Candidate, request: HttpRequest, ticked: set[str], *, all_wanted: bool) -> bool:
    """Ticked as the person left it; at first whoever was asked for, else whoever is overdue, while more may be sent."""
    if each.at_limit:
        return False
    return each.unit.code in ticked if request.method == "POST" else all_wanted or each.overdue > 0


def _sent(
    request: HttpRequest, office: Office, period: Period, requirement: str, ticked: set[str], words: str
) -> HttpResponseBase:
    by, at = access_of(request).user, timezone.now()
    assert by is not None, "signed in"
    sending = actions.remind(
        office=office,
        unit_ids=_ids(office, ticked) or [],
        period=period,
        words=words,
        requirement=requirement,
        copies="copies" in request.POST,
        code=_code(request.POST.get("code", "")),
        by=by,
        at=at,
    )
    if sending.office_id != office.pk:
        raise Http404
    page = reverse("reminders_one", args=[sending.code])
    if sending.sent_at and sending.asked_at == at:
        # The page that follows tells all of it, so the note at the foot of every page need not.
        Job.objects.filter(by=by, result_address=page, state=Job.State.DONE).update(put_away=True)
        messages = receipts([sending.code])[sending.code].messages
        told = f"{actions.outcome_in_words(sending)}站内消息{messages}条。"
        notes.done(request, told, undo=reverse("reminders_take_back", args=[sending.code]) if messages else "")
    return redirect(page)


def _code(given: str) -> str:
    """The code that the form carries, or a new one."""
    return given if CODE.fullmatch(given) else uuid.uuid4().hex


def _ids(office: Office, codes: Iterable[str]) -> list[int] | None:
    """The units of those codes; None where none is given: then all of them."""
    wanted = list(codes)
    return list(Unit.objects.filter(office=office, code__in=wanted).values_list("pk", flat=True)) if wanted else None


def _years_awaited(period: Period, today: date) -> list[int]:
    """The years without an arrangement of rest days in which something of the month falls due."""
    first, last = span_of(period)
    return [year for year in years_awaited(today) if first.year <= year <= last.year]


def _nothing_open(office: Office, asked_for: set[str], found: list[Candidate], today: date) -> list[str]:
    """The units asked for of which nothing is open."""
    lacking = asked_for - {each.unit.code for each in found}
    if not lacking:
        return []
    directory = Unit.objects.filter(office=office, code__in=lacking).directory()
    return [entry.short_name for entry in directory.at(today)]


def calls_address(period: Period, codes: list[str], requirement: str = "") -> str:
    """The list for the telephone about those units; nothing where there are none."""
    query = [("month", str(period)), *([("requirement", requirement)] if requirement else [])]
    return f"{reverse('reminders_calls')}?{urlencode([*query, *(('unit', code) for code in codes)])}" if codes else ""


# --- what was sent

SHOWN = (("", "全部"), ("unread", "有未读"), ("taken_back", "已撤回"))


@require(Permission.REMIND)
@require_safe
def reminders(request: HttpRequest) -> HttpResponseBase:
    """The sendings of the office, newest first, and what a new one would be about."""
    office, today, period = office_of(request), timezone.localdate(), _period(request)
    found = candidates(office, period, today)
    every = Sending.objects.filter(office=office)
    show = request.GET.get("show", "")
    page = Paginator(_shown(every, show).select_related("asked_by"), PAGE_ROWS).get_page(request.GET.get("page"))
    read = receipts([sending.code for sending in page])
    context = {
        "period": period,
        "late": sum(bool(each.overdue) for each in found),
        "near": sum(not each.overdue for each in found),
        "reminded_today": Reminder.objects.sent_on(office, today).values("unit").distinct().count(),
        "unread": _unread_units(office).count(),
        "page": page,
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "rows": [(sending, read[sending.code]) for sending in page],
        "show": show,
        "choices": SHOWN,
        "month_switch": month_switch(request, period, lambda month: f"{request.path}?month={month}"),
        "years_awaited": _years_awaited(period, today),
    }
    return render(request, "disclosures/reminders/reminders.html", context)


def _shown(sendings: QuerySet[Sending], show: str) -> QuerySet[Sending]:
    match show:
        case "taken_back":
            return sendings.filter(taken_back_at__isnull=False)
        case "unread":
            return sendings.filter(Exists(_unread().filter(sending=OuterRef("code"))))
    return sendings


def _unread() -> QuerySet[Reminder]:
    """Reminders that reached somebody and that nobody has read."""
    messages = Message.objects.filter(reminder=OuterRef("pk"))
    unread = Exists(messages) & ~Exists(messages.filter(read_at__isnull=False))
    return Reminder.objects.filter(unread, taken_back_at__isnull=True)


def _unread_units(office: Office) -> QuerySet[Any]:
    return _unread().filter(office=office).values("unit").distinct()


@dataclass(frozen=True)
class Receipt:
    """One unit of a sending: its reminder, the messages with who read them when, and whether anybody did."""

    reminder: Reminder
    name: str
    code: str
    messages: tuple[Message, ...]

    @property
    def read(self) -> tuple[Message, ...]:
        """Those that were read."""
        return tuple(message for message in self.messages if message.read_at)

    @property
    def state(self) -> str:
        """read, unread, phone where nobody there receives messages, or gone where what nobody read was taken back."""
        if self.messages:
            return "read" if self.read else "unread"
        return "gone" if self.reminder.taken_back_at else "phone"


RECEIPTS_SHOWN = (("", "全部"), ("unread", "未读"), ("read", "已读"), ("phone", "须电话通知"))


@require(Permission.REMIND)
def reminders_one(request: HttpRequest, code: str) -> HttpResponseBase:
    """One sending: who was reminded of what, who has read it when, who was left out and why."""
    office, at = office_of(request), timezone.now()
    sending = get_object_or_404(Sending.objects.select_related("asked_by", "taken_back_by"), office=office, pk=code)
    if sending.sent_at is None:
        return _under_way(request, sending)
    if request.htmx:  # type: ignore[attr-defined]
        return notes.refreshed()
    every = _receipts(office, sending)
    counts = Counter(each.state for each in every) + Counter({"": len(every)})
    show = request.GET.get("show", "")
    unread = [each for each in every if each.state == "unread"]
    to_call = [each for each in every if each.state != "read"]
    context = {
        "sending": sending,
        "rows": [each for each in every if show in ("", each.state)],
        "show": show,
        "choices": [
            (value, words, counts[value]) for value, words in RECEIPTS_SHOWN if value != "phone" or counts[value]
        ],
        "every": every,
        "unread": unread,
        "to_call": to_call,
        "may_take_back": actions.may_take_back(sending, at) and any(each.messages for each in every),
        "again_address": f"{reverse('reminders_new')}?"
        + urlencode([("month", sending.month), *(("unit", each.code) for each in unread)]),
        "calls_address": calls_address(sending.period, [each.code for each in to_call]),
        "requirement": Requirement.objects.filter(office=office, code=sending.requirement).first()
        if sending.requirement
        else None,
    }
    return render(request, "disclosures/reminders/one.html", context)


def _under_way(request: HttpRequest, sending: Sending) -> HttpResponseBase:
    """What a worker has still to do, or could not."""
    job = Job.objects.filter(kind=actions.JOB, arguments__sending=sending.code).first()
    if request.htmx and job and job.is_active:  # type: ignore[attr-defined]
        return HttpResponse(status=204)
    if request.htmx:  # type: ignore[attr-defined]
        return notes.refreshed()
    return render(request, "disclosures/reminders/under_way.html", {"sending": sending, "job": job})


def _receipts(office: Office, sending: Sending) -> list[Receipt]:
    found = list(Reminder.objects.filter(sending=sending.code).prefetch_related("messages__user"))
    directory = Unit.objects.filter(office=office, pk__in=[each.unit_id for each in found]).directory()
    rows = []
    for reminder in found:
        entry = directory.entry(reminder.unit_id, reminder.sent_on)
        rows.append((entry.order, Receipt(reminder, entry.short_name, entry.code, tuple(reminder.messages.all()))))
    return [receipt for _, receipt in sorted(rows, key=lambda row: row[0])]


@require(Permission.REMIND)
@require_POST
def reminders_take_back(request: HttpRequest, code: str) -> HttpResponseBase:
    """Take a sending back."""
    by = access_of(request).user
    assert by is not None, "signed in"
    sending = get_object_or_404(Sending, office=office_of(request), pk=code)
    try:
        vanished = actions.take_back(sending=sending, by=by, at=timezone.now())
    except actions.TakingBackRefused as refused:
        notes.refused(request, str(refused))
    else:
        notes.done(request, f"已撤回这批催办，{vanished}条未读消息不再显示，已读的注明撤回。")
    return redirect("reminders_one", code)


@require(Permission.REMIND)
@require_safe
def reminders_calls(request: HttpRequest) -> HttpResponseBase:
    """A list for the telephone, to print: each unit with its people, what to say, and room to note the answer."""
    office, today, period = office_of(request), timezone.localdate(), _period(request)
    asked_for = _ids(office, request.GET.getlist("unit"))
    found = candidates(office, period, today, unit_ids=asked_for, requirement=request.GET.get("requirement", ""))
    context = {"period": period, "today": today, "rows": found}
    return render(request, "disclosures/reminders/calls.html", context)
