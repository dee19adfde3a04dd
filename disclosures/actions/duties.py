"""What every act on one unit's duty has in common: one at a time, noted for both sides and for the log, and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils import timezone

from disclosures.actions.messages import tell
from disclosures.duties.duty import Duty, Term, duty_of
from disclosures.models import DutyEvent, HandIn, Message, Requirement
from lanshan_portal.addresses import duty_address
from units import audit
from units.models import Office, Unit, User
from units.people import acting_for


class DutyRefused(Exception):
    """Something cannot be done about a duty; the message is the sentence for the person."""


@dataclass(frozen=True)
class Held:
    """One unit's duty in a term, held by a transaction: nobody else changes anything about its requirement meanwhile."""

    term: Term
    unit: Unit
    day: date
    duty: Duty | None
    """How it stands at the end of `day`; None where the unit is not asked and never was."""

    @property
    def requirement(self) -> Requirement:
        """What is asked."""
        return self.term.requirement

    @property
    def office(self) -> Office:
        """The office that asks."""
        return self.requirement.office

    @property
    def unit_name(self) -> str:
        """What the unit is called in this term."""
        return self.duty.unit.short_name if self.duty else str(self.unit)

    @property
    def place(self) -> dict[str, object]:
        """The fields by which records about this duty are found."""
        return {"requirement": self.requirement, "term": self.term.code, "unit": self.unit}

    @property
    def address(self) -> str:
        """The page of the duty."""
        return duty_address(self.requirement.code, self.term.code, self.unit.code)


def exceptions_query(term: Term, unit_code: str) -> str:
    """The parameters by which the page of exceptions names a unit's duty."""
    return urlencode({"duty": f"{term.requirement.code}:{term.code}:{unit_code}"})


def hold(*, requirement: Requirement, term: str, unit: Unit, at: datetime) -> Held:
    """Hold a duty until the transaction ends. Raises DutyRefused where the requirement is gone.

    The lock is the requirement's: whoever changes what it asks, and whoever acts on one of its duties, wait for each other.
    """
    try:
        locked = Requirement.objects.select_for_update(no_key=True).get(pk=requirement.pk)
    except Requirement.DoesNotExist:
        raise DutyRefused("该任务已被删除，请返回工作任务列表查看。") from None
    day = timezone.localdate(at)
    asked = Term.of_record(locked, term)
    return Held(asked, unit, day, duty_of(asked, unit.pk, day, locked.office))


def step(
    held: Held,
    kind: DutyEvent.Kind,
    *,
    verb: str,
    by: User | None,
    at: datetime,
    words: str = "",
    hand_in: HandIn | None = None,
) -> DutyEvent:
    """Write down one step, for both sides and for the log."""
    event = DutyEvent.objects.create(**held.place, kind=kind, words=words, hand_in=hand_in, by=by, at=at)
    audit.record(
        by=by,
        verb=verb,
        office=held.office,
        target=hand_in or held.requirement,
        data={
            "unit": held.unit_name,
            "code": held.requirement.code,
            "name": held.term.name,
            "words": words,
            **({"receipt": hand_in.receipt} if hand_in else {}),
        },
    )
    return event


def tell_unit(
    held: Held, kind: Message.Kind, *, title: str, body: str = "", urgent: bool = False, by: User | None, at: datetime
) -> None:
    """Tell those who act for the unit, except who did it; the message leads to the duty."""
    tell_people(held, acting_for(held.unit, held.day), kind, title=title, body=body, urgent=urgent, by=by, at=at)


def tell_people(
    held: Held,
    people: Iterable[User],
    kind: Message.Kind,
    *,
    title: str,
    body: str = "",
    address: str = "",
    urgent: bool = False,
    by: User | None,
    at: datetime,
) -> None:
    """Tell somebody, except who did it."""
    tell(
        office=held.office,
        people=[person for person in people if by is None or person.pk != by.pk],
        kind=kind,
        title=title,
        body=body,
        address=address or held.address,
        unit=held.unit,
        urgent=urgent,
        at=at,
    )
