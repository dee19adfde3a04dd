"""What is open for a unit on a day: duties, applications and letters, media findings that wait for it, overdue or nearly.

Everything a reminder tells, and what is checked again just before one is sent. A few grouped queries for all units.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q
from django.urls import reverse

from disclosures.compliance import Standing
from disclosures.duties.duty import Duty, Term, duties_of, terms_due
from disclosures.models import DisclosureApplication, MailboxCase, MediaCheck, RestDay
from disclosures.workdays import WorkingCalendar
from lanshan_portal.addresses import duty_address
from lanshan_portal.periods import Period, chinese_date
from units.directory import Directory
from units.models import Office, Unit

NEAR_WORKING_DAYS = 3
"""What is due within so many working days is near."""
TOLD_IN_DAYS = 60
"""What is overdue longer is told by its date: nobody reads 逾期213天."""
LONGEST_HANDLING = timedelta(days=180)
"""No case received longer before the time looked at falls due in it: 20 working days, 15 for others asked, 20 more."""


class ItemKind(StrEnum):
    """What waits for the unit."""

    DUTY = "duty"
    APPLICATION = "application"
    LETTER = "letter"
    FINDING = "finding"


@dataclass(frozen=True)
class OpenItem:
    """One thing a unit has not done: what, how it stands in words, when it was or is due, and where it is done."""

    kind: ItemKind
    unit_id: int
    """The unit that answers for it now."""
    record: tuple[int, str]
    """The id of the requirement, case or check, and the requirement's term."""
    title: str
    words: str
    due_on: date
    overdue: bool
    address: str

    @property
    def key(self) -> str:
        """The same for the same thing whenever it is asked for: what tells whether it is still open."""
        return f"{self.kind}:{self.record[0]}:{self.record[1]}"

    def as_told(self) -> dict[str, str]:
        """As a reminder keeps it."""
        return {"key": self.key, "title": self.title, "words": self.words, "address": self.address}


def span_of(period: Period) -> tuple[date, date]:
    """The days whose due dates belong to a month's work: from its start to the end of the month after, in which its
    notice is written."""
    return period.start, Period.month_of(period.end).last


def open_items(
    office: Office,
    period: Period,
    today: date,
    *,
    unit_ids: Collection[int] | None = None,
    requirement: str = "",
    directory: Directory | None = None,
) -> dict[int, list[OpenItem]]:
    """What is open on `today` of the work of `period`, by unit in official order; units with nothing open are left out.

    Overdue things first, then by due date. `unit_ids` narrows to some units, `requirement` to the duties of one code. What
    somebody has asked to be marked as not applicable is left out until that is decided.
    """
    directory = directory or Unit.objects.filter(office=office).directory()
    calendar = RestDay.objects.calendar()
    wording = _Wording(today, calendar)
    found = list(_duties(office, period, directory, wording, requirement))
    if not requirement:
        found += [
            *_cases(office, period, DisclosureApplication, directory, wording),
            *_cases(office, period, MailboxCase, directory, wording),
            *_findings(office, period, directory, wording),
        ]
    wanted = None if unit_ids is None else set(unit_ids)
    order = {entry.unit_id: entry.order for entry in directory.at(today)}
    by_unit: dict[int, list[OpenItem]] = {}
    for item in sorted(found, key=lambda item: (not item.overdue, item.due_on, item.title)):
        if item.unit_id in order and (wanted is None or item.unit_id in wanted):
            by_unit.setdefault(item.unit_id, []).append(item)
    return dict(sorted(by_unit.items(), key=lambda pair: order[pair[0]]))


@dataclass(frozen=True)
class _Wording:
    """How far away a due day is, in words, on a day."""

    today: date
    calendar: WorkingCalendar

    def concerns(self, due_on: date) -> bool:
        """Whether it is overdue or near."""
        return self.calendar.between(self.today, due_on) <= NEAR_WORKING_DAYS

    def overdue(self, due_on: date) -> bool:
        """Whether the day has passed; on the day itself there is still time."""
        return due_on < self.today

    def __call__(self, due_on: date) -> str:
        """逾期6天, 2020年6月30日截止、至今未办, 今天截止, 剩2个工作日."""
        over = (self.today - due_on).days
        if over > TOLD_IN_DAYS:
            return f"{chinese_date(due_on)}截止，至今未办"
        if over > 0:
            return f"逾期{over}天"
        if over == 0:
            return "今天截止"
        left = self.calendar.between(self.today, due_on)
        return f"剩{left}个工作日" if left else f"{chinese_date(due_on, with_year=False)}截止，其间没有工作日"


