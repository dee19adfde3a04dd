"""What a unit still has to do on a day: tasks, letters and applications to answer, problems of accounts to put right."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from disclosures.duties.duty import Duty, duties_at, terms_due
from disclosures.models import DisclosureApplication, MailboxCase, MediaCheck, Submission
from disclosures.workdays import WorkingCalendar
from lanshan_portal.addresses import duty_address
from reports.cells import ON_THAT_DAY, ON_THE_DAY, SOON_WORKING_DAYS, in_short, time_left
from units.directory import Directory
from units.models import Office

BACK, AHEAD = timedelta(days=92), timedelta(days=31)
"""Tasks that fell due longer ago are past hope, those due later are not yet of today."""
A_YEAR = timedelta(days=366)
MOST = 20
"""So many letters, applications and problems of accounts are listed each; the lists hold them all."""


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, until when, how that stands, and the page where it is done."""

    sort: str
    title: str
    due_on: date | None
    words: str
    """逾期6天, 剩2天, 今天截止."""
    look: str
    """The chip it is shown with: behind, soon, awaited, or review for what waits for the office."""
    note: str
    verb: str
    address: str
    returned: str = ""
    """Why the office gave it back, where it did."""
    hand_in: bool = False
    """Whether it is done by handing in."""


def todo(
    office: Office,
    unit_ids: Collection[int],
    today: date,
    directory: Directory,
    calendar: WorkingCalendar,
    *,
    now: date | None = None,
) -> list[Todo]:
    """Everything open for those units on `today`, what is late first, then by the day it is due.

    Where that day is past, `now` is the day on which the page is read: what was handed in between is told as waiting, and
    what was accepted between is left out.
    """
    how = _How(today, calendar, ON_THE_DAY if today == (now or today) else ON_THAT_DAY)
    found = [
        *_tasks(office, unit_ids, max(today, now or today), directory, how),
        *_cases(office, unit_ids, how),
        *_problems(office, unit_ids, how),
    ]
    return sorted(found, key=lambda each: (each.due_on or date.max, each.title))


@dataclass(frozen=True)
class _How:
    """How far from its day a thing is, seen from a day."""

    today: date
    calendar: WorkingCalendar
    last_day: str

    def __call__(self, due_on: date) -> tuple[str, str]:
        """The words, and their look."""
        if due_on < self.today:
            return f"逾期{(self.today - due_on).days}天", "behind"
        left, words, _ = time_left(due_on, self.today, self.calendar, last_day=self.last_day)
        return words, "soon" if left <= SOON_WORKING_DAYS else "awaited"


def _tasks(office: Office, unit_ids: Collection[int], now: date, directory: Directory, how: _How) -> Iterator[Todo]:
    today = how.today
    terms = terms_due(office, today - BACK, today + AHEAD)
    found = duties_at([(term, day) for term in terms for day in {today, now}], office, directory)
    for term in terms:
        for duty, latest in zip(found[term, today], found[term, now], strict=True):
            if duty.unit.unit_id not in unit_ids or not duty.is_open:
                continue
            if latest.is_open:
                yield _task(latest, term.name, how)
            elif latest.awaits_review and latest.submission:
                yield _waiting(latest, term.name, latest.submission)


def _waiting(duty: Duty, name: str, submission: Submission) -> Todo:
    return Todo(
        sort="工作任务",
        title=name,
        due_on=duty.due_on,
        words="待审核",
        look="review",
        note=f"{in_short(submission.submitted_on)}报送，等待审核",
        verb="查看",
        address=duty_address(duty.requirement.code, duty.term, duty.unit.code),
    )


def _task(duty: Duty, name: str, how: _How) -> Todo:
    words, look = how(duty.due_on)
    until = f"{'已延期至' if duty.extension else ''}{in_short(duty.due_on)}{'' if duty.extension else '截止'}"
    locked = duty.locked(how.today)
    notes = [until]
    if locked:
        notes.append("已锁定，需要先申请延期")
    if duty.awaits_approval:
        notes.append("已申请标记不适用，待批准")
    returned = ""
    if duty.returned and duty.submission:
        returned = duty.submission.review_words or "没有写明，请向办公室了解"
        words, look = "已退回", "behind" if look == "behind" else "soon"
    return Todo(
        sort="工作任务",
        title=name,
        due_on=duty.due_on,
        words=words,
        look=look,
        note="，".join(notes),
        verb="查看" if locked else "修改后重新报送" if returned else "报送",
        address=duty_address(duty.requirement.code, duty.term, duty.unit.code),
        returned=returned,
        hand_in=not locked,
    )


def _cases(office: Office, unit_ids: Collection[int], how: _How) -> Iterator[Todo]:
    """Letters and applications received by the day and not answered by it."""
    today = how.today
    for model, kind, sort in (
        (MailboxCase, "mailbox_cases", "部门信箱"),
        (DisclosureApplication, "applications", "依申请公开"),
    ):
        waiting = model._default_manager.filter(
            office=office, unit__in=unit_ids, received_on__gt=today - A_YEAR, received_on__lte=today
        ).exclude(answered_on__lte=today)
        for case in waiting.with_limits().order_by("received_on", "id")[:MOST]:
            due = case.due(how.calendar)
            words, look = how(due.day) if due else ("补正中", "awaited")
            yield Todo(
                sort=sort,
                title=f"{case.number}",
                due_on=due.day if due else None,
                words=words,
                look=look,
                note=f"{in_short(case.received_on)}收到"
                + (f"，{in_short(due.day)}前答复" if due else "，等待补正，期限暂停计算"),
                verb="查看",
                address=reverse("record", args=[kind, case.pk]),
            )


def _problems(office: Office, unit_ids: Collection[int], how: _How) -> Iterator[Todo]:
    """Problems that checks found and that are not put right."""
    today = how.today
    checks = (
        MediaCheck.objects.filter(
            office=office, unit__in=unit_ids, checked_on__gt=today - A_YEAR, checked_on__lte=today
        )
        .exclude(problem="")
        .exclude(rectified_on__lte=today)
        .select_related("account__platform")
        .order_by("checked_on", "id")[:MOST]
    )
    for check in checks:
        due_on = check.rectify_by
        words, look = how(due_on) if due_on else ("待整改", "soon")
        yield Todo(
            sort="政务新媒体",
            title=f"{check.account.name}（{check.account.platform}）：{check.problem}",
            due_on=due_on,
            words=words,
            look=look,
            note=f"{in_short(check.checked_on)}检查发现" + (f"，{in_short(due_on)}前整改" if due_on else ""),
            verb="查看",
            address=reverse("record", args=["media_checks", check.pk]),
        )
