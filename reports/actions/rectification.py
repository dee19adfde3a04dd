"""整改: the office opens it for the units an issued notice names; units answer; the office verifies, sends back, reopens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from disclosures.actions.hand_ins import MOST_FILES
from disclosures.actions.messages import tell
from disclosures.files.keeping import Brought, check, keep
from disclosures.models import Message
from lanshan_portal.periods import LAST_YEAR, chinese_date
from reports.models import IssuedNotice, Rectification, RectificationStep
from reports.rectifying import earlier_than, repetition, subjects_of, to_open
from units import audit
from units.directory import Directory
from units.models import Office, Unit, User
from units.people import holding, people_of
from units.roles import Permission

Act, State = RectificationStep.Act, Rectification.State
NO_WORDS = "请写明整改情况。"
NO_RETURN_REASON = "请写明退回原因，说明还有哪些问题没有整改到位。"
NO_REOPENING_REASON = "请写明重开原因。"


class RectificationRefused(Exception):
    """Something cannot be done about a rectification; the message is the sentence for whoever tried."""


@transaction.atomic
def open_all(*, issued: IssuedNotice, due_on: date, by: User, at: datetime) -> list[Rectification]:
    """One for every unit the notice names that has none yet, with all its sentences; the units are told at once.

    Raises RectificationRefused.
    """
    Office.objects.select_for_update(no_key=True).get(pk=issued.office_id)
    if IssuedNotice.objects.filter(supersedes=issued).exists():
        raise RectificationRefused("这份通报已经更正，请在更正的通报中开立整改。")
    _check_day(due_on, at)
    wanted = to_open(issued)
    if not wanted:
        raise RectificationRefused("被点名的单位都已开立整改，不需要重复开立。")
    directory, earlier = _directory(issued.office), earlier_than(issued)
    made = []
    for unit_id, sentences in wanted.items():
        subjects = subjects_of(sentences)
        again = repetition(unit_id, subjects, issued, directory, earlier)
        each = Rectification.objects.create(
            notice=issued,
            unit_id=unit_id,
            subjects=subjects,
            due_on=due_on,
            in_a_row=again.in_a_row,
            repeat_of=again.earlier,
            opened_by=by,
            opened_at=at,
        )
        RectificationStep.objects.create(
            rectification=each, act=Act.OPENED, words=f"通报点名{len(sentences)}处", due_on=due_on, by=by, at=at
        )
        title = f"整改通知：{issued.span.label}通报点到{sentences[0].unit_name}，整改期限{chinese_date(due_on)}"
        _tell_unit(each, title, "\n".join(sentence.text for sentence in sentences), directory, at)
        made.append(each)
    audit.record(
        by=by,
        verb="rectification.opened",
        office=issued.office,
        target=issued,
        data={"period": issued.period, "units": len(made), "due_on": due_on.isoformat()},
    )
    return made


@transaction.atomic
def answer(
    *,
    rectification: Rectification,
    words: str,
    files: Sequence[Brought] = (),
    link: str = "",
    by: User,
    at: datetime,
) -> RectificationStep:
    """What the unit has done, with papers or the address where it shows; it waits to be verified.

    Raises RectificationRefused, FilesRefused.
    """
    check(files)
    held, words, link = _hold(rectification), words.strip(), link.strip()
    if held.state == State.CLOSED:
        raise RectificationRefused("整改已办结，不需要再回复。")
    if not words:
        raise RectificationRefused(NO_WORDS)
    if not files and not link:
        raise RectificationRefused("请上传整改材料，或填写整改后的网址，至少一项。")
    if len(files) > MOST_FILES:
        raise RectificationRefused(f"一次最多上传 {MOST_FILES} 个文件，请打包成 zip。")
    if link and not link.startswith(("http://", "https://")):
        raise RectificationRefused("网址应以 http:// 或 https:// 开头，请从浏览器地址栏完整复制。")
    step = RectificationStep.objects.create(rectification=held, act=Act.ANSWERED, words=words, link=link, by=by, at=at)
    office = held.notice.office
    step.files.add(*(keep(name=each.name, content=each.content, office=office, by=by, at=at) for each in files))
    _move(held, State.ANSWERED)
    audit.record(by=by, verb="rectification.answered", office=office, target=held, data=_told(held, words))
    _tell_office(held, by, at)
    return step


@transaction.atomic
def verify(*, rectification: Rectification, seen: int, words: str = "", by: User, at: datetime) -> Rectification:
    """Verified: it is done. `seen` is the step that was looked at last. Raises RectificationRefused."""
    held = _answered(rectification, seen)
    _write(held, Act.PASSED, words.strip(), None, by, at)
    _move(held, State.CLOSED)
    audit.record(by=by, verb="rectification.verified", office=held.notice.office, target=held, data=_told(held, words))
    _tell_unit(held, f"{held.notice.span.label}通报整改已核验通过", words.strip(), None, at, urgent=False)
    return held


@transaction.atomic
def send_back(
    *, rectification: Rectification, seen: int, reason: str, due_on: date, by: User, at: datetime
) -> Rectification:
    """Not rectified yet, with the reason and another day. Raises RectificationRefused."""
    held = _answered(rectification, seen)
    _again(held, Act.RETURNED, reason, due_on, NO_RETURN_REASON, by, at)
    audit.record(by=by, verb="rectification.returned", office=held.notice.office, target=held, data=_told(held, reason))
    return held


@transaction.atomic
def reopen(*, rectification: Rectification, reason: str, due_on: date, by: User, at: datetime) -> Rectification:
    """What was done is to be done again, with the reason. Raises RectificationRefused."""
    held = _hold(rectification)
    if held.state != State.CLOSED:
        raise RectificationRefused("整改尚未办结，不需要重开。")
    _again(held, Act.REOPENED, reason, due_on, NO_REOPENING_REASON, by, at)
    audit.record(by=by, verb="rectification.reopened", office=held.notice.office, target=held, data=_told(held, reason))
    return held


# --- what they have in common


def _hold(rectification: Rectification) -> Rectification:
    """It, held until the transaction ends."""
    rows = Rectification.objects.select_for_update(of=("self",)).select_related("notice__office", "unit")
    return rows.get(pk=rectification.pk)


def _answered(rectification: Rectification, seen: int) -> Rectification:
    held = _hold(rectification)
    if held.state == State.CLOSED:
        raise RectificationRefused("整改已办结，不需要重复办理。")
    if held.state != State.ANSWERED:
        raise RectificationRefused("单位还没有回复整改情况，不能核验。")
    if held.steps.values_list("pk", flat=True).first() != seen:
        raise RectificationRefused("单位刚刚补充了整改情况，请查看后再核验。")
    return held


def _again(
    held: Rectification, act: RectificationStep.Act, reason: str, due_on: date, lacking: str, by: User, at: datetime
) -> None:
    reason = reason.strip()
    if not reason:
        raise RectificationRefused(lacking)
    _check_day(due_on, at)
    _write(held, act, reason, due_on, by, at)
    held.due_on = due_on
    _move(held, State.AGAIN)
    title = f"{held.notice.span.label}通报整改{act.label}，请于{chinese_date(due_on)}前重新整改"
    _tell_unit(held, title, reason, None, at)


def _check_day(due_on: date, at: datetime) -> None:
    if due_on < timezone.localdate(at):
        raise RectificationRefused("整改期限不能早于今天。")
    if due_on.year > LAST_YEAR:
        raise RectificationRefused(f"整改期限不能晚于{LAST_YEAR}年。")


def _write(
    held: Rectification, act: RectificationStep.Act, words: str, due_on: date | None, by: User, at: datetime
) -> None:
    RectificationStep.objects.create(rectification=held, act=act, words=words, due_on=due_on, by=by, at=at)


def _move(held: Rectification, state: Rectification.State) -> None:
    held.state = state
    held.save(update_fields=["state", "due_on"])


def _told(held: Rectification, words: str) -> dict[str, Any]:
    return {"period": held.notice.period, "unit": _name(held), "words": words.strip()[:200]}


def _name(held: Rectification) -> str:
    return _directory(held.notice.office).entry(held.unit_id, held.notice.issued_on).short_name


def _directory(office: Office) -> Directory:
    return Unit.objects.filter(office=office).directory()


def _address(held: Rectification) -> str:
    return reverse("rectifications_one", args=[held.pk])


def _tell_unit(
    held: Rectification, title: str, body: str, directory: Directory | None, at: datetime, *, urgent: bool = True
) -> None:
    """Tell those who act for the unit, or for the one it has gone into."""
    day = timezone.localdate(at)
    heir = (directory or _directory(held.notice.office)).heir(held.unit_id, day)
    unit_id = heir.unit_id if heir else held.unit_id
    people = people_of([unit_id], day)[unit_id]
    tell(
        office=held.notice.office,
        people=(*people.liaisons, *people.leaders),
        kind=Message.Kind.NOTICE,
        title=title,
        body=body,
        address=_address(held),
        unit=Unit.objects.get(pk=unit_id),
        urgent=urgent,
        at=at,
    )


def _tell_office(held: Rectification, by: User, at: datetime) -> None:
    """One message for all that waits: who has not read the last one is not told again."""
    queue = f"{reverse('rectifications')}?state={State.ANSWERED}"
    knowing = Message.objects.filter(kind=Message.Kind.NOTICE, address=queue).unread().values("user")
    people = holding(held.notice.office, Permission.REVIEW_SUBMISSIONS, timezone.localdate(at))
    tell(
        office=held.notice.office,
        people=people.exclude(pk__in=knowing).exclude(pk=by.pk),
        kind=Message.Kind.NOTICE,
        title="有整改情况等待核验",
        body=f"{_name(held)}回复了{held.notice.span.label}通报的整改情况。",
        address=queue,
        unit=held.unit,
        at=at,
    )