# --- duties


def _duties(
    office: Office, period: Period, directory: Directory, wording: _Wording, requirement: str
) -> Iterable[OpenItem]:
    terms = [
        term
        for term in terms_due(office, *span_of(period))
        if requirement in ("", term.requirement.code)
        and (term.requirement.assigned_on is None or term.requirement.assigned_on <= wording.today)
    ]
    for term, duties in duties_of(dict.fromkeys(terms, wording.today), office, directory).items():
        for duty in duties:
            heir = directory.heir(duty.unit.unit_id, wording.today)
            if heir and _is_open(duty, wording):
                yield _duty_item(term, duty, heir.unit_id, wording)


def _is_open(duty: Duty, wording: _Wording) -> bool:
    if duty.standing not in (Standing.MISSING, Standing.AWAITED) or duty.awaits_approval:
        return False
    return duty.returned or wording.concerns(duty.due_on)


def _duty_item(term: Term, duty: Duty, unit_id: int, wording: _Wording) -> OpenItem:
    words = wording(duty.due_on)
    if duty.returned:
        words = f"已退回，{words}"
    if duty.locked(wording.today):
        words = f"{words}，已停止接收，请先联系办理延期"
    return OpenItem(
        kind=ItemKind.DUTY,
        unit_id=unit_id,
        record=(duty.requirement.pk, duty.term),
        title=term.name,
        words=words,
        due_on=duty.due_on,
        overdue=wording.overdue(duty.due_on),
        address=duty_address(duty.requirement.code, duty.term, duty.unit.code),
    )


# --- applications and letters


def _cases(
    office: Office,
    period: Period,
    model: type[DisclosureApplication] | type[MailboxCase],
    directory: Directory,
    wording: _Wording,
) -> Iterable[OpenItem]:
    first, last = span_of(period)
    is_letter = model is MailboxCase
    name, kind = ("部门信箱来信", "mailbox_cases") if is_letter else ("依申请公开", "applications")
    unanswered = model._default_manager.filter(
        Q(answered_on__isnull=True) | Q(answered_on__gt=wording.today),
        office=office,
        received_on__gte=first - LONGEST_HANDLING,
        received_on__lte=min(last, wording.today),
    )
    for case in unanswered.with_limits():
        due = case.due(wording.calendar)
        heir = directory.heir(case.unit_id, wording.today)
        if due is None or heir is None or not (first <= due.day <= last) or not wording.concerns(due.day):
            continue
        yield OpenItem(
            kind=ItemKind.LETTER if is_letter else ItemKind.APPLICATION,
            unit_id=heir.unit_id,
            record=(case.pk, ""),
            title=f"{name}{case.number}答复",
            words=wording(due.day) + ("（暂按现有日历推算）" if due.provisional else ""),
            due_on=due.day,
            overdue=wording.overdue(due.day),
            address=reverse("record", args=[kind, case.pk]),
        )


# --- findings of media checks


def _findings(office: Office, period: Period, directory: Directory, wording: _Wording) -> Iterable[OpenItem]:
    first, last = span_of(period)
    found = (
        MediaCheck.objects.filter(
            Q(rectified_on__isnull=True) | Q(rectified_on__gt=wording.today),
            office=office,
            checked_on__gte=first - LONGEST_HANDLING,
            checked_on__lte=min(last, wording.today),
        )
        .exclude(problem="")
        .select_related("account__platform")
    )
    for check in found:
        # Without a limit a problem is to be put right at once.
        due_on = check.rectify_by or check.checked_on
        heir = directory.heir(check.unit_id, wording.today)
        if heir is None or not (first <= due_on <= last) or not wording.concerns(due_on):
            continue
        yield OpenItem(
            kind=ItemKind.FINDING,
            unit_id=heir.unit_id,
            record=(check.pk, ""),
            title=f"{check.account.platform.name}“{check.account.name}”{check.problem}整改",
            words=wording(due_on) if check.rectify_by else f"{chinese_date(due_on, with_year=False)}检查发现，尚未整改",
            due_on=due_on,
            overdue=not check.rectify_by or wording.overdue(due_on),
            address=reverse("record", args=["media_checks", check.pk]),
        )
