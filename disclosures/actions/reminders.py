"""催办: reminding units of what is open, once however often it is asked for, and taking a sending back."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from disclosures import jobs
from disclosures.actions.messages import tell
from disclosures.models import DutyEvent, Letter, Message, Reminder, Sending
from disclosures.open_items import ItemKind
from disclosures.reminding import Candidate, candidates, receipts
from lanshan_portal.periods import Period
from units import audit
from units.models import Office, Unit, User

JOB = "remind"
SMALL = 20
"""So many units are reminded while the person waits; more are left to a worker."""
NOTHING_OPEN = "已办结，没有需要催办的事项"
TAKEN_BACK_WITHIN = timedelta(hours=24)


class TakingBackRefused(Exception):
    """A sending cannot be taken back any more; the message is the sentence for the person."""


def remind(
    *,
    office: Office,
    unit_ids: Collection[int],
    period: Period,
    words: str = "",
    requirement: str = "",
    copies: bool = True,
    code: str,
    by: User,
    at: datetime,
) -> Sending:
    """Ask that those units be reminded of what is open of `period`'s work; the sending with that code, asked for once.

    `requirement` narrows it to one requirement's duties, `copies` lets leaders in charge read along where a unit was reminded
    on an earlier day already. The sending itself is a job (`send`).
    """
    with transaction.atomic():
        # The same form pressed twice, or in two windows, waits here and finds the first.
        Office.objects.select_for_update(no_key=True).get(pk=office.pk)
        sending, asked = Sending.objects.get_or_create(
            code=code,
            defaults={
                "office": office,
                "month": str(period),
                "requirement": requirement,
                "units": sorted(unit_ids),
                "words": words.strip(),
                "copies": copies,
                "asked_by": by,
                "asked_at": at,
            },
        )
        if asked:
            jobs.begin(
                kind=JOB,
                title=f"催办{len(sending.units)}家单位",
                by=by,
                office=office,
                arguments={"sending": code},
                at=at,
                here=len(sending.units) <= SMALL,
            )
    sending.refresh_from_db()
    return sending


@jobs.work(JOB, "核对各单位未办事项", "发出催办")
def _work(run: jobs.Run) -> jobs.Outcome:
    sending = Sending.objects.get(pk=run.job.arguments["sending"])

    def progress(done: int, total: int) -> None:
        if not done:
            run.step(1)
        run.progress(done, total)

    run.step(0)
    sending = send(sending=sending, at=timezone.now(), progress=progress)
    return jobs.Outcome(outcome_in_words(sending), address=reverse("reminders_one", args=[sending.code]))


def outcome_in_words(sending: Sending) -> str:
    """已向10家单位发出催办，另有3家须电话通知，1家未发送."""
    came = receipts([sending.code])[sending.code]
    told = f"已向{came.reached}家单位发出催办" if came.reached else "没有发出催办"
    by_phone = f"，{'另有' if came.reached else ''}{came.to_phone}家须电话通知" if came.to_phone else ""
    left_out = f"，{len(sending.left_out)}家未发送" if sending.left_out else ""
    return f"{told}{by_phone}{left_out}。"


@transaction.atomic
def send(*, sending: Sending, at: datetime, progress: Callable[[int, int], None] = lambda done, total: None) -> Sending:
    """Remind the units of a sending of what is open for them now; what is sent already is not sent again.

    Looked up in this transaction: what was done since the form was opened drops out, a unit with nothing left or reminded as
    often as the office allows is left out and named in `left_out`.
    """
    # Two senders of an office never interleave, so nobody gets past the daily limit.
    office = Office.objects.select_for_update(no_key=True).get(pk=sending.office_id)
    sending = Sending.objects.select_for_update().select_related("asked_by").get(pk=sending.pk)
    if sending.sent_at:
        return sending
    today = timezone.localdate(at)
    found = {
        each.unit.unit_id: each
        for each in candidates(office, sending.period, today, unit_ids=sending.units, requirement=sending.requirement)
    }
    chosen = [each for each in found.values() if not each.at_limit]
    reminders = Reminder.objects.bulk_create(
        Reminder(
            office=office,
            unit_id=each.unit.unit_id,
            items=[item.as_told() for item in each.items],
            words=sending.words,
            sent_by=sending.asked_by,
            sent_at=at,
            sent_on=today,
            sending=sending.code,
        )
        for each in chosen
    )
    units = Unit.objects.in_bulk([each.unit.unit_id for each in chosen])
    for number, (reminder, each) in enumerate(zip(reminders, chosen, strict=True)):
        progress(number, len(chosen))
        tell(
            office=office,
            people=each.readers(copies=sending.copies),
            kind=Message.Kind.REMINDER,
            title=_title(each),
            body=sending.words,
            address=each.items[0].address if len(each.items) == 1 else reverse("home"),
            unit=units[each.unit.unit_id],
            reminder=reminder,
            urgent=True,
            at=at,
        )
    DutyEvent.objects.bulk_create(
        DutyEvent(
            requirement_id=item.record[0],
            term=item.record[1],
            unit_id=each.unit.unit_id,
            kind=DutyEvent.Kind.REMINDED,
            words=sending.words,
            by=sending.asked_by,
            at=at,
        )
        for each in chosen
        for item in each.items
        if item.kind is ItemKind.DUTY
    )
    sending.left_out = _left_out(sending, found, office, at)
    sending.sent_at = at
    sending.save(update_fields=["sent_at", "left_out"])
    audit.record(
        by=sending.asked_by,
        verb="reminder.sent",
        office=office,
        target=sending,
        data={"units": [each.unit.code for each in chosen], "left_out": len(sending.left_out)},
    )
    return sending


def _title(each: Candidate) -> str:
    """催办：2项工作逾期未办; 提醒：1项工作临近期限."""
    if each.overdue:
        return f"催办：{each.overdue}项工作逾期未办"
    return f"提醒：{len(each.items)}项工作临近期限"


def _left_out(sending: Sending, found: dict[int, Candidate], office: Office, at: datetime) -> list[dict[str, Any]]:
    lacking = [unit_id for unit_id in sending.units if unit_id not in found or found[unit_id].at_limit]
    if not lacking:
        return []
    directory = Unit.objects.filter(office=office, pk__in=lacking).directory()
    return [
        {
            "unit": unit_id,
            "name": directory.entry(unit_id, timezone.localdate(at)).short_name,
            "why": f"今天已催办{len(found[unit_id].today)}次，达到每天上限" if unit_id in found else NOTHING_OPEN,
        }
        for unit_id in lacking
    ]


def may_take_back(sending: Sending, at: datetime) -> bool:
    """Whether it can still be taken back: sent within a day, and nobody has taken it back."""
    return sending.sent_at is not None and sending.taken_back_at is None and at - sending.sent_at <= TAKEN_BACK_WITHIN


@transaction.atomic
def take_back(*, sending: Sending, by: User, at: datetime) -> int:
    """Take back all reminders of a sending; how many messages nobody will see any more.

    What nobody has read vanishes; what was read, or is on its way by mail, stays and says that it was taken back. Raises
    TakingBackRefused when it was taken back already, was never sent, or a day has passed.
    """
    sending = Sending.objects.select_for_update().select_related("office").get(pk=sending.pk)
    if sending.taken_back_at:
        raise TakingBackRefused("这批催办已经撤回。")
    if not may_take_back(sending, at):
        raise TakingBackRefused("这批催办发出已超过24小时，不能再撤回。")
    reminders = list(Reminder.objects.filter(sending=sending.code))
    unseen = Message.objects.filter(reminder__in=reminders).unread().exclude(mail=Message.Mail.SENT)
    vanished, _ = unseen.exclude(letter__state=Letter.State.SENDING).delete()
    left = set(Message.objects.filter(reminder__in=reminders).values_list("reminder_id", flat=True))
    for reminder in reminders:
        steps = DutyEvent.objects.filter(
            kind=DutyEvent.Kind.REMINDED, unit=reminder.unit_id, by=sending.asked_by_id, at=reminder.sent_at
        )
        if reminder.pk in left:
            steps.update(words=f"（已撤回）{sending.words}")
        else:
            steps.delete()
    Reminder.objects.filter(sending=sending.code).update(taken_back_at=at)
    sending.taken_back_by, sending.taken_back_at = by, at
    sending.save(update_fields=["taken_back_by", "taken_back_at"])
    audit.record(
        by=by,
        verb="reminder.taken_back",
        office=sending.office,
        target=sending,
        data={"vanished": vanished, "read": len(left)},
    )
    return vanished
