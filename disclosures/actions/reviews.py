"""The office reviews what units handed in: accepts it, returns it with a reason, or takes its own verdict back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from disclosures.actions.duties import DutyRefused, Held, hold, step, tell_people, tell_unit
from disclosures.actions.messages import untell
from disclosures.duties.duty import Term
from disclosures.models import DutyEvent, HandIn, Message, Submission
from units.models import Unit, User

Review = Submission.Review
WITHDRAWN = "单位已撤回这份材料，不需要审核。"


@dataclass(frozen=True)
class Looked:
    """A hand-in as somebody looked at it: its record, and the version seen (None: a sheet brought it, without files)."""

    submission_id: int
    version: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one of several: done, or refused with a sentence."""

    looked: Looked
    name: str
    refused: str = ""


def accept(*, looked: Looked, by: User, at: datetime) -> Submission:
    """Accept what was looked at. Raises DutyRefused where it is decided already, withdrawn, or replaced meanwhile."""
    with transaction.atomic():
        held, record, version = _waiting(looked, at)
        _decide(record, Review.ACCEPTED, "", by, at)
        step(held, DutyEvent.Kind.ACCEPTED, verb="duty.accepted", hand_in=version, by=by, at=at)
        tell_unit(
            held, Message.Kind.ACCEPTED, title=f"“{held.term.name}”的材料已通过审核", body=record.title, by=by, at=at
        )
        return record


def return_(*, looked: Looked, reason: str, by: User, at: datetime) -> Submission:
    """Return what was looked at, with the reason; it then counts as not handed in. Raises DutyRefused like `accept`."""
    reason = reason.strip()
    if not reason:
        raise DutyRefused("请填写退回原因，说明哪里不符合要求、应如何修改。")
    with transaction.atomic():
        held, record, version = _waiting(looked, at)
        _decide(record, Review.RETURNED, reason, by, at)
        step(held, DutyEvent.Kind.RETURNED, verb="duty.returned", words=reason, hand_in=version, by=by, at=at)
        tell_unit(
            held,
            Message.Kind.RETURNED,
            title=f"“{held.term.name}”的材料被退回，请修改后重新报送",
            body=reason,
            urgent=True,
            by=by,
            at=at,
        )
        return record


def reopen(*, submission: Submission, by: User, at: datetime) -> Submission:
    """Take a verdict back: the hand-in waits for review again. Raises DutyRefused where the unit has handed in since."""
    with transaction.atomic():
        held, record = _held(submission.pk, at)
        if record.review == Review.PENDING:
            raise DutyRefused("这份材料正在等待审核，不需要撤销审核。")
        if _others(held, record).exclude(review=Review.RETURNED).exists():
            raise DutyRefused("单位已重新报送材料，不能撤销这次退回。")
        told_at, verdict = record.reviewed_at, Review(record.review)
        record.review, record.review_words = Review.PENDING, ""
        record.reviewed_by = record.reviewed_at = None
        record.save(update_fields=["review", "review_words", "reviewed_by", "reviewed_at"])
        step(
            held,
            DutyEvent.Kind.REOPENED,
            verb="duty.reopened",
            words=f"原结果：{verdict.label}",
            hand_in=_newest(record),
            by=by,
            at=at,
        )
        if told_at:
            _correct(held, verdict, told_at, by, at)
        return record


# --- several at once: each for itself, whole or not at all


def accept_all(*, looked: Iterable[Looked], by: User, at: datetime) -> list[Outcome]:
    """Accept each; one that is refused does not keep the others back."""
    return _each(looked, lambda each: accept(looked=each, by=by, at=at))


def return_all(*, looked: Iterable[Looked], reason: str, by: User, at: datetime) -> list[Outcome]:
    """Return each with the same reason."""
    return _each(looked, lambda each: return_(looked=each, reason=reason, by=by, at=at))


