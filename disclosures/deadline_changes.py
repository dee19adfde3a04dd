"""What a change of a limit would move: the open cases whose due dates would be other days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from disclosures.models import DeadlineRule, DisclosureApplication, MailboxCase, RestDay
from disclosures.workdays import WorkingCalendar
from units.models import Office, Unit

Subject = DeadlineRule.Subject


@dataclass(frozen=True)
class Limit:
    """So many working days for what is received from `valid_from` on; None: since ever."""

    working_days: int
    valid_from: date | None = None
    pk: int | None = None


def limit_on(limits: Sequence[Limit], day: date) -> int | None:
    """The working days in force on `day`: those of the limit that began last."""
    begun = [limit for limit in limits if limit.valid_from is None or limit.valid_from <= day]
    return max(begun, key=lambda limit: limit.valid_from or date.min).working_days if begun else None


@dataclass(frozen=True)
class Moved:
    """One open case whose due date would move."""

    name: str
    unit: str
    received_on: date
    before: date
    after: date
    address: str

    @property
    def is_sooner(self) -> bool:
        """Whether it would be due sooner than it is."""
        return self.after < self.before


def moved(office: Office, subject: str, before: Sequence[Limit], after: Sequence[Limit], today: date) -> list[Moved]:
    """The cases that are unanswered on `today` and would be due on another day, in order of receipt."""
    if subject == Subject.APPLICATION_EXTENSION:
        # It bounds what is entered; nothing that is entered moves.
        return []
    is_letter = subject == Subject.MAILBOX_REPLY
    model = MailboxCase if is_letter else DisclosureApplication
    kind = "mailbox_cases" if is_letter else "applications"
    calendar = RestDay.objects.calendar()
    directory = Unit.objects.filter(office=office).directory()
    unanswered = model._default_manager.filter(
        Q(answered_on__isnull=True) | Q(answered_on__gt=today), office=office
    ).order_by("received_on", "id")
    found = []
    for case in unanswered:
        was, will_be = (_due(case, limits, calendar) for limits in (before, after))
        if was is None or will_be is None or was == will_be:
            continue
        unit = directory.entry(case.unit_id, case.received_on).short_name
        found.append(Moved(case.number, unit, case.received_on, was, will_be, reverse("record", args=[kind, case.pk])))
    return found


def _due(case: MailboxCase | DisclosureApplication, limits: Sequence[Limit], calendar: WorkingCalendar) -> date | None:
    """When the case would be due under those limits; None while its clock stands still."""
    days = limit_on(limits, case.received_on)
    if days is None:
        return None
    case.limit_days = days
    due = case.due(calendar)
    return due.day if due else None


def chained(rules: Sequence[DeadlineRule]) -> list[DeadlineRule]:
    """The rules of a subject in order, each ending where the next begins: never a day without one."""
    ordered = sorted(rules, key=lambda rule: rule.valid_from or date.min)
    for rule, following in zip(ordered, [*ordered[1:], None], strict=True):
        rule.valid_to = following.valid_from if following else None
    return ordered


def limits_of(rules: Sequence[DeadlineRule]) -> list[Limit]:
    """The rules as plain limits."""
    return [Limit(rule.working_days, rule.valid_from, rule.pk) for rule in rules]


def with_rule(rules: Sequence[DeadlineRule], rule: DeadlineRule) -> list[DeadlineRule]:
    """The subject's rules with one as it is to be, chained anew."""
    return chained([*(each for each in rules if each.pk != rule.pk or each.pk is None), rule])
