"""The office sets tasks, changes, ends and removes them; the units concerned are told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from disclosures.actions.messages import tell, untell
from disclosures.duties.duty import Term, terms_of
from disclosures.files.keeping import Brought, check, keep
from disclosures.models import (
    DutyEvent,
    DutyExemption,
    DutyExtension,
    HandIn,
    Message,
    Requirement,
    StoredFile,
    Submission,
)
from disclosures.sheets.keys import digest, requirement_parts
from lanshan_portal.addresses import duty_address
from lanshan_portal.periods import Period, chinese_date
from units import audit
from units.models import AuditEvent, Office, Unit, User
from units.people import people_of

KEPT = (
    *("code", "name", "source_month", "assigned_on", "due_on", "counted_until", "scope", "group_id", "recurrence"),
    *("basis", "column", "placement", "problem_title", "problem_text", "action", "explanation", "ends_on"),
    "lock_after_days",
)
"""What a task says, besides the units it lists and its attachments."""
NOT_COPIED = ("source_month", "counted_until", "ends_on")


class RequirementRefused(Exception):
    """A task cannot be set, changed or removed so; the message is the sentence for the clerk."""


@transaction.atomic
def create(
    *,
    office: Office,
    fields: Mapping[str, Any],
    unit_ids: Collection[int] = (),
    files: Sequence[Brought] = (),
    attachments: Iterable[StoredFile] = (),
    by: User,
    at: datetime,
) -> Requirement:
    """Set a task, and tell those who act for its units. Raises RequirementRefused for a code that is taken, FilesRefused."""
    check(files)
    made = _made(office, fields, unit_ids)
    made.attachments.add(*attachments, *_kept(files, office, by, at))
    audit.record(by=by, verb="requirement.created", office=office, target=made, data=_told(made))
    _tell_units(made, by, at)
    return made


@transaction.atomic
def copy_all(
    *, office: Office, copies: Iterable[tuple[Requirement, Mapping[str, Any]]], by: User, at: datetime
) -> list[Requirement]:
    """Set several tasks after others, all or none: each asks the same units and brings the same attachments.

    What is given with a task is said differently; which notice set the other, and up to which day it counted, is not taken over.
    """
    return [
        create(
            office=office,
            fields={name: getattr(other, name) for name in KEPT if name not in NOT_COPIED} | dict(fields),
            unit_ids=[unit.pk for unit in other.units.all()],
            attachments=other.attachments.all(),
            by=by,
            at=at,
        )
        for other, fields in copies
    ]


@transaction.atomic
def change(
    *,
    requirement: Requirement,
    fields: Mapping[str, Any],
    unit_ids: Collection[int] = (),
    files: Sequence[Brought] = (),
    dropped: Collection[int] = (),
    by: User,
    at: datetime,
) -> Requirement:
    """Change a task; units that are asked now and were not, and those with another due date, are told.

    Its code stays, and so does 一次 or 每月 once something was handed in. Raises RequirementRefused, FilesRefused.
    """
    check(files)
    locked = _locked(requirement)
    if fields.get("recurrence", locked.recurrence) != locked.recurrence and has_hand_ins(locked):
        raise RequirementRefused("已有单位报送材料，不能更改频次。需要改为其他频次的，请另行布置任务。")
    before, due_before = _asked_now(locked, at), locked.due_on
    write(locked, fields, unit_ids)
    locked.attachments.remove(*dropped)
    locked.attachments.add(*_kept(files, locked.office, by, at))
    audit.record(by=by, verb="requirement.changed", office=locked.office, target=locked, data=_told(locked))
    _tell_units(locked, by, at, knowing=before, moved=locked.due_on != due_before)
    return locked


def write(requirement: Requirement, fields: Mapping[str, Any], unit_ids: Collection[int]) -> None:
    """Give the task other contents, without telling anybody: part of `change`, and of finding out what that would move."""
    for name in KEPT:
        if name in fields and name != "code":
            setattr(requirement, name, fields[name])
    # A page is the last that wrote it: the sheet it came by no longer takes it back.
    requirement.batch, requirement.sheet_row = None, None
    requirement.save()
    requirement.units.set(unit_ids if requirement.scope == Requirement.Scope.LISTED else ())


@transaction.atomic
def end(*, requirement: Requirement, ends_on: date | None, by: User, at: datetime) -> Requirement:
    """Stop a monthly task after `ends_on`, or let it go on (None); what was handed in stays. Raises RequirementRefused."""
    locked = _locked(requirement)
    if locked.recurrence != Requirement.Recurrence.MONTHLY:
        raise RequirementRefused("只有每月任务可以停止布置。")
    if ends_on and locked.assigned_on and ends_on < locked.assigned_on:
        raise RequirementRefused(f"停止日期不能早于布置日期{chinese_date(locked.assigned_on)}。")
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    audit.record(by=by, verb="requirement.ended", office=locked.office, target=locked, data=_told(locked))
    return locked


@transaction.atomic
def delete(*, requirement: Requirement, by: User, at: datetime) -> AuditEvent:
    """Remove a task nobody has handed anything in for; the log keeps its contents, from which `restore` makes it anew.

    Raises RequirementRefused where something was handed in, granted or reminded of.
    """
    locked = Requirement.objects.select_for_update().get(pk=requirement.pk)
    if has_hand_ins(locked):
        raise RequirementRefused("已有单位报送材料，不能删除。不再需要的每月任务，可以停止布置。")
    for model, done in ((DutyExtension, "办理延期"), (DutyExemption, "标记不适用"), (DutyEvent, "催办或办理")):
        if model._default_manager.filter(requirement=locked).exists():
            raise RequirementRefused(f"该任务已有{done}记录，不能删除。不再需要的，可以修改范围或停止布置。")
    addresses = [
        duty_address(locked.code, term.code, unit.code)
        for term in [_first_open(locked, timezone.localdate(at))]
        if term
        for unit in locked.asked_of(_directory(locked.office), term.due_on)
    ]
    for message in untell(office=locked.office, kinds=[Message.Kind.TASK], addresses=addresses):
        tell(
            office=locked.office,
            people=[message.user],
            kind=Message.Kind.TASK,
            title=f"任务已取消：{locked.name}",
            unit=message.unit,
            at=at,
        )
    event = audit.record(by=by, verb="requirement.deleted", office=locked.office, target=locked, data=_contents(locked))
    locked.delete()
    return event


@transaction.atomic
def restore(*, event: AuditEvent, by: User, at: datetime) -> Requirement:
    """Set the task again that was removed, as the log tells it. Raises RequirementRefused where its code is taken since."""
    assert event.office is not None, "a task is an office's"
    data = event.data["content"]
    fields = {
        name: date.fromisoformat(data[name]) if name.endswith("_on") or name == "counted_until" else data[name]
        for name in KEPT
        if data[name] is not None
    }
    made = _made(event.office, fields, data["unit_ids"])
    made.attachments.set(data["attachment_ids"])
    audit.record(by=by, verb="requirement.restored", office=made.office, target=made, data=_told(made))
    _tell_units(made, by, at)
    return made


def has_hand_ins(requirement: Requirement) -> bool:
    """Whether any unit has handed anything in for it, by page or by sheet."""
    return (
        HandIn.objects.filter(requirement=requirement).exists()
        or Submission.objects.filter(requirement=requirement).exists()
    )


# --- what they have in common


def _made(office: Office, fields: Mapping[str, Any], unit_ids: Collection[int]) -> Requirement:
    code = fields["code"]
    key = digest(requirement_parts(code))
    given = {name: fields[name] for name in KEPT if name in fields}
    made, new = Requirement.objects.get_or_create(office=office, key=key, defaults=given)
    if not new:
        raise RequirementRefused(f"任务编号“{code}”已经使用，请换一个编号。")
    made.units.set(unit_ids if made.scope == Requirement.Scope.LISTED else ())
    return made


def _locked(requirement: Requirement) -> Requirement:
    try:
        return Requirement.objects.select_for_update(no_key=True).get(pk=requirement.pk)
    except Requirement.DoesNotExist:
        raise RequirementRefused("该任务已被删除，请返回工作任务列表查看。") from None


def _kept(files: Sequence[Brought], office: Office, by: User, at: datetime) -> list[StoredFile]:
    return [keep(name=file.name, content=file.content, office=office, by=by, at=at) for file in files]


def _told(requirement: Requirement) -> dict[str, Any]:
    return {
        "code": requirement.code,
        "name": requirement.name,
        "due_on": requirement.due_on.isoformat(),
        **({"ends_on": requirement.ends_on.isoformat()} if requirement.ends_on else {}),
    }


def _contents(requirement: Requirement) -> dict[str, Any]:
    """All that `restore` needs."""
    kept = {name: getattr(requirement, name) for name in KEPT}
    return _told(requirement) | {
        "content": {
            **{name: value.isoformat() if isinstance(value, date) else value for name, value in kept.items()},
            "unit_ids": list(requirement.units.values_list("pk", flat=True)),
            "attachment_ids": list(requirement.attachments.values_list("pk", flat=True)),
        }
    }


def _directory(office: Office) -> Any:
    return Unit.objects.filter(office=office).directory()


def _first_open(requirement: Requirement, day: date) -> Term | None:
    """The first of its terms that is not over on `day`; None where all are."""
    until = max(requirement.due_on, Period.month_of(day).next().last)
    return next(iter(terms_of(requirement, day, until)), None)


def _asked_now(requirement: Requirement, at: datetime) -> set[int]:
    """The units asked in the first term that is not over; nobody where all are."""
    term = _first_open(requirement, timezone.localdate(at))
    return {unit.unit_id for unit in _asked(term)} if term else set()


def _asked(term: Term) -> Any:
    return term.requirement.asked_of(_directory(term.requirement.office), term.due_on)


def _tell_units(
    requirement: Requirement, by: User, at: datetime, *, knowing: Collection[int] = (), moved: bool = False
) -> None:
    """Tell those who act for the units: the task to who does not know it, its new due date to who does.

    Nobody is told of a task whose day is past: it was entered for the record.
    """
    day = timezone.localdate(at)
    term = _first_open(requirement, day)
    if term is None:
        return
    due = chinese_date(term.due_on, with_year=False)
    units = {unit.unit_id: unit for unit in _asked(term)}
    rows = Unit.objects.in_bulk(list(units))
    for unit_id, people in people_of(list(units), day).items():
        if unit_id in knowing and not moved:
            continue
        title = f"“{term.name}”的截止日期改为{due}" if unit_id in knowing else f"新任务：{term.name}，{due}截止"
        tell(
            office=requirement.office,
            people=[person for person in people.liaisons if person.pk != by.pk],
            kind=Message.Kind.TASK,
            title=title,
            body=requirement.explanation or requirement.basis,
            address=duty_address(requirement.code, term.code, units[unit_id].code),
            unit=rows[unit_id],
            at=at,
        )
