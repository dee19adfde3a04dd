"""For one unit a later day, or no duty at all: granted with a reason, approved where that is another's right, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from disclosures.actions.duties import DutyRefused, Held, hold, step, tell_people, tell_unit
from disclosures.actions.messages import untell
from disclosures.compliance import Standing
from disclosures.duties.duty import Duty
from disclosures.models import DutyEvent, DutyExemption, DutyExtension, Message, Requirement
from lanshan_portal.periods import chinese_date
from units.access import access_on
from units.models import Unit, User
from units.people import holding
from units.roles import Permission

NO_REASON = "请填写理由，说明依据的文件或情况。"


@dataclass(frozen=True)
class Place:
    """One unit's duty in a term, as something is done about several of them."""

    requirement: Requirement
    term: str
    unit: Unit


@dataclass(frozen=True)
class Outcome:
    """What became of one of several: done, or refused with a sentence."""

    place: Place
    refused: str = ""


# --- a later day


def extend(
    *, requirement: Requirement, term: str, unit: Unit, until: date, reason: str, by: User, at: datetime
) -> DutyExtension:
    """Move one unit's due date to `until`; an extension it has is replaced. Raises DutyRefused."""
    reason = _reason(reason)
    with transaction.atomic():
        held, duty = _asked(requirement, term, unit, at)
        if duty.standing is Standing.EXEMPT:
            raise DutyRefused("该任务对这个单位已标记为不适用，不需要延期。")
        # What waits may be returned: then the later day is what the unit needs.
        if duty.standing is Standing.DONE and not duty.awaits_review:
            raise DutyRefused("这个单位已按时完成，不需要延期。")
        if until <= held.term.due_on:
            raise DutyRefused(f"延期日期应晚于任务的截止日期{chinese_date(held.term.due_on)}。")
        if duty.extension is not None:
            if duty.extension.due_on == until:
                raise DutyRefused(f"这个单位已延期至{chinese_date(until)}，没有变化。")
            _revoke(duty.extension, by, at)
        made = DutyExtension.objects.create(**held.place, due_on=until, reason=reason, granted_by=by, granted_at=at)
        words = f"延期至{chinese_date(until)}。{reason}"
        step(held, DutyEvent.Kind.EXTENDED, verb="duty.extended", words=words, by=by, at=at)
        tell_unit(
            held,
            Message.Kind.EXCEPTION,
            title=f"“{held.term.name}”已延期至{chinese_date(until, with_year=False)}",
            body=reason,
            by=by,
            at=at,
        )
        return made


def revoke_extension(*, extension: DutyExtension, restoring: bool = False, by: User, at: datetime) -> DutyExtension:
    """Take an extension back: the requirement's own day holds again or, when `restoring`, the extension it had replaced.

    Raises DutyRefused where it is taken back already.
    """
    with transaction.atomic():
        held = hold(requirement=extension.requirement, term=extension.term, unit=extension.unit, at=at)
        found: DutyExtension = _in_force(DutyExtension, extension.pk, "这项延期已经撤销，不需要重复撤销。")
        _revoke(found, by, at)
        replaced = _replaced_by(found, held) if restoring else None
        if replaced is not None:
            replaced.revoked_by = replaced.revoked_at = None
            replaced.save(update_fields=["revoked_by", "revoked_at"])
        words = f"恢复为{chinese_date(replaced.due_on if replaced else held.term.due_on)}截止"
        step(held, DutyEvent.Kind.EXTENSION_REVOKED, verb="duty.extension_revoked", words=words, by=by, at=at)
        _correct(held, f"“{held.term.name}”的延期已撤销，{words}", found.granted_at, by, at)
        return found


def _replaced_by(extension: DutyExtension, held: Held) -> DutyExtension | None:
    """The extension that this one took the place of when it was granted."""
    return DutyExtension.objects.filter(
        **held.place, revoked_by=extension.granted_by_id, revoked_at=extension.granted_at
    ).first()


# --- no duty