def reopen_all(*, by: User, decided_at: datetime, at: datetime) -> list[Outcome]:
    """Take back everything the person decided at that moment."""
    decided = Submission.objects.filter(reviewed_by=by, reviewed_at=decided_at).order_by("id")
    records = {record.pk: record for record in decided}
    return _each(
        [Looked(pk) for pk in records], lambda each: reopen(submission=records[each.submission_id], by=by, at=at)
    )


def _each(looked: Iterable[Looked], act: Callable[[Looked], Submission]) -> list[Outcome]:
    outcomes = []
    for each in looked:
        known = Submission.objects.filter(pk=each.submission_id).select_related("requirement").first()
        name = f"{known.unit}的“{known.requirement.name}”" if known else "已撤回的材料"
        try:
            act(each)
        except DutyRefused as refused:
            outcomes.append(Outcome(each, name, str(refused)))
        else:
            outcomes.append(Outcome(each, name))
    return outcomes


# --- what they have in common


def _held(pk: int, at: datetime) -> tuple[Held, Submission]:
    """The record, and its duty held; of a unit that went into another, the other's duty."""
    try:
        found = Submission.objects.select_related("requirement", "unit").get(pk=pk)
    except Submission.DoesNotExist:
        raise DutyRefused(WITHDRAWN) from None
    held = hold(requirement=found.requirement, term=found.term, unit=_answering(found), at=at)
    try:
        return held, Submission.objects.select_related("reviewed_by").get(pk=pk)
    except Submission.DoesNotExist:
        raise DutyRefused(WITHDRAWN) from None


def _answering(record: Submission) -> Unit:
    """The unit whose duty it is: the one that handed in, or whom it went into before the due date."""
    directory = Unit.objects.filter(office=record.office_id).directory()
    heir = directory.heir(record.unit_id, Term.of_record(record.requirement, record.term).due_on)
    return record.unit if heir is None or heir.unit_id == record.unit_id else Unit.objects.get(pk=heir.unit_id)


def _waiting(looked: Looked, at: datetime) -> tuple[Held, Submission, HandIn | None]:
    held, record = _held(looked.submission_id, at)
    if record.review != Review.PENDING:
        by_whom = f"由{record.reviewed_by}" if record.reviewed_by else ""
        verdict = "审核通过" if record.review == Review.ACCEPTED else "退回"
        raise DutyRefused(f"这份材料已{by_whom}{verdict}，不能重复审核。")
    newest = _newest(record)
    if newest is not None and newest.number != looked.version:
        raise DutyRefused(f"单位报送了新的版本（第{newest.number}版），请查看后再审核。")
    if newest is None and looked.version is not None:
        raise DutyRefused(WITHDRAWN)
    return held, record, newest


def _newest(record: Submission) -> HandIn | None:
    return record.hand_ins.order_by("-number").first()


def _decide(record: Submission, verdict: Submission.Review, words: str, by: User, at: datetime) -> None:
    record.review, record.review_words, record.reviewed_by, record.reviewed_at = verdict, words, by, at
    record.save(update_fields=["review", "review_words", "reviewed_by", "reviewed_at"])


def _others(held: Held, record: Submission) -> QuerySet[Submission]:
    """The other hand-ins for the same duty."""
    known = [each.pk for each in held.duty.submissions] if held.duty else []
    return Submission.objects.filter(pk__in=known).exclude(pk=record.pk)


def _correct(held: Held, verdict: Submission.Review, told_at: datetime, by: User, at: datetime) -> None:
    """Take the message about the verdict back, and tell those who know it already."""
    kinds = (Message.Kind.ACCEPTED, Message.Kind.RETURNED)
    knowing = untell(office=held.office, kinds=kinds, addresses=[held.address], told_at=told_at)
    tell_people(
        held,
        [message.user for message in knowing],
        Message.Kind.HANDED_IN,
        title=f"“{held.term.name}”的材料恢复为待审核",
        body=f"此前“{verdict.label}”的审核结果已撤销，不需要另行处理。",
        by=by,
        at=at,
    )
