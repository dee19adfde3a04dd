"""站内消息: what one was told, unread first; reading it is the receipt."""

from __future__ import annotations

from datetime import datetime

from django.db.models import BooleanField, Case, Count, QuerySet, Value, When
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from disclosures.actions import messages as actions
from disclosures.lists import CappedPaginator
from disclosures.mail.server import MailServer
from disclosures.models import Message, ReminderSettings
from disclosures.open_items import open_items
from lanshan_portal import notes
from units.access import access_of
from units.models import Unit
from units.permissions import signed_in_only

PAGE_ROWS = 30


def _own(request: HttpRequest) -> QuerySet[Message]:
    """What the person was told at the office of now."""
    access = access_of(request)
    return Message.objects.filter(user=access.person, office=access.office)


def _unread_first(messages: QuerySet[Message]) -> QuerySet[Message]:
    is_read = Case(When(read_at__isnull=True, then=Value(False)), default=Value(True), output_field=BooleanField())
    return messages.order_by(is_read, "-created_at", "-id")


@signed_in_only
@require_safe
def messages(request: HttpRequest) -> HttpResponseBase:
    """The person's messages, unread first, of one kind or all."""
    own = _own(request)
    kind = request.GET.get("kind", "")
    kind = kind if kind in Message.Kind.values else ""
    counts = dict(own.order_by().values_list("kind").annotate(number=Count("pk")))
    shown = _unread_first(own.filter(kind=kind) if kind else own).select_related("reminder")
    page = CappedPaginator(shown, PAGE_ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": _with_units(list(page)),
        "pages": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        "kind": kind,
        "kinds": [("", "全部", sum(counts.values()))]
        + [(value, label, counts[value]) for value, label in Message.Kind.choices if value in counts],
        "unread": own.unread().count(),  # type: ignore[attr-defined]
        "has_mail": MailServer.configured() is not None,
        "digest_at": _digest_at(request),
    }
    return render(request, "disclosures/messages/messages.html", context)


def _with_units(found: list[Message]) -> list[tuple[Message, str]]:
    """Each message with what the unit it is about is called; three queries for all of them."""
    about = {message.unit_id for message in found if message.unit_id}
    directory, today = Unit.objects.filter(pk__in=about).directory(), timezone.localdate()
    return [
        (message, directory.entry(message.unit_id, today).short_name if message.unit_id else "") for message in found
    ]


def _digest_at(request: HttpRequest) -> str:
    office = access_of(request).office
    return f"{ReminderSettings.of(office).digest_at:%H:%M}" if office else ""


@signed_in_only
@require_safe
def messages_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One message; opening it is the receipt. Of a reminder, each item as it stands now."""
    found = get_object_or_404(_own(request).select_related("reminder__sent_by", "unit", "office"), pk=pk)
    actions.read(messages=Message.objects.filter(pk=pk), user=access_of(request).person, at=timezone.now())
    return render(request, "disclosures/messages/one.html", {"message": found, "items": _items(found)})


def _items(message: Message) -> list[dict[str, str]]:
    """The items a reminder told, each with how it stands today: nothing where it is done."""
    reminder = message.reminder
    if reminder is None:
        return []
    sending = reminder.asked_in()
    now: dict[str, str] = {}
    if sending is not None:
        found = open_items(message.office, sending.period, timezone.localdate(), unit_ids=[reminder.unit_id])
        now = {item.key: item.words for item in found.get(reminder.unit_id, [])}
    return [item | {"now": now.get(item.get("key", ""), "")} for item in reminder.items]


@signed_in_only
@require_POST
def messages_read(request: HttpRequest) -> HttpResponseBase:
    """Mark the ticked messages, or all, as read; taken back by the note that says so."""
    own, at = _own(request), timezone.now()
    if "all" not in request.POST:
        ticked = [int(pk) for pk in request.POST.getlist("message") if pk.isdecimal()]
        own = own.filter(pk__in=ticked)
    number = actions.read(messages=own, user=access_of(request).person, at=at)
    if number:
        notes.done(request, f"已将{number}条消息标为已读。", undo=reverse("messages_unread", args=[at]))
    return notes.back(request, "messages")


@signed_in_only
@require_POST
def messages_unread(request: HttpRequest, read_at: datetime) -> HttpResponseBase:
    """Take back the marking of that moment."""
    number = actions.unread(user=access_of(request).person, read_at=read_at)
    if number:
        notes.done(request, f"已将{number}条消息恢复为未读。")
    return notes.back(request, "messages")