def ask_exemption(
    *, requirement: Requirement, term: str, unit: Unit, reason: str, by: User, at: datetime
) -> DutyExemption:
    """Mark a duty as not applicable: at once by who may approve that, otherwise for somebody to approve.

    Raises DutyRefused where something was handed in, or it is marked already.
    """
    reason = _reason(reason)
    with transaction.atomic():
        held, duty = _asked(requirement, term, unit, at)
        if duty.standing is Standing.EXEMPT:
            raise DutyRefused("该任务对这个单位已标记为不适用，不需要重复办理。")
        if duty.exemption is not None:
            raise DutyRefused("已有人申请将该任务标记为不适用，正在等待批准。")
        if duty.standing in (Standing.DONE, Standing.LATE):
            raise DutyRefused("这个单位已报送材料或已在网站公开，不能标记为不适用。")
        made = DutyExemption.objects.create(**held.place, reason=reason, granted_by=by, granted_at=at)
        if _may_approve(by, held):
            return _approved(held, made, by, at)
        step(held, DutyEvent.Kind.EXEMPTION_ASKED, verb="duty.exemption_asked", words=reason, by=by, at=at)
        tell_people(
            held,
            holding(held.office, Permission.APPROVE_EXEMPTIONS, held.day),
            Message.Kind.EXCEPTION,
            title=f"请批准：{held.unit_name}的“{held.term.name}”标记为不适用",
            body=reason,
            address=f"{reverse('reviews')}?show=exemptions",
            by=by,
            at=at,
        )
        return made


def approve_exemption(*, exemption: DutyExemption, by: User, at: datetime) -> DutyExemption:
    """Approve what somebody asked for. Raises DutyRefused for who holds no such right, and where it is decided already."""
    with transaction.atomic():
        held, found = _undecided(exemption, by, at)
        _approved(held, found, by, at)
        _tell_asker(held, found, f"已批准：{held.unit_name}的“{held.term.name}”标记为不适用", "", by, at)
        return found


def refuse_exemption(*, exemption: DutyExemption, reason: str, by: User, at: datetime) -> DutyExemption:
    """Decline what somebody asked for, with the reason; the duty stays as it is. Raises DutyRefused like `approve_exemption`."""
    reason = _reason(reason)
    with transaction.atomic():
        held, found = _undecided(exemption, by, at)
        _revoke(found, by, at)
        step(held, DutyEvent.Kind.EXEMPTION_REFUSED, verb="duty.exemption_refused", words=reason, by=by, at=at)
        _tell_asker(held, found, f"未同意：{held.unit_name}的“{held.term.name}”标记为不适用", reason, by, at)
        return found


def revoke_exemption(*, exemption: DutyExemption, by: User, at: datetime) -> DutyExemption:
    """Take an exemption back, approved or not: the duty holds again. Raises DutyRefused where it is taken back already."""
    with transaction.atomic():
        held = hold(requirement=exemption.requirement, term=exemption.term, unit=exemption.unit, at=at)
        found = _in_force(DutyExemption, exemption.pk, "不适用标记已经撤销，不需要重复撤销。")
        if found.approved_at is not None and not _may_approve(by, held):
            raise DutyRefused("不适用标记已经批准，只有可以批准的人员才能撤销。")
        _revoke(found, by, at)
        step(held, DutyEvent.Kind.EXEMPTION_REVOKED, verb="duty.exemption_revoked", by=by, at=at)
        if found.approved_at is not None:
            _correct(held, f"“{held.term.name}”的不适用标记已撤销，仍需报送", found.approved_at, by, at)
        return found


# --- several at once: each for itself, whole or not at all


def extend_all(*, places: Iterable[Place], until: date, reason: str, by: User, at: datetime) -> list[Outcome]:
    """Extend each; one that is refused does not keep the others back."""
    return _each(places, lambda place: extend(**vars(place), until=until, reason=reason, by=by, at=at))


def exempt_all(*, places: Iterable[Place], reason: str, by: User, at: datetime) -> list[Outcome]:
    """Mark each as not applicable, or ask for it."""
    return _each(places, lambda place: ask_exemption(**vars(place), reason=reason, by=by, at=at))


