"""Messages as mail: what waits is gathered into letters, and letters are sent, each once, at the hours the office allows.

A run does both; it may be repeated at any moment and beside another one. A letter is taken before it is sent, written from
what is unread and open at that moment, and what became of it is kept. The server is spoken to outside of transactions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from disclosures.mail import server as mail_server
from disclosures.mail import words as mail_words
from disclosures.mail.server import MailServer, Unsent
from disclosures.mail.times import MailTimes
from disclosures.models import Letter, Message, ReminderSettings, RestDay
from disclosures.open_items import open_items
from units.models import Membership, Office

TRIED_AGAIN_AFTER = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
"""How long to wait after each refusal; after the last a letter is given up."""
LONGEST_RUN = 300.0
"""Seconds after which a run leaves the rest to the next one: slow servers must not make its letters look lost."""
LOST_AFTER = timedelta(minutes=10)
"""A letter taken by a run that began so long ago lost its sender."""
LOST = "发送时系统中断，邮件可能已经送达，为避免重复没有再发"
STALE_AFTER = timedelta(days=14)
"""What nobody has mailed for so long is no news any more."""


@dataclass
class Run:
    """What a run did: letters sent, no longer needed, refused for now, given up."""

    sent: int = 0
    dropped: int = 0
    postponed: int = 0
    failed: int = 0
    configured: bool = True

    @property
    def sentence(self) -> str:
        """已发出2封邮件，1封稍后重试."""
        if not self.configured:
            return "没有配置邮件服务器，未发送邮件。"
        told = [
            f"已发出{self.sent}封邮件" if self.sent else "没有需要发送的邮件" if not self.postponed else "没有发出邮件"
        ]
        told += [f"{self.dropped}封已无需再发"] if self.dropped else []
        told += [f"{self.postponed}封稍后重试"] if self.postponed else []
        told += [f"{self.failed}封未能发出"] if self.failed else []
        return "，".join(told) + "。"


def send_due(*, at: datetime) -> Run:
    """Send whatever mail is due at that moment; does nothing where no server is named."""
    if MailServer.configured() is None:
        return Run(configured=False)
    times = _times()
    gather(at=at, times=times)
    return deliver(at=at, times=times)


def _times() -> dict[int, MailTimes]:
    calendar = RestDay.objects.calendar()
    return {
        office.pk: MailTimes(chosen.quiet_from, chosen.quiet_to, chosen.digest_at, chosen.workdays_only, calendar)
        for office in Office.objects.all()
        for chosen in [ReminderSettings.of(office)]
    }


# --- gathering


@transaction.atomic
def gather(*, at: datetime, times: dict[int, MailTimes]) -> int:
    """Put what waits into letters: urgent messages at once, others into the day's letter of each person; how many."""
    Message.objects.filter(mail=Message.Mail.WAITING, letter__isnull=True, created_at__lt=at - STALE_AFTER).update(
        mail=Message.Mail.NONE
    )
    now = timezone.localtime(at)
    made = 0
    for office_id, hours in times.items():
        if not hours.allow(now):
            continue
        # Rows another run is just gathering are left to it.
        waiting = (
            Message.objects.awaiting_mail().filter(office=office_id).select_for_update(skip_locked=True, of=("self",))
        )
        made += _urgent(office_id, waiting.filter(urgent=True), at)
        if until := hours.digest_until(now):
            made += _daily(office_id, waiting.filter(urgent=False, created_at__lte=until), at)
    return made