def take_back(*, by: User, granted_at: datetime, at: datetime) -> list[Outcome]:
    """Take back everything the person granted or asked for at that moment; an extension that was replaced holds again.

    What somebody has decided or taken back since stays, and its outcome says so.
    """
    extensions = _granted(DutyExtension, by, granted_at)
    exemptions = _granted(DutyExemption, by, granted_at)
    return [
        *_each(extensions, lambda place: revoke_extension(extension=extensions[place], restoring=True, by=by, at=at)),
        *_each(exemptions, lambda place: revoke_exemption(exemption=exemptions[place], by=by, at=at)),
    ]


def _granted(model: type[Any], by: User, at: datetime) -> dict[Place, Any]:
    """What the person granted at that moment and still holds."""
    found = model.objects.in_force().filter(granted_by=by, granted_at=at).select_related("requirement", "unit")
    return {Place(each.requirement, each.term, each.unit): each for each in found}


def _each(places: Iterable[Place], act: Callable[[Place], Any]) -> list[Outcome]:
    outcomes = []
    for place in places:
        try:
            act(place)
        except DutyRefused as refused:
            outcomes.append(Outcome(place, str(refused)))
        else:
            outcomes.append(Outcome(place))
    return outcomes


# --- what they have in common


def _reason(given: str) -> str:
    reason = given.strip()
    if not reason:
        raise DutyRefused(NO_REASON)
    return reason


def _asked(requirement: Requirement, term: str, unit: Unit, at: datetime) -> tuple[Held, Duty]:
    held = hold(requirement=requirement, term=term, unit=unit, at=at)
    if held.duty is None or not held.duty.asked:
        raise DutyRefused("该任务没有要求这个单位报送，不需要办理。")
    return held, held.duty


def _may_approve(by: User, held: Held) -> bool:
    allowed = access_on(by, held.day).units_for(Permission.APPROVE_EXEMPTIONS)
    return allowed.filter(pk=held.unit.pk).exists()


def _undecided(exemption: DutyExemption, by: User, at: datetime) -> tuple[Held, DutyExemption]:
    held = hold(requirement=exemption.requirement, term=exemption.term, unit=exemption.unit, at=at)
    if not _may_approve(by, held):
        raise DutyRefused("您没有批准标记不适用的权限，请由可以批准的人员办理。")
    found: DutyExemption = DutyExemption.objects.select_related("approved_by", "granted_by").get(pk=exemption.pk)  # type: ignore[assignment]
    if found.revoked_at is not None:
        raise DutyRefused("这项申请已经撤销或办结，不需要再办理。")
    if found.approved_at is not None:
        raise DutyRefused(f"这项申请已由{found.approved_by}批准。")
    return held, found


def _approved(held: Held, exemption: DutyExemption, by: User, at: datetime) -> DutyExemption:
    exemption.approved_by, exemption.approved_at = by, at
    exemption.save(update_fields=["approved_by", "approved_at"])
    step(held, DutyEvent.Kind.EXEMPTED, verb="duty.exempted", words=exemption.reason, by=by, at=at)
    tell_unit(
        held,
        Message.Kind.EXCEPTION,
        title=f"“{held.term.name}”已标记为不适用，不需要报送",
        body=exemption.reason,
        by=by,
        at=at,
    )
    return exemption


def _tell_asker(held: Held, exemption: DutyExemption, title: str, body: str, by: User, at: datetime) -> None:
    tell_people(held, [exemption.granted_by], Message.Kind.EXCEPTION, title=title, body=body, by=by, at=at)


def _in_force(model: type[Any], pk: int, otherwise: str) -> Any:
    found = model.objects.in_force().filter(pk=pk).first()
    if found is None:
        raise DutyRefused(otherwise)
    return found


def _revoke(granted: DutyExtension | DutyExemption, by: User, at: datetime) -> None:
    granted.revoked_by, granted.revoked_at = by, at
    granted.save(update_fields=["revoked_by", "revoked_at"])


def _correct(held: Held, title: str, told_at: datetime, by: User, at: datetime) -> None:
    """Take the message about it back, and tell those who know already."""
    kinds = (Message.Kind.EXCEPTION,)
    knowing = untell(office=held.office, kinds=kinds, addresses=[held.address], told_at=told_at)
    people = [message.user for message in knowing]
    tell_people(held, people, Message.Kind.EXCEPTION, title=title, by=by, at=at)