def _of_each(messages: Iterable[Message]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for message in messages:
        found.setdefault(message.user_id, []).append(message.pk)
    return found


def _urgent(office_id: int, waiting: Iterable[Message], at: datetime) -> int:
    by_person = _of_each(waiting)
    for user_id, messages in by_person.items():
        letter = Letter.objects.create(office_id=office_id, user_id=user_id, due_at=at)
        Message.objects.filter(pk__in=messages).update(letter=letter)
    return len(by_person)


def _daily(office_id: int, waiting: Iterable[Message], at: datetime) -> int:
    made = 0
    for user_id, messages in _of_each(waiting).items():
        letter, new = Letter.objects.get_or_create(
            user_id=user_id, digest_on=timezone.localdate(at), defaults={"office_id": office_id, "due_at": at}
        )
        if new:
            # What comes after the day's letter waits for the next day's.
            Message.objects.filter(pk__in=messages).update(letter=letter)
            made += 1
    return made


# --- sending


def deliver(*, at: datetime, times: dict[int, MailTimes]) -> Run:
    """Send the letters that are due, each taken first so that nobody else sends it."""
    run = Run()
    run.failed += _give_up_lost(at)
    now = timezone.localtime(at)
    open_offices = [office_id for office_id, hours in times.items() if hours.allow(now)]
    due = Letter.objects.due(at).filter(office__in=open_offices)
    letters = list(due.order_by("due_at", "id").values_list("pk", flat=True))
    if not letters:
        return run
    still_open, begun = _StillOpen(timezone.localdate(at)), monotonic()
    with mail_server.line() as connection:
        for pk in letters:
            if monotonic() - begun > LONGEST_RUN:
                break
            try:
                mail_server.open_line(connection)
            except Unsent as unreached:
                # Not one letter's fault: all of them wait for the server.
                for letter in due:
                    _end_attempt(letter, Letter.State.WAITING, unreached, at, run)
                break
            _deliver(pk, connection, still_open, at, run)
    return run


def _deliver(pk: int, connection: Any, still_open: _StillOpen, at: datetime, run: Run) -> None:
    taken = Letter.objects.filter(pk=pk, state=Letter.State.WAITING).update(state=Letter.State.SENDING, taken_at=at)
    if not taken:
        return
    letter = Letter.objects.select_related("user", "office").get(pk=pk)
    if not _write(letter, still_open):
        _end(letter, Letter.State.DROPPED, at)
        run.dropped += 1
        return
    try:
        mail_server.hand_over(
            connection, to=letter.address, subject=letter.subject, body=letter.body, number=f"letter-{letter.pk}"
        )
    except Unsent as unsent:
        _end_attempt(letter, Letter.State.SENDING, unsent, at, run)
    else:
        _end(letter, Letter.State.SENT, at)
        run.sent += 1


def _write(letter: Letter, still_open: _StillOpen) -> bool:
    """Write the letter from what is unread and open now, and let the rest go unmailed; whether anything is left."""
    messages = list(letter.messages.select_related("reminder", "unit", "office").order_by("created_at", "id"))
    wanted = [message for message in messages if _is_wanted(message, letter, still_open)]
    unwanted = [message.pk for message in messages if message not in wanted]
    Message.objects.filter(pk__in=unwanted).update(mail=Message.Mail.NONE, letter=None)
    if not wanted:
        return False
    office, daily = letter.office, letter.digest_on is not None
    sender = mail_words.Sender(
        office=office.signature,
        phone=office.phone,
        portal=office.portal_name,
        address=settings.PORTAL_ADDRESS,
    )
    told = [_told(message, still_open) for message in wanted]
    letter.address = letter.user.email
    letter.subject = mail_words.subject(told, sender, daily=daily)
    letter.body = mail_words.body(letter.user.display_name, told, sender, daily=daily)
    letter.save(update_fields=["address", "subject", "body"])
    return True


def _is_wanted(message: Message, letter: Letter, still_open: _StillOpen) -> bool:
    """Whether the person should still be told: has not read it, still belongs here, and something of it is still open."""
    person = letter.user
    if message.read_at or not (person.is_active and person.mail_wanted and person.email):
        return False
    if not still_open.belongs(message):
        return False
    return message.reminder is None or (message.reminder.taken_back_at is None and bool(still_open.items(message)))


def _told(message: Message, still_open: _StillOpen) -> mail_words.Told:
    return mail_words.Told(
        kind=message.get_kind_display(),
        title=message.title,
        path=reverse("messages_one", args=[message.pk]),
        unit=still_open.unit_name(message),
        items=tuple(still_open.items(message)),
        words=message.body,
    )


class _StillOpen:
    """What is still open of what reminders told, looked up once for each sending of a run."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._open: dict[str, dict[int, dict[str, str]]] = {}

    def items(self, message: Message) -> list[str]:
        """The items of a message's reminder that are open, as they stand today."""
        reminder = message.reminder
        if reminder is None:
            return []
        if reminder.sending not in self._open:
            sending = reminder.asked_in()
            found = open_items(message.office, sending.period, self.today) if sending else {}
            self._open[reminder.sending] = {
                unit_id: {item.key: f"{item.title}，{item.words}" for item in items} for unit_id, items in found.items()
            }
        now = self._open[reminder.sending].get(reminder.unit_id, {})
        return [now[item["key"]] for item in reminder.items if item.get("key") in now]

    def belongs(self, message: Message) -> bool:
        """Whether the person still has a role at the office or the unit it is about."""
        held = Membership.objects.in_force(self.today).filter(user=message.user_id, office=message.office_id)
        if message.unit_id is not None:
            held = held.filter(Q(unit=message.unit_id) | Q(unit__isnull=True))
        return held.exists()

    def unit_name(self, message: Message) -> str:
        """The unit it is about, as it is called now."""
        return str(message.unit) if message.unit else ""


def _end(letter: Letter, state: Letter.State, at: datetime, error: str = "") -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, ended_at=at, error=error[:300])
    if state == Letter.State.SENT:
        letter.messages.update(mail=Message.Mail.SENT, mailed_at=at)
    elif state == Letter.State.FAILED:
        letter.messages.update(mail=Message.Mail.FAILED)


def _end_attempt(letter: Letter, state: Letter.State, unsent: Unsent, at: datetime, run: Run) -> None:
    """Try the letter again later, or give it up; one that is no longer in that state has become another run's."""
    tried = letter.attempts + 1
    given_up = not unsent.again or tried > len(TRIED_AGAIN_AFTER)
    mine = Letter.objects.filter(pk=letter.pk, state=state).update(
        state=Letter.State.WAITING,
        attempts=tried,
        due_at=at if given_up else at + TRIED_AGAIN_AFTER[tried - 1],
        error=str(unsent)[:300],
    )
    if not mine:
        return
    if given_up:
        _end(letter, Letter.State.FAILED, at, str(unsent))
        run.failed += 1
    else:
        run.postponed += 1


def _give_up_lost(at: datetime) -> int:
    """Letters whose sender died half-way: they may have arrived, so they are not sent again."""
    lost = list(Letter.objects.filter(state=Letter.State.SENDING, taken_at__lt=at - LOST_AFTER))
    for letter in lost:
        _end(letter, Letter.State.FAILED, at, LOST)
    return len(lost)
